import { Exit, Problem } from '../errors.ts';
import { completionScript, shells } from '../report/completion-scripts.ts';
import type { World } from '../world.ts';

/** Prints the script that makes a shell complete the command. */
export async function completion(world: World, shell: string): Promise<Exit> {
  const known = shells.find((one) => one === shell);
  if (known === undefined) throw new Problem('cli.bad-choice', { flag: 'shell', text: shell, known: shells.join(', ') }, { exit: Exit.misused });
  world.out.text(completionScript(known));
  return Promise.resolve(Exit.done);
}
