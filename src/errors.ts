/** The exit codes that the program promises to scripts. */
export const Exit = {
  done: 0,
  failed: 1,
  misused: 2,
  locked: 4,
  changedElsewhere: 5,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type Exit = (typeof Exit)[keyof typeof Exit];

/** The values for the `{name}` placeholders of a sentence. */
export type Params = Readonly<Record<string, string | number>>;

export interface ProblemDetails {
  /** The exit code; 1 (`Exit.failed`) by default. */
  readonly exit?: Exit;
  readonly cause?: unknown;
}

/**
 * An error that the person can do something about. `key` names an entry under `problems` in
 * `templates/<lang>/words/`: its `says` describes the problem, its `do` says what to do about it. `params`
 * fill the placeholders of both. Any other thrown error, except `Cancelled`, is a bug.
 */
export class Problem extends Error {
  readonly key: string;
  readonly params: Params;
  readonly exit: Exit;

  constructor(key: string, params: Params = {}, { exit = Exit.failed, cause }: ProblemDetails = {}) {
    super(key, { cause });
    this.name = 'Problem';
    this.key = key;
    this.params = params;
    this.exit = exit;
  }
}

/** The signal that ended a run. */
export type Ending = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Thrown when the person or the system ends a run halfway. By then the answers so far have been saved. */
export class Cancelled extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending);
    this.name = 'Cancelled';
    this.ending = ending;
  }
}
