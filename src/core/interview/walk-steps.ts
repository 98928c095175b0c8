import type { Answer } from '../notes/answer.ts';
import { picks } from '../notes/answer.ts';
import type { Known } from '../template/condition.ts';
import { noteSafety } from '../notes/not-safe.ts';
import { applies, dependentQuestions, jumpOf, indexAhead } from '../template/step-rules.ts';
import type { AskStep, PartStep, Target } from '../template/template.ts';
import type { DueOffer } from './walk-offers.ts';
import { dueOffer } from './walk-offers.ts';
import type { Next, NextAsk, NextEnd, Run, AnsweredStep } from './run.ts';

/**
 * Called for each question without an answer. May add an answer to the run's state; returns true if it did.
 */
type Assume = (key: string, step: AskStep) => boolean;

/** The state of one walk through the steps. */
interface Walk {
  readonly run: Run;
  readonly assume: Assume;
  /** The facts of the run, and the answers to the questions passed, by question id. */
  readonly answers: Record<string, Answer>;
  readonly asked: Set<string>;
  /** `answers` and `asked`, as conditions read them. */
  readonly known: Known;
  readonly trail: AnsweredStep[];
  /** The headings since the last question. */
  parts: readonly PartStep[];
  /** The keys of the questions passed: each is asked once. */
  readonly seen: Set<string>;
}

/** Where the walk continues: the index of a step, or the result with which it stops. */
type Onward = Next | number;

/** Walks through the steps while they have answers, or `assume` supplies them. Returns what comes next. */
export function walkSteps(run: Run, assume: Assume): Next {
  const answers: Record<string, Answer> = { ...run.facts };
  noteSafety(answers);
  const asked = new Set<string>();
  const walk: Walk = {
    run,
    assume,
    answers,
    asked,
    known: { answers, asked },
    trail: [],
    parts: [],
    seen: new Set(),
  };
  let at = 0;
  while (at < run.template.steps.length) {
    const onward = passStep(walk, at);
    if (typeof onward !== 'number') return onward;
    at = onward;
  }
  return { is: 'end', endReason: 'finish', known: walk.known, trail: walk.trail, parts: walk.parts };
}

function passStep(walk: Walk, at: number): Onward {
  const { run, known, seen } = walk;
  const step = run.template.steps[at];
  if (step === undefined || !applies(step, run, known)) return at + 1;
  if (step.is === 'part') {
    walk.parts = [...walk.parts, step];
    return at + 1;
  }
  if (step.is === 'go') return follow(walk, step.to, at);
  if (seen.has(step.key)) return at + 1;
  const due = isOpen(run, step.key) ? dueOffer(run, known, at) : undefined;
  if (due !== undefined) return passOffer(walk, due, at);
  seen.add(step.key);
  return step.until === undefined ? passQuestion(walk, step, at) : passRounds(walk, step, at);
}

function passOffer(walk: Walk, due: DueOffer, at: number): Onward {
  if (due.is === 'leave') return follow(walk, due.to, at);
  const { offer } = due;
  const { known, trail } = walk;
  if (!walk.assume(offer.key, offer))
    return { is: 'ask', key: offer.key, step: offer, parts: [], known, trail };
  // Look at the same step again, now that the offer has an answer.
  return at;
}

function passQuestion(walk: Walk, step: AskStep, at: number): Onward {
  const open = visit(walk, step.key, step);
  if (open !== undefined) return open;
  const jump = jumpOf(step.then, walk.known);
  const isPassed = walk.run.passesHelp === true && jump?.is === 'end' && jump.how === 'help';
  return jump === undefined || isPassed ? at + 1 : follow(walk, jump, at);
}

/** Passes a question that is repeated, round after round, together with the questions that depend on it. */
function passRounds(walk: Walk, step: AskStep, at: number): Onward {
  const { run, known } = walk;
  const within = dependentQuestions(run.template.steps, at);
  for (let round = 1; ; round++) {
    const suffix = round === 1 ? '' : `#${round}`;
    const open = visit(walk, step.key + suffix, step);
    if (open !== undefined) return open;
    const answer = run.state.get(step.key + suffix) ?? undefined;
    if (answer === undefined || (step.until !== undefined && picks(answer).includes(step.until)))
      return at + 1 + within.length;
    const jump = jumpOf(step.then, known);
    if (jump !== undefined) return follow(walk, jump, at);
    for (const inner of within) {
      if (!applies(inner, run, known)) continue;
      const innerOpen = visit(walk, inner.key + suffix, inner);
      if (innerOpen !== undefined) return innerOpen;
      const innerJump = jumpOf(inner.then, known);
      if (innerJump !== undefined) return follow(walk, innerJump, at);
    }
  }
}

/** Passes a question and returns undefined if it has an answer; otherwise returns it as the next to ask. */
function visit(walk: Walk, key: string, step: AskStep): NextAsk | undefined {
  const { run, answers, known, trail, parts } = walk;
  if (isOpen(run, key) && !walk.assume(key, step)) return { is: 'ask', key, step, parts, known, trail };
  const answer = run.state.get(key) ?? null;
  walk.asked.add(step.question.id);
  if (answer !== null) answers[step.question.id] = answer;
  else if (step.until !== undefined) delete answers[step.question.id];
  noteSafety(answers);
  trail.push({ key, step, answer });
  walk.parts = [];
  return undefined;
}

function isOpen(run: Run, key: string): boolean {
  return !run.state.has(key) || run.again === key;
}

function follow({ run, known, trail, parts }: Walk, to: Target, from: number): NextEnd | number {
  if (to.is === 'step') return indexAhead(run.template.steps, to.key, from);
  return {
    is: 'end',
    endReason: to.is === 'end' ? to.how : 'open',
    known,
    trail,
    parts,
    ...(to.is === 'open' ? { opens: to.template } : {}),
  };
}
