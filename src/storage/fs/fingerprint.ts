import type { Data } from './write-file.ts';

// FNV-1a of 64 bits.
const offset = 0xcbf2_9ce4_8422_2325n;
const prime = 0x100_0000_01b3n;

/**
 * Returns a fingerprint of a file's content, for detecting changes: `LENGTH-HASH`, the length in bytes and
 * the 64-bit FNV-1a hash in hexadecimal. Not cryptographic: an attacker who can change a note can also
 * change the undo log, which stores the fingerprints. Undo logs on disk contain them, so the algorithm must
 * not change.
 */
export function contentFingerprint(data: Data): string {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  let hash = offset;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return `${bytes.length}-${hash.toString(16).padStart(16, '0')}`;
}
