import type { Answer, Answers } from './answer.ts';
import { picks } from './answer.ts';
import { holds } from './condition.ts';
import type { NextAsk, NextEnd, Run, State, Visit } from './walk.ts';
import { walk } from './walk.ts';
import type { PartStep, Question, Template } from './template.ts';

/** What came back from a question. */
export type Said =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'skip' }
  /** `typed` is a text that was begun: it stands there again when the question comes back. */
  | { readonly is: 'back'; readonly typed?: string }
  | { readonly is: 'finish' };

export interface Doors {
  /** What conditions may ask about beyond the answers: `mode`, `session_is`, `earlier`. Asked before every question. */
  readonly facts: (state: State) => Promise<Answers>;
  /** Puts one question. `before` is the answer it had, if it had one. */
  readonly ask: (next: NextAsk, run: Run, before: Answer | undefined) => Promise<Said>;
  /** Keeps what there is, after the question `key` was answered; on disk when it gives true. False: it could not be kept, and the question comes again. */
  readonly keep: (state: State, key: string) => Promise<boolean>;
  /** Shows notes, replies and pages that follow an answer. */
  readonly after: (lines: readonly Aside[]) => Promise<void>;
  /** Minutes since the interview began. */
  readonly minutes: () => number;
}

/** A line or a page said once after an answer. */
export type Aside = { readonly is: 'note'; readonly words: string } | { readonly is: 'page'; readonly name: string };

export interface Start {
  readonly template: Template;
  readonly state: State;
  readonly hidden: readonly string[];
  /** A question to ask again first. */
  readonly again?: string;
}

export interface Outcome {
  readonly how: NextEnd['how'] | 'input-ended';
  readonly opens?: string;
  readonly state: State;
  readonly path: readonly Visit[];
  readonly answers: Answers;
  /** What stands after the last question. */
  readonly parts: readonly PartStep[];
}

/**
 * Puts question after question until the template ends. Every answer is handed to `keep` before anything else happens.
 * Going back asks the question before anew; what was answered later stays until it no longer stands on the way.
 */
export async function interview(start: Start, doors: Doors): Promise<Outcome> {
  const state = new Map(start.state);
  let again = start.again;
  for (;;) {
    const run: Run = { ...start, facts: await doors.facts(state), state, minutes: doors.minutes(), again };
    const next = walk(run);
    if (next.is === 'end') {
      return { how: next.how, opens: next.opens, state, path: next.path, answers: next.known.answers, parts: next.parts };
    }
    const said = await doors.ask(next, run, state.get(next.key) ?? undefined);
    if (said.is === 'back') {
      again = next.path.at(-1)?.key ?? again;
      continue;
    }
    if (said.is === 'finish') {
      const all = walk({ ...run, again: undefined });
      return { how: 'input-ended', state, path: all.path, answers: all.known.answers, parts: [] };
    }
    again = undefined;
    const answer = said.is === 'answer' && stores(next, said.answer) ? said.answer : null;
    state.set(next.key, answer);
    if (!await doors.keep(state, next.key)) {
      again = next.key;
      continue;
    }
    await doors.after(asides(next, answer));
  }
}

// Nothing picked, and nothing but blanks, is no answer.
function stores(next: NextAsk, answer: Answer): boolean {
  if (Array.isArray(answer) ? answer.length === 0 : typeof answer === 'string' && answer.trim() === '') return false;
  const picked = picks(answer);
  return !next.step.question.options.some(({ key, stores: kept }) => !kept && picked.includes(key));
}

function asides(next: NextAsk, answer: Answer | null): readonly Aside[] {
  const { question } = next.step;
  if (answer === null) return [];
  const known = { asked: next.known.asked, answers: { ...next.known.answers, [question.id]: answer } };
  const picked = picks(answer);
  const chosen = question.options.filter(({ key }) => picked.includes(key));
  return [
    ...chosen.flatMap(({ reply }): Aside[] => (reply === undefined ? [] : [{ is: 'note', words: reply }])),
    ...question.notes.filter(({ when }) => holds(when, known)).map(({ words }): Aside => ({ is: 'note', words })),
    ...chosen.flatMap(({ page }): Aside[] => (page === undefined ? [] : [{ is: 'page', name: page }])),
  ];
}

/** The question's words as things stand. */
export function wordsOf(next: NextAsk): string {
  return otherWords(next)?.words ?? next.step.question.words;
}

/** The line under the question as things stand. */
export function hintOf(next: NextAsk): string | undefined {
  return otherWords(next)?.hint ?? next.step.question.hint;
}

function otherWords({ step, known }: NextAsk): Question['instead'][number] | undefined {
  return step.question.instead.find(({ when }) => holds(when, known));
}
