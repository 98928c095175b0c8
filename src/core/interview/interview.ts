import type { Answer, Answers } from '../notes/answer.ts';
import { picks } from '../notes/answer.ts';
import { holds } from '../template/condition.ts';
import { addLooseWords } from './loose-words.ts';
import { noteSafety } from '../notes/not-safe.ts';
import { nextStep } from './next-step.ts';
import { stepOf } from '../template/template.ts';
import type { Response } from './response.ts';
import type { Option, PartStep, Question, Template } from '../template/template.ts';
import type { NextAsk, NextEnd, Run, State, AnsweredStep } from './run.ts';

export type { Response as Said } from './response.ts';

export interface InterviewCallbacks {
  /**
   * What conditions may ask about beyond the answers: `mode`, `session_is`, `earlier`. Asked before every
   * question.
   */
  readonly facts: (state: State) => Promise<Answers>;
  /** Puts one question. `before` is the answer it had, if it had one. */
  readonly ask: (next: NextAsk, run: Run, before: Answer | undefined) => Promise<Response>;
  /**
   * Keeps what there is, after the question `key` was answered; on disk when it gives true. False: it could
   * not be kept, and the question comes again.
   */
  readonly save: (state: State, key: string) => Promise<boolean>;
  /** Shows notes, replies and pages that follow an answer. */
  readonly showMessages: (lines: readonly Message[]) => Promise<void>;
  /** Minutes since the interview began. */
  readonly minutes: () => number;
}

/** A line or a page said once after an answer. */
export type Message =
  | { readonly is: 'note'; readonly words: string }
  | { readonly is: 'page'; readonly name: string };

export interface InterviewStart {
  readonly template: Template;
  readonly state: State;
  readonly hidden: readonly string[];
  /** A question to ask again first. */
  readonly again?: string;
  /** True where nobody is asked: the help page does not end the run. */
  readonly passesHelp?: boolean;
}

export interface InterviewResult {
  readonly endReason: NextEnd['endReason'] | 'input-ended';
  readonly opens?: string;
  readonly state: State;
  readonly trail: readonly AnsweredStep[];
  readonly answers: Answers;
  /** What stands after the last question. */
  readonly parts: readonly PartStep[];
}

/**
 * Puts question after question until the template ends. Every answer is handed to `keep` before anything else
 * happens. Going back asks the question before anew; what was answered later stays until it no longer stands
 * on the way.
 */
export async function interview(
  start: InterviewStart,
  callbacks: InterviewCallbacks,
): Promise<InterviewResult> {
  const state = new Map(start.state);
  let again = start.again;
  // Answered questions that were left by going back while something else stood there: they come again.
  const left = new Set<string>();
  for (;;) {
    const run: Run = {
      ...start,
      facts: await callbacks.facts(state),
      state,
      minutes: callbacks.minutes(),
      again,
    };
    const next = nextStep(run);
    if (next.is === 'end') {
      return {
        endReason: next.endReason,
        opens: next.opens,
        state,
        trail: next.trail,
        answers: next.known.answers,
        parts: next.parts,
      };
    }
    const said = await callbacks.ask(next, run, state.get(next.key) ?? undefined);
    if (said.is === 'back') {
      if (said.typed !== undefined && state.has(next.key)) left.add(next.key);
      again = next.trail.at(-1)?.key ?? again;
      continue;
    }
    addLooseWords(state, next.key, said);
    if (said.is === 'finish') {
      await callbacks.showMessages(unaskedPage(next));
      const all = nextStep({ ...run, again: undefined });
      return { endReason: 'input-ended', state, trail: all.trail, answers: all.known.answers, parts: [] };
    }
    left.delete(next.key);
    const answer = said.is === 'answer' && stores(next, said.answer) ? said.answer : null;
    if (answer !== state.get(next.key))
      for (const key of startedFrom(next, state, run.template)) left.add(key);
    again = [...left].at(-1);
    state.set(next.key, answer);
    if (!(await callbacks.save(state, next.key))) {
      again = next.key;
      continue;
    }
    await callbacks.showMessages(
      said.is === 'skip' && said.unasked === true ? unaskedPage(next) : messagesIn(next, answer),
    );
  }
}

/** The keys of answered texts that begin with what is chosen at this question, such as an opening line. */
function startedFrom(
  { key, step: { question } }: NextAsk,
  state: State,
  template: Template,
): readonly string[] {
  if (question.kind !== 'select') return [];
  const suffix = key.slice(question.id.length);
  return [...state.keys()].filter(other => {
    const text = stepOf(template, other)?.question;
    const isText = text?.kind === 'text' && text.prefill.includes(question.id);
    return isText && other.slice(text.id.length) === suffix && typeof state.get(other) === 'string';
  });
}

// Nothing picked, and nothing but blanks, is no answer.
function stores(next: NextAsk, answer: Answer): boolean {
  if (Array.isArray(answer) ? answer.length === 0 : typeof answer === 'string' && answer.trim() === '')
    return false;
  const picked = picks(answer);
  return !next.step.question.options.some(({ key, stores: kept }) => !kept && picked.includes(key));
}

function messagesIn(next: NextAsk, answer: Answer | null): readonly Message[] {
  const { question } = next.step;
  if (answer === null) return [];
  const answers: Record<string, Answer> = { ...next.known.answers, [question.id]: answer };
  noteSafety(answers);
  const known = { asked: next.known.asked, answers };
  const picked = picks(answer);
  const chosen = question.options.filter(({ key }) => picked.includes(key));
  return [
    ...(question.repliesWhen === undefined || holds(question.repliesWhen, known) ? repliesTo(chosen) : []),
    ...question.notes
      .filter(({ when }) => holds(when, known))
      .map(({ words }): Message => ({ is: 'note', words })),
    ...chosen.flatMap(({ page }): Message[] => (page === undefined ? [] : [{ is: 'page', name: page }])),
  ];
}

// Where several are said, each stands below the option it belongs to.
function repliesTo(chosen: readonly Option[]): readonly Message[] {
  const replied = chosen.flatMap(({ label, reply: response }) =>
    response === undefined ? [] : [{ label, reply: response }],
  );
  const [only] = replied;
  if (replied.length === 1 && only !== undefined) return [{ is: 'note', words: only.reply }];
  return replied.map(({ label, reply: response }) => ({ is: 'note', words: `${label}\n${response}` }));
}

function unaskedPage({
  step: {
    question: { unasked },
  },
}: NextAsk): readonly Message[] {
  return unasked === undefined ? [] : [{ is: 'page', name: unasked }];
}

/** What is chosen before the person has answered: a yes or no, or those of several picks that are offered. */
export function chosenFor({ step, known }: NextAsk, options: readonly Option[]): Answer | undefined {
  const { question } = step;
  const answer = question.chosen?.find(({ when }) => holds(when, known))?.answer;
  if (answer === undefined || question.kind === 'confirm') return answer?.includes('yes');
  const picked = answer.filter(pick => options.some(({ key }) => key === pick));
  return picked.length === 0 ? undefined : picked;
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
