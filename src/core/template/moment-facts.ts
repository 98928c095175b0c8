import type { Answer, Answers } from '../notes/answer.ts';
import { answerOf, keyOf, ownWords } from '../notes/answer.ts';
import { normalizeForSearch } from '../text/normalize-for-search.ts';
import { fieldOf, type FieldsByHeading } from '../notes/heading.ts';
import type { Fills } from './options.ts';
import { quotable } from '../text/quotable.ts';
import type { Head, Section } from '../notes/reflection.ts';
import type { Option } from './template.ts';

/** The lists that words for opening lines come from. */
export interface ClauseLists {
  readonly kinds: readonly Option[];
  readonly feelings: readonly Option[];
  readonly urges: readonly Option[];
  readonly want: readonly Option[];
}

/**
 * Gives what a moment holds as facts, each under `was_` and its field; of a text that stands there more
 * than once, the newest. `noOpenings` is how an answer begins that says no.
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
  const said = saidKind(head.kinds, kinds);
  if (said !== undefined) facts['said_kind'] = said;
  // An answer that says no is no answer to build on.
  for (const field of ['was_mine', 'was_guess', 'was_what']) {
    const text = facts[field];
    if (typeof text === 'string' && saysNo(text, noOpenings)) delete facts[field];
  }
  return facts;
}

/**
 * Gives the texts of a file by field; later ones (of a preparation or a follow-up) take the place of earlier
 * ones.
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
 * Gives the keys of the options whose labels stand in a text such as "Listened, Said sorry", as a list of
 * choices is written into a note. A label may have a comma in it. What is no label is passed over.
 */
export function keysInText(text: string, options: readonly Option[]): readonly string[] {
  const plain = normalizeForSearch(text);
  return options.filter(({ label }) => isPartOf(plain, normalizeForSearch(label))).map(({ key }) => key);
}

// "Asked" is no part of "Unasked": before and behind a label there is a comma, a line's end, or nothing.
function isPartOf(text: string, label: string): boolean {
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    const [before, preload] = [text.slice(0, at), text.slice(at + label.length)];
    if (/(?:^|[,;\n])\s*(?:[-*]\s+)?$/.test(before) && /^\s*(?:[,;.\n]|$)/.test(preload)) return true;
  }
  return false;
}

/** What a language says around the words of opening lines. */
export interface OpeningWords {
  /** Puts words together: "small", "small and angry". */
  readonly join: (words: readonly string[]) => string;
  /** Puts the person's own words for what they felt behind those of the list. */
  readonly withOwn: (feelings: string, own: string) => string;
  /** When it was: what fills `{Then}`, `{from}` and `{about}`. */
  readonly time: Fills;
}

/**
 * Makes what fills the places of opening lines: `when`, `quote` (what the person wrote of it), `feelings`,
 * `want`, `did`, and when it was.
 */
export function openingFills(facts: Answers, lists: ClauseLists, words: OpeningWords): Fills {
  const clause = (options: readonly Option[], answer: Answer | undefined): string | undefined =>
    picksOf(answer).flatMap(pick => clauseOf(options, keyOf(pick)) ?? [])[0];
  const said = facts['said_kind'];
  const fills: Record<string, string | undefined> = {
    ...words.time,
    when: typeof said === 'string' ? clauseOf(lists.kinds, said) : undefined,
    quote: quoteFrom(facts),
    feelings: feelingsIn(facts['was_feelings'], lists.feelings, words),
    want: clause(lists.want, facts['want']),
    did: clause(lists.urges, facts['was_urges']),
  };
  const filled = Object.entries(fills).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(filled);
}

/** Kinds of which nothing that the person wrote is put into a sentence to the therapist. */
const neverQuoted: readonly string[] = ['line', 'secret-closeness', 'mine'];

/**
 * Gives what the person wrote of it, to be quoted to the therapist. Nothing of it is where speaking up is not
 * safe or it felt unsafe, nor where the text may speak of what crossed a line or of what the person did.
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

// Own words may be of any kind ("a heavy chest", "I wanted to cry"): they stand behind the others, or
// alone, and never between two.
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
 * Says which kind an opening line speaks of: who the person is before all others, else the first that has
 * words for a sentence.
 */
export function saidKind(kinds: readonly string[], options: readonly Option[]): string | undefined {
  const keys = kinds.map(keyOf).filter(key => clauseOf(options, key) !== undefined);
  return keys.includes('identity') ? 'identity' : keys[0];
}

/**
 * Says whether an answer says no: it begins as one does, and is short. `openings` are in lower case; an
 * opening with `$` at its end is the whole answer.
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
    // "Nobody" is another word than "no". Scripts without spaces between words go on at once.
    const rest = plain.slice(opening.length);
    return plain.startsWith(opening) && !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{N}']/u.test(rest);
  });
}

/** Longer answers say something, however they begin. */
const mostWordsOfNo = 8;

function clauseOf(options: readonly Option[], key: string): string | undefined {
  const clause = options.find(option => option.key === key)?.clause;
  return clause === '' ? undefined : clause;
}

function picksOf(answer: Answer | undefined): readonly string[] {
  return Array.isArray(answer) ? answer : [];
}
