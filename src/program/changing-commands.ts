import type { Command } from 'commander';
import type { DeleteOptions } from '../commands/write/delete.ts';
import type { Exit } from '../errors.ts';
import type { World } from '../world/world.ts';
import type { CommandMaker } from './command-maker.ts';
import { withNoteArgument } from './repeated-parts.ts';

/** Adds the commands that change, remove and restore notes: `edit`, `delete`, `trash`, `undo`, `redo`. */
export function addChangingCommands(maker: CommandMaker): void {
  const { command, help, go } = maker;
  withNoteArgument(command('edit', 'edit'), help).action(
    (_id: unknown, _options: unknown, { args }: Command) =>
      go(async world => (await import('../commands/write/edit.ts')).edit(world, args)),
  );
  command('delete', 'delete')
    .argument('[ids...]', help('delete.ids'))
    .option('--all', help('delete.all'))
    .option('--forever', help('delete.forever'))
    .option('--yes', help('yes'))
    .action((ids: readonly string[], options: DeleteOptions) =>
      go(async world => (await import('../commands/write/delete.ts')).deleteMoments(world, ids, options)),
    );
  addTrash(maker);
  command('undo', 'undo')
    .option('--redo', help('undo.redo'))
    .action((options: { readonly redo?: boolean }) =>
      go(async world => (await import('../commands/write/undo.ts')).undo(world, options)),
    );
  command('redo', 'redo').action(() =>
    go(async world => (await import('../commands/write/undo.ts')).undo(world, { redo: true })),
  );
}

function addTrash(maker: CommandMaker): void {
  const { command, subcommand, help, go } = maker;
  const trash = command('trash', 'trash');
  const verbs = () => import('../commands/write/trash.ts');
  trash.helpCommand(false);
  subcommand(trash, 'list', help('trash.list')).action(() =>
    go(async world => (await verbs()).trashList(world)),
  );
  const actOnNote = (
    made: Command,
    act: (world: World, typed: readonly string[]) => Promise<Exit>,
  ): Command =>
    made
      .argument('[id]', help('trash.id'))
      .allowExcessArguments(true)
      .action((_id: unknown, _options: unknown, { args }: Command) => go(world => act(world, args)));
  actOnNote(subcommand(trash, 'show', help('trash.show')), async (world, typed) =>
    (await verbs()).trashShow(world, typed),
  );
  actOnNote(subcommand(trash, 'restore', help('trash.restore')), async (world, typed) =>
    (await verbs()).trashRestore(world, typed),
  );
  subcommand(trash, 'empty', help('trash.empty'))
    .option('--yes', help('yes'))
    .action((options: { readonly yes?: boolean }) =>
      go(async world => (await verbs()).trashEmpty(world, options)),
    );
  trash.action(() => go(async world => (await verbs()).trashList(world)));
}
