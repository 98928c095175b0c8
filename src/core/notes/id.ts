/**
 * Writes an id as a person can type it behind a command. Ids come from the files too, and one that begins
 * with a dash would be taken for a flag; `--` before it says that no flags follow.
 */
export function asArgument(id: string): string {
  return id.startsWith('-') ? `-- ${id}` : id;
}

// No vowel-like look-alikes and no leading digit, so that no YAML reader takes an id for a number
// (`format.md`).
const letters = 'abcdefghjkmnpqrstuvwxyz';
const all = `${letters}23456789`;

/** Makes an id of six characters from six random bytes. */
export function makeId(random: (count: number) => Uint8Array): string {
  const bytes = random(6);
  return Array.from(bytes, (byte, index) => {
    const from = index === 0 ? letters : all;
    return from[byte % from.length] ?? 'a';
  }).join('');
}
