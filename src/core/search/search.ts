import { detachSlice } from '../text/detach-slice.ts';
import { ownWords } from '../notes/answer.ts';
import { frontOf, leadOf } from '../notes/body.ts';
import type { NormalizedText } from '../text/normalize-for-search.ts';
import {
  normalizeLetters,
  normalizeSpaces,
  normalizeForSearch,
  normalizeWithOffsets,
} from '../text/normalize-for-search.ts';
import { oneLine } from '../text/one-line.ts';
import { beginsWord, unquoted } from './search-words.ts';
import type { FrontValue, Head, Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import { tagsIn } from '../notes/tags.ts';

/** A part of a text of the person's; `isMatch` for what was searched for. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** A text in pieces, which together are the text. */
export type Marked = readonly Piece[];

/** What is looked for. All of it has to be there, anywhere in the moment. */
export interface SearchQuery {
  /** Folded; several words that were given as one stand together. */
  readonly words: readonly string[];
  /**
   * The longest part of each that stands in a file as it is, however the file is written. Empty where there
   * is none.
   */
  readonly parts: readonly string[];
}

/** The texts of a moment that are searched. */
export interface SearchableNote {
  readonly title: string;
  readonly texts: readonly SearchableText[];
}

export interface SearchableText {
  /** Said before the text when one of its lines is shown: the key in the front matter. */
  readonly before?: string;
  readonly text: string;
}

export interface SearchMatch {
  /** Whether each of what is wanted begins a word somewhere in the moment; else it stands within one. */
  readonly beginsWords: boolean;
  readonly title: Marked;
  /**
   * The lines with a word, in the order of the file; the title is not among them. The last is `…` where there
   * are more than anybody reads.
   */
  readonly lines: readonly Marked[];
}

/**
 * Folds the words that are looked for; undefined when there is nothing among them to be found. A phrase in
 * quotation marks is one, and the marks are not looked for.
 */
export function parseSearchQuery(said: readonly string[]): SearchQuery | undefined {
  const words = [...new Set(said.map(word => normalizeForSearch(unquoted(word)).trim()))].filter(
    word => word !== '',
  );
  // Marks are written with a backslash or twice in YAML and Markdown; letters never are unless there is a
  // backslash.
  const parts = words.map(word =>
    word
      .split(/[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\s]+/)
      .reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
  );
  return words.length === 0 ? undefined : { words, parts };
}

/** Says whether the text of a file may hold all that is wanted. When it says no, that is certain. */
export function mayMatch(fileText: string, { parts }: SearchQuery): boolean {
  if (fileText.includes('\\')) return true;
  const normalized = normalizeLetters(fileText);
  // A loop, for it runs over every note.
  for (const part of parts) if (!normalized.includes(part)) return false;
  return true;
}

function mayHoldAny(fileText: string, { parts }: SearchQuery): boolean {
  return fileText.includes('\\') || hasAny(normalizeLetters(fileText), parts);
}

/** Of one moment; 70,000 lines of a file of 2 MB take more memory than the search itself. */
const mostLines = 500;

/**
 * In one line: behind these the line is shown as it is. A megabyte of one letter has half a million of them,
 * and each is a piece to lay out.
 */
const mostMatches = 200;

/** Looks for all that is wanted; undefined when some of it is nowhere. */
export function searchTexts({ title, texts }: SearchableNote, wanted: SearchQuery): SearchMatch | undefined {
  const missing: Missing = { anywhere: new Set(wanted.words), asBeginning: new Set(wanted.words) };
  const inTitle = rangesOf(title, wanted, missing);
  const lines: Marked[] = [];
  for (const { text, before } of texts) {
    const ranges = rangesOf(text, wanted, missing);
    if (ranges.length > 0 && lines.length <= mostLines) lines.push(...linesWith(text, ranges, before));
  }
  if (missing.anywhere.size > 0) return undefined;
  return {
    beginsWords: missing.asBeginning.size === 0,
    title: cut(title, inTitle, 0, title.length),
    lines: lines.length > mostLines ? [...lines.slice(0, mostLines), [{ text: '…', isMatch: false }]] : lines,
  };
}

const nowhere: readonly Range[] = [];

/** What is wanted and was not found yet: at all, and at the beginning of a word. */
interface Missing {
  readonly anywhere: Set<string>;
  readonly asBeginning: Set<string>;
}

/** Gives what was found so that it does not keep the texts in which it stood. */
export function detachMatches({ beginsWords, title, lines }: SearchMatch): SearchMatch {
  return {
    beginsWords,
    title,
    lines: lines.map(line => line.map(piece => ({ ...piece, text: detachSlice(piece.text) }))),
  };
}

/**
 * Where something wanted stands in a text; what is found is missing no more. Places are asked only where it
 * is, for few texts have any.
 */
function rangesOf(text: string, { words, parts }: SearchQuery, missing: Missing): readonly Range[] {
  const letters = normalizeLetters(text);
  if (!hasAny(letters, parts)) return nowhere;
  const normalized = normalizeSpaces(letters);
  const here = words.filter(word => normalized.includes(word));
  return here.length === 0 ? nowhere : rangesIn(text, normalizeWithOffsets(text, normalized), here, missing);
}

// A loop, for it runs over every text of every note that is shown.
function hasAny(normalized: string, parts: readonly string[]): boolean {
  for (const part of parts) if (normalized.includes(part)) return true;
  return false;
}

/**
 * Gathers what is searched: the person's own words in the front matter, kinds and feelings, foreign keys, and
 * the text. `isOurs` knows headings that are questions. Where it is said what is `wanted`, front matter and
 * headings that can't hold any of it may be left out.
 */
export function textsOf(
  head: Head,
  sections: readonly Section[],
  fileText: string,
  isOurs: (heading: string) => boolean,
  wanted?: SearchQuery,
): readonly SearchableText[] {
  const texts: SearchableText[] = [];
  // Most that is found in front matter is the title, which is searched by itself.
  const isInFront = wanted === undefined || mayHoldAny(frontOf(fileText).replace(titleLine, ''), wanted);
  for (const key of isInFront ? Object.keys(head.keys) : []) {
    const text = oneLine(wordsIn(key, head.keys[key] ?? null).join(', '));
    if (text !== '') texts.push({ before: `${key}: `, text });
  }
  texts.push({ text: leadOf(fileText) });
  for (const { heading, text } of sections) {
    if ((wanted === undefined || mayHoldAny(heading, wanted)) && !isOurs(heading))
      texts.push({ text: heading });
    texts.push({ text });
  }
  return texts;
}

const titleLine = /^title: [^\n]*\n/m;
const asWritten: ReadonlySet<string> = new Set(['with', 'kinds', 'feelings']);
const ours: ReadonlySet<string> = new Set(frontKeys);

// Of our own keys only what the person said counts: `next: open` stands in half of all files.
function wordsIn(key: string, value: FrontValue): readonly string[] {
  if (key === 'title' || key === 'history') return [];
  // A tag is looked for with its mark and without.
  if (/^tags?$/i.test(key)) return tagsIn({ [key]: value }).map(tag => `#${tag}`);
  const texts = (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string',
  );
  return ours.has(key) && !asWritten.has(key) ? texts.flatMap(text => ownWords(text) ?? []) : texts;
}

type Range = readonly [start: number, end: number];

/** Where words stand in a text. In a line where a word begins one of the line's, it is marked there alone. */
function rangesIn(
  text: string,
  normalized: NormalizedText,
  words: readonly string[],
  missing: Missing,
): readonly Range[] {
  const found: Range[] = [];
  for (const word of words)
    for (const range of rangesOfWord(text, normalized, word, missing)) found.push(range);
  return joined(found.sort(([a], [b]) => a - b));
}

function rangesOfWord(
  text: string,
  { normalized, startOf, endOf }: NormalizedText,
  word: string,
  missing: Missing,
): readonly Range[] {
  const found: Range[] = [];
  let lineEnd = -1;
  let lineFrom = 0;
  let lineBegins = false;
  let anyBegins = false;
  for (let at = normalized.indexOf(word); at >= 0; at = normalized.indexOf(word, at + word.length)) {
    const range: Range = [startOf(at), endOf(at + word.length - 1)];
    if (range[0] > lineEnd) {
      const end = text.indexOf('\n', range[0]);
      lineEnd = end < 0 ? text.length : end;
      lineFrom = found.length;
      lineBegins = false;
    }
    const begins = beginsWord(normalized, at);
    if (begins && !lineBegins) found.length = lineFrom;
    lineBegins ||= begins;
    anyBegins ||= begins;
    if (begins || !lineBegins) found.push(range);
  }
  if (found.length > 0) missing.anywhere.delete(word);
  if (anyBegins) missing.asBeginning.delete(word);
  return found;
}

function joined(sorted: readonly Range[]): readonly Range[] {
  const all: Range[] = [];
  for (const [start, end] of sorted) {
    const last = all.at(-1);
    if (last !== undefined && start < last[1]) all[all.length - 1] = [last[0], Math.max(last[1], end)];
    else all.push([start, end]);
  }
  return all;
}

function linesWith(text: string, ranges: readonly Range[], before: string | undefined): readonly Marked[] {
  const lines: Marked[] = [];
  let next = 0;
  for (let start = 0; start <= text.length && next < ranges.length && lines.length <= mostLines;) {
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop;
    const here: Range[] = [];
    for (let at = next; at < ranges.length; at++) {
      const range = ranges[at];
      if (range === undefined || range[0] >= end) break;
      here.push(range);
      // One that goes on in the next line is seen there again.
      if (range[1] <= end) next = at + 1;
    }
    const pieces = cut(text, here.slice(0, mostMatches), start, end);
    if (pieces.some(({ isMatch }) => isMatch))
      lines.push(before === undefined ? pieces : [{ text: before, isMatch: false }, ...pieces]);
    start = end + 1;
  }
  return lines;
}

/** The pieces of a part of a text. */
function cut(text: string, ranges: readonly Range[], from: number, to: number): Marked {
  const pieces: Piece[] = [];
  let at = from;
  for (const [start, end] of ranges) {
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    if (first > at) pieces.push({ text: text.slice(at, first), isMatch: false });
    if (last > first) pieces.push(...matchOf(text.slice(first, last)));
    at = Math.max(at, last);
  }
  if (to > at) pieces.push({ text: text.slice(at, to), isMatch: false });
  return pieces;
}

// Where a match goes over the end of a line there may be spaces around it.
function matchOf(text: string): Marked {
  const bare = text.trim();
  const before = text.slice(0, text.length - text.trimStart().length);
  const pieces = [
    { text: before, isMatch: false },
    { text: bare, isMatch: true },
    { text: text.slice(before.length + bare.length), isMatch: false },
  ];
  return pieces.filter(piece => piece.text !== '');
}
