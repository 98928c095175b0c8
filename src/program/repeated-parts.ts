import type { Command } from 'commander';
import { joinWithCommas } from '../core/command-line/repeated-flags.ts';
import type { CommandMaker } from './command-maker.ts';

/** Adds the argument that names a note: an id, or any number of words of its title. */
export function withNoteArgument(made: Command, help: CommandMaker['help']): Command {
  return made.argument('[id]', help('id')).allowExcessArguments(true);
}

/** Adds the flags that select notes. */
export function withFilters(made: Command, help: CommandMaker['help']): Command {
  return made
    .option('--status <status>', help('list.status'), joinWithCommas)
    .option('--since <day>', help('summary.since'))
    .option('--until <day>', help('list.until'))
    .option('--with <who>', help('summary.with'))
    .option('--kind <kind>', help('list.kind'), joinWithCommas)
    .option('--feeling <feeling>', help('list.feeling'), joinWithCommas)
    .option('--tag <tag>', help('list.tag'), joinWithCommas)
    .option('--limit <n>', help('summary.limit'))
    .option('--include-set-aside', help('summary.include_set_aside'));
}
