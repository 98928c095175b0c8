import type { Data } from './write-file.ts';

// 2^64 is too large for a number: the two halves are reckoned apart. The prime is 2^40 + 435.
const prime = 435;
const half = 0x1_0000_0000;

/**
 * Gives the mark by which what lies in a file is known again: its length and its FNV-1a of 64 bits, in
 * hexadecimal. It tells whether somebody wrote there since, and holds against nobody who wants to deceive:
 * such a one can write what the marks stand in. (A digest of node:crypto would hold, and takes longer to load
 * than adding a note takes.)
 */
export function contentFingerprint(data: Data): string {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  let high = 0xcbf2_9ce4;
  let low = 0x8422_2325;
  for (let at = 0; at < bytes.length; at += 1) {
    const mixed = (low ^ (bytes[at] ?? 0)) >>> 0;
    const product = mixed * prime;
    high = (Math.imul(high, prime) + (mixed << 8) + Math.floor(product / half)) >>> 0;
    low = product >>> 0;
  }
  return `${bytes.length}-${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`;
}
