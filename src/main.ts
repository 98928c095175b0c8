import type { Command } from 'commander';
import { asksHelp, commandAt, spellOut, unclearWord } from './core/command-line/command-line.ts';
import { folderIn } from './core/command-line/complete.ts';
import { problemWords } from './core/text/problem-words.ts';
import { nearest } from './core/text/nearest-words.ts';
import { Cancelled, Exit, Problem } from './errors.ts';
import { buildProgram, CommanderError } from './program.ts';
import type { ProgramNeeds } from './program.ts';
import type { Globals, Params, World } from './world/world.ts';

/** Opens the world that the global flags ask for. */
export type OpenWorld = (globals: Globals) => Promise<World>;

const endings = { SIGINT: Exit.interrupted, SIGTERM: Exit.terminated, SIGHUP: Exit.hangup } as const;

/** Runs one command line and gives its exit code. The one place where errors become words. */
export async function main(given: readonly string[], openWorld: OpenWorld): Promise<Exit> {
  const typed = typedLine(given);
  const args = typed === undefined ? spellOut(given) : given;
  const { line, preload } = typed === undefined ? splitDemo(args, openWorld) : { line: ['__complete'] };
  const own: Globals = {
    ...(preload === undefined ? {} : { demo: {} }),
    ...(typed === undefined ? {} : { folder: folderIn(typed.words) }),
  };
  let world = await openWorld(own);
  let exit: Exit = Exit.done;
  const ended = async (): Promise<Exit> => {
    await world.waitForOutput();
    return world.writeFailed() ? Exit.failed : exit;
  };
  // Building the table of all commands takes time, and this answer does not need it.
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    world.out.line(world.version);
    return ended();
  }
  const program = buildProgram({
    words: world.words,
    version: world.version,
    width: world.out.width,
    print: text => world.out.text(world.layout.wrap(text, world.out.width).join('\n')),
    demo: preload ?? { run: () => Promise.resolve(Exit.done) },
    typed,
    run: async (globals, verb) => {
      world = await openWorld({ ...globals, ...own, command: commandName(line, program) });
      exit = await verb(world);
    },
  });
  try {
    // Commander prints the help of the whole program for a command that it does not know.
    if (asksHelp(line)) refuseUnknown(line, program);
    await program.parseAsync(line, { from: 'user' });
  } catch (error) {
    // A shell that asks gets an answer or none.
    exit = typed === undefined || world.debug ? tell(world, problemOf(error, line, program)) : Exit.done;
    const { drafts, texts } = world.unsaved;
    // In a demo nothing is the person's own.
    if (own.demo === undefined && drafts.size + texts.size > 0) await world.giveBack(error);
  }
  return ended();
}

/**
 * Reads what a shell asks: `__complete SHELL WORDS…`. PowerShell sends the word that is being typed behind
 * `=`, since it loses an empty one.
 */
function typedLine([first, shell = '', ...words]: readonly string[]): ProgramNeeds['typed'] {
  if (first !== '__complete') return undefined;
  return {
    shell,
    words: shell === 'powershell' ? [...words.slice(0, -1), (words.at(-1) ?? '').replace(/^=/, '')] : words,
  };
}

/**
 * Cuts a command line at `demo`: what stands behind it is a whole line of its own, for this same table and
 * with the same flags before it, on worlds of the demo's folder. Words stay as they are, so that `demo show
 * --format json` needs no rule here.
 */
function splitDemo(
  args: readonly string[],
  openWorld: OpenWorld,
): { readonly line: readonly string[]; readonly preload?: ProgramNeeds['demo'] } {
  const at = commandAt(args);
  if (at === undefined || args[at] !== 'demo' || ['-h', '--help'].includes(args[at + 1] ?? ''))
    return { line: args };
  const inner = [...args.slice(0, at), ...args.slice(at + 1)];
  const command = commandAt(inner);
  return {
    line: args.slice(0, at + 1),
    preload: {
      ...(command === undefined ? {} : { command: inner[command] }),
      run: folder => main(inner, globals => openWorld({ ...globals, demo: { folder } })),
    },
  };
}

