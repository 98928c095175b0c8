import type { Command } from 'commander';
import type { Exit } from '../errors.ts';
import type { Globals, World } from '../world/world.ts';
import type { ProgramNeeds } from './root-command.ts';

/** What adds the commands, one after the other, to the program. Their order is their order in `--help`. */
export interface CommandMaker {
  readonly program: Command;
  /** Gives the help text of a key below `help.`. */
  readonly help: (key: string) => string;
  /** Runs a verb with the world that the global flags ask for. */
  readonly go: (verb: (world: World) => Promise<Exit>) => Promise<void>;
  /** Adds a command; `key` is where its help texts are, below `help.`. */
  readonly command: (name: string, key: string) => Command;
  /** Adds a command to a group such as `trash`. */
  readonly subcommand: (group: Command, name: string, about: string) => Command;
}

/** Makes what adds commands to a program. */
export function commandMaker(program: Command, { words, run }: ProgramNeeds): CommandMaker {
  const help = (key: string): string => words(`help.${key}`);
  const subcommand = (group: Command, name: string, about: string): Command =>
    group.command(name).description(about).helpOption('-h, --help', help('help'));
  return {
    program,
    help,
    go: verb => run(program.opts<Globals>(), verb),
    command: (name, key) => subcommand(program, name, help(`${key}.about`)),
    subcommand,
  };
}
