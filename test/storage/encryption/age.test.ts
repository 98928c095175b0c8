import { execFileSync } from 'node:child_process';
import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bech32 } from '@scure/base';
import { Decrypter } from 'age-encryption';
import { afterAll, describe, expect, it } from 'vitest';
import {
  makeKeyPair,
  decryptWithPassphrase,
  decryptWith,
  readIdentities,
  encryptWithPassphrase,
  encryptFor,
  type HeldKey,
} from '../../../src/storage/encryption/age.ts';
import { looksEncrypted } from '../../../src/storage/encryption/encrypted-header.ts';
import { hasPrograms } from '../../support/needs.ts';
import { readAge } from '../../faults/harness/read-age.ts';

const work = mkdtempSync(join(tmpdir(), 'rupture-age-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const pair = await makeKeyPair();
const other = await makeKeyPair();
const held = async (identity: string): Promise<readonly HeldKey[]> => (await readIdentities(identity)) ?? [];
const mine = await held(pair.identity);
const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (opened: Awaited<ReturnType<typeof decryptWith>>): string =>
  opened.is === 'bytes' ? Buffer.from(opened.bytes).toString() : opened.is;
const texts = [
  '',
  'x',
  'naïve 👩‍👩‍👧 \u2028\r\n',
  'a'.repeat(64 * 1024),
  'b'.repeat(64 * 1024 + 1),
  'c'.repeat(300_000),
];

describe('an encrypted text', () => {
  it.each(texts.map(text => [text.length, text] as const))(
    'comes back whole: %i characters',
    async (_length, text) => {
      const sealed = await encryptFor(pair.recipient, bytes(text));
      expect(textOf(await decryptWith(mine, sealed))).toBe(text);
      expect(readAge(pair.identity, Buffer.from(sealed))?.toString()).toBe(text);
    },
  );

  it('has a single recipient, and does not reveal it', async () => {
    const sealed = Buffer.from(await encryptFor(pair.recipient, bytes('sister')));
    expect(sealed.toString('latin1').match(/^-> /gm)).toHaveLength(1);
    expect(sealed.includes('sister')).toBe(false);
    expect(sealed.includes(pair.recipient)).toBe(false);
  });

  it('decrypts with any of the known keys', async () => {
    const both = await held(`# two\n${other.identity}\n${pair.identity}\n`);
    expect(both).toHaveLength(2);
    expect(textOf(await decryptWith(both, await encryptFor(pair.recipient, bytes('a'))))).toBe('a');
  });

  it('is not encrypted for an invalid recipient', async () => {
    await expect(encryptFor('age1pq1qqqq', bytes('a'))).rejects.toThrow('recipient');
    await expect(
      encryptFor(`${pair.recipient.slice(0, -1)}${pair.recipient.endsWith('q') ? 'p' : 'q'}`, bytes('a')),
    ).rejects.toThrow('recipient');
  });
});

describe('a faulty encrypted file is reported', () => {
  it('if it is for another key', async () => {
    expect(
      textOf(await decryptWith(await held(other.identity), await encryptFor(pair.recipient, bytes('a')))),
    ).toBe('other-key');
  });

  it('if any bit is flipped, or its end is missing', async () => {
    const sealed = await encryptFor(pair.recipient, bytes('a text of some words'));
    const found = new Set<string>();
    for (let at = 0; at < sealed.length; at++) {
      const flipped = Uint8Array.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      found.add(textOf(await decryptWith(mine, flipped)));
      found.add(textOf(await decryptWith(mine, sealed.subarray(0, at))));
    }
    found.add(textOf(await decryptWith(mine, Buffer.concat([sealed, Buffer.from('x')]))));
    // A changed share is indistinguishable from a share for another key.
    expect([...found].sort()).toEqual(['damaged', 'other-key']);
  });

  it('if a long file ends at the border of a chunk', async () => {
    const sealed = await encryptFor(pair.recipient, bytes('c'.repeat(200_000)));
    const header = Buffer.from(sealed).indexOf('\n--- ') + 5 + 43 + 1 + 16;
    expect(textOf(await decryptWith(mine, sealed.subarray(0, header + 65_552)))).toBe('damaged');
  });

  it('if its line ends were changed, or it was never encrypted', async () => {
    const sealed = Buffer.from(await encryptFor(pair.recipient, bytes('a'))).toString('latin1');
    expect(textOf(await decryptWith(mine, Buffer.from(sealed.replaceAll('\n', '\r\n'), 'latin1')))).toBe(
      'line-ends',
    );
    expect(textOf(await decryptWith(mine, bytes('---\nrupture: 1\n')))).toBe('damaged');
    expect(textOf(await decryptWith(mine, bytes('')))).toBe('damaged');
  });

  it('if it has a second recipient, or four thousand, which are not even examined', async () => {
    const sealed = Buffer.from(await encryptFor(pair.recipient, bytes('a'))).toString('latin1');
    const stanza = sealed.slice(sealed.indexOf('-> '), sealed.indexOf('--- '));
    for (const count of [1, 3999]) {
      const crowded = Buffer.from(
        sealed.replace('--- ', () => `${stanza.repeat(count)}--- `),
        'latin1',
      );
      expect(looksEncrypted(crowded)).toBe('readers');
      let tried = 0;
      const decrypter = new Decrypter();
      decrypter.addIdentity({ unwrapFileKey: () => (tried++, null) });
      expect(textOf(await decryptWith([{ ...pair, decrypter }], crowded))).toBe('readers');
      expect(tried).toBe(0);
    }
  });
});

describe('a share', () => {
  it('is refused if it has low order, where everybody gets the same secret', async () => {
    for (const share of [Buffer.alloc(32), Buffer.from([1, ...Array.from({ length: 31 }, () => 0)])])
      expect(textOf(await decryptWith(mine, fileForShare(share)))).toBe('damaged');
  });

  it('is refused in any but the canonical encoding', async () => {
    const sealed = Buffer.from(await encryptFor(pair.recipient, bytes('a'))).toString('latin1');
    const padded = Buffer.from(sealed.replace(/(-> X25519 \S+)/, '$1='), 'latin1');
    expect(textOf(await decryptWith(mine, padded))).toBe('damaged');
  });
});

/** Builds a file that anybody could forge: its shared secret with every key is all zeros. */
function fileForShare(share: Buffer): Buffer {
  const derive = (key: Uint8Array, salt: Uint8Array | string, use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, salt, use, 32));
  const encrypt = (key: Buffer, nonce: Buffer, data: Buffer): Buffer => {
    const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
    return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
  };
  const unpadded = (data: Buffer): string => data.toString('base64').replace(/=+$/, '');
  const [fileKey, nonce] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
  const point = bech32.decodeToBytes(pair.recipient).bytes;
  const salt = Buffer.concat([share, point]);
  const wrapping = derive(Buffer.alloc(32), salt, 'age-encryption.org/v1/X25519');
  const stanza = `-> X25519 ${unpadded(share)}\n${unpadded(encrypt(wrapping, Buffer.alloc(12), fileKey))}\n`;
  const signed = `age-encryption.org/v1\n${stanza}---`;
  const mac = createHmac('sha256', derive(fileKey, '', 'header'))
    .update(signed)
    .digest();
  const last = Buffer.concat([Buffer.alloc(11), Buffer.from([1])]);
  const payload = encrypt(derive(fileKey, nonce, 'payload'), last, Buffer.from('forged'));
  return Buffer.concat([Buffer.from(`${signed} ${unpadded(mac)}\n`), nonce, payload]);
}

describe('a passphrase', () => {
  it('decrypts what it encrypted; another passphrase does not', async () => {
    const sealed = await encryptWithPassphrase(pair.identity, 'six words', 10);
    expect(textOf(await decryptWithPassphrase(sealed, 'six words'))).toBe(pair.identity);
    expect(textOf(await decryptWithPassphrase(sealed, 'six word'))).toBe('other-key');
    expect(textOf(await decryptWithPassphrase(sealed.subarray(0, -1), 'six words'))).toBe('damaged');
  });

  it('is not tried on a file that demands too much work', async () => {
    const sealed = Buffer.from(await encryptWithPassphrase('a', 'b', 10)).toString('latin1');
    expect(
      textOf(
        await decryptWithPassphrase(
          Buffer.from(sealed.replace(/^(-> scrypt \S+) 10$/m, '$1 30'), 'latin1'),
          'b',
        ),
      ),
    ).toBe('damaged');
  });
});

const hasAge = hasPrograms('what age opens and encrypts', 'age');

describe.skipIf(!hasAge)('the age of this system', () => {
  it('decrypts what we encrypt', async () => {
    writeFileSync(join(work, 'key'), `${pair.identity}\n`, { mode: 0o600 });
    for (const text of texts) {
      const sealed = await encryptFor(pair.recipient, bytes(text));
      expect(
        execFileSync('age', ['-d', '-i', join(work, 'key')], { input: sealed, maxBuffer: 1e7 }).toString(),
      ).toBe(text);
    }
  });

  it('encrypts what we decrypt, armored or not', async () => {
    for (const flags of [[], ['-a']]) {
      for (const text of texts) {
        const sealed = execFileSync('age', [...flags, '-r', pair.recipient], { input: text, maxBuffer: 1e7 });
        expect(textOf(await decryptWith(mine, sealed))).toBe(text);
      }
    }
  });

  it('encrypts for two recipients, which we refuse', async () => {
    const sealed = execFileSync('age', ['-r', pair.recipient, '-r', other.recipient], { input: 'a' });
    expect(textOf(await decryptWith(mine, sealed))).toBe('readers');
    const armored = execFileSync('age', ['-a', '-r', pair.recipient, '-r', other.recipient], { input: 'a' });
    expect(textOf(await decryptWith(mine, armored))).toBe('readers');
  });
});
