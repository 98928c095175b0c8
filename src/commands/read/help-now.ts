import { Exit } from '../../errors.ts';
import { helpNowPage } from '../../cli/show/help-page.ts';
import type { WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';

/** Prints whom to contact in a crisis. Works without a folder, without settings, and with broken settings. */
export async function helpNow(world: WordsPort & OutputPort & TemplatesPort): Promise<Exit> {
  const page = await helpNowPage(world);
  world.out.line(
    page
      .split('\n')
      .flatMap(line => (line === '' ? [''] : world.layout.wrap(line, world.out.width)))
      .join('\n'),
  );
  return Exit.done;
}
