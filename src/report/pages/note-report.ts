import { dayInHeading, fieldOf, type FieldsByHeading } from '../../core/notes/heading.ts';
import type { FrontValue, Head, Section } from '../../core/notes/reflection.ts';
import { jsonText } from '../text/json-text.ts';

/** Patterns for the headings of dated parts: `Prepared on {day}`. */
export interface DatedHeadings {
  readonly prepared: string;
  readonly followedUp: string;
}

interface DatedPart {
  readonly on: string;
  readonly answers: Record<string, string>;
}

/**
 * The texts of one note, exactly as typed, by question id, or by the heading if the person wrote it. Texts of
 * dated parts are separate.
 */
export interface NoteAnswers {
  readonly answers: Readonly<Record<string, string>>;
  readonly prepared?: readonly DatedPart[];
  readonly followed_up?: readonly DatedPart[];
}

/** Returns one note as JSON, version 1: front matter keys, path, and the answers exactly as typed. */
export function noteJson(
  { path, head, sections }: { path: string; head: Head; sections: readonly Section[] },
  fields: FieldsByHeading,
  dated: DatedHeadings,
): string {
  const { answers, ...datedParts } = answersOf(sections, fields, dated);
  return jsonText({ version: 1, ...keysOf(head), path, answers, ...datedParts }, 2);
}

/**
 * Returns every front matter key of a note, except `rupture` (the format version) and foreign keys whose
 * names the JSON uses for something else.
 */
export function keysOf(head: Head): Readonly<Record<string, FrontValue>> {
  const keys: Record<string, FrontValue> = { ...head.keys };
  for (const reserved of ['rupture', 'version', 'prepared', 'followed_up']) delete keys[reserved];
  return keys;
}

/** Groups the texts of a note by question id, separately for the first part and for each dated part. */
export function answersOf(
  sections: readonly Section[],
  fields: FieldsByHeading,
  dated: DatedHeadings,
): NoteAnswers {
  const answers: Record<string, string> = {};
  const prepared: DatedPart[] = [];
  const followedUp: DatedPart[] = [];
  let target = answers;
  for (const { level, heading, text } of sections) {
    const datedHeading = level === 2 ? readDatedHeading(heading, dated) : undefined;
    if (datedHeading !== undefined) {
      const part: DatedPart = { on: datedHeading.on, answers: {} };
      (datedHeading.is === 'prepared' ? prepared : followedUp).push(part);
      target = part.answers;
      continue;
    }
    if (level === 2) target = answers;
    add(target, fieldOf(heading, fields) ?? heading, text);
  }
  return {
    answers,
    ...(prepared.length > 0 ? { prepared } : {}),
    ...(followedUp.length > 0 ? { followed_up: followedUp } : {}),
  };
}

// Joins two texts with the same heading: a note may have been added to later.
function add(answers: Record<string, string>, id: string, text: string): void {
  const before = Object.hasOwn(answers, id) ? answers[id] : undefined;
  Object.defineProperty(answers, id, {
    value: before === undefined ? text : `${before}\n\n${text}`,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function readDatedHeading(
  heading: string,
  { prepared, followedUp }: DatedHeadings,
): { readonly is: 'prepared' | 'followed-up'; readonly on: string } | undefined {
  const asPrepared = dayInHeading(heading, prepared);
  if (asPrepared !== undefined) return { is: 'prepared', on: asPrepared };
  const asFollowed = dayInHeading(heading, followedUp);
  return asFollowed === undefined ? undefined : { is: 'followed-up', on: asFollowed };
}

/** Returns one note without markup: title, facts, one line per choice, then each text under its heading. */
export function notePlain(
  title: string,
  facts: readonly string[],
  choices: readonly string[],
  sections: readonly Section[],
): string {
  const parts = sections.map(({ heading, text }) => (text.trim() === '' ? heading : `${heading}\n${text}`));
  return [[title, ...facts].join('\n'), ...(choices.length > 0 ? [choices.join('\n')] : []), ...parts].join(
    '\n\n',
  );
}
