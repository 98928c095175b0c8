import type { Command } from 'commander';
import { asksHelp, commandAt, spellOut, unclearWord } from './core/command-line/command-line.ts';
import { folderIn } from './core/command-line/complete.ts';
import { problemWords } from './core/text/problem-words.ts';
import { nearest } from './core/text/nearest-words.ts';
import { Cancelled, Exit, Problem } from './errors.ts';
import { buildProgram, CommanderError } from './program.ts';
import type { ProgramNeeds } from './program.ts';
import type { Globals, Params, World } from './world/world.ts';

/** Opens the world for a set of global flags. */
export type OpenWorld = (globals: Globals) => Promise<World>;

const endings = { SIGINT: Exit.interrupted, SIGTERM: Exit.terminated, SIGHUP: Exit.hangup } as const;

/** Runs one command line and returns its exit code. Only this function turns errors into messages. */
export async function main(argv: readonly string[], openWorld: OpenWorld): Promise<Exit> {
  const typed = typedLine(argv);
  const args = typed === undefined ? spellOut(argv) : argv;
  const { line, demoRun } = typed === undefined ? splitDemo(args, openWorld) : { line: ['__complete'] };
  const fixedGlobals: Globals = {
    ...(demoRun === undefined ? {} : { demo: {} }),
    ...(typed === undefined ? {} : { folder: folderIn(typed.words) }),
  };
  let world = await openWorld(fixedGlobals);
  let exit: Exit = Exit.done;
  const finish = async (): Promise<Exit> => {
    await world.waitForOutput();
    return world.writeFailed() ? Exit.failed : exit;
  };
  // Answer without building the table of all commands, which takes time.
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    world.out.line(world.version);
    return finish();
  }
  const program = buildProgram({
    words: world.words,
    version: world.version,
    width: world.out.width,
    print: text => world.out.text(world.layout.wrap(text, world.out.width).join('\n')),
    demo: demoRun ?? { run: () => Promise.resolve(Exit.done) },
    typed,
    run: async (globals, verb) => {
      world = await openWorld({ ...globals, ...fixedGlobals, command: commandName(line, program) });
      exit = await verb(world);
    },
  });
  try {
    // For an unknown command with `--help`, commander would print the help of the whole program.
    if (asksHelp(line)) refuseUnknown(line, program);
    await program.parseAsync(line, { from: 'user' });
  } catch (error) {
    // A shell that asks for completions gets candidates or nothing, never an error message.
    exit = typed === undefined || world.debug ? report(world, toProblem(error, line, program)) : Exit.done;
    const { drafts, texts } = world.unsaved;
    // The answers in a demo are not the person's own.
    if (fixedGlobals.demo === undefined && drafts.size + texts.size > 0) await world.giveBack(error);
  }
  return finish();
}

/**
 * Reads a shell's request for completions: `__complete SHELL WORDS…`. Returns undefined for any other command
 * line. PowerShell prefixes the word at the cursor with `=`, because it drops an empty argument.
 */
function typedLine([first, shell = '', ...words]: readonly string[]): ProgramNeeds['typed'] {
  if (first !== '__complete') return undefined;
  return {
    shell,
    words: shell === 'powershell' ? [...words.slice(0, -1), (words.at(-1) ?? '').replace(/^=/, '')] : words,
  };
}

/**
 * Splits a command line after `demo`. The rest runs as a separate command line, with the flags that came
 * before `demo`, on the demo's folder. Passes the arguments on unparsed, so that `demo show --format json`
 * needs no special case.
 */
function splitDemo(
  args: readonly string[],
  openWorld: OpenWorld,
): { readonly line: readonly string[]; readonly demoRun?: ProgramNeeds['demo'] } {
  const at = commandAt(args);
  if (at === undefined || args[at] !== 'demo' || ['-h', '--help'].includes(args[at + 1] ?? ''))
    return { line: args };
  const inner = [...args.slice(0, at), ...args.slice(at + 1)];
  const command = commandAt(inner);
  return {
    line: args.slice(0, at + 1),
    demoRun: {
      ...(command === undefined ? {} : { command: inner[command] }),
      run: folder => main(inner, globals => openWorld({ ...globals, demo: { folder } })),
    },
  };
}

