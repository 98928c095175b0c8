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
import type {
  World,
  ClockPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  FilesPort,
} from '../../world/world.ts';

export interface ExportOptions extends FilterOptions {
  readonly to?: string;
  readonly limit?: string;
}

const formats = ['json', 'csv', 'markdown', 'html'];

/**
 * Writes the selected notes in one format, to standard output or to a new file. Returns exit code 1 if a note
 * that belongs in the export could not be read. Throws a Problem for an invalid flag and an existing file.
 */
export async function exportNotes(world: World, typed: string, options: ExportOptions): Promise<Exit> {
  const { words, messages, out } = world;
  const format = choiceFlag(world, 'export', typed, formats) ?? typed;
  const limit = wholeFlag('--limit', options.limit, 1, 100_000);
  if (options.to !== undefined && options.to !== '-') await world.checkNewFile(options.to);
  const store = await world.openStore();
  const index = await store.scan();
  const filter = await momentFilter(world, options, index.moments);
  const listed = listMoments(index.moments, filter);
  const matching = await withTag(world, store, listed, options.tag);
  tellLeftOut(world, index);
  const { to, includeSetAside, ...filters } = options;
  const isComplete = format === 'json' && Object.values(filters).every(value => value === undefined);
  const selection = await readForExport(world, store, index, {
    chosen: matching.slice(0, limit),
    everything: isComplete ? { includeSetAside: includeSetAside === true } : undefined,
  });
  const setAsideCount =
    listMoments(index.moments, { ...filter, includeSetAside: true }).length - listed.length;
  const chunks = await formatChunks(world, format, selection, options);
  if (to === undefined || to === '-') for (const chunk of chunks) out.text(chunk);
  else await writeTo(world, to, [...chunks].join(''), selection.notes.length + selection.unread.length);
  if (selection.notes.length + selection.unread.length === 0)
    messages.say(words(emptyListKey(options, index.moments)));
  if (setAsideCount > 0) messages.say(words('export.apart', { n: setAsideCount }));
  return selection.missing > 0 ? Exit.failed : Exit.done;
}

async function formatChunks(
  world: ClockPort & WordsPort & OutputPort & SettingsPort & TemplatesPort,
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
  { words, messages, writeFile }: WordsPort & OutputPort & FilesPort,
  path: string,
  text: string,
  n: number,
): Promise<void> {
  await writeFile(path, text);
  messages.say(words('export.written', { n, path }));
}
