/** Picks so many words, each as likely as any other: bytes that would favour the first are passed over. */
export function pickWords(
  list: readonly string[],
  count: number,
  random: (count: number) => Uint8Array,
): readonly string[] {
  const fair = Math.floor(0x1_0000 / list.length) * list.length;
  const picked: string[] = [];
  while (picked.length < count) {
    const [high = 0, low = 0] = random(2);
    const at = high * 256 + low;
    const word = at < fair ? list[at % list.length] : undefined;
    if (word !== undefined) picked.push(word);
  }
  return picked;
}

/**
 * Gives the form in which a new passphrase is used (NFKC): keyboards write an accented letter as one sign or
 * as two, and a passphrase has to open the same notes from each of them.
 */
export function newPassphrase(typed: string): string {
  return typed.normalize('NFKC');
}

/**
 * Gives the forms of a passphrase to try, each once: as typed, as new passphrases are used, then composed and
 * decomposed, for notes that were encrypted before new passphrases had one form. A passphrase of plain
 * letters has one form, and costs one attempt.
 */
export function passphraseForms(typed: string): readonly string[] {
  return [...new Set([typed, newPassphrase(typed), typed.normalize('NFC'), typed.normalize('NFD')])];
}
