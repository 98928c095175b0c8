import { parseDay } from '../dates/day.ts';
import type { Day } from '../dates/day.ts';
import { picksIn } from './patterns-count.ts';
import type { Head } from '../notes/reflection.ts';
import { parseStatus } from '../notes/status.ts';
import type { Status } from '../notes/status.ts';
import type { Moment } from '../search/summary.ts';

/** A size (0–10) and its day. A size that was changed by hand has no day. */
export interface SizeAt {
  readonly day?: Day;
  readonly size: number;
}

/** A moment with several sizes, oldest first; `before` is the first and `now` the last. */
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

/** Whether the moment was brought up, by its status or its history. */
export function wasRaised(head: Head): boolean {
  // The current status first: it is the last step, and quicker to check.
  return (
    raisedStatuses.includes(head.status) || steps(head).some(({ status }) => raisedStatuses.includes(status))
  );
}

/** Returns all sizes of a moment, oldest first. Skips history lines that have no size or are invalid. */
export function sizesOf(head: Head): readonly SizeAt[] {
  return steps(head).flatMap(({ day, size }) =>
    size === undefined ? [] : [{ size, ...(day === undefined ? {} : { day }) }],
  );
}

/**
 * Returns the first size before the moment was brought up, and the last size since; undefined if either is
 * missing.
 */
export function sizesAround(head: Head): { readonly before: number; readonly after: number } | undefined {
  const all = steps(head);
  const at = all.findIndex(({ status }) => raisedStatuses.includes(status));
  const before = all.slice(0, at).find(({ size }) => size !== undefined)?.size;
  const after = all.slice(at).findLast(({ size }) => size !== undefined)?.size;
  return at < 0 || before === undefined || after === undefined ? undefined : { before, after };
}

// Cached, because several counts use the same history.
const stepsByHead = new WeakMap<Head, readonly Step[]>();

function steps(head: Head): readonly Step[] {
  const found = stepsByHead.get(head) ?? readSteps(head);
  stepsByHead.set(head, found);
  return found;
}

// The history, plus a last step for a status or size that the person changed by hand, which takes precedence.
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