function report(world: World, error: unknown): Exit {
  if (error instanceof Cancelled) return endings[error.ending];
  if (error === undefined) return Exit.done;
  const { words, messages } = world;
  if (error instanceof Problem) {
    for (const sentence of problemWords(words, error)) messages.say(sentence);
    if (world.debug && error.cause instanceof Error) messages.say(error.cause.stack ?? error.cause.message);
    return error.exit;
  }
  messages.say(words('cli.bug.says'));
  messages.say(words('cli.bug.do'));
  if (world.debug && error instanceof Error) messages.say(error.stack ?? error.message);
  return Exit.failed;
}

/**
 * Turns an error of commander into a Problem (exit 2). Returns undefined after help or the version, and every
 * other error unchanged.
 */
function toProblem(error: unknown, args: readonly string[], program: Command): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return undefined;
  const command = commandIn(args, program);
  const line = fullName(command);
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const flag = quoted.split(/[ ,]+/).find(part => part.startsWith('--')) ?? quoted;
  switch (error.code) {
    case 'commander.unknownOption': {
      const flags = [...command.options, ...program.options]
        .flatMap(({ long }) => long ?? [])
        .concat('--help');
      const near = nearest(quoted, flags);
      return near === undefined
        ? misused('cli.unknown-flag', { flag: quoted, command: line })
        : misused('cli.unknown-flag-near', { flag: quoted, near });
    }
    case 'commander.unknownCommand':
      return unknownCommand(quoted, command);
    case 'commander.optionMissingArgument':
      return misused('cli.missing-value', { flag, command: line });
    case 'commander.missingArgument':
      return misused('cli.missing-argument', { command: line, argument: `<${quoted}>` });
    case 'commander.excessArguments': {
      const [first] = command.args;
      // Commander reports an unknown command, or an unknown subcommand of `trash`, as an excess argument.
      const isGroup = command.commands.length > 0;
      return isGroup && first !== undefined ? unknownCommand(first, command) : tooManyArguments(line);
    }
    default:
      return misused('cli.misused');
  }
}

function commandName(args: readonly string[], program: Command): string | undefined {
  const at = commandAt(args);
  return program.commands.find(child => at !== undefined && child.name() === args[at])?.name();
}

/** Throws a Problem (exit 2) if a command line, up to its first flag, names an unknown command. */
function refuseUnknown(line: readonly string[], program: Command): void {
  const command = commandIn(line, program);
  const rest = argumentsAfter(line, program);
  const at = commandAt(rest);
  const word = at === undefined ? undefined : rest[at];
  if (command.commands.length > 0 && word !== undefined) throw unknownCommand(word, command);
}

function unknownCommand(word: string, command: Command): Problem {
  const tried = command.parent === null ? unclearWord(word) : undefined;
  if (tried !== undefined) return misused(`cli.tried.${tried}`);
  const known = command.commands.map(child => child.name());
  const near = nearest(word, known);
  const nameWithin = (last: string): string => [...namesDownTo(command), last].join(' ');
  if (near !== undefined)
    return misused('cli.unknown-command-near', { name: nameWithin(word), near: nameWithin(near) });
  // A group has so few subcommands that the message can list them all.
  return command.parent === null
    ? misused('cli.unknown-command', { name: word })
    : misused('cli.unknown-command-within', {
        name: nameWithin(word),
        known: known.map(nameWithin).join(', '),
      });
}

// A person who types `rupture add They were late` wants to save these words: the message says how.
function tooManyArguments(line: string): Problem {
  return misused(line === 'rupture reflect' ? 'cli.too-many-reflect' : 'cli.too-many', { command: line });
}

function misused(key: string, params: Params = {}): Problem {
  return new Problem(key, params, { exit: Exit.misused });
}

/**
 * Returns the command that a line names: `restore` for `trash restore k3f`; `command` itself if the line
 * names no subcommand.
 */
function commandIn(args: readonly string[], command: Command): Command {
  const at = commandAt(args);
  const inner = command.commands.find(child => at !== undefined && child.name() === args[at]);
  return at === undefined || inner === undefined ? command : commandIn(args.slice(at + 1), inner);
}

/** Returns the arguments after the command that a line names: `k3f` for `trash restore k3f`. */
function argumentsAfter(args: readonly string[], command: Command): readonly string[] {
  const at = commandAt(args);
  const inner = command.commands.find(child => at !== undefined && child.name() === args[at]);
  return at === undefined || inner === undefined ? args : argumentsAfter(args.slice(at + 1), inner);
}

/** Returns the full name of a command: `rupture trash restore`. */
function fullName(command: Command): string {
  return ['rupture', ...namesDownTo(command)].join(' ');
}

function namesDownTo(command: Command): readonly string[] {
  return command.parent === null ? [] : [...namesDownTo(command.parent), command.name()];
}
