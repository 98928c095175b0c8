import { formatChange } from '../interview/compose.ts';
import type { Day, Instant, Now } from '../dates/day.ts';
import { addDays } from '../dates/day.ts';
import type { NewReflection, Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import type { Status } from '../notes/status.ts';
import { titleOf } from '../text/title.ts';

/** What of a file opens a part with its day: `Prepared on …`, `Followed up on …`, `Note on …`. */
export const datedParts = ['prepared', 'followed_up', 'noted'] as const;
export type DatedPart = (typeof datedParts)[number];

/**
 * A made-up moment, with its days counted back from whatever day it is: 3 is three days ago. Its words are
 * those of its file.
 */
export interface DemoNote {
  readonly id: string;
  readonly day: number;
  /** The hour it was written at, `19:40`. */
  readonly at: string;
  /** What it is called after. */
  readonly what?: string;
  readonly front: Readonly<Record<string, string | readonly string[] | number>>;
  readonly history: readonly DemoChange[];
  /** Rests until so many days from now. */
  readonly restsFor?: number;
  readonly sections: readonly Section[];
  readonly parts: readonly DemoPart[];
}

export interface DemoChange {
  readonly day: number;
  readonly status: Status;
  readonly size?: number;
}

/** A note (`noted`) has its `text` right under the heading; the others have sections of their own. */
export interface DemoPart {
  readonly is: DatedPart;
  readonly day: number;
  readonly text: string;
  readonly sections: readonly Section[];
}

export interface DemoHeadings {
  /** `Prepared on 2026-03-19` */
  readonly dated: (part: DatedPart, day: Day) => string;
  /** What a moment with no words of its own is called: `A moment on 12 March`. */
  readonly otherwise: (day: Day) => string;
}

/**
 * Places the made-up year so that it ends today: each moment as its file would be by now, the oldest first.
 */
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
      ...lifeOf(note, dayOf),
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

// Status and size are what the history ended with; a session with no hard moment has none of it.
function lifeOf({ history }: DemoNote, dayOf: (ago: number) => Day): NewReflection['front'] {
  const status = history.at(-1)?.status;
  if (status === undefined) return {};
  const size = history.findLast(change => change.size !== undefined)?.size;
  return {
    status,
    ...(size === undefined ? {} : { size }),
    history: history.map(change => formatChange({ ...change, day: dayOf(change.day) })),
  };
}
