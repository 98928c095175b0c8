import { Exit, Problem } from '../errors.ts';
import { offer } from '../conversation/flags.ts';
import { keyNamed } from '../core/named-picks.ts';
import type { World } from '../world.ts';

export interface LearnOptions {
  readonly sources?: boolean;
}

/** Prints a short page, or lists the pages; `--sources` prints what they rest on. */
export async function learn(world: World, topic: string | undefined, options: LearnOptions): Promise<Exit> {
  const pages = await world.templates.pages();
  if (options.sources === true) {
    await world.out.markdown(await world.templates.sources());
    return Exit.done;
  }
  const topics = Object.entries(pages).map(([key, page]) => ({ key, label: titleOf(page) }));
  if (topic === undefined) {
    world.out.named(topics.map(({ key, label }) => [key, label]));
    return Exit.done;
  }
  const page = pages[keyNamed(topic, topics) ?? ''];
  if (page === undefined) throw new Problem('cli.unknown-page', { topic, ...offer(world.words, topic, topics) }, { exit: Exit.misused });
  await world.out.markdown(page);
  return Exit.done;
}

function titleOf(page: string): string {
  return /^# (.*)$/m.exec(page)?.[1] ?? '';
}
