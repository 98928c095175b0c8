import { listMoments } from '../../core/search/list-notes.ts';
import { Exit } from '../../errors.ts';
import { exportCsv } from '../../report/export/export-csv.ts';
import { exportHtml } from '../../report/export/export-html.ts';
import { exportJson } from '../../report/export/export-json.ts';
import { exportMarkdown } from '../../report/export/export-markdown.ts';
import { countForPage, exportLabels } from '../../cli/transfer/export-labels.ts';
import { readForExport } from '../../cli/transfer/export-notes.ts';
import type { NotesToExport } from '../../cli/transfer/export-notes.ts';
import { choiceFlag, wholeFlag } from '../../cli/options/read-flags.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import type { FilterOptions } from '../../cli/options/moment-filter.ts';
import { emptyListKey, momentFilter } from '../../cli/options/moment-filter.ts';
import { withTag } from '../../cli/show/tag-filter.ts';
import type { World } from '../../world/world.ts';

export interface ExportOptions extends FilterOptions {
  readonly to?: string;
  readonly limit?: string;
}

const formats = ['json', 'csv', 'markdown', 'html'];

/**
 * Writes the moments as one text, to standard output or to a new file. 1 when one that belongs to it could
 * not be read.
 */
export async function exportNotes(world: World, typed: string, options: ExportOptions): Promise<Exit> {
  const { words, messages: talk, out } = world;
  const format = choiceFlag(world, 'export', typed, formats) ?? typed;
  const limit = wholeFlag('--limit', options.limit, 1, 100_000);
  if (options.to !== undefined && options.to !== '-') await world.checkNewFile(options.to);
  const store = await world.openStore();
  const index = await store.scan();
  const filter = await momentFilter(world, options, index.moments);
  const inSight = listMoments(index.moments, filter);
  const all = await withTag(world, store, inSight, options.tag);
  tellLeftOut(world, index);
  const { to, includeSetAside, ...narrowing } = options;
  const isWhole = format === 'json' && Object.values(narrowing).every(one => one === undefined);
  const taken = await readForExport(world, store, index, {
    chosen: all.slice(0, limit),
    everything: isWhole ? { includeSetAside: includeSetAside === true } : undefined,
  });
  const apart = listMoments(index.moments, { ...filter, includeSetAside: true }).length - inSight.length;
  const pieces = await piecesOf(world, format, taken, options);
  if (to === undefined || to === '-') for (const piece of pieces) out.text(piece);
  else await writeTo(world, to, [...pieces].join(''), taken.notes.length + taken.unread.length);
  if (taken.notes.length + taken.unread.length === 0) talk.say(words(emptyListKey(options, index.moments)));
  if (apart > 0) talk.say(words('export.apart', { n: apart }));
  return taken.missing > 0 ? Exit.failed : Exit.done;
}

async function piecesOf(
  world: World,
  format: string,
  { notes, unread }: NotesToExport,
  { includeSetAside }: ExportOptions,
): Promise<Iterable<string>> {
  const { words, templates } = world;
  if (format === 'csv') return exportCsv(notes, await templates.fields());
  if (format === 'markdown') return exportMarkdown(notes, await exportLabels(world, notes), words);
  if (format === 'html')
    return exportHtml(
      { notes, counted: await countForPage(world, notes, { includeSetAside: includeSetAside === true }) },
      world.now().day,
      await exportLabels(world, notes),
      words,
    );
  const dated = {
    prepared: words('note.prepared_on', { day: '{day}' }),
    followedUp: words('note.followed_up_on', { day: '{day}' }),
  };
  return exportJson([...notes, ...unread], await templates.fields(), dated);
}

async function writeTo(
  { words, messages: talk, writeFile }: World,
  path: string,
  text: string,
  n: number,
): Promise<void> {
  await writeFile(path, text);
  talk.say(words('export.written', { n, path }));
}
