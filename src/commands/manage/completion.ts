import { Exit } from '../../errors.ts';
import { completionScript, shells } from '../../report/completion-scripts.ts';
import type { WordsPort, OutputPort } from '../../world/world.ts';

/** Prints the completion script for a shell. Throws a Problem (exit 2) for an unknown shell. */
export async function completion(world: WordsPort & OutputPort, shell: string): Promise<Exit> {
  // A shell may run this at every start, so load the tolerant reader only for other spellings.
  const known =
    shells.find(name => name === shell) ??
    (await import('../../cli/options/read-flags.ts')).choiceFlag(world, 'shell', shell, shells);
  if (known !== undefined) world.out.text(completionScript(known));
  return Exit.done;
}
