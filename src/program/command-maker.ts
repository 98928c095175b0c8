import type { Command } from 'commander';
import type { Exit } from '../errors.ts';
import type { Globals, World } from '../world/world.ts';
import type { ProgramNeeds } from './root-command.ts';

/** Adds commands to the program. `--help` lists them in the order in which they are added. */
export interface CommandMaker {
  readonly program: Command;
  /** Returns the help text for a key below `help.`. */
  readonly help: (key: string) => string;
  /** Runs a command's function on the world that the global flags select. */
  readonly go: (verb: (world: World) => Promise<Exit>) => Promise<void>;
  /** Adds a command; `key` is the place of its help texts below `help.`. */
  readonly command: (name: string, key: string) => Command;
  /** Adds a command to a group such as `trash`. */
  readonly subcommand: (group: Command, name: string, about: string) => Command;
}

/** Returns the maker that adds commands to `program`. */
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
