import { choiceFlag } from '../conversation/flags.ts';
import { Exit } from '../errors.ts';
import { completionScript, shells } from '../report/completion-scripts.ts';
import type { World } from '../world.ts';

/** Prints the script that makes a shell complete the command. */
export async function completion(world: World, shell: string): Promise<Exit> {
  const known = choiceFlag(world, 'shell', shell, shells);
  if (known !== undefined) world.out.text(completionScript(known));
  return Promise.resolve(Exit.done);
}
