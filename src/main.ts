import type { Command } from 'commander';
import { nearest } from './core/suggest.ts';
import { Cancelled, Exit, Problem } from './errors.ts';
import { buildProgram, commandAt, CommanderError } from './program.ts';
import type { ProgramNeeds } from './program.ts';
import type { Globals, Params, World } from './world.ts';

/** Opens the world that the global flags ask for. */
export type OpenWorld = (globals: Globals) => Promise<World>;

const endings = { SIGINT: Exit.interrupted, SIGTERM: Exit.terminated, SIGHUP: Exit.hangup } as const;

/** Runs one command line and gives its exit code. The one place where errors become words. */
export async function main(args: readonly string[], openWorld: OpenWorld): Promise<Exit> {
  const { line, behind } = splitDemo(args, openWorld);
  const own: Globals = behind === undefined ? {} : { demo: {} };
  let world = await openWorld(own);
  let exit: Exit = Exit.done;
  const program = buildProgram({
    words: world.words,
    version: world.version,
    width: world.out.width,
    print: (text) => world.out.raw(world.layout.wrap(text, world.out.width).join('\n')),
    demo: behind ?? { run: () => Promise.resolve(Exit.done) },
    run: async (globals, verb) => {
      world = await openWorld({ ...globals, ...own });
      exit = await verb(world);
    },
  });
  try {
    await program.parseAsync(line, { from: 'user' });
  } catch (error) {
    exit = tell(world, problemOf(error, line, program));
  }
  await world.flushed();
  return world.writeFailed() ? Exit.failed : exit;
}

/**
 * Cuts a command line at `demo`: what stands behind it is a whole line of its own, for this same table and with the same flags before it, on
 * worlds of the demo's folder. Words stay as they are, so that `demo show --format json` needs no rule here.
 */
function splitDemo(args: readonly string[], openWorld: OpenWorld): { readonly line: readonly string[]; readonly behind?: ProgramNeeds['demo'] } {
  const at = commandAt(args);
  if (at === undefined || args[at] !== 'demo' || ['-h', '--help'].includes(args[at + 1] ?? '')) return { line: args };
  const inner = [...args.slice(0, at), ...args.slice(at + 1)];
  const command = commandAt(inner);
  return {
    line: args.slice(0, at + 1),
    behind: {
      ...(command === undefined ? {} : { command: inner[command] }),
      run: (folder) => main(inner, (globals) => openWorld({ ...globals, demo: { folder } })),
    },
  };
}

function tell(world: World, error: unknown): Exit {
  if (error instanceof Cancelled) return endings[error.ending];
  if (error === undefined) return Exit.done;
  const { words, talk } = world;
  if (error instanceof Problem) {
    talk.say(words(`${error.key}.says`, error.params));
    talk.say(words(`${error.key}.do`, error.params));
    if (world.debug && error.cause instanceof Error) talk.say(error.cause.stack ?? error.cause.message);
    return error.exit;
  }
  talk.say(words('cli.bug.says'));
  talk.say(words('cli.bug.do'));
  if (world.debug && error instanceof Error) talk.say(error.stack ?? error.message);
  return Exit.failed;
}

/** Turns what commander throws into a Problem (exit 2); undefined for help and version, which are no problem. */
function problemOf(error: unknown, args: readonly string[], program: Command): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return undefined;
  const misused = (key: string, params: Params = {}): Problem => new Problem(key, params, { exit: Exit.misused });
  const command = commandIn(args, program);
  const name = command === program ? '' : command.name();
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const flag = quoted.split(/[ ,]+/).find((part) => part.startsWith('--')) ?? quoted;
  switch (error.code) {
    case 'commander.unknownOption': {
      const flags = [...command.options, ...program.options].flatMap(({ long }) => long ?? []);
      const near = nearest(quoted, flags);
      return near === undefined ? misused('cli.unknown-flag', { flag: quoted, command: name }) : misused('cli.unknown-flag-near', { flag: quoted, near });
    }
    case 'commander.unknownCommand': return unknownCommand(quoted, command, misused);
    case 'commander.optionMissingArgument': return misused('cli.missing-value', { flag, command: name });
    case 'commander.missingArgument': return misused('cli.missing-argument', { command: name, argument: `<${quoted}>` });
    case 'commander.excessArguments': {
      const [first] = command.args;
      // What is no command of the program arrives as a word too many.
      return command === program && first !== undefined ? unknownCommand(first, command, misused) : misused('cli.too-many', { command: name });
    }
    default: return misused('cli.misused');
  }
}

function unknownCommand(name: string, command: Command, misused: (key: string, params: Params) => Problem): Problem {
  const near = nearest(name, command.commands.map((one) => one.name()));
  return near === undefined ? misused('cli.unknown-command', { name }) : misused('cli.unknown-command-near', { name, near: [...(command.parent === null ? [] : [command.name()]), near].join(' ') });
}

function commandIn(args: readonly string[], program: Command): Command {
  const named = args.find((arg) => program.commands.some((one) => one.name() === arg));
  return program.commands.find((one) => one.name() === named) ?? program;
}
