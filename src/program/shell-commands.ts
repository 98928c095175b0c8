import { tableOf } from '../core/command-line/command-table.ts';
import type { CommandMaker } from './command-maker.ts';
import type { ProgramNeeds } from './root-command.ts';

/** Adds the commands about the shell and the program itself: `demo`, `completion`, `where`. */
export function addShellCommands(
  { program, command, help, go }: CommandMaker,
  { demo, typed = { shell: '', words: [] } }: Pick<ProgramNeeds, 'demo' | 'typed'>,
): void {
  command('demo', 'demo')
    .argument('[command...]', help('demo.command'))
    .action(() => go(async world => (await import('../commands/read/demo.ts')).demo(world, demo)));
  command('completion', 'completion')
    .argument('<shell>', help('completion.shell'))
    .action((shell: string) =>
      go(async world => (await import('../commands/manage/completion.ts')).completion(world, shell)),
    );
  program
    .command('__complete', { hidden: true })
    .action(() =>
      go(async world =>
        (await import('../commands/manage/complete.ts')).complete(world, tableOf(program), typed),
      ),
    );
  command('where', 'where').action(() =>
    go(async world => (await import('../commands/manage/where.ts')).where(world)),
  );
}
