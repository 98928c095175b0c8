import type { Answer, Answers } from './answer.ts';
import type { Known } from './condition.ts';
import { holds } from './condition.ts';
import type { AskStep, EndKind, Jump, Offer, PartStep, Step, Target, Template } from './template.ts';

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
}

/** A question that was passed on the way: its key in the state, and the answer. */
export interface Visit {
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
  readonly path: readonly Visit[];
}

export interface NextEnd {
  readonly is: 'end';
  readonly how: EndKind | 'open';
  /** The sequence that takes over. */
  readonly opens?: string;
  readonly known: Known;
  readonly path: readonly Visit[];
  readonly parts: readonly PartStep[];
}

export type Next = NextAsk | NextEnd;

/**
 * Walks the template from its beginning through what is answered and gives what comes next. Nothing is remembered from one call
 * to the next, so a changed answer changes the way at once, and answers that no longer stand on it are as if not given.
 */
export function walk(run: Run): Next {
  const { steps } = run.template;
  const answers: Record<string, Answer> = { ...run.facts };
  const asked = new Set<string>();
  const known: Known = { answers, asked };
  const path: Visit[] = [];
  let parts: PartStep[] = [];
  const seen = new Set<string>();

  const visit = (key: string, step: AskStep): 'asked' | NextAsk => {
    const answer = run.state.get(key);
    if (answer === undefined || run.again === key) return { is: 'ask', key, step, parts, known, path };
    asked.add(step.question.id);
    if (answer !== null) answers[step.question.id] = answer;
    else if (step.until !== undefined) delete answers[step.question.id];
    path.push({ key, step, answer });
    parts = [];
    return 'asked';
  };

  const end = (target: Target): NextEnd => ({
    is: 'end', how: target.is === 'end' ? target.how : 'open', known, path, parts,
    ...(target.is === 'open' ? { opens: target.template } : {}),
  });

  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (step === undefined || !applies(step, run, known)) continue;
    if (step.is === 'part') {
      parts = [...parts, step];
      continue;
    }
    if (step.is === 'go') {
      if (step.to.is !== 'step') return end(step.to);
      at = indexOf(steps, step.to.key) - 1;
      continue;
    }
    if (seen.has(step.key)) continue;
    seen.add(step.key);

    const interruption = run.state.has(step.key) && run.again !== step.key ? undefined : interrupts(run, known, at);
    if (interruption !== undefined) {
      if (interruption.is === 'skip') {
        at = interruption.to - 1;
        seen.delete(step.key);
        continue;
      }
      return { is: 'ask', key: interruption.offer.key, step: interruption.offer, parts: [], known, path };
    }

    if (step.until !== undefined) {
      const within = followers(steps, at);
      const stop = rounds(step, within);
      if (stop !== undefined) return stop;
      at += within.length;
      continue;
    }
    const result = visit(step.key, step);
    if (result !== 'asked') return result;
    const jump = jumpOf(step.then, known);
    if (jump === undefined) continue;
    if (jump.is !== 'step') return end(jump);
    at = indexOf(steps, jump.key) - 1;
  }
  return { is: 'end', how: 'finish', known, path, parts };

  // Round after round of a question that comes back, and of the steps that hang on it.
  function rounds(step: AskStep, within: readonly AskStep[]): Next | undefined {
    for (let round = 1; ; round++) {
      const suffix = round === 1 ? '' : `#${round}`;
      const result = visit(step.key + suffix, step);
      if (result !== 'asked') return result;
      const answer = run.state.get(step.key + suffix);
      if (answer === null || answer === step.until) return undefined;
      const jump = jumpOf(step.then, known);
      if (jump !== undefined && jump.is !== 'step') return end(jump);
      for (const inner of within) {
        if (!applies(inner, run, known)) continue;
        const innerResult = visit(inner.key + suffix, inner);
        if (innerResult !== 'asked') return innerResult;
      }
    }
  }
}

/** How many counted questions were answered, and about how many there are in all as things stand. */
export function progressOf(run: Run, next: NextAsk): { readonly at: number; readonly about: number } {
  const before = next.path.filter(({ step }) => step.question.counts).length;
  let ahead = 0;
  const state = new Map(run.state);
  let at: Next = next;
  // Everything that is still to come is taken as skipped; at most as many rounds as there are steps.
  for (let rest = run.template.steps.length; rest > 0 && at.is === 'ask'; rest--) {
    if (at.step.question.counts) ahead++;
    state.set(at.key, null);
    at = walk({ ...run, again: undefined, minutes: 0, state });
  }
  const counts = next.step.question.counts;
  return { at: counts ? before + 1 : before, about: before + ahead };
}

function applies(step: Step, run: Run, known: Known): boolean {
  if (step.modes.length > 0 && !step.modes.includes(String(run.facts['mode']))) return false;
  if (step.is === 'ask' && run.hidden.includes(step.question.id) && !step.question.safety) return false;
  return holds(step.when, known);
}

function jumpOf(then: readonly Jump[], known: Known): Target | undefined {
  return then.find(({ when }) => holds(when, known))?.to;
}

function indexOf(steps: readonly Step[], key: string): number {
  const index = steps.findIndex((step) => step.is === 'ask' && step.key === key);
  // The checker has seen to it that every target is there and lies ahead.
  return index < 0 ? steps.length : index;
}

function followers(steps: readonly Step[], at: number): readonly AskStep[] {
  const first = steps[at];
  const found: AskStep[] = [];
  if (first?.is !== 'ask') return found;
  for (const step of steps.slice(at + 1)) {
    if (step.is !== 'ask' || !step.when.tests.some(({ field }) => field === first.question.id)) break;
    found.push(step);
  }
  return found;
}

type Interruption = { readonly is: 'ask'; readonly offer: Offer } | { readonly is: 'skip'; readonly to: number };

function interrupts(run: Run, known: Known, at: number): Interruption | undefined {
  for (const offer of run.template.offers) {
    if (!applies(offer, run, known)) continue;
    const answer = run.state.get(offer.key);
    const target = offer.then.map(({ to }) => (to.is === 'step' ? indexOf(run.template.steps, to.key) : -1))[0] ?? -1;
    if (answer === undefined) {
      if (run.minutes >= offer.afterMinutes && at < target) return { is: 'ask', offer };
      continue;
    }
    const chosen = answer === null ? undefined : jumpOf(offer.then, { ...known, answers: { ...known.answers, [offer.question.id]: answer } });
    if (chosen?.is === 'step' && indexOf(run.template.steps, chosen.key) > at) return { is: 'skip', to: indexOf(run.template.steps, chosen.key) };
  }
  return undefined;
}
