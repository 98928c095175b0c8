import type { Answer } from '../notes/answer.ts';
import { picks } from '../notes/answer.ts';
import type { Known } from '../template/condition.ts';
import { noteSafety } from '../notes/not-safe.ts';
import { applies, followers, jumpOf, placeAhead } from '../template/step-rules.ts';
import type { AskStep, PartStep, Target } from '../template/template.ts';
import type { DueOffer } from './walk-offers.ts';
import { dueOffer } from './walk-offers.ts';
import type { Next, NextAsk, NextEnd, Run, AnsweredStep } from './run.ts';

/**
 * Is called for each question that has no answer yet. It may put an answer into the run's state, and returns
 * whether it did.
 */
type Assume = (key: string, step: AskStep) => boolean;

/** One walk through the steps, as far as it has come. */
interface Trail {
  readonly run: Run;
  readonly assume: Assume;
  /** The facts of the run, and the answers of the questions passed, by question id. */
  readonly answers: Record<string, Answer>;
  readonly asked: Set<string>;
  /** `answers` and `asked`, as conditions read them. */
  readonly known: Known;
  readonly path: AnsweredStep[];
  /** The headings since the last question. */
  parts: readonly PartStep[];
  /** The keys of the questions passed: each is asked once. */
  readonly seen: Set<string>;
}

/** Where the walk goes on: the index of a step, or what the walk ends in. */
type Onward = Next | number;

/** Walks through the steps as far as there are answers, or `assume` gives one. */
export function walkSteps(run: Run, assume: Assume): Next {
  const answers: Record<string, Answer> = { ...run.facts };
  noteSafety(answers);
  const asked = new Set<string>();
  const trail: Trail = {
    run,
    assume,
    answers,
    asked,
    known: { answers, asked },
    path: [],
    parts: [],
    seen: new Set(),
  };
  let at = 0;
  while (at < run.template.steps.length) {
    const onward = passStep(trail, at);
    if (typeof onward !== 'number') return onward;
    at = onward;
  }
  return { is: 'end', endReason: 'finish', known: trail.known, trail: trail.path, parts: trail.parts };
}

function passStep(trail: Trail, at: number): Onward {
  const { run, known, seen } = trail;
  const step = run.template.steps[at];
  if (step === undefined || !applies(step, run, known)) return at + 1;
  if (step.is === 'part') {
    trail.parts = [...trail.parts, step];
    return at + 1;
  }
  if (step.is === 'go') return follow(trail, step.to, at);
  if (seen.has(step.key)) return at + 1;
  const due = isOpen(run, step.key) ? dueOffer(run, known, at) : undefined;
  if (due !== undefined) return passOffer(trail, due, at);
  seen.add(step.key);
  return step.until === undefined ? passQuestion(trail, step, at) : passRounds(trail, step, at);
}

function passOffer(trail: Trail, due: DueOffer, at: number): Onward {
  if (due.is === 'leave') return follow(trail, due.to, at);
  const { offer } = due;
  const { known, path } = trail;
  if (!trail.assume(offer.key, offer))
    return { is: 'ask', key: offer.key, step: offer, parts: [], known, trail: path };
  // Back to the same step, now that the offer has its answer.
  return at;
}

function passQuestion(trail: Trail, step: AskStep, at: number): Onward {
  const open = visit(trail, step.key, step);
  if (open !== undefined) return open;
  const jump = jumpOf(step.then, trail.known);
  const isPassed = trail.run.passesHelp === true && jump?.is === 'end' && jump.how === 'help';
  return jump === undefined || isPassed ? at + 1 : follow(trail, jump, at);
}

/** Passes a question that is repeated, round after round, together with the questions that depend on it. */
function passRounds(trail: Trail, step: AskStep, at: number): Onward {
  const { run, known } = trail;
  const within = followers(run.template.steps, at);
  for (let round = 1; ; round++) {
    const suffix = round === 1 ? '' : `#${round}`;
    const open = visit(trail, step.key + suffix, step);
    if (open !== undefined) return open;
    const answer = run.state.get(step.key + suffix) ?? undefined;
    if (answer === undefined || (step.until !== undefined && picks(answer).includes(step.until)))
      return at + 1 + within.length;
    const jump = jumpOf(step.then, known);
    if (jump !== undefined) return follow(trail, jump, at);
    for (const inner of within) {
      if (!applies(inner, run, known)) continue;
      const innerOpen = visit(trail, inner.key + suffix, inner);
      if (innerOpen !== undefined) return innerOpen;
      const innerJump = jumpOf(inner.then, known);
      if (innerJump !== undefined) return follow(trail, innerJump, at);
    }
  }
}

/** Passes one question if it has an answer; otherwise gives it as what is to be asked. */
function visit(trail: Trail, key: string, step: AskStep): NextAsk | undefined {
  const { run, answers, known, path, parts } = trail;
  if (isOpen(run, key) && !trail.assume(key, step))
    return { is: 'ask', key, step, parts, known, trail: path };
  const answer = run.state.get(key) ?? null;
  trail.asked.add(step.question.id);
  if (answer !== null) answers[step.question.id] = answer;
  else if (step.until !== undefined) delete answers[step.question.id];
  noteSafety(answers);
  path.push({ key, step, answer });
  trail.parts = [];
  return undefined;
}

function isOpen(run: Run, key: string): boolean {
  return !run.state.has(key) || run.again === key;
}

function follow({ run, known, path, parts }: Trail, to: Target, from: number): NextEnd | number {
  if (to.is === 'step') return placeAhead(run.template.steps, to.key, from);
  return {
    is: 'end',
    endReason: to.is === 'end' ? to.how : 'open',
    known,
    trail: path,
    parts,
    ...(to.is === 'open' ? { opens: to.template } : {}),
  };
}
