import { Exit } from '../../errors.ts';
import type { OutputPort, SettingsPort } from '../../world/world.ts';

/** Prints the folder's path on a line by itself. */
export async function where(world: OutputPort & SettingsPort): Promise<Exit> {
  // Write the path unescaped and unwrapped, so that a shell can use it: `cd "$(rupture where)"`.
  world.out.raw(`${world.folder()}\n`);
  return Exit.done;
}
