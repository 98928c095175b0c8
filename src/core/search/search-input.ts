import { ownWords } from '../notes/answer.ts';
import { frontOf, leadOf } from '../notes/body.ts';
import { normalizeForSearch, normalizeLetters } from '../text/normalize-for-search.ts';
import { oneLine } from '../text/one-line.ts';
import { unquoted } from './search-words.ts';
import type { FrontValue, Head, Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import { tagsIn } from '../notes/tags.ts';

/** A parsed search. A note matches if it contains every word, anywhere in it. */
export interface SearchQuery {
  /** Normalized with `normalizeForSearch`; a quoted phrase is one entry. */
  readonly words: readonly string[];
  /**
   * For each word, its longest run of characters that YAML and Markdown never escape; empty if it has none.
   * These can be looked for in a raw file.
   */
  readonly parts: readonly string[];
}

/** The title and the texts of a note that are searched. */
export interface SearchableNote {
  readonly title: string;
  readonly texts: readonly SearchableText[];
}

/** One text of a note that is searched. */
export interface SearchableText {
  /** A prefix for each matching line: the front matter key, such as `kinds: `. */
  readonly before?: string;
  readonly text: string;
}

/**
 * Parses the words of a search. A phrase in quotation marks is one word, without the marks. Returns undefined
 * if there is nothing to search for.
 */
export function parseSearchQuery(typed: readonly string[]): SearchQuery | undefined {
  const words = [...new Set(typed.map(word => normalizeForSearch(unquoted(word)).trim()))].filter(
    word => word !== '',
  );
  // YAML and Markdown may escape or double punctuation. They escape letters only with a backslash, for which
  // `mayMatch` checks.
  const parts = words.map(word =>
    word
      .split(/[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\s]+/)
      .reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
  );
  return words.length === 0 ? undefined : { words, parts };
}

/** Returns false only if the text of a file certainly does not match; a quick check before parsing it. */
export function mayMatch(fileText: string, { parts }: SearchQuery): boolean {
  if (fileText.includes('\\')) return true;
  const normalized = normalizeLetters(fileText);
  // A loop for speed: it runs on every note.
  for (const part of parts) if (!normalized.includes(part)) return false;
  return true;
}

function mayContainAny(fileText: string, { parts }: SearchQuery): boolean {
  return fileText.includes('\\') || containsAny(normalizeLetters(fileText), parts);
}

/** Whether a normalized text contains at least one of the parts. */
export function containsAny(normalized: string, parts: readonly string[]): boolean {
  // A loop for speed: it runs on every text of every note that may match.
  for (const part of parts) if (normalized.includes(part)) return true;
  return false;
}

/** A note that was read from its file; `text` is the whole file. */
export interface ReadNote {
  readonly head: Head;
  readonly sections: readonly Section[];
  readonly text: string;
}

/**
 * Collects the texts of a note that are searched: the person's own words in the front matter, kinds and
 * feelings, keys of other programs, and the body. Leaves out headings for which `isOurs` returns true, such
 * as questions. With a query, leaves out front matter and headings that can't match it.
 */
export function searchableTexts(
  { head, sections, text: fileText }: ReadNote,
  isOurs: (heading: string) => boolean,
  query?: SearchQuery,
): readonly SearchableText[] {
  const texts: SearchableText[] = [];
  // Ignore the title, the most frequent match in front matter: it is searched separately.
  const isInFront = query === undefined || mayContainAny(frontOf(fileText).replace(titleLine, ''), query);
  for (const key of isInFront ? Object.keys(head.keys) : []) {
    const text = oneLine(wordsIn(key, head.keys[key] ?? null).join(', '));
    if (text !== '') texts.push({ before: `${key}: `, text });
  }
  texts.push({ text: leadOf(fileText) });
  for (const { heading, text } of sections) {
    if ((query === undefined || mayContainAny(heading, query)) && !isOurs(heading))
      texts.push({ text: heading });
    texts.push({ text });
  }
  return texts;
}

const titleLine = /^title: [^\n]*\n/m;
/** Our keys whose values are searched as they are written in the file. */
const asWritten: ReadonlySet<string> = new Set(['with', 'kinds', 'feelings']);
const ours: ReadonlySet<string> = new Set(frontKeys);

// In our own keys, only the person's own words are searched: half of all files contain `next: open`.
function wordsIn(key: string, value: FrontValue): readonly string[] {
  if (key === 'title' || key === 'history') return [];
  // Tags match with and without their `#`.
  if (/^tags?$/i.test(key)) return tagsIn({ [key]: value }).map(tag => `#${tag}`);
  const texts = (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string',
  );
  return ours.has(key) && !asWritten.has(key) ? texts.flatMap(text => ownWords(text) ?? []) : texts;
}
