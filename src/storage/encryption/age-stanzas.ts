import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Stanza, type Identity, type Recipient } from 'age-encryption';

/** Thrown when a file was encrypted for another key or with another passphrase. */
export class WrongKey extends Error {}

/** The highest scrypt cost (2^20, 1 GB of memory) that is tried: the file's header names it, and may lie. */
const maxCost = 20;
const tagLength = 16;

// The library's scrypt is JavaScript: it takes three times as long as Node's and blocks the screen. So the
// code below writes and reads the passphrase stanza with Node's scrypt; the library does everything else.

/**
 * Returns a recipient that wraps the file key with a passphrase, as `age -p` does. Scrypt's N is 2^`cost`.
 */
export function passphraseRecipient(passphrase: string, cost: number): Recipient {
  return {
    wrapFileKey: async fileKey => {
      const salt = randomBytes(16);
      const key = await deriveKey(passphrase, salt, cost);
      const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), {
        authTagLength: tagLength,
      });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      const encodedSalt = salt.toString('base64').replace(/=+$/, '');
      return [new Stanza(['scrypt', encodedSalt, String(cost)], new Uint8Array(body))];
    },
  };
}

/**
 * Returns an identity that unwraps the file key with a passphrase. It throws WrongKey when the passphrase is
 * wrong, and another Error when the stanza is not a passphrase stanza or its cost is too high.
 */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    unwrapFileKey: async ([stanza]) => {
      const [type, salt = '', cost = '', ...more] = stanza?.args ?? [];
      if (
        stanza?.body.length !== 32 ||
        type !== 'scrypt' ||
        more.length > 0 ||
        !/^[A-Za-z0-9+/]{22}$/.test(salt) ||
        !/^[1-9][0-9]?$/.test(cost) ||
        Number(cost) > maxCost
      )
        throw new Error('not encrypted with a passphrase that can be tried');
      const key = await deriveKey(passphrase, Buffer.from(salt, 'base64'), Number(cost));
      const cipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), {
        authTagLength: tagLength,
      });
      cipher.setAuthTag(stanza.body.subarray(-tagLength));
      try {
        return new Uint8Array(
          Buffer.concat([cipher.update(stanza.body.subarray(0, -tagLength)), cipher.final()]),
        );
      } catch {
        throw new WrongKey();
      }
    },
  };
}

function deriveKey(passphrase: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  const N = 2 ** cost;
  const labelledSalt = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt]);
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase,
      labelledSalt,
      32,
      { N, r: 8, p: 1, maxmem: N * 8 * 128 + 64 * 1024 * 1024 },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}
