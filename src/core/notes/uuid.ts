// FNV-1a with 128 bits: http://www.isthe.com/chongo/tech/comp/fnv/ (public domain).
const basis = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x0000000001000000000000000000013bn;
const mask = (1n << 128n) - 1n;

/**
 * Returns a UUID (version 8 of RFC 9562) derived from the id alone, so that other programs recognise the same
 * moment in every export.
 */
export function uuidOf(id: string): string {
  let hash = basis;
  // Hashed five times over, because a short text alone changes few of the bits.
  for (const code of `${id.normalize('NFC')}\0`.repeat(5))
    hash = ((hash ^ BigInt(code.codePointAt(0) ?? 0)) * prime) & mask;
  const hex = hash.toString(16).padStart(32, '0');
  const variant = '89ab'[Number((hash >> 62n) & 3n)] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
