import { Exit } from '../errors.ts';
import { listMoments } from '../core/list.ts';
import { isUnresolved } from '../core/status.ts';
import { listJson, rowOf } from '../report/list-report.ts';
import { choiceFlag, wholeFlag } from '../conversation/flags.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import type { FilterOptions } from '../conversation/moment-filter.ts';
import { emptyListKey, momentFilter } from '../conversation/moment-filter.ts';
import { readerOf } from '../conversation/read-body.ts';
import { sentencesOf } from '../conversation/sentences.ts';
import { tellRows } from '../conversation/tell-rows.ts';
import type { World } from '../world.ts';

export interface ListOptions extends FilterOptions {
  readonly format?: string;
  readonly limit?: string;
}

/** Prints all moments and kept sessions, newest first. Nothing is nothing on standard output, and one sentence beside it. */
export async function list(world: World, options: ListOptions): Promise<Exit> {
  const { out, words } = world;
  const asked = choiceFlag('--format', options.format, ['markdown', 'plain', 'json', 'tasks']);
  const limit = wholeFlag('--limit', options.limit, 1, 100_000);
  const store = await world.openStore();
  const shelf = await store.shelf(asked === 'tasks' ? { byHead: ({ status }) => (isUnresolved(status) ? 'texts' : 'head') } : undefined);
  const filter = await momentFilter(world, options, shelf.moments);
  const found = listMoments(shelf.moments, filter).slice(0, limit);
  tellLeftOut(world, shelf);
  const format = asked ?? (!out.isTerminal ? 'markdown' : world.plain() ? 'plain' : 'page');
  const unresolved = found.filter(({ head }) => isUnresolved(head.status)).map(({ path }) => path);
  const sentences = format === 'tasks' ? await sentencesOf(world, readerOf(store, shelf.moments), unresolved) : new Map<string, string>();
  const rows = found.map((moment) => rowOf(moment, words, sentences.get(moment.path)));
  if (format === 'json') out.line(listJson(rows));
  else if (rows.length === 0) world.talk.say(words(emptyListKey(options, shelf.moments)));
  else await tellRows(world, rows, format);
  return Exit.done;
}
