import type { Answer, Answers } from '../notes/answer.ts';
import { answerOf, keyOf, ownWords } from '../notes/answer.ts';
import { normalizeForSearch } from '../text/normalize-for-search.ts';
import { fieldOf, type FieldsByHeading } from '../notes/heading.ts';
import type { Fills } from './options.ts';
import { quotable } from '../text/quotable.ts';
import type { Head, Section } from '../notes/reflection.ts';
import type { Option } from './template.ts';

/** The lists of options whose clauses are used in opening lines. */
export interface ClauseLists {
  readonly kinds: readonly Option[];
  readonly feelings: readonly Option[];
  readonly urges: readonly Option[];
  readonly want: readonly Option[];
}

/**
 * Returns the values and texts of a moment as facts for conditions: each field as `was_FIELD`, plus
 * `was_aspects` (bond, task, goal) and `said_kind`. Drops short texts that only say no; `noOpenings` lists
 * how such texts begin (see `saysNo`).
 */
export function momentFacts(
  head: Head,
  texts: Answers,
  kinds: readonly Option[],
  noOpenings: readonly string[],
): Answers {
  const facts: Record<string, Answer> = {};
  for (const [key, value] of Object.entries(head.keys)) {
    const answer = answerOf(value);
    if (answer !== undefined) facts[`was_${key}`] = answer;
  }
  for (const [field, text] of Object.entries(texts)) facts[`was_${field}`] = text;
  const aspects = head.kinds.flatMap(kind => kinds.find(({ key }) => key === keyOf(kind))?.aspect ?? []);
  if (aspects.length > 0) facts['was_aspects'] = [...new Set(aspects)];
  const mentioned = kindToMention(head.kinds, kinds);
  if (mentioned !== undefined) facts['said_kind'] = mentioned;
  // Other questions quote or build on these texts, so “no, nothing” must not count as a text.
  for (const field of ['was_mine', 'was_guess', 'was_what']) {
    const text = facts[field];
    if (typeof text === 'string' && saysNo(text, noOpenings)) delete facts[field];
  }
  return facts;
}

/**
 * Returns the texts of a note by field. If a field comes more than once (in a preparation or a follow-up),
 * the last text wins.
 */
export function textsByField(
  sections: readonly Section[],
  fields: FieldsByHeading,
): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { heading, text } of sections) {
    const field = fieldOf(heading, fields);
    if (field !== undefined && text.trim() !== '') texts[field] = text;
  }
  return texts;
}

/**
 * Returns the keys of the options whose labels occur in a text such as "Listened, Said sorry", the form in
 * which a note stores a list of choices. Labels may contain commas. Ignores text that matches no label.
 */
export function keysInText(text: string, options: readonly Option[]): readonly string[] {
  const plain = normalizeForSearch(text);
  return options.filter(({ label }) => isListItem(plain, normalizeForSearch(label))).map(({ key }) => key);
}

// A label counts only as a whole item of the list ("Asked" does not match "Unasked"): before and after it
// there must be a separator or nothing.
function isListItem(text: string, label: string): boolean {
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + label.length)];
    if (/(?:^|[,;\n])\s*(?:[-*]\s+)?$/.test(before) && /^\s*(?:[,;.\n]|$)/.test(after)) return true;
  }
  return false;
}

/** How a language joins the words of opening lines. */
export interface OpeningWords {
  /** Joins words into a list: "small", "small and angry". */
  readonly join: (words: readonly string[]) => string;
  /** Appends the person's own words for a feeling to the feelings from the list. */
  readonly withOwn: (feelings: string, own: string) => string;
  /** Values of the placeholders that say when the moment was: `{Then}`, `{from}` and `{about}`. */
  readonly time: Fills;
}

/**
 * Returns the values of the placeholders in opening lines: `when`, `quote` (from what the person wrote about
 * the moment), `feelings`, `want`, `did`, and those of `words.time`. Leaves out placeholders without a value.
 */
