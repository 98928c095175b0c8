import type { Day, Instant } from '../dates/day.ts';
import type { Status } from './status.ts';

/** A value in the front matter. Keys of other programs may have any YAML value. */
export type FrontValue =
  | string
  | number
  | boolean
  | null
  | readonly FrontValue[]
  | { readonly [key: string]: FrontValue };

/** Our front matter keys, in the order in which they are written (`format.md`). */
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

/** The validated front matter of one moment. */
export interface Head {
  readonly id: string;
  readonly session: Day;
  readonly created?: Instant;
  /** Absent for a session without a hard moment. */
  readonly status?: Status;
  /** On one line; `keys` has it as written. */
  readonly title?: string;
  /** The therapist's name, on one line. */
  readonly with?: string;
  readonly kinds: readonly string[];
  readonly feelings: readonly string[];
  /** 0–10, the newest size. */
  readonly size?: number;
  readonly restUntil?: Day;
  /** The name of the sequence of questions that the note answers. */
  readonly template?: string;
  /**
   * All front matter, ours and other programs', in file order. Slower to read than the fields above: avoid it
   * in loops over all notes.
   */
  readonly keys: Readonly<Record<string, FrontValue>>;
}

/** One line of the history: the new status, and the size (0–10) given with it. */
export interface Change {
  readonly day: Day;
  readonly status: Status;
  readonly size?: number;
}

/** A text under its heading (`## …` is level 2, `### …` in a dated part is level 3). */
export interface Section {
  readonly level: 2 | 3;
  readonly heading: string;
  /** As typed, with line ends as `\n`. Empty for a heading that only starts a dated part. */
  readonly text: string;
}

/** A new note to write. `front` has its keys in the order of `frontKeys`, without `rupture`. */
export interface NewReflection {
  readonly id: string;
  readonly session: Day;
  readonly title?: string;
  readonly front: Readonly<Record<string, string | number | readonly string[]>>;
  /** Front matter lines of another program, copied unchanged after ours; each ends in `\n`. */
  readonly carried?: string;
  readonly sections: readonly Section[];
}

/** The value of `template` in a note about a pattern. */
export const patternTemplate = 'patterns';

/** Whether a note is about a pattern (`patterns --bring`). Such a note collects moments and is not one. */
export function isPattern({ template }: Pick<Head, 'template'>): boolean {
  return template === patternTemplate;
}

/**
 * Whether a note comes from a custom sequence that is not about a hard moment (`unresolved: false`), such as
 * gratitude. It has no status, does not say how a session went, and does not count as a session.
 */
export function isOtherNote({ status, template, keys }: Head): boolean {
  return status === undefined && template !== undefined && keys['sit'] === undefined;
}
