import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { bech32 } from '@scure/base';

const header =
  /^age-encryption\.org\/v1\n-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n/;
// The DER prefix of a 32-byte secret key.
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const chunkLength = 64 * 1024;
const tagLength = 16;

/**
 * Decrypts a binary age file with one identity (`AGE-SECRET-KEY-1…`), written from the format's description
 * (age-encryption.org/v1) and independent of the library that the program uses. Returns undefined if the
 * key does not fit or the file is damaged.
 */
export function readAge(identity: string, data: Buffer): Buffer | undefined {
  const found = header.exec(data.toString('latin1', 0, 512));
  if (found === null) return undefined;
  const [whole, share = '', body = '', mac = ''] = found;
  const secret = privateKeyOf(identity);
  const ephemeral = Buffer.from(share, 'base64');
  const shared = diffieHellman({
    privateKey: secret,
    publicKey: createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: ephemeral.toString('base64url') },
      format: 'jwk',
    }),
  });
  const point = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const wrapping = derive(shared, Buffer.concat([ephemeral, point]), 'age-encryption.org/v1/X25519');
  const fileKey = decrypt(wrapping, Buffer.alloc(12), Buffer.from(body, 'base64'));
  if (fileKey === undefined) return undefined;
  const signed = data.subarray(0, whole.length - 1 - mac.length - 1);
  const sum = createHmac('sha256', derive(fileKey, '', 'header'))
    .update(signed)
    .digest();
  if (!sum.equals(Buffer.from(mac, 'base64'))) return undefined;
  const payload = data.subarray(whole.length);
  return decryptChunks(derive(fileKey, payload.subarray(0, 16), 'payload'), payload.subarray(16));
}

function decryptChunks(key: Buffer, encrypted: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  const nonce = Buffer.alloc(12);
  for (let at = 0, number = 0; at < encrypted.length || number === 0; number++) {
    const chunk = encrypted.subarray(at, at + chunkLength + tagLength);
    at += chunk.length;
    nonce.writeUInt32BE(number, 7);
    nonce[11] = at === encrypted.length ? 1 : 0;
    const plaintext = decrypt(key, nonce, chunk);
    // Only an empty file has an empty chunk.
    if (plaintext === undefined || (plaintext.length === 0 && number > 0)) return undefined;
    chunks.push(plaintext);
  }
  return Buffer.concat(chunks);
}

function decrypt(key: Buffer, nonce: Buffer, data: Buffer): Buffer | undefined {
  if (data.length < tagLength) return undefined;
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagLength });
  cipher.setAuthTag(data.subarray(-tagLength));
  try {
    return Buffer.concat([cipher.update(data.subarray(0, -tagLength)), cipher.final()]);
  } catch {
    return undefined;
  }
}

function derive(key: Buffer, salt: Uint8Array | string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, use, 32));
}

function privateKeyOf(identity: string): KeyObject {
  const key = Buffer.concat([privatePrefix, bech32.decodeToBytes(identity).bytes]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}
