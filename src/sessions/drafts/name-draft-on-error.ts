import { Cancelled, Exit, Problem } from '../../errors.ts';
import type { Store, World } from '../../world/world.ts';

/** The interview that a draft is of. */
export interface Drafted {
  readonly world: World;
  readonly store: Store;
  /** The draft's id. */
  readonly id: string;
  /** The sentences that say how to go on: to somebody at a terminal, and where standard input is a pipe. */
  readonly atTerminal: string;
  readonly inPipe: string;
}

/**
 * Runs an interview. When it ends in the middle, by Ctrl-C or by a Problem, and a draft is kept, says how to
 * go on; then throws on.
 */
export async function namingDraft<T>(
  { world, store, id, atTerminal, inPipe }: Drafted,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isInTheMiddle(error) || !store.drafts.has(id)) throw error;
    if (error instanceof Problem && 'then' in error.params) {
      throw new Problem(error.key, { ...error.params, then: inPipe }, { exit: error.exit, cause: error });
    }
    world.messages.say(world.interactive ? atTerminal : inPipe);
    throw error;
  }
}

// What was answered about a moment that changed elsewhere is in a file beside it, and the error says where.
function isInTheMiddle(error: unknown): boolean {
  return error instanceof Cancelled || (error instanceof Problem && error.exit !== Exit.changedElsewhere);
}
