import { Exit, Problem } from '../errors.ts';
import { unresolved } from '../core/status.ts';
import { summarize } from '../core/summary.ts';
import type { SummaryFilter } from '../core/summary.ts';
import { sentenceOf } from '../core/sentence.ts';
import { summaryJson, summaryMarkdown, summaryPage, summaryPlain, summaryTasks } from '../report/summary-report.ts';
import type { ReportItem, StatusLabels } from '../report/summary-report.ts';
import { labelsOf, pastDayFlag, statusesFlag, wholeFlag } from '../conversation/flags.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import type { Store, World } from '../world.ts';

export interface SummaryOptions {
  readonly format?: string;
  readonly since?: string;
  readonly with?: string;
  readonly status?: string;
  readonly limit?: string;
  readonly includeResting?: boolean;
  readonly includeSetAside?: boolean;
  readonly count?: boolean;
}

/** Prints what is unresolved. Nothing unresolved is nothing on standard output, and one sentence beside it. */
export async function summary(world: World, options: SummaryOptions): Promise<Exit> {
  const { words, out } = world;
  const filter = filterOf(world, options);
  const store = await world.openStore();
  const shelf = await store.shelf();
  const found = summarize(shelf.moments, world.now().day, filter);
  tellLeftOut(world, shelf);
  if (options.count === true) {
    out.line(String(found.items.length));
    return Exit.done;
  }
  const labels = labelsOf(await world.templates.list('status'));
  const items = await withSentences(world, store, found.items);
  const format = options.format ?? (!out.isTerminal ? 'markdown' : world.plain() ? 'plain' : 'page');
  if (format === 'json') out.line(summaryJson(found, items));
  else if (items.length > 0) out.line(pageFor(world, found, items, labels, format));
  else world.talk.say(words('summary.nothing'));
  if (format === 'page' && items.length > 0) world.talk.say(`\n${words('summary.next_prep')}`);
  if (found.resting > 0 && options.includeResting !== true) world.talk.say(words('summary.resting', { n: found.resting }));
  return Exit.done;
}

function pageFor(world: World, found: ReturnType<typeof summarize>, items: readonly ReportItem[], labels: StatusLabels, format: string): string {
  const { words, out, layout } = world;
  if (format === 'markdown') return summaryMarkdown(items, labels, words);
  if (format === 'tasks') return summaryTasks(items, words);
  if (format === 'plain') return summaryPlain(items, labels, words);
  return summaryPage(found, items, labels, words, out.style, { width: out.width, ...layout });
}

function filterOf(world: World, options: SummaryOptions): SummaryFilter {
  const formats = ['markdown', 'plain', 'json', 'tasks'];
  if (options.format !== undefined && !formats.includes(options.format)) {
    throw new Problem('cli.bad-choice', { flag: '--format', text: options.format, known: formats.join(', ') }, { exit: Exit.misused });
  }
  const statuses = options.includeSetAside === true ? [...unresolved, 'set-aside' as const] : unresolved;
  return {
    since: pastDayFlag(world, options.since),
    with: options.with,
    statuses: statusesFlag(options.status, statuses),
    limit: wholeFlag('--limit', options.limit, 1, 100_000),
    includeResting: options.includeResting,
    includeSetAside: options.includeSetAside,
  };
}

// Bodies are read for what is shown only.
async function withSentences(world: World, store: Store, items: ReturnType<typeof summarize>['items']): Promise<readonly ReportItem[]> {
  if (items.length === 0) return [];
  const headings = await sentenceHeadings(world);
  const all: ReportItem[] = [];
  for (const item of items) {
    const { sections } = await store.read(item.path);
    all.push({ item, sentence: sentenceOf(sections, headings) });
  }
  return all;
}

async function sentenceHeadings(world: World): Promise<readonly string[]> {
  const sentences = ['one_line', 'opening_line'];
  return Object.entries(await world.templates.fields()).flatMap(([heading, id]) => (sentences.includes(id) ? [heading] : []));
}