export function openingFills(facts: Answers, lists: ClauseLists, words: OpeningWords): Fills {
  const clause = (options: readonly Option[], answer: Answer | undefined): string | undefined =>
    picksOf(answer).flatMap(pick => clauseOf(options, keyOf(pick)) ?? [])[0];
  const mentioned = facts['said_kind'];
  const fills: Record<string, string | undefined> = {
    ...words.time,
    when: typeof mentioned === 'string' ? clauseOf(lists.kinds, mentioned) : undefined,
    quote: quoteFrom(facts),
    feelings: feelingsIn(facts['was_feelings'], lists.feelings, words),
    want: clause(lists.want, facts['want']),
    did: clause(lists.urges, facts['was_urges']),
  };
  const filled = Object.entries(fills).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(filled);
}

/** For these kinds, an opening line to the therapist never quotes the person's text. */
const neverQuoted: readonly string[] = ['line', 'secret-closeness', 'mine'];

/**
 * Returns the person's own text for quoting to the therapist. Returns undefined if speaking up is not safe,
 * if the person felt unsafe, or if the text may be about a crossed line or about something the person did.
 */
function quoteFrom(facts: Answers): string | undefined {
  const kinds = picksOf(facts['was_kinds']);
  const isUnsafe = facts['not_safe'] === 'yes' || picksOf(facts['was_feelings']).includes('unsafe');
  if (isUnsafe || kinds.some(kind => neverQuoted.includes(keyOf(kind)))) return undefined;
  const { was_what: what } = facts;
  if (typeof what === 'string') return quotable(what);
  const own = kinds.find(kind => keyOf(kind) === facts['said_kind']);
  return quotable((own === undefined ? undefined : ownWords(own)) ?? '');
}

// The person's own words may be any phrase ("a heavy chest", "I wanted to cry"), so they come after the
// feelings from the list, or alone, but never in the middle.
function feelingsIn(
  answer: Answer | undefined,
  options: readonly Option[],
  { join, withOwn }: OpeningWords,
): string | undefined {
  const felt = picksOf(answer);
  const isOwn = (pick: string): boolean => ownWords(pick) !== undefined;
  const listed = felt.filter(pick => !isOwn(pick)).flatMap(pick => clauseOf(options, keyOf(pick)) ?? []);
  const own = felt.flatMap(
    pick =>
      ownWords(pick)
        ?.trim()
        .replace(/[.!?。！？]+$/u, '') || [],
  );
  if (listed.length === 0) return own.length === 0 ? undefined : join(own);
  return own.length === 0 ? join(listed) : withOwn(join(listed), join(own));
}

/**
 * Returns the key of the kind that an opening line mentions: `identity` if it is among `kinds`, else the
 * first kind that has a clause.
 */
export function kindToMention(kinds: readonly string[], options: readonly Option[]): string | undefined {
  const keys = kinds.map(keyOf).filter(key => clauseOf(options, key) !== undefined);
  return keys.includes('identity') ? 'identity' : keys[0];
}

/**
 * Returns true if an answer is empty, or short and begins with one of `openings` (in lower case). An opening
 * that ends in `$` must be the whole answer.
 */
export function saysNo(text: string, openings: readonly string[]): boolean {
  const bare = text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const plain = bare.replace(/[\s,]+/g, ' ');
  if (plain === '') return true;
  if (plain.split(' ').length > mostWordsOfNo) return false;
  return openings.some(opening => {
    if (opening.endsWith('$')) return plain === opening.slice(0, -1);
    // The opening must end at a word boundary: “nobody” is not “no”. Scripts that write no spaces between
    // words have no such boundary.
    const rest = plain.slice(opening.length);
    return plain.startsWith(opening) && !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{N}']/u.test(rest);
  });
}

/** Longer answers are not a plain no, even if they begin with one. */
const mostWordsOfNo = 8;

function clauseOf(options: readonly Option[], key: string): string | undefined {
  const clause = options.find(option => option.key === key)?.clause;
  return clause === '' ? undefined : clause;
}

function picksOf(answer: Answer | undefined): readonly string[] {
  return Array.isArray(answer) ? answer : [];
}
