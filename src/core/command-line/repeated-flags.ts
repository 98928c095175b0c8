import { Exit, Problem } from '../../errors.ts';

/** The parts of a commander command that this looks at. */
interface Flagged {
  readonly options: readonly Flag[];
  readonly commands: readonly Flagged[];
  readonly on: (event: string, listener: () => void) => unknown;
}

interface Flag {
  readonly name: () => string;
  readonly long?: string;
  /** The value has to be given, or may be left out. Neither: the flag takes no value. */
  readonly required: boolean;
  readonly optional: boolean;
  /** Set for a flag that collects its values. */
  readonly parseArg?: unknown;
}

/**
 * Makes a flag that takes one value misuse when it is given twice, for a command and all commands below it:
 * throws a Problem (exit 2) while the line is parsed. Flags without a value, and flags that collect their
 * values, may be repeated.
 */
export function refuseRepeats(command: Flagged): void {
  for (const flag of command.options) {
    if ((!flag.required && !flag.optional) || flag.parseArg !== undefined) continue;
    let times = 0;
    command.on(`option:${flag.name()}`, () => {
      times += 1;
      if (times > 1)
        throw new Problem('cli.flag-twice', { flag: flag.long ?? flag.name() }, { exit: Exit.misused });
    });
  }
  for (const inner of command.commands) refuseRepeats(inner);
}

/** Collects the values of a flag that is given several times, in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * Joins the values of a flag that takes several with commas: `--kind joke --kind misread` is `--kind
 * joke,misread`.
 */
export function joinWithCommas(value: string, before?: string): string {
  return before === undefined ? value : `${before},${value}`;
}
