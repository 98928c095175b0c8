import { Cancelled, Exit, Problem } from '../../errors.ts';
import type { Store, World } from '../../world/world.ts';

/** The interview that a draft belongs to. */
export interface Drafted {
  readonly world: World;
  readonly store: Store;
  /** The draft's id. */
  readonly id: string;
  /**
   * The sentence that says how to go on, for a person at a terminal; `inPipe` is for standard input from a
   * pipe.
   */
  readonly atTerminal: string;
  readonly inPipe: string;
}

/**
 * Runs an interview. If Ctrl-C or a Problem ends it and a draft is saved, says how to go on; then rethrows.
 */
export async function namingDraft<T>(
  { world, store, id, atTerminal, inPipe }: Drafted,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isInterrupted(error) || !store.drafts.has(id)) throw error;
    if (error instanceof Problem && 'then' in error.params) {
      throw new Problem(error.key, { ...error.params, then: inPipe }, { exit: error.exit, cause: error });
    }
    world.messages.say(world.interactive ? atTerminal : inPipe);
    throw error;
  }
}

// If a note was changed by another program, the answers are in a file beside it and the error says where.
function isInterrupted(error: unknown): boolean {
  return error instanceof Cancelled || (error instanceof Problem && error.exit !== Exit.changedElsewhere);
}
