import { Exit } from '../../errors.ts';
import type { World } from '../../world/world.ts';

/** Prints the folder's path, alone on a line. */
export async function where(world: World): Promise<Exit> {
  // For a shell to go there: as it is.
  world.out.raw(`${world.folder()}\n`);
  return Exit.done;
}
