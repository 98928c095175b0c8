import type { Data } from './write-file.ts';

// FNV-1a of 64 bits.
const offset = 0xcbf2_9ce4_8422_2325n;
const prime = 0x100_0000_01b3n;

/**
 * Gives the fingerprint of a file's content: its length in bytes and its FNV-1a hash of 64 bits, in
 * hexadecimal. It shows whether somebody changed the file since. It is not cryptographic: whoever wants to
 * deceive can also write to the undo log, where the fingerprints are. Undo logs on disk hold these
 * fingerprints, so they must stay the same.
 */
export function contentFingerprint(data: Data): string {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  let hash = offset;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return `${bytes.length}-${hash.toString(16).padStart(16, '0')}`;
}
