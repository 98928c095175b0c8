import type { NoteIndex, NoteSummary, Store, World } from '../../world/world.ts';
import { openCurrentNote } from '../continue/continue-note.ts';
import type { CurrentNote } from '../continue/continue-note.ts';

/** The flags of `prep`. */
export interface PrepOptions {
  readonly quick?: boolean;
  readonly card?: string;
  readonly answers?: string;
}

/** What a preparation works with. */
export interface Preparation {
  readonly world: World;
  readonly store: Store;
  readonly index: NoteIndex;
  readonly options: PrepOptions;
}

/** Returns the mode that the flags ask for. */
export function modeOf({ quick }: PrepOptions): string {
  return quick === true ? 'quick' : 'full';
}

/**
 * Reads the chosen notes, one after the other. Throws a Problem if one of them could not be changed later.
 */
export async function openAll(
  { world, store, index }: Preparation,
  chosen: readonly NoteSummary[],
): Promise<readonly CurrentNote[]> {
  const currentNotes: CurrentNote[] = [];
  for (const { path } of chosen) currentNotes.push(await openCurrentNote(world, store, path, index.moments));
  return currentNotes;
}
