import type { Answer, Answers } from '../notes/answer.ts';
import { picks } from '../notes/answer.ts';
import type { Known } from '../template/condition.ts';
import { fieldsOf, holds } from '../template/condition.ts';
import { noteSafety } from '../notes/not-safe.ts';
import type {
  AskStep,
  EndKind,
  Jump,
  Offer,
  PartStep,
  Step,
  Target,
  Template,
} from '../template/template.ts';

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

/**
 * Walks the template from its beginning through what is answered and gives what comes next. Nothing is
 * remembered from one call to the next, so a changed answer changes the way at once, and answers that no
 * longer stand on it are as if not given.
 */
export function nextStep(run: Run): Next {
  return pass(run, () => false);
}

/**
 * As `walk`; what is still open is handed to `assume` first, which may put an answer into the run's state and
 * say so.
 */
function pass(run: Run, assume: (key: string, step: AskStep) => boolean): Next {
  const { steps } = run.template;
  const answers: Record<string, Answer> = { ...run.facts };
  noteSafety(answers);
  const asked = new Set<string>();
  const known: Known = { answers, asked };
  const path: AnsweredStep[] = [];
  let parts: PartStep[] = [];
  const seen = new Set<string>();

  const answered = (key: string, step: AskStep): 'asked' | NextAsk => {
    const isOpen = !run.state.has(key) || run.again === key;
    if (isOpen && !assume(key, step)) return { is: 'ask', key, step, parts, known, trail: path };
    const answer = run.state.get(key) ?? null;
    asked.add(step.question.id);
    if (answer !== null) answers[step.question.id] = answer;
    else if (step.until !== undefined) delete answers[step.question.id];
    noteSafety(answers);
    path.push({ key, step, answer });
    parts = [];
    return 'asked';
  };

  const end = (target: Target): NextEnd => ({
    is: 'end',
    endReason: target.is === 'end' ? target.how : 'open',
    known,
    trail: path,
    parts,
    ...(target.is === 'open' ? { opens: target.template } : {}),
  });
  const follow = (to: Target, from: number): NextEnd | number =>
    to.is === 'step' ? placeAhead(steps, to.key, from) : end(to);

  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (step === undefined || !applies(step, run, known)) continue;
    if (step.is === 'part') {
      parts = [...parts, step];
      continue;
    }
    if (step.is === 'go') {
      const on = follow(step.to, at);
      if (typeof on !== 'number') return on;
      at = on - 1;
      continue;
    }
    if (seen.has(step.key)) continue;
    seen.add(step.key);

    const interruption =
      run.state.has(step.key) && run.again !== step.key ? undefined : interrupts(run, known, at);
    if (interruption?.is === 'ask') {
      const { offer } = interruption;
      if (!assume(offer.key, offer))
        return { is: 'ask', key: offer.key, step: offer, parts: [], known, trail: path };
      // The same step once more, now that the offer has its answer.
      seen.delete(step.key);
      at -= 1;
      continue;
    }
    if (interruption !== undefined) {
      const on = follow(interruption.to, at);
      if (typeof on !== 'number') return on;
      at = on - 1;
      seen.delete(step.key);
      continue;
    }

    if (step.until !== undefined) {
      const on = rounds(step, at);
      if (typeof on !== 'number') return on;
      at = on - 1;
      continue;
    }
    const result = answered(step.key, step);
    if (result !== 'asked') return result;
    const jump = jumpOf(step.then, known);
    if (jump === undefined || (run.passesHelp === true && jump.is === 'end' && jump.how === 'help')) continue;
    const on = follow(jump, at);
    if (typeof on !== 'number') return on;
    at = on - 1;
  }
  return { is: 'end', endReason: 'finish', known, trail: path, parts };

  // Round after round of a question that comes back, and of the steps that hang on it. A number is where the
  // walk goes on.
  function rounds(step: AskStep, at: number): Next | number {
    const within = followers(steps, at);
    for (let round = 1; ; round++) {
      const suffix = round === 1 ? '' : `#${round}`;
      const result = answered(step.key + suffix, step);
      if (result !== 'asked') return result;
      const answer = run.state.get(step.key + suffix) ?? undefined;
      if (answer === undefined || (step.until !== undefined && picks(answer).includes(step.until)))
        return at + 1 + within.length;
      const jump = jumpOf(step.then, known);
      if (jump !== undefined) return follow(jump, at);
      for (const inner of within) {
        if (!applies(inner, run, known)) continue;
        const innerResult = answered(inner.key + suffix, inner);
        if (innerResult !== 'asked') return innerResult;
        const innerJump = jumpOf(inner.then, known);
        if (innerJump !== undefined) return follow(innerJump, at);
      }
    }
  }
}

