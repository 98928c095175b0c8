import type { Answer } from '../../core/notes/answer.ts';
import { parseDay } from '../../core/dates/day.ts';
import type { Draft } from '../../world/world.ts';
import { isId } from '../format/check-head.ts';
import { isRecord } from '../format/is-record.ts';

/** The content of a draft's file: the draft and the process that last saved it. */
export interface StoredDraft {
  readonly draft: Draft;
  readonly pid: number;
  readonly host: string;
  /** The start time of that process, if known; PIDs are reused. */
  readonly start?: string;
  /** When the draft was last saved, in milliseconds. */
  readonly at: number;
}

/** Returns only the fields of a draft: the object may have more properties than its type says. */
export function withoutRunInfo(draft: Draft): Draft {
  const { id, template, mode, session, with: who, started, about, answers, half, endedInHelp } = draft;
  return { id, template, mode, session, with: who, started, about, answers, half, endedInHelp };
}

/** Parses the text of a draft's file. Returns undefined if it is not a valid draft. */
export function parseDraftFile(text: string): StoredDraft | undefined {
  const read = parseRecord(text);
  if (read === undefined || read['draft'] !== 1) return undefined;
  const saved = parseSaved(read);
  const draft = parseDraft(read);
  return saved === undefined || draft === undefined ? undefined : { draft, ...saved };
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the process that last saved the draft, and when. */
function parseSaved({
  pid,
  host,
  start,
  at,
}: Readonly<Record<string, unknown>>): Omit<StoredDraft, 'draft'> | undefined {
  if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
  if (typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  if (start !== undefined && typeof start !== 'string') return undefined;
  return { pid, host, start, at };
}

function parseDraft(read: Readonly<Record<string, unknown>>): Draft | undefined {
  const { id, template, mode, session, with: who, started, about } = read;
  if (typeof id !== 'string' || !isId(id)) return undefined;
  if (typeof template !== 'string' || typeof mode !== 'string' || typeof started !== 'string')
    return undefined;
  if (typeof session !== 'string' || parseDay(session) === undefined) return undefined;
  if (who !== undefined && typeof who !== 'string') return undefined;
  if (about !== undefined && !isTextList(about)) return undefined;
  const answers = parseAnswers(read['answers']);
  if (answers === undefined) return undefined;
  const half = read['half'] === undefined ? undefined : parseHalf(read['half']);
  if (read['half'] !== undefined && half === undefined) return undefined;
  return {
    id,
    template,
    mode,
    session,
    with: who,
    started,
    about,
    answers,
    half,
    // Any other value than true is ignored, so that the draft is not lost because of it.
    ...(read['endedInHelp'] === true ? { endedInHelp: true } : {}),
  };
}

function parseAnswers(answers: unknown): Draft['answers'] | undefined {
  if (!isRecord(answers)) return undefined;
  const found: [string, Answer | null][] = [];
  for (const [key, value] of Object.entries(answers)) {
    if (!isAnswer(value)) return undefined;
    found.push([key, value]);
  }
  return Object.fromEntries(found);
}

function parseHalf(half: unknown): Draft['half'] {
  if (!isRecord(half)) return undefined;
  const { key, text } = half;
  return typeof key === 'string' && typeof text === 'string' ? { key, text } : undefined;
}

function isAnswer(value: unknown): value is Answer | null {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  return isTextList(value);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
