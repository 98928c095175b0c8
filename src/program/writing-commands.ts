import { collect } from '../core/command-line/repeated-flags.ts';
import type { ReflectOptions } from '../cli/options/reflect-options.ts';
import type { CommandMaker } from './command-maker.ts';

/** Adds the command that writes a new note: `reflect`. */
export function addWritingCommands({ command, help, go }: CommandMaker): void {
  command('reflect', 'reflect')
    .option('--quick', help('reflect.quick'))
    .option('--full', help('reflect.full'))
    .option('--date <day>', help('reflect.date'))
    .option('--with <who>', help('reflect.with'))
    .option('--template <name>', help('reflect.template'))
    .option('-m, --message <text>', help('reflect.message'), collect)
    .option('--answers <file>', help('reflect.answers'))
    .option('--more [id]', help('reflect.more'))
    .option('--resume', help('reflect.resume'))
    .option('--discard', help('reflect.discard'))
    .action((options: ReflectOptions) =>
      go(async world =>
        options.message === undefined
          ? (await import('../commands/write/reflect.ts')).reflect(world, options)
          : (await import('../commands/write/message.ts')).message(world, options.message, options),
      ),
    );
}
