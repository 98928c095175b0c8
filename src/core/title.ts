const longest = 60;

/**
 * Takes the first sentence of a text as a title of one line, cut at a word near 60 characters; undefined when nothing
 * readable is in it. Control characters are left out.
 */
export function titleOf(text: string): string | undefined {
  // What comes after a thousand characters can't be in it, and a long row of dots would keep the search busy for a minute.
  const line = text.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu, (gap) => (gap.includes('\n') ? '\n' : ' '))
    .split('\n').map((one) => one.trim()).find((one) => /[\p{L}\p{N}]/u.test(one))?.slice(0, 1000);
  if (line === undefined) return undefined;
  const sentence = /^(.*?[\p{L}\p{N}\p{Pe}"'”’».)])(?:[.!?…]+(?:\s|$)|[。！？])/u.exec(line)?.[1] ?? line.replace(/[.。]+$/u, '');
  const clean = sentence.replace(/\s+/g, ' ').trim();
  const characters = [...clean];
  if (characters.length <= longest) return clean;
  const head = characters.slice(0, longest).join('');
  const space = head.lastIndexOf(' ');
  const cut = space > longest / 2 ? head.slice(0, space) : head;
  return `${cut.replace(/[\s,;:–-]+$/u, '') || cut} …`;
}
