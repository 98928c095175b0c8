import type { Answer, Answers } from '../notes/answer.ts';
import type { Known } from '../template/condition.ts';
import type { AskStep, EndKind, PartStep, Template } from '../template/template.ts';
/** What has been answered so far, by step key; null where a question was skipped. */
export type State = ReadonlyMap<string, Answer | null>;

export interface Run {
  readonly template: Template;
  /** Facts that conditions ask about: `mode`, `session_is`, `earlier`, and what was known before. */
  readonly facts: Answers;
  readonly state: State;
  /** Minutes since it began; 0 where no clock runs. */
  readonly minutes: number;
  /** Question ids that the person has hidden. */
  readonly hidden: readonly string[];
  /** Asked again although it has an answer. */
  readonly again?: string;
  /**
   * True where nobody is asked: a jump to the help page does not end the run, so that all of a file is
   * kept.
   */
  readonly passesHelp?: boolean;
}

/** A question that was passed on the way: its key in the state, and the answer. */
export interface AnsweredStep {
  readonly key: string;
  readonly step: AskStep;
  readonly answer: Answer | null;
}

export interface NextAsk {
  readonly is: 'ask';
  readonly key: string;
  readonly step: AskStep;
  /** Headings that stand between the question before and this one. */
  readonly parts: readonly PartStep[];
  readonly known: Known;
  readonly trail: readonly AnsweredStep[];
}

export interface NextEnd {
  readonly is: 'end';
  readonly endReason: EndKind | 'open';
  /** The sequence that takes over. */
  readonly opens?: string;
  readonly known: Known;
  readonly trail: readonly AnsweredStep[];
  readonly parts: readonly PartStep[];
}

export type Next = NextAsk | NextEnd;
