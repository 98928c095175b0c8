import type { Command } from 'commander';
import { joinWithCommas } from '../core/command-line/repeated-flags.ts';
import type { ListOptions } from '../commands/read/list.ts';
import type { PatternsOptions } from '../commands/read/patterns.ts';
import type { SearchOptions } from '../commands/read/search.ts';
import type { ShowOptions } from '../commands/read/show.ts';
import type { SummaryOptions } from '../commands/read/summary.ts';
import type { CommandMaker } from './command-maker.ts';
import { withFilters, withNoteArgument } from './repeated-parts.ts';

/** Adds the commands that only read notes: `summary`, `list`, `search`, `patterns`, `show`. */
export function addReadingCommands({ command, help, go }: CommandMaker): void {
  command('summary', 'summary')
    .option('--format <format>', help('summary.format'))
    .option('--since <day>', help('summary.since'))
    .option('--with <who>', help('summary.with'))
    .option('--status <status>', help('summary.status'), joinWithCommas)
    .option('--limit <n>', help('summary.limit'))
    .option('--include-resting', help('summary.include_resting'))
    .option('--include-set-aside', help('summary.include_set_aside'))
    .option('--count', help('summary.count'))
    .action((options: SummaryOptions) =>
      go(async world => (await import('../commands/read/summary.ts')).summary(world, options)),
    );
  withFilters(command('list', 'list'), help)
    .option('--format <format>', help('list.format'))
    .action((options: ListOptions) =>
      go(async world => (await import('../commands/read/list.ts')).list(world, options)),
    );
  withFilters(command('search', 'search').argument('<words...>', help('search.words')), help)
    .option('--format <format>', help('patterns.format'))
    .action((typed: readonly string[], options: SearchOptions) =>
      go(async world => (await import('../commands/read/search.ts')).search(world, typed, options)),
    );
  command('patterns', 'patterns')
    .option('--format <format>', help('patterns.format'))
    .option('--bring', help('patterns.bring'))
    .option('--since <day>', help('patterns.since'))
    .option('--with <who>', help('patterns.with'))
    .option('--include-set-aside', help('patterns.include_set_aside'))
    .action((options: PatternsOptions) =>
      go(async world => (await import('../commands/read/patterns.ts')).patterns(world, options)),
    );
  withNoteArgument(command('show', 'show'), help)
    .option('--format <format>', help('show.format'))
    .option('--card', help('show.card'))
    .action((_id: unknown, options: ShowOptions, { args }: Command) =>
      go(async world => (await import('../commands/read/show.ts')).show(world, args, options)),
    );
}
