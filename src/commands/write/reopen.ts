import type { Exit } from '../../errors.ts';
import type { World } from '../../world/world.ts';
import { isUnresolved } from '../../core/notes/status.ts';
import { isResting } from '../../core/search/summary.ts';
import { setStatus } from './mark.ts';

/**
 * Reopens a note: sets its status to `open` and ends its rest. `typed` is an id or words of a title; if it is
 * empty, the person chooses among the settled and resting notes.
 */
export async function reopen(world: World, typed: readonly string[]): Promise<Exit> {
  const today = world.now().day;
  return setStatus(
    world,
    {
      typed,
      command: 'reopen',
      question: world.words('note.which.reopen'),
      status: 'open',
      nothing: world.words('note.none_to_reopen'),
      offered: ({ head }) =>
        head.status !== undefined && (!isUnresolved(head.status) || isResting(head, today)),
    },
    {},
  );
}
