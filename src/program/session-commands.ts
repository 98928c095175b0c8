import type { Command } from 'commander';
import { collect } from '../core/command-line/repeated-flags.ts';
import type { FollowUpOptions } from '../commands/write/follow-up.ts';
import type { LetGoOptions } from '../commands/write/let-go.ts';
import type { MarkOptions } from '../commands/write/mark.ts';
import type { PrepOptions } from '../sessions/prep/prep-options.ts';
import type { CommandMaker } from './command-maker.ts';
import { withNoteArgument } from './repeated-parts.ts';

/** Adds the commands around a session: `prep`, `follow-up`, `let-go`, `reopen`, `mark`. */
export function addSessionCommands({ command, help, go }: CommandMaker): void {
  command('prep', 'prep')
    .argument('[ids...]', help('prep.ids'))
    .option('--quick', help('prep.quick'))
    .option('--card <file>', help('prep.card'))
    .option('--answers <file>', help('prep.answers'))
    .action((ids: readonly string[], options: PrepOptions) =>
      go(async world => (await import('../commands/write/prep.ts')).prep(world, ids, options)),
    );
  withNoteArgument(command('follow-up', 'follow_up'), help)
    .option('--answers <file>', help('prep.answers'))
    .action((_id: unknown, options: FollowUpOptions, { args }: Command) =>
      go(async world => (await import('../commands/write/follow-up.ts')).followUp(world, args, options)),
    );
  withNoteArgument(command('let-go', 'let_go'), help)
    .option('--answers <file>', help('prep.answers'))
    .action((_id: unknown, options: LetGoOptions, { args }: Command) =>
      go(async world => (await import('../commands/write/let-go.ts')).letGo(world, args, options)),
    );
  withNoteArgument(command('reopen', 'reopen'), help).action(
    (_id: unknown, _options: unknown, { args }: Command) =>
      go(async world => (await import('../commands/write/reopen.ts')).reopen(world, args)),
  );
  withNoteArgument(command('mark', 'mark'), help)
    .argument('[status]', help('mark.status'))
    .option('--note <text>', help('mark.note'), collect)
    .option('--size <n>', help('mark.size'))
    .option('--until <day>', help('mark.until'))
    .action((_id: unknown, _status: unknown, options: MarkOptions, { args }: Command) =>
      go(async world => (await import('../commands/write/mark.ts')).mark(world, args, options)),
    );
}
