import { Exit } from '../../errors.ts';
import { listMoments } from '../../core/search/list-notes.ts';
import type { Head } from '../../core/notes/reflection.ts';
import { isUnresolved } from '../../core/notes/status.ts';
import { listJson, rowOf } from '../../report/pages/list-report.ts';
import { choiceFlag, fittingFormat, wholeFlag } from '../../cli/options/read-flags.ts';
import { exitOfNothing, tellLeftOut, tellNothing } from '../../cli/show/report-unreadable.ts';
import type { FilterOptions } from '../../cli/options/moment-filter.ts';
import { emptyListKey, momentFilter } from '../../cli/options/moment-filter.ts';
import { readerOf } from '../../cli/show/read-body.ts';
import { sentencesOf } from '../../cli/show/newest-sentences.ts';
import { withTag } from '../../cli/show/tag-filter.ts';
import { tellRows } from '../../cli/show/print-rows.ts';
import type {
  ClockPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  StorePort,
} from '../../world/world.ts';

export interface ListOptions extends FilterOptions {
  readonly format?: string;
  readonly limit?: string;
}

/**
 * Prints the selected moments and sessions, newest first. If there are none, writes nothing to standard
 * output (an empty list as JSON) and one sentence to standard error.
 */
export async function list(
  world: ClockPort & WordsPort & OutputPort & SettingsPort & TemplatesPort & StorePort,
  options: ListOptions,
): Promise<Exit> {
  const { out, words } = world;
  const asked = choiceFlag(world, '--format', options.format, ['markdown', 'plain', 'json', 'tasks']);
  const limit = wholeFlag('--limit', options.limit, 1, 100_000);
  const store = await world.openStore();
  const needsText = ({ status }: Head): boolean => options.tag !== undefined || isUnresolved(status);
  const needsTexts = options.tag !== undefined || asked === 'tasks';
  const index = await store.scan(needsTexts ? needsText : undefined);
  const filter = await momentFilter(world, options, index.moments);
  const reader = readerOf(store, index.moments);
  const found = (await withTag(world, reader, listMoments(index.moments, filter), options.tag)).slice(
    0,
    limit,
  );
  tellLeftOut(world, index);
  const format = asked ?? fittingFormat(world);
  const unresolved = found.filter(({ head }) => isUnresolved(head.status)).map(({ path }) => path);
  const sentences =
    format === 'tasks' ? await sentencesOf(world, reader, unresolved) : new Map<string, string>();
  const rows = found.map(moment => rowOf(moment, words, sentences.get(moment.path)));
  if (format === 'json') out.line(listJson(rows));
  else if (rows.length === 0) tellNothing(world, index, emptyListKey(options, index.moments));
  else await tellRows(world, rows, format);
  return rows.length === 0 ? exitOfNothing(index) : Exit.done;
}
