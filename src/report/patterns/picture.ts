import type { Day } from '../../core/dates/day.ts';
import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Moment } from '../../core/search/summary.ts';

/** The labels of the options of one list, by key. */
export type Labels = Readonly<Record<string, string>>;

/** A text that the person wrote about a moment. */
export interface PictureInput {
  readonly moment: Moment;
  readonly text: string;
}

/** The counts, and the texts to show with them. */
export interface PatternsReport {
  readonly found: Patterns;
  /** What helped, for every moment that the person brought up. */
  readonly helped: readonly PictureInput[];
  readonly good: readonly PictureInput[];
}

/** The labels of picks, by list and key. */
export type PickLabels = Readonly<
  Record<'kinds' | 'feelings' | 'echo' | 'status' | 'shape' | 'urges', Labels>
>;

/** One picture: its title, the words for how many moments it counts (`over`), and at least one part. */
export interface Picture {
  readonly title: string;
  readonly over: string;
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly is: 'entries'; readonly rows: readonly Entry[] }
  | { readonly is: 'bars'; readonly of: number; readonly rows: readonly Bar[] }
  /** Counts without a total: how moments ended is not a rate. */
  | { readonly is: 'counts'; readonly rows: readonly Bar[] }
  | {
      readonly is: 'grid';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly label: string; readonly cells: readonly number[] }[];
      readonly sentences: readonly string[];
    }
  | { readonly is: 'tracks'; readonly rows: readonly Track[] }
  | { readonly is: 'sentences'; readonly lines: readonly string[] };

/** A moment on its day: the title, and the person's texts below it. */
export interface Entry {
  readonly day: Day;
  readonly title: string;
  readonly size?: Pick<Track, 'before' | 'now'>;
  readonly texts: readonly string[];
}

/** A labelled count. */
export interface Bar {
  readonly label: string;
  readonly n: number;
}

/** A change of the size of a moment; sizes are 0 to 10. */
export interface Track {
  readonly day: Day;
  readonly title: string;
  readonly before: number;
  readonly now: number;
}
