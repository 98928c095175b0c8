/**
 * Formats an id as a command-line argument. An id from a file may start with a dash; `--` before it keeps it
 * from being parsed as a flag.
 */
export function asArgument(id: string): string {
  return id.startsWith('-') ? `-- ${id}` : id;
}

// No look-alikes (i, l, o, 0, 1), and no digit first, so that no YAML reader parses an id as a number
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