/** How many counted questions were answered, and about how many there are in all as things stand. */
export function progressOf(run: Run, next: NextAsk): { readonly at: number; readonly about: number } {
  const state = new Map(run.state);
  if (!state.has(next.key)) state.set(next.key, next.step.question.usual ?? null);
  // What is still to come is taken as answered in the usual way, or skipped; in all at most as often as there
  // are steps and offers.
  let rest = run.template.steps.length + run.template.offers.length - 1;
  const { trail: path } = pass({ ...run, again: undefined, minutes: 0, state }, (key, step) => {
    if (rest === 0) return false;
    rest -= 1;
    state.set(key, step.question.usual ?? null);
    return true;
  });
  const before = counted(next.trail);
  return { at: next.step.question.counts ? before + 1 : before, about: counted(path) };
}

function counted(path: readonly AnsweredStep[]): number {
  return path.filter(({ step }) => step.question.counts).length;
}

function applies(step: Step, run: Run, known: Known): boolean {
  if (step.modes.length > 0 && !step.modes.includes(String(run.facts['mode']))) return false;
  if (step.is === 'ask' && run.hidden.includes(step.question.id) && !step.question.safety) return false;
  return holds(step.when, known);
}

function jumpOf(then: readonly Jump[], known: Known): Target | undefined {
  return then.find(({ when }) => holds(when, known))?.to;
}

// A sequence that is included twice has its keys twice: what is meant is the one that lies ahead. The end,
// when none does.
function placeAhead(steps: readonly Step[], key: string, from: number): number {
  const index = steps.findIndex((step, at) => at > from && step.is === 'ask' && step.key === key);
  return index < 0 ? steps.length : index;
}

function followers(steps: readonly Step[], at: number): readonly AskStep[] {
  const first = steps[at];
  const found: AskStep[] = [];
  if (first?.is !== 'ask') return found;
  for (const step of steps.slice(at + 1)) {
    if (step.is !== 'ask' || !fieldsOf(step.when).includes(first.question.id)) break;
    found.push(step);
  }
  return found;
}

type Interruption =
  | { readonly is: 'ask'; readonly offer: Offer }
  | { readonly is: 'leave'; readonly to: Target };

function interrupts(run: Run, known: Known, at: number): Interruption | undefined {
  const { steps, offers } = run.template;
  const isAhead = (to: Target): boolean => to.is !== 'step' || placeAhead(steps, to.key, at) < steps.length;
  for (const offer of offers) {
    if (!applies(offer, run, known)) continue;
    const answer = run.state.get(offer.key);
    if (answer === undefined) {
      // Where its jumps lead behind us there is nothing left to offer.
      const hasPlace = offer.then.length === 0 || offer.then.some(({ to }) => isAhead(to));
      if (run.minutes >= offer.afterMinutes && hasPlace) return { is: 'ask', offer };
      continue;
    }
    const chosen =
      answer === null
        ? undefined
        : jumpOf(offer.then, { ...known, answers: { ...known.answers, [offer.question.id]: answer } });
    if (chosen !== undefined && isAhead(chosen)) return { is: 'leave', to: chosen };
  }
  return undefined;
}