function tell(world: World, error: unknown): Exit {
  if (error instanceof Cancelled) return endings[error.ending];
  if (error === undefined) return Exit.done;
  const { words, messages: talk } = world;
  if (error instanceof Problem) {
    for (const sentence of problemWords(words, error)) talk.say(sentence);
    if (world.debug && error.cause instanceof Error) talk.say(error.cause.stack ?? error.cause.message);
    return error.exit;
  }
  talk.say(words('cli.bug.says'));
  talk.say(words('cli.bug.do'));
  if (world.debug && error instanceof Error) talk.say(error.stack ?? error.message);
  return Exit.failed;
}

/**
 * Turns what commander throws into a Problem (exit 2); undefined for help and version, which are no problem.
 */
function problemOf(error: unknown, args: readonly string[], program: Command): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return undefined;
  const command = commandIn(args, program);
  const line = lineOf(command);
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
      // What is no command of the program, or of a group like `trash`, arrives as a word too many.
      const isGroup = command.commands.length > 0;
      return isGroup && first !== undefined ? unknownCommand(first, command) : tooMany(line);
    }
    default:
      return misused('cli.misused');
  }
}

function commandName(args: readonly string[], program: Command): string | undefined {
  const at = commandAt(args);
  return program.commands.find(one => at !== undefined && one.name() === args[at])?.name();
}

/**
 * Throws a Problem (exit 2) where a command line, up to its first flag, names a command that does not
 * exist.
 */
function refuseUnknown(line: readonly string[], program: Command): void {
  const command = commandIn(line, program);
  const rest = restBehind(line, program);
  const at = commandAt(rest);
  const word = at === undefined ? undefined : rest[at];
  if (command.commands.length > 0 && word !== undefined) throw unknownCommand(word, command);
}

function unknownCommand(word: string, command: Command): Problem {
  const tried = command.parent === null ? unclearWord(word) : undefined;
  if (tried !== undefined) return misused(`cli.tried.${tried}`);
  const known = command.commands.map(one => one.name());
  const near = nearest(word, known);
  const whole = (last: string): string => [...namesTo(command), last].join(' ');
  if (near !== undefined)
    return misused('cli.unknown-command-near', { name: whole(word), near: whole(near) });
  // A group has few enough to name them.
  return command.parent === null
    ? misused('cli.unknown-command', { name: word })
    : misused('cli.unknown-command-within', { name: whole(word), known: known.map(whole).join(', ') });
}

// Somebody who types `rupture add They were late` wants to keep these words.
function tooMany(line: string): Problem {
  return misused(line === 'rupture reflect' ? 'cli.too-many-reflect' : 'cli.too-many', { command: line });
}

function misused(key: string, params: Params = {}): Problem {
  return new Problem(key, params, { exit: Exit.misused });
}

/**
 * Finds the command that a line names: `restore` of `trash restore k3f`; the program itself when it names
 * none.
 */
function commandIn(args: readonly string[], command: Command): Command {
  const at = commandAt(args);
  const inner = command.commands.find(one => at !== undefined && one.name() === args[at]);
  return at === undefined || inner === undefined ? command : commandIn(args.slice(at + 1), inner);
}

/** Gives what stands behind the command that a line names: `k3f` of `trash restore k3f`. */
function restBehind(args: readonly string[], command: Command): readonly string[] {
  const at = commandAt(args);
  const inner = command.commands.find(one => at !== undefined && one.name() === args[at]);
  return at === undefined || inner === undefined ? args : restBehind(args.slice(at + 1), inner);
}

/** Gives what is typed to run a command: `rupture trash restore`. */
function lineOf(command: Command): string {
  return ['rupture', ...namesTo(command)].join(' ');
}

function namesTo(command: Command): readonly string[] {
  return command.parent === null ? [] : [...namesTo(command.parent), command.name()];
}
