/** Picks so many words, each as likely as any other: bytes that would favour the first are passed over. */
export function pickWords(list: readonly string[], count: number, chance: (count: number) => Uint8Array): readonly string[] {
  const fair = Math.floor(0x1_0000 / list.length) * list.length;
  const picked: string[] = [];
  while (picked.length < count) {
    const [high = 0, low = 0] = chance(2);
    const at = high * 256 + low;
    const word = at < fair ? list[at % list.length] : undefined;
    if (word !== undefined) picked.push(word);
  }
  return picked;
}
