import { bech32 } from '@scure/base';
import {
  armor,
  Decrypter,
  Encrypter,
  generateX25519Identity,
  identityToRecipient,
  Stanza as StanzaOf,
} from 'age-encryption';
import { keyOf, unwrapByPassphrase, wrapByPassphrase, type Key, type Stanza } from './age-stanzas.ts';
import { openBinary, type Opened } from './age-reader.ts';
import { looksSealed, type SealFault } from './sealed-header.ts';

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
  const binary = binaryOf(data);
  return 'is' in binary ? binary : openBinary(keys, binary);
}

/** Seals a text by a passphrase, as `age -p` does. `cost` is the power of two of its work. */
export async function sealByPassphrase(text: string, passphrase: string, cost: number): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  // Node works the passphrase out three times as fast as the library, and the screen goes on meanwhile.
  encrypter.addRecipient({
    wrapFileKey: async fileKey => {
      const { args, body } = await wrapByPassphrase(fileKey, passphrase, cost);
      return [new StanzaOf([...args], body)];
    },
  });
  return encrypter.encrypt(text);
}

/** Opens what is sealed by a passphrase; `other-key` when it is another passphrase. */
export async function openByPassphrase(data: Uint8Array, passphrase: string): Promise<Opened> {
  const binary = binaryOf(data);
  if ('is' in binary) return binary;
  let missed = false;
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey: async ([stanza]: readonly Stanza[]) => {
      const key = stanza === undefined ? null : await unwrapByPassphrase(stanza, passphrase);
      missed = key === null;
      return key;
    },
  });
  try {
    return { is: 'bytes', bytes: await decrypter.decrypt(binary) };
  } catch {
    return { is: missed ? 'other-key' : 'damaged' };
  }
}

/** Reads the keys of an identity file, comments aside; undefined when there is a line that is none. */
export function readIdentities(text: string): readonly HeldKey[] | undefined {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
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

/** Takes the armor off; what is wrong is seen before anything is worked out. */
function binaryOf(data: Uint8Array): Buffer | { readonly is: SealFault } {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  const header = looksSealed(bytes);
  if (header === 'binary') return bytes;
  if (header !== 'armored') return { is: header };
  try {
    const binary = Buffer.from(armor.decode(bytes.toString('latin1')));
    const inside = looksSealed(binary);
    return inside === 'binary' ? binary : { is: inside === 'armored' ? 'damaged' : inside };
  } catch {
    return { is: 'damaged' };
  }
}

function decode(text: string, prefix: string): Uint8Array | undefined {
  try {
    const read = bech32.decodeToBytes(text);
    return read.prefix.toLowerCase() === prefix.toLowerCase() && read.bytes.length === 32
      ? read.bytes
      : undefined;
  } catch {
    return undefined;
  }
}
