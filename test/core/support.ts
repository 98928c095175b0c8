import { languages } from 'shipped:templates';
import type { Answer, Answers } from '../../src/core/notes/answer.ts';
import type { Surroundings } from '../../src/core/template-check/check-question.ts';
import { checkTemplate } from '../../src/core/template-check/check-template.ts';
import type { Day, Instant } from '../../src/core/dates/day.ts';
import { parseDay, parseInstant } from '../../src/core/dates/day.ts';
import type { Message, InterviewResult, Response } from '../../src/core/interview/interview.ts';
import { interview, wordsOf } from '../../src/core/interview/interview.ts';
import type { YamlNode } from '../../src/core/template/located.ts';
import type { Head } from '../../src/core/notes/reflection.ts';
import type { Moment } from '../../src/core/search/summary.ts';
import type { Option, Template } from '../../src/core/template/template.ts';
import { progressOf, nextStep } from '../../src/core/interview/next-step.ts';
import { parseYamlNodes } from '../../src/storage/format/yaml.ts';
import type { Next, NextAsk, Run, State } from '../../src/core/interview/run.ts';

export function located(text: string): YamlNode {
  return parseYamlNodes(text, 'a.yaml');
}

/** Makes surroundings with only the given sequences. */
export function around(
  sequences: Readonly<Record<string, Template>> = {},
  lists: Readonly<Record<string, readonly Option[]>> = {},
): Surroundings {
  return {
    sequence: name => (Object.hasOwn(sequences, name) ? sequences[name] : undefined),
    list: name => (Object.hasOwn(lists, name) ? lists[name] : undefined),
    anchors: () => undefined,
    names: { lists: Object.keys(lists), anchors: [], sequences: Object.keys(sequences) },
  };
}

/** Returns the faults of a small sequence, each as `line key`. */
export function faultsOf(
  text: string,
  sequences: Readonly<Record<string, Template>> = {},
): readonly string[] {
  return checkTemplate(located(text), around(sequences)).faults.map(
    ({ line, key }) => `${line} ${key.replace(/^templates\./, '')}`,
  );
}

/** Parses a sequence of `steps`, with more top-level keys after them; it must be correct. */
export function sequence(steps: string, sequences: Readonly<Record<string, Template>> = {}): Template {
  const { value, faults } = checkTemplate(
    located(`template: 1\nname: small\nsteps:\n${steps}`),
    around(sequences),
  );
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return value;
}

export async function shipped(name: string): Promise<Template> {
  const part = await languages['en']?.[`sequence/${name}`]?.();
  if (part === undefined) throw new Error(`no sequence ${name}`);
  return part.value;
}

export async function shippedList(name: string): Promise<readonly Option[]> {
  return (await languages['en']?.lists())?.value[name] ?? [];
}

export type Act = Answer | 'SKIP' | 'BACK' | 'FINISH';

export interface Sitting {
  readonly mode?: string;
  readonly sessionIs?: string;
  readonly earlier?: number;
  /** Answers by question id; a missing question is skipped. A list is used one act at a time. */
  readonly answers?: Answers;
  /** Acts on a question, in order, before its entry in `answers` applies. */
  readonly acts?: Readonly<Record<string, readonly Act[]>>;
  /** Returns the minutes that have passed after a number of questions. */
  readonly minutes?: (put: number) => number;
  readonly hidden?: readonly string[];
  readonly state?: State;
  readonly again?: string;
}

export interface Sat {
  /** The keys of the asked steps, in order. */
  readonly asked: readonly string[];
  readonly outcome: InterviewResult;
  readonly said: readonly (readonly [key: string, aside: Message])[];
  readonly kept: readonly State[];
  /** The previous answer shown with a repeated question. */
  readonly before: Readonly<Record<string, Answer | undefined>>;
  readonly words: Readonly<Record<string, string>>;
  readonly progress: readonly { readonly at: number; readonly about: number; readonly counts: boolean }[];
  /** The parts shown before a question. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

/** Runs a sequence with the given answers. */
export async function sit(template: Template, sitting: Sitting = {}): Promise<Sat> {
  const {
    mode = 'full',
    sessionIs = 'before',
    earlier = 0,
    answers = {},
    minutes = () => 0,
    hidden = [],
    state = new Map(),
    again,
  } = sitting;
  const acts = new Map(Object.entries(sitting.acts ?? {}).map(([key, all]) => [key, [...all]]));
  const asked: string[] = [];
  const said: (readonly [string, Message])[] = [];
  const kept: State[] = [];
  const before: Record<string, Answer | undefined> = {};
  const words: Record<string, string> = {};
  const progress: { at: number; about: number; counts: boolean }[] = [];
  const parts: Record<string, readonly string[]> = {};
  const outcome = await interview(
    { template, state, hidden, again },
    {
      facts: () => Promise.resolve({ mode, session_is: sessionIs, earlier }),
      minutes: () => minutes(asked.length),
      ask: (next, run, had) => {
        if (asked.length > 300) throw new Error(`no end: ${asked.slice(0, 40).join(' ')}`);
        asked.push(next.key);
        before[next.key] = had;
        words[next.key] = wordsOf(next);
        parts[next.key] = next.parts.map(part => part.words);
        const { at, about } = progressOf(run, next);
        const slowly = aboutByWalks(run, next);
        if (about !== slowly) throw new Error(`${next.key}: ${about} of ${slowly}`);
        progress.push({ at, about, counts: next.step.question.counts });
        const act = acts.get(next.key)?.shift();
        return Promise.resolve(
          act === undefined ? saidBy(answers[next.key] ?? answers[next.step.question.id]) : saidBy(act),
        );
      },
      save: now => {
        kept.push(new Map(now));
        return Promise.resolve(true);
      },
      showMessages: lines => {
        for (const line of lines) said.push([asked.at(-1) ?? '', line]);
        return Promise.resolve();
      },
    },
  );
  return { asked, outcome, said, kept, before, words, progress, parts };
}

// Walks the whole path for each remaining question.
function aboutByWalks(run: Run, next: NextAsk): number {
  const state = new Map(run.state);
  let at: Next = next;
  for (
    let rest = run.template.steps.length + run.template.offers.length;
    rest > 0 && at.is === 'ask';
    rest -= 1
  ) {
    if (!state.has(at.key)) state.set(at.key, at.step.question.usual ?? null);
    at = nextStep({ ...run, again: undefined, minutes: 0, state });
  }
  return at.trail.filter(({ step }) => step.question.counts).length;
}

function saidBy(act: Act | undefined): Response {
  if (act === undefined || act === 'SKIP') return { is: 'skip' };
  if (act === 'BACK') return { is: 'back' };
  return act === 'FINISH' ? { is: 'finish' } : { is: 'answer', answer: act };
}

export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`no day: ${text}`);
  return day;
}

export function instantOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

/** Makes a note summary. */
export function momentOf(id: string, session: string, over: Partial<Head> = {}): Moment {
  return {
    path: `/notes/${session}-${id}.md`,
    head: { id, session: dayOf(session), status: 'open', kinds: [], feelings: [], keys: {}, ...over },
  };
}

/** Wraps a list so that each access to an item is counted. */
export function watched<T extends object>(list: readonly T[], look: () => void): readonly T[] {
  return new Proxy(list, {
    get: (target, key, self): unknown => {
      if (typeof key === 'string' && /^\d+$/.test(key)) look();
      return Reflect.get(target, key, self);
    },
  });
}
