import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { refuseRepeats } from './core/command-line/repeated-flags.ts';
import { addChangingCommands } from './program/changing-commands.ts';
import { commandMaker } from './program/command-maker.ts';
import { addExchangeCommands } from './program/exchange-commands.ts';
import { addFolderCommands } from './program/folder-commands.ts';
import { addHelpNow, addLearn } from './program/guidance-commands.ts';
import { addReadingCommands } from './program/reading-commands.ts';
import { rootCommand } from './program/root-command.ts';
import type { ProgramNeeds } from './program/root-command.ts';
import { addSessionCommands } from './program/session-commands.ts';
import { addShellCommands } from './program/shell-commands.ts';
import { addWritingCommands } from './program/writing-commands.ts';

/**
 * Builds the program with all commands, flags and help, in the order in which `--help` lists them. Each action
 * imports the function it runs only when it runs.
 */
export function buildProgram(needs: ProgramNeeds): Command {
  const program = rootCommand(needs);
  const maker = commandMaker(program, needs);
  addWritingCommands(maker);
  addReadingCommands(maker);
  addSessionCommands(maker);
  addChangingCommands(maker);
  addLearn(maker);
  addExchangeCommands(maker);
  addHelpNow(maker);
  addFolderCommands(maker);
  addShellCommands(maker, needs);
  refuseRepeats(program);
  return program;
}

export { CommanderError };
export type { ProgramNeeds };
