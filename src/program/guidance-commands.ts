import type { LearnOptions } from '../commands/read/learn.ts';
import type { CommandMaker } from './command-maker.ts';

/** Adds `learn`. */
export function addLearn({ command, help, go }: CommandMaker): void {
  command('learn', 'learn')
    .argument('[topic]', help('learn.topic'))
    .option('--sources', help('learn.sources'))
    .action((topic: string | undefined, options: LearnOptions) =>
      go(async world => (await import('../commands/read/learn.ts')).learn(world, topic, options)),
    );
}

/** Adds `help-now`. */
export function addHelpNow({ command, go }: CommandMaker): void {
  command('help-now', 'help_now').action(() =>
    go(async world => (await import('../commands/read/help-now.ts')).helpNow(world)),
  );
}
