import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRandom } from '../../../src/storage/system/random.ts';
import { contentFingerprint } from '../../../src/storage/fs/fingerprint.ts';

test('a fingerprint is the length and the 64-bit FNV-1a hash', () => {
  // The authors' test vectors.
  expect(['', 'a', 'foobar'].map(contentFingerprint)).toEqual([
    '0-cbf29ce484222325',
    '1-af63dc4c8601ec8c',
    '6-85944171f73967e8',
  ]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const reckoned = bytes.reduce(
        (hash, byte) => ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn,
        0xcbf29ce484222325n,
      );
      expect(contentFingerprint(bytes)).toBe(`${bytes.length}-${reckoned.toString(16).padStart(16, '0')}`);
    }),
  );
  expect(contentFingerprint('né')).toBe(contentFingerprint(Buffer.from('né')));
});

test('takes random bytes from the system device, or from node:crypto if that path is an ordinary file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rupture-chance-'));
  const planted = join(folder, 'urandom');
  writeFileSync(planted, Buffer.alloc(64, 7));
  for (const source of [undefined, join(folder, 'none'), planted, '/dev/null', folder]) {
    const [one, other] = [readRandom(32, source), readRandom(32, source)];
    expect([one.length, other.length, Buffer.compare(one, other) === 0]).toEqual([32, 32, false]);
    expect(new Set(one).size).toBeGreaterThan(10);
  }
  rmSync(folder, { recursive: true });
});
