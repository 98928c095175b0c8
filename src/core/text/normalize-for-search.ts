// Removed characters: accents, Hebrew and Arabic points, and invisible characters (soft hyphens, joiners,
// direction marks, variation selectors). Marks that distinguish words (Thai and Hindi vowels, Japanese
// dakuten) stay.
const dropped =
  '\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u061c\\u0640\\u064b-\\u065f\\u0670' +
  '\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff';
const toDrop = new RegExp(`[${dropped}]+`, 'g');
// Letters that no Unicode normal form decomposes, the final sigma, and variants of quotes and hyphens.
const replacements: Readonly<Record<string, string>> = {
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
const notAscii = /[^\x00-\x7f]/;
// No script puts 100 marks on a letter, and sorting them takes quadratic time.
const markPile = /(\p{M}{100})\p{M}+/gu;
const toReplace = new RegExp(`[${Object.keys(replacements).join('')}]`, 'g');
// One visible character: a Hangul syllable, a letter with its marks, or joined emoji.
const visibleCharacter =
  /[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?[\p{M}]*|.[\p{M}\p{EMod}]*(?:\u200d[^\s][\p{M}\p{EMod}]*)*/gsu;

/**
 * Normalizes a text so that spellings of the same word compare equal: case, accents, NFC and NFD, ß and ss,
 * full and half width, quotes and hyphens. Runs of spaces and line ends become one space.
 */
export function normalizeForSearch(text: string): string {
  return normalizeSpaces(normalizeLetters(text));
}

/** Replaces each run of spaces and line ends with one space. */
export function normalizeSpaces(text: string): string {
  // Single spaces don't match: replacing 400,000 spaces by themselves takes 60 MB.
  return text.replace(/\s{2,}|[^\S ]/g, ' ');
}

/** Normalizes letters and marks like `normalizeForSearch`, but keeps spaces and line ends. */
export function normalizeLetters(text: string): string {
  // Fast path: most texts are plain ASCII.
  return notAscii.test(text) ? normalizeUnicode(text) : text.toLowerCase();
}

function normalizeUnicode(text: string): string {
  const bare = text.replace(markPile, '$1').normalize('NFKD').replace(toDrop, '');
  // Through upper case, so that ß becomes ss and the long s becomes s.
  return bare
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(toReplace, found => replacements[found] ?? found)
    .replace(toDrop, '')
    .normalize('NFC');
}

/** A normalized text that can map its offsets back to the original text. */
export interface NormalizedText {
  readonly normalized: string;
  /** Return the start and the end in the original of the character at an offset in `normalized`. */
  readonly startOf: (at: number) => number;
  readonly endOf: (at: number) => number;
}

/**
 * Normalizes a text and records the original offset of each character. Pass `known` if the text was already
 * normalized.
 */
export function normalizeWithOffsets(text: string, known?: string): NormalizedText {
  if (!notAscii.test(text)) return normalizeAscii(text, known ?? normalizeForSearch(text));
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  // Tracked here, because reading the end of a growing string would flatten it each time.
  let isAfterSpace = false;
  for (const { 0: found, index } of text.matchAll(visibleCharacter)) {
    const part = normalizeForSearch(found);
    if (part === ' ' && isAfterSpace) continue;
    for (let at = 0; at < part.length; at++) {
      starts.push(index);
      ends.push(index + found.length);
    }
    parts.push(part);
    if (part !== '') isAfterSpace = part.endsWith(' ');
  }
  return { normalized: parts.join(''), startOf: at => starts[at] ?? 0, endOf: at => ends[at] ?? 0 };
}

function normalizeAscii(text: string, normalized: string): NormalizedText {
  if (normalized.length === text.length) return { normalized, startOf: at => at, endOf: at => at + 1 };
  // A typed array, because a growing array of a long text takes four times the memory.
  const starts = new Int32Array(normalized.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && isSpace(text, at) && isSpace(text, at - 1)) continue;
    starts[length] = at;
    length += 1;
  }
  return { normalized, startOf: at => starts[at] ?? 0, endOf: at => (starts[at] ?? 0) + 1 };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}
