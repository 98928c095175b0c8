import { bech32 } from '@scure/base';
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { keyOf, unwrapByPassphrase, type Key, type Stanza } from './age-stanzas.ts';
import { looksSealed, type SealFault } from './sealed-header.ts';

/** What came of opening: the bytes, or what is wrong with the file. */
export type Opened = { readonly is: 'bytes'; readonly bytes: Uint8Array } | { readonly is: SealFault };

/** A new key: both as age writes them. */
export interface KeyPair {
  readonly identity: string;
  readonly recipient: string;
}

/** A key, with both of its names. */
export type HeldKey = Key & KeyPair;

/** Makes a new X25519 key. */
export async function makeKeyPair(): Promise<KeyPair> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Seals for one recipient (`age1…`). Throws when it is not one of X25519. */
export async function sealFor(recipient: string, data: Uint8Array): Promise<Uint8Array> {
  if (!isRecipient(recipient)) throw new Error('not an X25519 recipient');
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(data);
}

/** Opens what is sealed for one of the keys and for nobody else, armored too. */
export async function openWith(keys: readonly Key[], data: Uint8Array): Promise<Opened> {
  const unwrap = (stanzas: readonly Stanza[]): Uint8Array | null => {
    const [stanza] = stanzas;
    if (stanza === undefined) return null;
    for (const key of keys) {
      const found = key.unwrap(stanza);
      if (found !== null) return found;
    }
    return null;
  };
  return open(data, unwrap, 'other-key');
}

/** Seals a text by a passphrase, as `age -p` does. `cost` is the power of two of its work. */
export async function sealByPassphrase(text: string, passphrase: string, cost: number): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(cost);
  return encrypter.encrypt(text);
}

/** Opens what is sealed by a passphrase; `other-key` when it is another passphrase. */
export async function openByPassphrase(data: Uint8Array, passphrase: string): Promise<Opened> {
  return open(data, async (stanzas) => {
    const [stanza] = stanzas;
    return stanza === undefined ? null : unwrapByPassphrase(stanza, passphrase);
  }, 'other-key');
}

/** Reads the keys of an identity file, comments aside; undefined when there is a line that is none. */
export function readIdentities(text: string): readonly HeldKey[] | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const keys: HeldKey[] = [];
  for (const identity of lines) {
    const secret = decode(identity, 'AGE-SECRET-KEY-');
    if (secret === undefined) return undefined;
    const key = keyOf(secret);
    keys.push({ ...key, identity, recipient: bech32.encodeFromBytes('age', key.point) });
  }
  return keys.length === 0 ? undefined : keys;
}

/** Says whether a text is an X25519 recipient as age writes it. */
export function isRecipient(text: string): boolean {
  return decode(text, 'age') !== undefined;
}

async function open(data: Uint8Array, unwrapFileKey: (stanzas: readonly Stanza[]) => Uint8Array | null | Promise<Uint8Array | null>, otherwise: SealFault): Promise<Opened> {
  const header = looksSealed(data);
  if (header !== 'binary' && header !== 'armored') return { is: header };
  let missed = false;
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey: async (stanzas: readonly Stanza[]) => {
      const key = await unwrapFileKey(stanzas);
      missed = key === null;
      return key;
    },
  });
  try {
    const binary = header === 'armored' ? armor.decode(Buffer.from(data).toString('latin1')) : data;
    // The header of an armored file could not be looked at before.
    const inside = looksSealed(binary);
    if (inside !== 'binary') return { is: inside === 'armored' ? 'damaged' : inside };
    return { is: 'bytes', bytes: await decrypter.decrypt(binary) };
  } catch {
    return { is: missed ? otherwise : 'damaged' };
  }
}

function decode(text: string, prefix: string): Uint8Array | undefined {
  try {
    const read = bech32.decodeToBytes(text);
    return read.prefix.toLowerCase() === prefix.toLowerCase() && read.bytes.length === 32 ? read.bytes : undefined;
  } catch {
    return undefined;
  }
}
