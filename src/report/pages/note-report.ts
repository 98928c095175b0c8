import { dayInHeading, fieldOf, type FieldsByHeading } from '../../core/notes/heading.ts';
import type { FrontValue, Head, Section } from '../../core/notes/reflection.ts';
import { jsonText } from '../text/json-text.ts';

/** How the headings of dated parts begin and end around their day: `Prepared on {day}`. */
export interface DatedHeadings {
  readonly prepared: string;
  readonly followedUp: string;
}

interface DatedPart {
  readonly on: string;
  readonly answers: Record<string, string>;
}

/**
 * The answers of one moment, exactly as typed, by question id; own headings by themselves. Those of later
 * parts stand apart.
 */
export interface NoteAnswers {
  readonly answers: Readonly<Record<string, string>>;
  readonly prepared?: readonly DatedPart[];
  readonly followed_up?: readonly DatedPart[];
}

/**
 * Gives the JSON object of one moment, version 1: every front matter key, the path, and the answers exactly
 * as typed.
 */
export function noteJson(
  { path, head, sections }: { path: string; head: Head; sections: readonly Section[] },
  fields: FieldsByHeading,
  dated: DatedHeadings,
): string {
  const { answers, ...later } = answersOf(sections, fields, dated);
  return jsonText({ version: 1, ...keysOf(head), path, answers, ...later }, 2);
}

/**
 * Gives every front matter key of a moment. Foreign keys that have the name of one of ours would be taken for
 * it and are left out.
 */
export function keysOf(head: Head): Readonly<Record<string, FrontValue>> {
  const keys: Record<string, FrontValue> = { ...head.keys };
  for (const ours of ['rupture', 'version', 'prepared', 'followed_up']) delete keys[ours];
  return keys;
}

/** Sorts the texts of a moment by the questions they answer, and by the part of its story they stand in. */
export function answersOf(
  sections: readonly Section[],
  fields: FieldsByHeading,
  dated: DatedHeadings,
): NoteAnswers {
  const answers: Record<string, string> = {};
  const prepared: DatedPart[] = [];
  const followedUp: DatedPart[] = [];
  let into = answers;
  for (const { level, heading, text } of sections) {
    const opened = level === 2 ? openedBy(heading, dated) : undefined;
    if (opened !== undefined) {
      const part: DatedPart = { on: opened.on, answers: {} };
      (opened.is === 'prepared' ? prepared : followedUp).push(part);
      into = part.answers;
      continue;
    }
    if (level === 2) into = answers;
    add(into, fieldOf(heading, fields) ?? heading, text);
  }
  return {
    answers,
    ...(prepared.length > 0 ? { prepared } : {}),
    ...(followedUp.length > 0 ? { followed_up: followedUp } : {}),
  };
}

// Two sections under one heading (a note added to later) are both kept.
function add(answers: Record<string, string>, id: string, text: string): void {
  const before = Object.hasOwn(answers, id) ? answers[id] : undefined;
  Object.defineProperty(answers, id, {
    value: before === undefined ? text : `${before}\n\n${text}`,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function openedBy(
  heading: string,
  { prepared, followedUp }: DatedHeadings,
): { readonly is: 'prepared' | 'followed-up'; readonly on: string } | undefined {
  const asPrepared = dayInHeading(heading, prepared);
  if (asPrepared !== undefined) return { is: 'prepared', on: asPrepared };
  const asFollowed = dayInHeading(heading, followedUp);
  return asFollowed === undefined ? undefined : { is: 'followed-up', on: asFollowed };
}

/**
 * Writes one moment as text without markup: what is known of it, its choices a line each, then each text
 * under its heading.
 */
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
