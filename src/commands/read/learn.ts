import { Exit, Problem } from '../../errors.ts';
import type { Named } from '../../core/text/named-picks.ts';
import type { WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';

export interface LearnOptions {
  readonly sources?: boolean;
}

/**
 * Prints one page, or lists all pages if `topic` is undefined; with `--sources`, prints the sources of the
 * pages. Throws a Problem (exit 2) for an unknown topic.
 */
export async function learn(
  world: WordsPort & OutputPort & TemplatesPort,
  topic: string | undefined,
  options: LearnOptions,
): Promise<Exit> {
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
  await world.out.markdown(pages[await keyOf(world, topic, topics)] ?? '');
  return Exit.done;
}

// Loads the tolerant reader only for topics that do not match exactly.
async function keyOf(world: WordsPort, topic: string, topics: readonly Named[]): Promise<string> {
  if (topics.some(({ key }) => key === topic)) return topic;
  const { offer } = await import('../../cli/options/read-flags.ts');
  const { keyNamed } = await import('../../core/text/named-picks.ts');
  const key = keyNamed(topic, topics);
  if (key !== undefined) return key;
  const choices = offer(world.words, topic, topics);
  throw new Problem('cli.unknown-page', { topic, ...choices }, { exit: Exit.misused });
}

function titleOf(page: string): string {
  return /^# (.*)$/m.exec(page)?.[1] ?? '';
}
