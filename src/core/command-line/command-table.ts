/** A command as plain data, from which the completion and the manual are made. */
export interface CommandEntry {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly FlagEntry[];
  /** Its arguments, in order. */
  readonly words: readonly WordEntry[];
  readonly commands: readonly CommandEntry[];
}

/** A flag of a command. */
export interface FlagEntry {
  /** As shown in the help: `-m, --message <text>`. */
  readonly written: string;
  readonly long: string;
  readonly short?: string;
  readonly about: string;
  /** The name of its value; absent if it takes none. */
  readonly value?: string;
  /** If false, the value may be left out. */
  readonly needsValue: boolean;
}

/** An argument of a command. */
export interface WordEntry {
  readonly name: string;
  readonly about: string;
  readonly required: boolean;
  readonly variadic: boolean;
}

/** The parts of a commander `Command` that `tableOf` reads. */
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

/** Converts a commander command to plain data. Leaves out subcommands for programs, named `__…`. */
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
    commands: command.commands.filter(inner => !inner.name().startsWith('__')).map(tableOf),
  };
}

/** Inserts the examples of a command after the first paragraph of its help, the usage. */
export function examplesFirst(help: string, examples: string): string {
  const end = help.indexOf('\n\n');
  return examples === '' || end < 0 ? help : `${help.slice(0, end)}\n\n${examples}${help.slice(end)}`;
}

/** Returns the title and the examples that start with `line`; all examples if none does. */
export function examplesOf(examples: string, line: string): string {
  const [title = '', ...rest] = examples.split('\n');
  const own = rest.filter(example => `${example.trim()} `.startsWith(`${line} `));
  return own.length === 0 ? examples : [title, ...own].join('\n');
}
