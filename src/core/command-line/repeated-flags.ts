import { Exit, Problem } from '../../errors.ts';

/** The parts of a commander `Command` that `refuseRepeats` uses. */
interface CommandWithFlags {
  readonly options: readonly Flag[];
  readonly commands: readonly CommandWithFlags[];
  readonly on: (event: string, listener: () => void) => unknown;
}

interface Flag {
  readonly name: () => string;
  readonly long?: string;
  /** Whether the value is required, or may be left out. If both are false, the flag takes no value. */
  readonly required: boolean;
  readonly optional: boolean;
  /** Set if the flag collects its values. */
  readonly parseArg?: unknown;
}

/**
 * Makes a command and its subcommands throw a Problem (exit 2) during parsing if a flag that takes one value
 * is given twice. Flags that take no value or collect their values may be repeated.
 */
export function refuseRepeats(command: CommandWithFlags): void {
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

/** Collects the values of a repeated flag into a list, in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Joins the values of a repeated flag with commas: `--kind joke --kind misread` is `--kind joke,misread`. */
export function joinWithCommas(value: string, before?: string): string {
  return before === undefined ? value : `${before},${value}`;
}
