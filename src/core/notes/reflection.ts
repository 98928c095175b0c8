import type { Day, Instant } from '../dates/day.ts';
import type { Status } from './status.ts';

/** What stands behind a key of the front matter; foreign keys may hold anything YAML can say. */
export type FrontValue =
  | string
  | number
  | boolean
  | null
  | readonly FrontValue[]
  | { readonly [key: string]: FrontValue };

/** The order in which the keys of the front matter are written (`format.md`). */
export const frontKeys = [
  'rupture',
  'id',
  'session',
  'created',
  'status',
  'title',
  'with',
  'sit',
  'held_back',
  'kinds',
  'feelings',
  'size',
  'outside',
  'shape',
  'strain_from',
  'since',
  'urges',
  'noticed',
  'echo',
  'touches',
  'next',
  'care',
  'rest_until',
  'let_go_reason',
  'line_kinds',
  'repeat_of',
  'template',
  'history',
] as const;

/**
 * The front matter of one moment, checked. `keys` holds all of it, known and foreign, in the order of the
 * file.
 */
export interface Head {
  readonly id: string;
  readonly session: Day;
  readonly created?: Instant;
  /** A session with no hard moment has none. */
  readonly status?: Status;
  /** On one line; what the file has is in `keys`. */
  readonly title?: string;
  /** On one line, too. */
  readonly with?: string;
  readonly kinds: readonly string[];
  readonly feelings: readonly string[];
  /** 0–10, the newest one. */
  readonly size?: number;
  readonly restUntil?: Day;
  /** The sequence of questions that made the note. */
  readonly template?: string;
  /** All front matter. Reading it takes longer than the fields above: avoid it where every note is looked at. */
  readonly keys: Readonly<Record<string, FrontValue>>;
}

/** One line of the history: what the status became, and the size given then. */
export interface Change {
  readonly day: Day;
  readonly status: Status;
  readonly size?: number;
}

/** A text under its heading (`## …` is level 2, `### …` in a dated part is level 3). */
export interface Section {
  readonly level: 2 | 3;
  readonly heading: string;
  /** As it was typed, line ends as \n. Empty for a heading that only opens a dated part. */
  readonly text: string;
}

/**
 * A moment as it is written for the first time. `front` has the keys in the order of `frontKeys`, without
 * `rupture`.
 */
export interface NewReflection {
  readonly id: string;
  readonly session: Day;
  readonly title?: string;
  readonly front: Readonly<Record<string, string | number | readonly string[]>>;
  /** Lines of another program's front matter, written behind ours as they stand, each with its line end. */
  readonly carried?: string;
  readonly sections: readonly Section[];
}

/** The value of `template` in a note that was made of a pattern. */
export const patternTemplate = 'patterns';

/** Says whether a note was made of a pattern (`patterns --bring`): it gathers moments, and is none itself. */
export function isPattern({ template }: Pick<Head, 'template'>): boolean {
  return template === patternTemplate;
}

/**
 * Says whether a note is of a sequence of the person's own that asks about no hard moment, such as one of
 * gratitude (`unresolved: false`): it has no status, and does not say how a session went. It counts as no
 * session.
 */
export function isOtherNote({ status, template, keys }: Head): boolean {
  return status === undefined && template !== undefined && keys['sit'] === undefined;
}
