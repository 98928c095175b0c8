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
import type { NoteIndex, NoteSummary, Store, Unreadable, World } from '../../world/world.ts';

export interface SearchOptions extends FilterOptions {
  readonly format?: string;
  readonly limit?: string;
}

/** In letters: far more than a moment takes that was asked about. */
const longText = 4096;

/**
 * Prints the moments that hold every word, each with the lines that hold one. First come those in which every
 * word begins one of theirs, then those where it stands within one; the newest first in each. The exit code
 * is 1 where there are none, as grep has it.
 */
export async function search(world: World, said: readonly string[], options: SearchOptions): Promise<Exit> {
  const { out } = world;
  const asked = choiceFlag(world, '--format', options.format, ['markdown', 'plain', 'json']);
  const limit = wholeFlag('--limit', options.limit, 1, 100_000) ?? Infinity;
  const wanted = parseSearchQuery(said);
  if (wanted === undefined) throw new Problem('cli.nothing-to-search', {}, { exit: Exit.misused });
  const store = await world.openStore();
  const index = await store.scan((_head, readText) => mayMatch(readText(), wanted));
  const filter = await momentFilter(world, options, index.moments);
  const meant = await withTag(
    world,
    readerOf(store, index.moments),
    listMoments(index.moments, filter),
    options.tag,
  );
  tellLeftOut(world, index);
  const { rows, unreadable } = await findRows(world, store, meant, { wanted, limit });
  const unread = { unreadable: [...index.unreadable, ...unreadable] };
  const format = asked ?? fittingFormat(world);
  if (format === 'json') out.line(searchJson(rows));
  else if (rows.length === 0) tellNothing(world, unread, 'list.not_found');
  else await tellRows(world, rows, format);
  return rows.length === 0 ? Exit.failed : Exit.done;
}

interface Query {
  readonly wanted: SearchQuery;
  /** The most rows that are shown. */
  readonly limit: number;
}

interface SearchMatch extends Pick<NoteIndex, 'unreadable'> {
  readonly rows: readonly ListRow[];
}

async function findRows(
  world: World,
  store: Store,
  moments: readonly NoteSummary[],
  { wanted, limit }: Query,
): Promise<SearchMatch> {
  const rows: ListRow[] = [];
  /** Found within words: shown behind the others. */
  const within: ListRow[] = [];
  const unreadable: Unreadable[] = [];
  const isOurs = await ourHeadings(world);
  for await (const read of store.filterByText(moments, text => mayMatch(text, wanted))) {
    if (rows.length >= limit) break;
    if ('key' in read) {
      unreadable.push(read);
      tellLeftOut(world, { moments: [], unreadable: [read], copies: [] });
      continue;
    }
    const { path, head } = read;
    const texts = searchableTexts(read, isOurs, wanted);
    const found = searchTexts({ title: titleOf(head, world.words), texts }, wanted);
    // Of a long note little is kept; of a short one the shelf has it all.
    if (found === undefined) continue;
    const row = { moment: { path, head }, ...(read.text.length > longText ? detachMatches(found) : found) };
    if (found.beginsWords) rows.push(row);
    else if (within.length < limit) within.push(row);
  }
  return { rows: [...rows, ...within].slice(0, limit), unreadable };
}

/** Questions and the headings of dated parts; every other heading is the person's own. */
async function ourHeadings({ templates, words }: World): Promise<(heading: string) => boolean> {
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
