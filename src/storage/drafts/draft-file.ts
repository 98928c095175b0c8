import type { Answer } from '../../core/notes/answer.ts';
import { parseDay } from '../../core/dates/day.ts';
import type { Draft } from '../../world/world.ts';
import { isId } from '../format/check-head.ts';
import { isRecord } from '../format/is-record.ts';

/** What a draft's file holds: the draft and who last saved it. */
export interface StoredDraft {
  readonly draft: Draft;
  readonly pid: number;
  readonly host: string;
  /** Which run it was, where that can be told. */
  readonly start?: string;
  /** Milliseconds, when it was last kept. */
  readonly at: number;
}

/** Only what a draft has: an object may carry more than its type says. */
export function withoutRunInfo(draft: Draft): Draft {
  const { id, template, mode, session, with: who, started, about, answers, half, endedInHelp } = draft;
  return { id, template, mode, session, with: who, started, about, answers, half, endedInHelp };
}

/** Reads the text of a draft's file; undefined when it is not one. */
export function parseDraft(text: string): StoredDraft | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(read) || read['draft'] !== 1) return undefined;
  const {
    pid,
    host,
    start,
    at,
    id,
    template,
    mode,
    session,
    with: who,
    started,
    about,
    answers,
    half,
  } = read;
  // A mark that is none is no reason to lose the draft.
  const endedInHelp = read['endedInHelp'] === true ? true : undefined;
  if (
    typeof pid !== 'number' ||
    typeof host !== 'string' ||
    typeof at !== 'number' ||
    !Number.isFinite(at) ||
    (start !== undefined && typeof start !== 'string')
  )
    return undefined;
  if (
    typeof id !== 'string' ||
    !isId(id) ||
    typeof template !== 'string' ||
    typeof mode !== 'string' ||
    typeof started !== 'string'
  )
    return undefined;
  if (
    typeof session !== 'string' ||
    parseDay(session) === undefined ||
    (who !== undefined && typeof who !== 'string')
  )
    return undefined;
  if (!isRecord(answers)) return undefined;
  if (about !== undefined && !isTexts(about)) return undefined;
  const found: [string, Answer | null][] = [];
  for (const [key, value] of Object.entries(answers)) {
    if (!isAnswer(value)) return undefined;
    found.push([key, value]);
  }
  const typed = half === undefined ? undefined : parseHalf(half);
  if (half !== undefined && typed === undefined) return undefined;
  const draft: Draft = {
    id,
    template,
    mode,
    session,
    with: who,
    started,
    about,
    answers: Object.fromEntries(found),
    half: typed,
    ...(endedInHelp === undefined ? {} : { endedInHelp }),
  };
  return { draft, pid, host, start, at };
}

function parseHalf(half: unknown): Draft['half'] {
  if (!isRecord(half)) return undefined;
  const { key, text } = half;
  return typeof key === 'string' && typeof text === 'string' ? { key, text } : undefined;
}

function isAnswer(value: unknown): value is Answer | null {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  return isTexts(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}
