import { formatChange } from '../interview/compose.ts';
import type { Day, Instant, Now } from '../dates/day.ts';
import { addDays } from '../dates/day.ts';
import type { NewReflection, Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import { titleOf } from '../text/title.ts';

/** The parts of a note whose heading has a day: `Prepared on …`, `Followed up on …`, `Note on …`. */
export const datedParts = ['prepared', 'followed_up', 'noted'] as const;
export type DatedPart = (typeof datedParts)[number];

/** A note of the demo, with days counted back from today: 3 is three days ago. */
export interface DemoNote {
  readonly id: string;
  readonly day: number;
  /** The time at which it was written: `19:40`. */
  readonly at: string;
  /** The text from which its title is made. */
  readonly what?: string;
  readonly front: Readonly<Record<string, string | readonly string[] | number>>;
  readonly history: readonly DemoChange[];
  /** The number of days from today that it rests. */
  readonly restsFor?: number;
  readonly sections: readonly Section[];
  readonly parts: readonly DemoPart[];
}

/** One line of a demo note's history: a status and a size, some days ago. */
export interface DemoChange {
  readonly day: number;
  readonly status: Status;
  readonly size?: number;
}

/** A dated part. `noted` has its `text` directly under the heading; the other parts have sections. */
export interface DemoPart {
  readonly is: DatedPart;
  readonly day: number;
  readonly text: string;
  readonly sections: readonly Section[];
}

/** Headings and titles in the person's language. */
export interface DemoHeadings {
  /** `Prepared on 2026-03-19` */
  readonly dated: (part: DatedPart, day: Day) => string;
  /** The fallback title: `A moment on 12 March`. */
  readonly otherwise: (day: Day) => string;
}

/** Turns the demo's notes into notes with real dates, relative to `now`, in the same order. */
export function placeDemo(
  notes: readonly DemoNote[],
  now: Now,
  headings: DemoHeadings,
): readonly NewReflection[] {
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(now.instant)?.[0] ?? 'Z';
  const dayOf = (ago: number): Day => addDays(now.day, -ago);
  return notes.map((note): NewReflection => {
    const session = dayOf(note.day);
    const title = (note.what === undefined ? undefined : titleOf(note.what)) ?? headings.otherwise(session);
    const values: NewReflection['front'] = {
      ...note.front,
      id: note.id,
      session,
      title,
      created: `${session}T${note.at}:00.000${offset}` as Instant,
      ...statusKeys(note, dayOf),
      ...(note.restsFor === undefined ? {} : { rest_until: dayOf(-note.restsFor) }),
    };
    const front = Object.fromEntries(
      frontKeys.flatMap(key => {
        const value = values[key];
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
    const parts = note.parts.flatMap(({ is, day, text, sections }): readonly Section[] => [
      { level: 2, heading: headings.dated(is, dayOf(day)), text },
      ...sections,
    ]);
    return { id: note.id, session, title, front, sections: [...note.sections, ...parts] };
  });
}

// Takes the last status and size of the history; a session without a hard moment has neither.
function statusKeys({ history }: DemoNote, dayOf: (ago: number) => Day): NewReflection['front'] {
  const status = history.at(-1)?.status;
  if (status === undefined) return {};
  const size = history.findLast(change => change.size !== undefined)?.size;
  return {
    status,
    ...(size === undefined ? {} : { size }),
    history: history.map(change => formatChange({ ...change, day: dayOf(change.day) })),
  };
}
