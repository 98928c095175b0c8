import { Exit } from '../errors.ts';
import type { World } from '../world.ts';

/** Prints the folder's path, alone on a line. */
export async function where(world: World): Promise<Exit> {
  world.out.line(world.folder());
  return Exit.done;
}
