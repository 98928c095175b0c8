/** The exit codes of the contract. */
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

/** What fills the `{name}` places of a sentence. */
export type Params = Readonly<Record<string, string | number>>;

export interface ProblemDetails {
  /** 1 (could not) unless said otherwise. */
  readonly exit?: Exit;
  readonly cause?: unknown;
}

/**
 * Says that something is so which the person can act on. `key` names an entry under `problems` in
 * `templates/<lang>/words.yaml`, which holds what is said (`says`) and what to do (`do`); `params`
 * fill its places. Anything else that is thrown is a bug.
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

/** How a run was ended from outside. */
export type Ending = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Says that the person (or the system) ended the run in the middle; what was typed is kept by then. */
export class Cancelled extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending);
    this.name = 'Cancelled';
    this.ending = ending;
  }
}
