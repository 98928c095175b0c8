// FNV-1a with 128 bits: http://www.isthe.com/chongo/tech/comp/fnv/ (public domain).
const basis = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x0000000001000000000000000000013bn;
const all = (1n << 128n) - 1n;

/**
 * Gives the same UUID for the same id, always: version 8 of RFC 9562, made of the id alone. Other programs
 * know a moment again by it.
 */
export function uuidOf(id: string): string {
  let hash = basis;
  // Several times over: a short text alone leaves most bits as they were.
  for (const code of `${id.normalize('NFC')}\0`.repeat(5))
    hash = ((hash ^ BigInt(code.codePointAt(0) ?? 0)) * prime) & all;
  const hex = hash.toString(16).padStart(32, '0');
  const variant = '89ab'[Number((hash >> 62n) & 3n)] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
