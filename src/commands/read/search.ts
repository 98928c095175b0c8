import { Exit, Problem } from '../../errors.ts';
import { dayInHeading, fieldOf } from '../../core/notes/heading.ts';
import { listMoments } from '../../core/search/list-notes.ts';
import { detachMatches, searchTexts } from '../../core/search/search.ts';
import type { SearchQuery } from '../../core/search/search-input.ts';
import { mayMatch, parseSearchQuery, searchableTexts } from '../../core/search/search-input.ts';
import type { ListRow } from '../../report/pages/list-report.ts';
import { searchJson } from '../../report/pages/list-report.ts';
import { titleOf } from '../../report/text/note-title.ts';
import { choiceFlag, fittingFormat, wholeFlag } from '../../cli/options/read-flags.ts';
import { tellLeftOut, tellNothing } from '../../cli/show/report-unreadable.ts';
import type { FilterOptions } from '../../cli/options/moment-filter.ts';
import { momentFilter } from '../../cli/options/moment-filter.ts';
import { readerOf } from '../../cli/show/read-body.ts';
import { withTag } from '../../cli/show/tag-filter.ts';
import { tellRows } from '../../cli/show/print-rows.ts';
import type {
  NoteIndex,
  NoteSummary,
  Unreadable,
  ClockPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  StorePort,
  NotesPort,
} from '../../world/world.ts';

export interface SearchOptions extends FilterOptions {
  readonly format?: string;
  readonly limit?: string;
}

/** In characters. Far longer than the notes that our questions produce. */
const longText = 4096;

/**
 * Prints the notes that contain every search word, each with its matching lines. Notes in which each search
 * word begins a word come first, then notes with matches inside words; newest first in both groups. Like
 * grep, returns exit code 1 if nothing matches. Throws a Problem (exit 2) if there is nothing to search for.
 */
export async function search(
  world: ClockPort & WordsPort & OutputPort & SettingsPort & TemplatesPort & StorePort,
  typed: readonly string[],
  options: SearchOptions,
): Promise<Exit> {
  const { out } = world;
  const asked = choiceFlag(world, '--format', options.format, ['markdown', 'plain', 'json']);
  const limit = wholeFlag('--limit', options.limit, 1, 100_000) ?? Infinity;
  const query = parseSearchQuery(typed);
  if (query === undefined) throw new Problem('cli.nothing-to-search', {}, { exit: Exit.misused });
  const store = await world.openStore();
  const index = await store.scan((_head, readText) => mayMatch(readText(), query));
  const filter = await momentFilter(world, options, index.moments);
  const candidates = await withTag(
    world,
    readerOf(store, index.moments),
    listMoments(index.moments, filter),
    options.tag,
  );
  tellLeftOut(world, index);
  const { rows, unreadable } = await findRows(world, store, candidates, { query, limit });
  const result = { unreadable: [...index.unreadable, ...unreadable] };
  const format = asked ?? fittingFormat(world);
  if (format === 'json') out.line(searchJson(rows));
  else if (rows.length === 0) tellNothing(world, result, 'list.not_found');
  else await tellRows(world, rows, format);
  return rows.length === 0 ? Exit.failed : Exit.done;
}

interface RowQuery {
  readonly query: SearchQuery;
  /** The maximum number of rows to show. */
  readonly limit: number;
}

interface SearchMatch extends Pick<NoteIndex, 'unreadable'> {
  readonly rows: readonly ListRow[];
}

async function findRows(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  store: NotesPort,
  moments: readonly NoteSummary[],
  { query, limit }: RowQuery,
): Promise<SearchMatch> {
  const rows: ListRow[] = [];
  /** Matches inside words, which come after all others. */
  const insideWords: ListRow[] = [];
  const unreadable: Unreadable[] = [];
  const isOurs = await ourHeadings(world);
  for await (const read of store.filterByText(moments, text => mayMatch(text, query))) {
    if (rows.length >= limit) break;
    if ('key' in read) {
      unreadable.push(read);
      tellLeftOut(world, { moments: [], unreadable: [read], copies: [] });
      continue;
    }
    const { path, head } = read;
    const texts = searchableTexts(read, isOurs, query);
    const found = searchTexts({ title: titleOf(head, world.words), texts }, query);
    // For a long note, detach the matches, so that its text can be freed. The index retains short texts.
    if (found === undefined) continue;
    const row = { moment: { path, head }, ...(read.text.length > longText ? detachMatches(found) : found) };
    if (found.beginsWords) rows.push(row);
    else if (insideWords.length < limit) insideWords.push(row);
  }
  return { rows: [...rows, ...insideWords].slice(0, limit), unreadable };
}

/** Returns a test for our headings: those of questions and dated parts. All others are the person's. */
async function ourHeadings({
  templates,
  words,
}: WordsPort & TemplatesPort): Promise<(heading: string) => boolean> {
  const fields = await templates.fields();
  const dated = [
    words('note.prepared_on', { day: '{day}' }),
    words('note.followed_up_on', { day: '{day}' }),
    words('note.noted_on', { day: '{day}' }),
  ];
  const isDated = (heading: string): boolean =>
    dated.some(pattern => dayInHeading(heading, pattern) !== undefined);
  return heading => fieldOf(heading, fields) !== undefined || isDated(heading);
}
