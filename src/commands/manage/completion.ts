import { Exit } from '../../errors.ts';
import { completionScript, shells } from '../../report/completion-scripts.ts';
import type { World } from '../../world/world.ts';

/** Prints the script that makes a shell complete the command. */
export async function completion(world: World, shell: string): Promise<Exit> {
  // What reads it in any case is not loaded where a shell asks at every start.
  const known =
    shells.find(one => one === shell) ??
    (await import('../../cli/options/read-flags.ts')).choiceFlag(world, 'shell', shell, shells);
  if (known !== undefined) world.out.text(completionScript(known));
  return Exit.done;
}
