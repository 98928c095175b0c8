import { Exit, Problem } from '../errors.ts';
import { findPatterns, leastMoments, textsUnder } from '../core/patterns.ts';
import type { Patterns, PatternsFilter } from '../core/patterns.ts';
import type { Moment } from '../core/summary.ts';
import { patternsJson } from '../report/patterns-json.ts';
import { patternsPage } from '../report/patterns-page.ts';
import { picturesOf } from '../report/patterns-pictures.ts';
import type { PatternsReport, PickLabels, Told } from '../report/patterns-pictures.ts';
import { patternsMarkdown, patternsPlain } from '../report/patterns-text.ts';
import { labelsOf, pastDayFlag } from '../conversation/flags.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import { lookTogether } from '../conversation/look-together.ts';
import type { Store, World } from '../world.ts';

export interface PatternsOptions {
  readonly format?: string;
  readonly since?: string;
  readonly with?: string;
  readonly includeSetAside?: boolean;
}

const formats = ['markdown', 'plain', 'json'];

/** Prints the person's own words, counted. Below three moments there is nothing to count, and one sentence says so. */
export async function patterns(world: World, options: PatternsOptions): Promise<Exit> {
  const { out, words } = world;
  const filter = filterOf(world, options);
  const store = await world.openStore();
  const shelf = await store.shelf();
  const found = findPatterns(shelf.moments, filter);
  tellLeftOut(world, shelf);
  const format = options.format ?? (!out.isTerminal ? 'markdown' : world.plain() ? 'plain' : 'page');
  if (found.moments < leastMoments && format !== 'json') {
    world.talk.say(found.moments === 0 ? words('patterns.nothing') : words('patterns.needs', { n: found.moments }));
    return Exit.done;
  }
  const report = await readTexts(world, store, found);
  out.line(format === 'json' ? patternsJson(report) : await pageFor(world, report, format));
  if (options.format === undefined && out.isTerminal && world.interactive) await lookTogether(world, store, shelf.moments, filter);
  return Exit.done;
}

async function pageFor(world: World, report: PatternsReport, format: string): Promise<string> {
  const { words, out } = world;
  const { found } = report;
  const layout = { width: out.width, ...world.layout };
  const pictures = picturesOf(report, await readLabels(world), words);
  if (format === 'markdown') return patternsMarkdown(found, pictures, words);
  if (format === 'plain') return patternsPlain(found, pictures, world.now().day, words, layout);
  return patternsPage(found, pictures, world.now().day, words, out.style, layout);
}

function filterOf(world: World, options: PatternsOptions): PatternsFilter {
  if (options.format !== undefined && !formats.includes(options.format)) {
    throw new Problem('cli.bad-choice', { flag: '--format', text: options.format, known: formats.join(', ') }, { exit: Exit.misused });
  }
  return { since: pastDayFlag(world, options.since), with: options.with, includeSetAside: options.includeSetAside };
}

// Bodies are read only where there may be something: what helped, of what was brought up, and the good moments.
async function readTexts(world: World, store: Store, found: Patterns): Promise<PatternsReport> {
  // "Said, but not heard" asks under the same heading what one is glad to have said: that is something else.
  const helped = found.raised.moments.filter(({ head }) => head.status !== 'not-addressed');
  return {
    found,
    helped: helped.length === 0 ? [] : await told(store, helped, await headingOf(world, 'follow-up', 'helped')),
    good: found.maybeGood.length === 0 ? [] : await told(store, found.maybeGood, await headingOf(world, 'reflect', 'good_moment')),
  };
}

async function told(store: Store, moments: readonly Moment[], heading: string): Promise<readonly Told[]> {
  const all: Told[] = [];
  for (const moment of moments) {
    const { sections } = await store.read(moment.path);
    all.push(...textsUnder(sections, heading).map((text) => ({ moment, text })));
  }
  return all;
}

async function headingOf(world: World, sequence: string, id: string): Promise<string> {
  const { steps } = await world.templates.sequence(sequence);
  const step = steps.find((one) => one.is === 'ask' && one.question.id === id);
  return step?.is === 'ask' ? step.question.heading : id;
}

async function readLabels({ templates }: World): Promise<PickLabels> {
  const [kinds, feelings, echo, status] = await Promise.all(['kinds', 'feelings', 'echo', 'status'].map(async (name) => labelsOf(await templates.list(name))));
  const { steps } = await templates.sequence('reflect');
  const options = (id: string): Readonly<Record<string, string>> => {
    const step = steps.find((one) => one.is === 'ask' && one.question.id === id);
    return step?.is === 'ask' ? labelsOf(step.question.options) : {};
  };
  return { kinds: kinds ?? {}, feelings: feelings ?? {}, echo: echo ?? {}, status: status ?? {}, shape: options('shape'), urges: options('urges') };
}
