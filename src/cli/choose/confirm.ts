import { Exit, Problem } from '../../errors.ts';
import type { InputPort, PromptsPort } from '../../world/world.ts';

/**
 * Asks for a yes; an empty line and the end of the input mean no. Without a terminal, `--yes` is required,
 * else throws a Problem (exit 2).
 */
export async function isSure(
  world: InputPort & PromptsPort,
  words: string,
  { yes }: { readonly yes?: boolean },
): Promise<boolean> {
  if (yes === true) return true;
  if (!world.interactive) throw new Problem('cli.needs-yes', {}, { exit: Exit.misused });
  const prompter = await world.openPrompter();
  try {
    const response = await prompter.ask({
      id: 'sure',
      kind: 'confirm',
      words,
      options: [],
      anchors: [],
      given: false,
      skippable: false,
      canGoBack: false,
      bare: true,
    });
    return response.is === 'answer' && response.answer === true;
  } finally {
    prompter.close();
  }
}
