import { Exit, Problem } from '../errors.ts';
import { nearest } from '../core/suggest.ts';
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
  const topics = Object.keys(pages);
  if (topic === undefined) {
    world.out.named(topics.map((one) => [one, titleOf(pages[one] ?? '')]));
    return Exit.done;
  }
  const page = Object.hasOwn(pages, topic.toLowerCase()) ? pages[topic.toLowerCase()] : undefined;
  if (page !== undefined) {
    await world.out.markdown(page);
    return Exit.done;
  }
  const near = nearest(topic, topics);
  throw near === undefined
    ? new Problem('cli.unknown-page', { topic, known: topics.join(', ') }, { exit: Exit.misused })
    : new Problem('cli.unknown-page-near', { topic, near }, { exit: Exit.misused });
}

function titleOf(page: string): string {
  return /^# (.*)$/m.exec(page)?.[1] ?? '';
}
