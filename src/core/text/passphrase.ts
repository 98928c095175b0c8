/**
 * Picks `count` words from the list, each with the same probability. `random` returns that number of random
 * bytes; values that would favour words early in the list are discarded.
 */
export function pickWords(
  list: readonly string[],
  count: number,
  random: (count: number) => Uint8Array,
): readonly string[] {
  const fairBelow = Math.floor(0x1_0000 / list.length) * list.length;
  const picked: string[] = [];
  while (picked.length < count) {
    const [high = 0, low = 0] = random(2);
    const at = high * 256 + low;
    const word = at < fairBelow ? list[at % list.length] : undefined;
    if (word !== undefined) picked.push(word);
  }
  return picked;
}

/**
 * Normalizes a new passphrase to NFKC, so that it works from every keyboard: some write an accented letter as
 * one character, others as two.
 */
export function newPassphrase(typed: string): string {
  return typed.normalize('NFKC');
}

/**
 * Returns the distinct forms of a passphrase to try, in order: as typed, NFKC, NFC and NFD. The last two are
 * for notes that were encrypted before new passphrases were normalized. An ASCII passphrase has one form, so
 * it costs one attempt.
 */
export function passphraseForms(typed: string): readonly string[] {
  return [...new Set([typed, newPassphrase(typed), typed.normalize('NFC'), typed.normalize('NFD')])];
}
