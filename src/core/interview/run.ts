import type { Answer, Answers } from '../notes/answer.ts';
import type { Known } from '../template/condition.ts';
import type { AskStep, EndKind, PartStep, Template } from '../template/template.ts';

/** The answers so far, by step key; null if a question was skipped. */
export type State = ReadonlyMap<string, Answer | null>;

/** An interview at one point: its template, and everything that decides what comes next. */
export interface Run {
  readonly template: Template;
  /** Facts that conditions ask about: `mode`, `session_is`, `earlier`, and those known from earlier notes. */
  readonly facts: Answers;
  readonly state: State;
  /** Minutes since the interview began; 0 if no time is measured. */
  readonly minutes: number;
  /** The ids of questions that the person has hidden. */
  readonly hidden: readonly string[];
  /** The key of a question to ask again although it has an answer. */
  readonly again?: string;
  /**
   * True if the answers come from a file: a jump to the help page does not end the run, so that the whole
   * file is saved.
   */
  readonly passesHelp?: boolean;
}

/** A question that the walk has passed: its key in the state, and the answer (null if skipped). */
export interface AnsweredStep {
  readonly key: string;
  readonly step: AskStep;
  readonly answer: Answer | null;
}

/** A question to ask next. */
export interface NextAsk {
  readonly is: 'ask';
  readonly key: string;
  readonly step: AskStep;
  /** The headings between the previous question and this one. */
  readonly parts: readonly PartStep[];
  readonly known: Known;
  readonly trail: readonly AnsweredStep[];
}

/** The end of a run. */
export interface NextEnd {
  readonly is: 'end';
  readonly endReason: EndKind | 'open';
  /** The name of the sequence that takes over. */
  readonly opens?: string;
  readonly known: Known;
  readonly trail: readonly AnsweredStep[];
  readonly parts: readonly PartStep[];
}

export type Next = NextAsk | NextEnd;
