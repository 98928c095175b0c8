import type { Day } from '../../core/dates/day.ts';
import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Moment } from '../../core/search/summary.ts';

/** The labels of the options of one list, by key. */
export type Labels = Readonly<Record<string, string>>;

/** A text of the person's that belongs to a moment. */
export interface PictureInput {
  readonly moment: Moment;
  readonly text: string;
}

/** The counts, and the texts that were read for them. */
export interface PatternsReport {
  readonly found: Patterns;
  /** What helped, of every moment that was brought up. */
  readonly helped: readonly PictureInput[];
  readonly good: readonly PictureInput[];
}

/** What picks are called, by key. */
export type PickLabels = Readonly<
  Record<'kinds' | 'feelings' | 'echo' | 'status' | 'shape' | 'urges', Labels>
>;

/** One picture: its heading, over how many it counts, and what is in it: one part at least. */
export interface Picture {
  readonly title: string;
  readonly over: string;
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly is: 'entries'; readonly rows: readonly Entry[] }
  | { readonly is: 'bars'; readonly of: number; readonly rows: readonly Bar[] }
  /** Counts that are set against nothing: what became of a moment is no rate. */
  | { readonly is: 'counts'; readonly rows: readonly Bar[] }
  | {
      readonly is: 'grid';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly label: string; readonly cells: readonly number[] }[];
      readonly said: readonly string[];
    }
  | { readonly is: 'tracks'; readonly rows: readonly Track[] }
  | { readonly is: 'said'; readonly lines: readonly string[] };

/** A day with words of the person's: a title, and texts below it. */
export interface Entry {
  readonly day: Day;
  readonly title: string;
  readonly size?: Pick<Track, 'before' | 'now'>;
  readonly texts: readonly string[];
}

export interface Bar {
  readonly label: string;
  readonly n: number;
}

export interface Track {
  readonly day: Day;
  readonly title: string;
  readonly before: number;
  readonly now: number;
}
