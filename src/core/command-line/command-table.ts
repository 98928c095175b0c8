/** The table of commands as plain values: what completion and the manual are made of. */
export interface CommandEntry {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly FlagEntry[];
  /** The words behind it, in order. */
  readonly words: readonly WordEntry[];
  readonly commands: readonly CommandEntry[];
}

export interface FlagEntry {
  /** As the help writes it: `-m, --message <text>`. */
  readonly written: string;
  readonly long: string;
  readonly short?: string;
  readonly about: string;
  /** The name of its value; absent when it takes none. */
  readonly value?: string;
  /** False: the value may be left out. */
  readonly needsValue: boolean;
}

export interface WordEntry {
  readonly name: string;
  readonly about: string;
  readonly required: boolean;
  readonly variadic: boolean;
}

/** What of a commander command is looked at. */
export interface CommandLike {
  readonly name: () => string;
  readonly description: () => string;
  readonly options: readonly {
    readonly flags: string;
    readonly long?: string;
    readonly short?: string;
    readonly description: string;
    readonly required: boolean;
  }[];
  readonly registeredArguments: readonly {
    readonly name: () => string;
    readonly description: string;
    readonly required: boolean;
    readonly variadic: boolean;
  }[];
  readonly commands: readonly CommandLike[];
}

/** Reads the table of commands; those whose name begins with `__` are for programs and left out. */
export function tableOf(command: CommandLike): CommandEntry {
  return {
    name: command.name(),
    about: command.description(),
    flags: command.options.map(({ flags, long, short, description, required }) => {
      const value = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
      return {
        written: flags,
        long: long ?? flags,
        ...(short === undefined ? {} : { short }),
        about: description,
        ...(value === undefined ? {} : { value: value.replace(/\.+$/, '') }),
        needsValue: required,
      };
    }),
    words: command.registeredArguments.map(word => ({
      name: word.name(),
      about: word.description,
      required: word.required,
      variadic: word.variadic,
    })),
    commands: command.commands.filter(one => !one.name().startsWith('__')).map(tableOf),
  };
}

/** Puts the examples of a command behind the first line of its help, the usage. */
export function examplesFirst(help: string, examples: string): string {
  const end = help.indexOf('\n\n');
  return examples === '' || end < 0 ? help : `${help.slice(0, end)}\n\n${examples}${help.slice(end)}`;
}

/** Picks the examples that show one command of a group, their title kept; all of them when none does. */
export function examplesOf(examples: string, line: string): string {
  const [title = '', ...rest] = examples.split('\n');
  const own = rest.filter(one => `${one.trim()} `.startsWith(`${line} `));
  return own.length === 0 ? examples : [title, ...own].join('\n');
}
