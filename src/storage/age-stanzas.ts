import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  randomBytes,
  scrypt,
  type KeyObject,
} from 'node:crypto';

/** A line of an age header and what stands below it; `args` begin with its type. */
export interface Stanza {
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

/** A key that opens what is sealed for its recipient. */
export interface Key {
  /** The 32 bytes that others seal for. */
  readonly point: Uint8Array;
  /** Gives a file's own key, or null when the stanza was made for another. */
  readonly unwrap: (stanza: Stanza) => Uint8Array | null;
}

// What DER puts before the 32 bytes of a secret key. Public ones are read as JWK: OpenSSL takes ten times as
// long over their DER.
const privateDer = Buffer.from('302e020100300506032b656e04220420', 'hex');
/** A file can ask for any amount of work; more than this much memory (1 GB) is not given. */
const mostCost = 20;

/**
 * Makes a key of its 32 secret bytes. node:crypto opens a header in a sixth of the time that the age
 * library's own JavaScript takes.
 */
export function keyOf(secret: Uint8Array): Key {
  const privateKey = createPrivateKey({
    key: Buffer.concat([privateDer, secret]),
    format: 'der',
    type: 'pkcs8',
  });
  const point = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    point,
    unwrap: ({ args: [type, share = '', ...more], body }) => {
      const ephemeral = strictBase64(share);
      if (type !== 'X25519' || more.length > 0 || ephemeral?.length !== 32 || body.length !== 32) return null;
      const shared = sharedSecret(privateKey, ephemeral);
      if (shared === undefined) return null;
      const wrapping = Buffer.from(
        hkdfSync('sha256', shared, Buffer.concat([ephemeral, point]), 'age-encryption.org/v1/X25519', 32),
      );
      return openBody(wrapping, body);
    },
  };
}

/**
 * Gives a file's own key by a passphrase; null when it is another's. Node does the work elsewhere, so that
 * the screen goes on.
 */
export async function unwrapByPassphrase(
  { args: [type, salt = '', cost = '', ...more], body }: Stanza,
  passphrase: string,
): Promise<Uint8Array | null> {
  const salted = strictBase64(salt);
  if (
    type !== 'scrypt' ||
    more.length > 0 ||
    salted?.length !== 16 ||
    body.length !== 32 ||
    !/^[1-9][0-9]?$/.test(cost) ||
    Number(cost) > mostCost
  )
    throw new Error('not sealed by a passphrase that can be tried');
  return openBody(await workedOut(passphrase, salted, Number(cost)), body);
}

/**
 * Makes the stanza of a passphrase for a file's own key, with a salt of its own. `cost` is the power of two
 * of its work.
 */
export async function wrapByPassphrase(
  fileKey: Uint8Array,
  passphrase: string,
  cost: number,
): Promise<Stanza> {
  const salt = randomBytes(16);
  const cipher = createCipheriv(
    'chacha20-poly1305',
    await workedOut(passphrase, salt, cost),
    Buffer.alloc(12),
    { authTagLength: 16 },
  );
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return {
    args: ['scrypt', salt.toString('base64').replace(/=+$/, ''), String(cost)],
    body: new Uint8Array(body),
  };
}

function workedOut(passphrase: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  const N = 2 ** cost;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase,
      Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt]),
      32,
      { N, r: 8, p: 1, maxmem: N * 8 * 128 + 64 * 1024 * 1024 },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}

function openBody(wrapping: Uint8Array, body: Uint8Array): Uint8Array | null {
  const cipher = createDecipheriv('chacha20-poly1305', wrapping, Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAuthTag(body.subarray(16));
  try {
    return new Uint8Array(Buffer.concat([cipher.update(body.subarray(0, 16)), cipher.final()]));
  } catch {
    // Made for another key.
    return null;
  }
}

/** Undefined for a share of low order, for which everybody would have the same secret. */
function sharedSecret(privateKey: KeyObject, ephemeral: Buffer): Uint8Array | undefined {
  try {
    const shared = diffieHellman({
      privateKey,
      publicKey: createPublicKey({
        key: { kty: 'OKP', crv: 'X25519', x: ephemeral.toString('base64url') },
        format: 'jwk',
      }),
    });
    return shared.every(byte => byte === 0) ? undefined : shared;
  } catch {
    // OpenSSL refuses such a share itself.
    return undefined;
  }
}

/**
 * Reads base64 without padding, of which there is only one way to write each value; Node's own reader takes
 * anything.
 */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes : undefined;
}
