// Accents of letters, points of Hebrew and Arabic, and what can't be seen: soft hyphens, joiners, direction
// marks, the choice of an emoji's look. Other marks carry the word (the vowels of Thai and Hindi, the dakuten
// of Japanese) and stay.
const dropped =
  '\\u00ad\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u061c\\u0640\\u064b-\\u065f\\u0670' +
  '\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff';
const toDrop = new RegExp(`[${dropped}]+`, 'g');
// Letters that no normal form takes apart, the sigma at a word's end, and marks that keyboards and programs
// write in several ways.
const same: Readonly<Record<string, string>> = {
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
// No script has so many marks on one letter, and putting them in order takes the square of their number.
const pile = /(\p{M}{100})\p{M}+/gu;
const toReplace = new RegExp(`[${Object.keys(same).join('')}]`, 'g');
// What is seen as one sign: letters of Hangul that make a syllable, a letter with its marks, emoji that are
// joined.
const sign =
  /[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?[\p{M}]*|.[\p{M}\p{EMod}]*(?:\u200d[^\s][\p{M}\p{EMod}]*)*/gsu;

/**
 * Folds a text so that what a person takes for the same word is the same: case, accents, NFC and NFD, ß and
 * ss, wide and narrow forms, kinds of quotes and hyphens. Spaces and line ends become one space. The order of
 * the text stays.
 */
export function normalizeForSearch(text: string): string {
  return normalizeSpaces(normalizeLetters(text));
}

/** Makes of spaces and line ends one space each. */
export function normalizeSpaces(text: string): string {
  // A space by itself stays as it is: putting 400,000 of them in their own place takes 60 MB.
  return text.replace(/\s{2,}|[^\S ]/g, ' ');
}

/** The same, with spaces and line ends as they are. */
export function normalizeLetters(text: string): string {
  // Most notes are plain ASCII in most of their lines.
  return notAscii.test(text) ? foldAny(text) : text.toLowerCase();
}

function foldAny(text: string): string {
  const bare = text.replace(pile, '$1').normalize('NFKD').replace(toDrop, '');
  // Upper case in between: ß becomes SS, the long s becomes S.
  return bare
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(toReplace, found => same[found] ?? found)
    .replace(toDrop, '')
    .normalize('NFC');
}

/** A folded text that knows where its parts come from: offsets into the text by offset into `folded`. */
export interface NormalizedText {
  readonly normalized: string;
  readonly startOf: (at: number) => number;
  readonly endOf: (at: number) => number;
}

/**
 * Folds sign by sign, to find out where something stands in the text; `known` is the text folded, where
 * somebody has it.
 */
export function normalizeWithOffsets(text: string, known?: string): NormalizedText {
  if (!notAscii.test(text)) return foldAscii(text, known ?? normalizeForSearch(text));
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  // Asked of a text that grows, the last sign would have it put together each time.
  let isAfterSpace = false;
  for (const { 0: found, index } of text.matchAll(sign)) {
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

function foldAscii(text: string, normalized: string): NormalizedText {
  if (normalized.length === text.length) return { normalized, startOf: at => at, endOf: at => at + 1 };
  // A number for each letter of a long text: an array that grows would hold four times as much.
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
