import { Exit } from '../../errors.ts';
import { isAnyNotSafe } from '../../core/notes/not-safe.ts';
import { isUnresolved, unresolved } from '../../core/notes/status.ts';
import { summarize } from '../../core/search/summary.ts';
import type { Summary, SummaryFilter } from '../../core/search/summary.ts';
import { summaryOrg, summaryTaskwarrior, summaryTodoTxt } from '../../report/notes-apps.ts';
import {
  summaryJson,
  summaryMarkdown,
  summaryPage,
  summaryPlain,
  summaryTasks,
} from '../../report/pages/summary-report.ts';
import type { ReportItem, StatusLabels } from '../../report/pages/summary-report.ts';
import {
  choiceFlag,
  fittingFormat,
  labelsOf,
  pastDayFlag,
  readStatuses,
  wholeFlag,
} from '../../cli/options/read-flags.ts';
import { exitOfNothing, tellLeftOut, tellNothing } from '../../cli/show/report-unreadable.ts';
import { readerOf } from '../../cli/show/read-body.ts';
import { sentencesOf } from '../../cli/show/newest-sentences.ts';
import type {
  NoteIndex,
  Store,
  ClockPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  StorePort,
} from '../../world/world.ts';

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

const formats = ['markdown', 'plain', 'json', 'tasks', 'todo-txt', 'org', 'taskwarrior'];

/**
 * Prints the unresolved notes. If there are none, writes nothing to standard output (an empty list as JSON)
 * and one sentence to standard error.
 */
export async function summary(
  world: ClockPort & WordsPort & OutputPort & SettingsPort & TemplatesPort & StorePort,
  options: SummaryOptions,
): Promise<Exit> {
  const { words, out } = world;
  const asked = choiceFlag(world, '--format', options.format, formats);
  const filter = await filterOf(world, options);
  const store = await world.openStore();
  const index = await store.scan(options.count === true ? undefined : ({ status }) => isUnresolved(status));
  const found = summarize(index.moments, world.now().day, filter);
  tellLeftOut(world, index);
  const exit = found.items.length === 0 ? exitOfNothing(index) : Exit.done;
  if (options.count === true) {
    out.line(String(found.items.length));
    return exit;
  }
  const labels = labelsOf(await world.templates.list('status'));
  const items = await withSentences(world, readerOf(store, index.moments), found.items);
  const format = asked ?? fittingFormat(world);
  if (format === 'json') out.line(summaryJson(found, items));
  // Taskwarrior accepts an empty list, but not an empty input.
  else if (format === 'taskwarrior') out.line(summaryTaskwarrior(items, words));
  else if (format === 'plain' && items.length > 0) out.wrapped(summaryPlain(items, labels, words), 4);
  else if (items.length > 0) out.line(pageFor(world, { found, items, labels, format }));
  else tellNothing(world, index, 'summary.nothing');
  const suggestsPrep = format === 'page' && items.length > 0 && !isNotSafe(found, index);
  if (suggestsPrep) world.messages.say(`\n${words('summary.next_prep')}`);
  const hidesResting = options.includeResting !== true && filter.resting !== true;
  if (found.resting > 0 && hidesResting) world.messages.say(words('summary.resting', { n: found.resting }));
  return exit;
}

// If speaking up is not safe for an item, do not suggest `prep`.
function isNotSafe({ items }: Summary, { moments }: NoteIndex): boolean {
  return isAnyNotSafe(
    items.map(({ head }) => head),
    moments.map(({ head }) => head),
  );
}

interface SummaryPage {
  readonly found: Summary;
  readonly items: readonly ReportItem[];
  readonly labels: StatusLabels;
  readonly format: string;
}

function pageFor(
  { words, out, layout }: WordsPort & OutputPort,
  { found, items, labels, format }: SummaryPage,
): string {
  if (format === 'markdown') return summaryMarkdown(items, labels, words);
  if (format === 'tasks') return summaryTasks(items, words);
  if (format === 'todo-txt') return summaryTodoTxt(items, words);
  if (format === 'org') return summaryOrg(items, words);
  return summaryPage(found, items, {
    labels,
    words,
    style: out.style,
    layout: { width: out.width, ...layout },
  });
}

async function filterOf(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
  options: SummaryOptions,
): Promise<SummaryFilter> {
  const allowed = options.includeSetAside === true ? [...unresolved, 'set-aside' as const] : unresolved;
  return {
    since: pastDayFlag(world, options.since),
    with: options.with,
    ...(options.status === undefined ? {} : await readStatuses(world, options.status, allowed)),
    limit: wholeFlag('--limit', options.limit, 1, 100_000),
    includeResting: options.includeResting,
    includeSetAside: options.includeSetAside,
  };
}

// Reads the bodies of the shown items only.
async function withSentences(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  store: Pick<Store, 'read'>,
  items: ReturnType<typeof summarize>['items'],
): Promise<readonly ReportItem[]> {
  const sentences = await sentencesOf(
    world,
    store,
    items.map(({ path }) => path),
  );
  return items.map(item => ({ item, sentence: sentences.get(item.path) }));
}
