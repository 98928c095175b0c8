import { detachSlice } from '../text/detach-slice.ts';
import type { NormalizedText } from '../text/normalize-for-search.ts';
import { normalizeLetters, normalizeSpaces, normalizeWithOffsets } from '../text/normalize-for-search.ts';
import type { SearchableNote, SearchQuery } from './search-input.ts';
import { containsAny } from './search-input.ts';
import { beginsWord } from './search-words.ts';

/** A piece of a text, and whether it matches the search. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** A text split into pieces; joined, they are the text. */
export type Marked = readonly Piece[];

/** Where a note matches a search. */
export interface SearchMatch {
  /** Whether every searched word matches at the start of a word somewhere in the note. */
  readonly beginsWords: boolean;
  readonly title: Marked;
  /** The matching lines in file order, without the title; after 500 of them, a last line `…`. */
  readonly lines: readonly Marked[];
}

/** Matching lines shown of one note; 70,000 lines of a 2 MB file take more memory than the search itself. */
const mostLines = 500;

/**
 * Matches marked in one line; the rest of the line is plain. A megabyte of one letter has half a million
 * matches, and each is a piece to lay out.
 */
const mostMatches = 200;

/** Searches a note for all words of the query. Returns undefined if one of them is missing. */
export function searchTexts({ title, texts }: SearchableNote, query: SearchQuery): SearchMatch | undefined {
  const missing: Missing = { anywhere: new Set(query.words), asBeginning: new Set(query.words) };
  const inTitle = rangesOf(title, query, missing);
  const lines: Marked[] = [];
  for (const { text, before } of texts) {
    const ranges = rangesOf(text, query, missing);
    if (ranges.length > 0 && lines.length <= mostLines) lines.push(...linesWith(text, ranges, before));
  }
  if (missing.anywhere.size > 0) return undefined;
  return {
    beginsWords: missing.asBeginning.size === 0,
    title: cut(title, inTitle, 0, title.length),
    lines: lines.length > mostLines ? [...lines.slice(0, mostLines), [{ text: '…', isMatch: false }]] : lines,
  };
}

const noRanges: readonly Range[] = [];

/** The searched words not found yet: anywhere, and at the start of a word. */
interface Missing {
  readonly anywhere: Set<string>;
  readonly asBeginning: Set<string>;
}

/** Copies the strings of a match, so that it does not keep the whole note in memory. */
export function detachMatches({ beginsWords, title, lines }: SearchMatch): SearchMatch {
  return {
    beginsWords,
    title,
    lines: lines.map(line => line.map(piece => ({ ...piece, text: detachSlice(piece.text) }))),
  };
}

/**
 * Finds the matches in a text and removes the words found from `missing`. Computes offsets only if the text
 * contains a word, because few texts do.
 */
function rangesOf(text: string, { words, parts }: SearchQuery, missing: Missing): readonly Range[] {
  const letters = normalizeLetters(text);
  if (!containsAny(letters, parts)) return noRanges;
  const normalized = normalizeSpaces(letters);
  const found = words.filter(word => normalized.includes(word));
  return found.length === 0
    ? noRanges
    : rangesIn(text, normalizeWithOffsets(text, normalized), found, missing);
}

/** Offsets into the original text. */
type Range = readonly [start: number, end: number];

/**
 * Finds all words in a text; sorted, without overlaps. If a word matches the start of a word in a line, its
 * other matches in that line are dropped.
 */
function rangesIn(
  text: string,
  normalized: NormalizedText,
  words: readonly string[],
  missing: Missing,
): readonly Range[] {
  const found: Range[] = [];
  for (const word of words)
    for (const range of rangesOfWord(text, normalized, word, missing)) found.push(range);
  return mergeOverlaps(found.sort(([a], [b]) => a - b));
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

function mergeOverlaps(sorted: readonly Range[]): readonly Range[] {
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
      // Keep a match that continues on the next line for that line, too.
      if (range[1] <= end) next = at + 1;
    }
    const pieces = cut(text, here.slice(0, mostMatches), start, end);
    if (pieces.some(({ isMatch }) => isMatch))
      lines.push(before === undefined ? pieces : [{ text: before, isMatch: false }, ...pieces]);
    start = end + 1;
  }
  return lines;
}

/** Splits the text between two offsets into matching and other pieces. */
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

// A match that spans lines may have spaces around it; they are not marked.
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
