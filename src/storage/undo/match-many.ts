/**
 * Whether a text begins with one of many, looked up once for each length that they have and not once for each
 * of them.
 */
export function anyStarts(starts: Iterable<string>): (text: string) => boolean {
  const known = new Set(starts);
  const lengths = lengthsOf(known);
  return text => lengths.some(length => known.has(text.slice(0, length)));
}

/** Whether one of many is anywhere in a text. */
export function anyWithin(parts: Iterable<string>): (text: string) => boolean {
  const known = new Set(parts);
  const lengths = lengthsOf(known);
  return text =>
    lengths.some(length => {
      for (let at = 0; at + length <= text.length; at++)
        if (known.has(text.slice(at, at + length))) return true;
      return false;
    });
}

/**
 * Whether a text says one of many ids as a whole word: right behind a double quote, or as the `id` of a front
 * matter.
 */
export function anySaid(ids: Iterable<string>): (text: string) => boolean {
  const known = new Set(ids);
  const lengths = lengthsOf(known);
  // The longest id has 64; what stands behind it says whether it ends there.
  return text => {
    for (const [, said = ''] of text.matchAll(/(?:"|\nid: *["']?)(?=([\w-]{1,65}))/g)) {
      if (lengths.some(length => endsWord(said, length) && known.has(said.slice(0, length)))) return true;
    }
    return false;
  };
}

/** As `\b` has it: an id may have a hyphen, which is no letter of a word. */
function endsWord(text: string, at: number): boolean {
  return at <= text.length && /\w/.test(text.charAt(at - 1)) !== /\w/.test(text.charAt(at));
}

function lengthsOf(texts: ReadonlySet<string>): readonly number[] {
  return [...new Set([...texts].map(({ length }) => length))];
}
