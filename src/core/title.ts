const longest = 60;

/** What a sentence is made of and may end behind, as it stands in a class of a pattern: letters and numbers, and closing brackets. */
interface Signs {
  readonly words: string;
  readonly closing: string;
}

const everywhere: Signs = { words: '\\p{L}\\p{N}', closing: '\\p{Pe}' };
// All letters of Unicode are dear to ask for. These are the same for texts of Latin letters, most of them; a test looks at each.
const near: Signs = { words: 'A-Za-z0-9\\xaa\\xb2\\xb3\\xb5\\xb9\\xba\\xbc-\\xbe\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u024f', closing: ')\\]}\\u2046' };
const isNear = /^[\0-\u024f\u2000-\u206f]*$/;

/**
 * Takes the first sentence of a text as a title of one line, cut at a word near 60 characters; undefined when nothing
 * readable is in it. Control characters are left out.
 */
export function titleOf(text: string): string | undefined {
  const { words, closing } = isNear.test(text) ? near : everywhere;
  const readable = new RegExp(`[${words}]`, 'u');
  // What comes after a thousand characters can't be in it, and a long row of dots would keep the search busy for a minute.
  const line = text.replace(/[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu, (gap) => (gap.includes('\n') ? '\n' : ' '))
    .split('\n').map((one) => one.trim()).find((one) => readable.test(one))?.slice(0, 1000);
  if (line === undefined) return undefined;
  const sentence = new RegExp(`^(.*?[${words}${closing}"'”’».)])(?:[.!?…]+(?:\\s|$)|[。！？])`, 'u').exec(line)?.[1] ?? line.replace(/[.。]+$/u, '');
  const clean = sentence.replace(/\s+/g, ' ').trim();
  const characters = [...clean];
  if (characters.length <= longest) return clean;
  const head = characters.slice(0, longest).join('');
  const space = head.lastIndexOf(' ');
  const cut = space > longest / 2 ? head.slice(0, space) : head;
  return `${cut.replace(/[\s,;:–-]+$/u, '') || cut} …`;
}
