import { parseDay } from '../dates/day.ts';
import type { Day } from '../dates/day.ts';
import { picksIn } from './patterns-count.ts';
import type { Head } from '../notes/reflection.ts';
import { parseStatus } from '../notes/status.ts';
import type { Status } from '../notes/status.ts';
import type { Moment } from '../search/summary.ts';

/** A size, and when it was given; one that a person wrote into the file by hand has no day. */
export interface SizeAt {
  readonly day?: Day;
  readonly size: number;
}

/** The sizes of one moment, oldest first. */
export interface SizeRun {
  readonly moment: Moment;
  readonly sizes: readonly SizeAt[];
  readonly before: number;
  readonly now: number;
}

interface Step {
  readonly day?: Day;
  readonly status?: Status;
  readonly size?: number;
}

const raisedStatuses: readonly (Status | undefined)[] = ['raised', 'eased', 'not-addressed', 'repaired'];
const line = /^(\d{4}-\d{2}-\d{2}) ([a-z-]+)(?: (10|\d))?$/;

/** True when it was brought up: now, or at some point of its history. */
export function wasRaised(head: Head): boolean {
  // It is the last step, whatever the history says.
  return (
    raisedStatuses.includes(head.status) || steps(head).some(({ status }) => raisedStatuses.includes(status))
  );
}

/**
 * Gives every size of a moment, oldest first. Lines without a size leave a gap, lines that can't be read are
 * passed over.
 */
export function sizesOf(head: Head): readonly SizeAt[] {
  return steps(head).flatMap(({ day, size }) =>
    size === undefined ? [] : [{ size, ...(day === undefined ? {} : { day }) }],
  );
}

/** Gives the first size before it was brought up and the last one since; undefined when either is missing. */
export function sizesAround(head: Head): { readonly before: number; readonly after: number } | undefined {
  const all = steps(head);
  const at = all.findIndex(({ status }) => raisedStatuses.includes(status));
  const before = all.slice(0, at).find(({ size }) => size !== undefined)?.size;
  const after = all.slice(at).findLast(({ size }) => size !== undefined)?.size;
  return at < 0 || before === undefined || after === undefined ? undefined : { before, after };
}

// Several counts go over the same history.
const known = new WeakMap<Head, readonly Step[]>();

function steps(head: Head): readonly Step[] {
  const found = known.get(head) ?? readSteps(head);
  known.set(head, found);
  return found;
}

// The history, and behind it what a person changed by hand: they are right.
function readSteps(head: Head): readonly Step[] {
  const history = picksIn(head, 'history').flatMap((text): readonly Step[] => {
    const [, day = '', status = '', size] = line.exec(text.trim()) ?? [];
    const parsed = { day: parseDay(day), status: parseStatus(status) };
    return parsed.day === undefined || parsed.status === undefined
      ? []
      : [{ ...parsed, ...(size === undefined ? {} : { size: Number(size) }) }];
  });
  const size = history.findLast(step => step.size !== undefined)?.size;
  if (history.at(-1)?.status === head.status && (head.size === undefined || size === head.size))
    return history;
  return [
    ...history,
    { status: head.status, ...(head.size === undefined || size === head.size ? {} : { size: head.size }) },
  ];
}
