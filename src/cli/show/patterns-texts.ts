import { detachSlice } from '../../core/text/detach-slice.ts';
import { textsUnder } from '../../core/patterns/patterns.ts';
import type { Patterns } from '../../core/patterns/patterns.ts';
import type { Moment } from '../../core/search/summary.ts';
import type { Store, WordsPort, OutputPort, SettingsPort, TemplatesPort } from '../../world/world.ts';
import { labelsOf } from '../options/read-flags.ts';
import { readBody } from './read-body.ts';
import type { PatternsReport, PickLabels, PictureInput } from '../../report/patterns/picture.ts';

/**
 * Reads the texts that belong to the counts: what helped, and the good moments. Reads only notes that may
 * have one.
 */
export async function readTexts(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  store: Pick<Store, 'read'>,
  found: Patterns,
): Promise<PatternsReport> {
  // "Said, but not heard" asks under the same heading what the person is glad to have said, which is
  // something else.
  const helped = found.raised.moments.filter(({ head }) => head.status !== 'not-addressed');
  return {
    found,
    helped:
      helped.length === 0
        ? []
        : await textsOf(world, store, helped, await headingOf(world, 'follow-up', 'helped')),
    good:
      found.maybeGood.length === 0
        ? []
        : await textsOf(world, store, found.maybeGood, await headingOf(world, 'reflect', 'good_moment')),
  };
}

async function textsOf(
  world: WordsPort & OutputPort & SettingsPort,
  store: Pick<Store, 'read'>,
  moments: readonly Moment[],
  heading: string,
): Promise<readonly PictureInput[]> {
  const all: PictureInput[] = [];
  for (const moment of moments) {
    const note = await readBody(world, store, moment.path);
    all.push(...textsUnder(note?.sections ?? [], heading).map(text => ({ moment, text: detachSlice(text) })));
  }
  return all;
}

async function headingOf(world: TemplatesPort, sequence: string, id: string): Promise<string> {
  const { steps } = await world.templates.ours(sequence);
  const step = steps.find(candidate => candidate.is === 'ask' && candidate.question.id === id);
  return step?.is === 'ask' ? step.question.heading : id;
}

/** Returns the labels of picks in patterns. */
export async function readPickLabels({ templates }: TemplatesPort): Promise<PickLabels> {
  const [kinds, feelings, echo, status] = await Promise.all(
    ['kinds', 'feelings', 'echo', 'status'].map(async name => labelsOf(await templates.list(name))),
  );
  const { steps } = await templates.ours('reflect');
  const options = (id: string): Readonly<Record<string, string>> => {
    const step = steps.find(candidate => candidate.is === 'ask' && candidate.question.id === id);
    return step?.is === 'ask' ? labelsOf(step.question.options) : {};
  };
  return {
    kinds: kinds ?? {},
    feelings: feelings ?? {},
    echo: echo ?? {},
    status: status ?? {},
    shape: options('shape'),
    urges: options('urges'),
  };
}
