import type { Params } from '../errors.ts';

/** Checks a folder of notes, its settings and templates. */
export interface Doctor {
  /** Absolute. */
  readonly folder: string;
  /** True if the folder does not exist yet, so there is nothing to check. */
  readonly isNew: () => boolean;
  /**
   * Checks everything and changes nothing. Calls `tick` with the number of notes checked so far, and the
   * total.
   */
  readonly diagnose: (
    tick: (n: number, of: number) => void,
  ) => Promise<{ readonly notes: number; readonly findings: readonly Finding[] }>;
}

/** Something that is not as it should be. */
export interface Finding {
  /** Key and params of a Problem: what is wrong, and what to do. */
  readonly key: string;
  readonly params: Params;
  /** Relative to the folder; absolute outside it. */
  readonly path: string;
  readonly line?: number;
  /** `action` asks the person to do something; `info` is only good to know. */
  readonly severity: 'action' | 'info';
  /** A safe repair; `work` returns false if it failed. `did` is the key in `doctor.did` of what it does. */
  readonly mend?: { readonly did: 'mode' | 'lock' | 'temp' | 'draft'; readonly work: () => boolean };
}
