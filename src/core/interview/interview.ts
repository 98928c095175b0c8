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

export type { Response } from './response.ts';

/** How an interview asks, saves and shows. */
export interface InterviewCallbacks {
  /**
   * Returns the facts that conditions may ask about besides the answers: `mode`, `session_is`, `earlier`.
   * Called before every question.
   */
  readonly facts: (state: State) => Promise<Answers>;
  /** Asks one question. `before` is its previous answer, if any. */
  readonly ask: (next: NextAsk, run: Run, before: Answer | undefined) => Promise<Response>;
  /**
   * Saves all answers so far, after the question `key` was answered. Resolves to true once they are on disk;
   * on false the question is asked again.
   */
  readonly save: (state: State, key: string) => Promise<boolean>;
  /** Shows the notes, replies and pages that follow an answer. */
  readonly showMessages: (lines: readonly Message[]) => Promise<void>;
  /** Minutes since the interview began. */
  readonly minutes: () => number;
}

/** A line or a page that is shown once after an answer. */
export type Message =
  | { readonly is: 'note'; readonly words: string }
  | { readonly is: 'page'; readonly name: string };

/** Where an interview starts: the sequence, and the answers so far. */
export interface InterviewStart {
  readonly template: Template;
  readonly state: State;
  /** The ids of questions that the person has hidden. */
  readonly hidden: readonly string[];
  /** The key of an answered question to ask first. */
  readonly again?: string;
  /** True if nobody is asked (answers from a file): a jump to the help page does not end the run. */
  readonly passesHelp?: boolean;
}

/** How an interview ended, and its answers. */
export interface InterviewResult {
  readonly endReason: NextEnd['endReason'] | 'input-ended';
  /** The name of the sequence that takes over. */
  readonly opens?: string;
  readonly state: State;
  readonly trail: readonly AnsweredStep[];
  readonly answers: Answers;
  /** The headings after the last question. */
  readonly parts: readonly PartStep[];
}

/**
 * Asks one question after another until the template ends, and saves each answer before anything else
 * happens. Going back asks the previous question again. The answers after it stay in the state, even if a
 * changed answer takes their questions off the trail.
 */
export async function interview(
  start: InterviewStart,
  callbacks: InterviewCallbacks,
): Promise<InterviewResult> {
  const state = new Map(start.state);
  let again = start.again;
  // Answered questions to ask again: the person went back from them with a changed text, or their starting
  // text has changed.
  const askAgain = new Set<string>();
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
    const response = await callbacks.ask(next, run, state.get(next.key) ?? undefined);
    if (response.is === 'back') {
      if (response.typed !== undefined && state.has(next.key)) askAgain.add(next.key);
      again = next.trail.at(-1)?.key ?? again;
      continue;
    }
    addLooseWords(state, next.key, response);
    if (response.is === 'finish') {
      await callbacks.showMessages(unaskedPage(next));
      const all = nextStep({ ...run, again: undefined });
      return { endReason: 'input-ended', state, trail: all.trail, answers: all.known.answers, parts: [] };
    }
    askAgain.delete(next.key);
    const answer = response.is === 'answer' && isStored(next, response.answer) ? response.answer : null;
    if (answer !== state.get(next.key))
      for (const key of startedFrom(next, state, run.template)) askAgain.add(key);
    again = [...askAgain].at(-1);
    state.set(next.key, answer);
    if (!(await callbacks.save(state, next.key))) {
      again = next.key;
      continue;
    }
    await callbacks.showMessages(
      response.is === 'skip' && response.unasked === true ? unaskedPage(next) : messagesIn(next, answer),
    );
  }
}

/** Returns the keys of answered texts whose starting text comes from this choice, such as an opening line. */
function startedFrom(
  { key, step: { question } }: NextAsk,
  state: State,
  template: Template,
): readonly string[] {
  if (question.kind !== 'select') return [];
  const suffix = key.slice(question.id.length);
  return [...state.keys()].filter(textKey => {
    const text = stepOf(template, textKey)?.question;
    const isText = text?.kind === 'text' && text.prefill.includes(question.id);
    return isText && textKey.slice(text.id.length) === suffix && typeof state.get(textKey) === 'string';
  });
}

// An empty list of picks, a blank text, and a pick of an option with `stores: false` are not stored.
function isStored(next: NextAsk, answer: Answer): boolean {
  if (Array.isArray(answer) ? answer.length === 0 : typeof answer === 'string' && answer.trim() === '')
    return false;
  const picked = picks(answer);
  return !next.step.question.options.some(({ key, stores }) => !stores && picked.includes(key));
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

// Several replies are shown each below the label of its option; a single one is shown alone.
function repliesTo(chosen: readonly Option[]): readonly Message[] {
  const replied = chosen.flatMap(({ label, reply }) => (reply === undefined ? [] : [{ label, reply }]));
  const [only] = replied;
  if (replied.length === 1 && only !== undefined) return [{ is: 'note', words: only.reply }];
  return replied.map(({ label, reply }) => ({ is: 'note', words: `${label}\n${reply}` }));
}

function unaskedPage({
  step: {
    question: { unasked },
  },
}: NextAsk): readonly Message[] {
  return unasked === undefined ? [] : [{ is: 'page', name: unasked }];
}

/**
 * Returns the preselected answer of a question: a yes or no, or those of its picks that are among `options`.
 */
export function chosenFor({ step, known }: NextAsk, options: readonly Option[]): Answer | undefined {
  const { question } = step;
  const answer = question.chosen?.find(({ when }) => holds(when, known))?.answer;
  if (answer === undefined || question.kind === 'confirm') return answer?.includes('yes');
  const picked = answer.filter(pick => options.some(({ key }) => key === pick));
  return picked.length === 0 ? undefined : picked;
}

/** Returns the words of a question, given the answers so far. */
export function wordsOf(next: NextAsk): string {
  return alternative(next)?.words ?? next.step.question.words;
}

/** Returns the hint under a question, given the answers so far; undefined if it has none. */
export function hintOf(next: NextAsk): string | undefined {
  return alternative(next)?.hint ?? next.step.question.hint;
}

function alternative({ step, known }: NextAsk): Question['instead'][number] | undefined {
  return step.question.instead.find(({ when }) => holds(when, known));
}
