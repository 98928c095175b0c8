import { parseDay, type Day } from '../../core/dates/day.ts';
import type { SourceName } from '../../core/import/entry/entry.ts';
import { longDay } from '../../report/text/dates.ts';
import { importTable, type ImportRow } from '../../report/pages/import-table.ts';
import type { WordsPort, OutputPort, ClockPort } from '../../world/world.ts';
import { leftOutLines } from './import-left-out.ts';
import type { Addition, Change } from './import-plan.ts';
import type { OwnFile } from './import-reading.ts';
import type { ImportProgress } from './import-run.ts';

/** Says which source the files were read as, unless all are our own. */
export function tellSources(
  { words, messages: talk }: WordsPort & OutputPort,
  path: string,
  counts: ReadonlyMap<SourceName, number>,
): void {
  if ([...counts.keys()].every(source => source === 'rupture')) return;
  const nameOf = (source: SourceName): string => words(`import.sources.${source.replace('.', '-')}`);
  const parts = [...counts].map(([source, n]) => words('import.read_part', { source: nameOf(source), n }));
  talk.say(words('import.read_as', { path, what: parts.join(words('import.read_between')) }));
}

/** Prints a table of what an import would do; the counts go to standard error. */
export function tellTrial(world: WordsPort & OutputPort, done: ImportProgress): void {
  const { words, out } = world;
  const rows = [
    ...done.added.map(note => rowOf(world, note)),
    ...done.changed.map(note => rowOf(world, note, note.id)),
  ];
  const left = [...done.remarks, ...leftOutLines(done.left, words)];
  const layout = { width: out.isTerminal ? out.width : undefined, widthOf: world.layout.widthOf };
  const table = importTable(rows, left, { words, style: out.style, layout });
  if (table !== '') out.wrapped(table, 4);
  printCounts(world, done, { isTrial: true });
}

/** Reports an import: each guessed day, each thing left out, and the counts. */
export function tellDone(world: ClockPort & WordsPort & OutputPort, done: ImportProgress): void {
  const { words, messages: talk } = world;
  for (const remark of done.remarks) talk.say(remark);
  for (const note of [...done.added, ...done.changed]) {
    const guessed = guessedDay(world, note);
    if (guessed !== undefined) talk.say(guessed);
  }
  for (const line of leftOutLines(done.left, words)) talk.say(line);
  printCounts(world, done, { isTrial: false });
}

function printCounts(
  { words, messages: talk }: WordsPort & OutputPort,
  { added, changed, left, same }: ImportProgress,
  { isTrial }: { readonly isTrial: boolean },
): void {
  talk.say(words(isTrial ? 'import.would_add' : 'import.added', { n: added.length }));
  const updated = isTrial ? 'import.would_update' : 'import.updated';
  if (changed.length > 0) talk.say(words(updated, { n: changed.length }));
  if (same > 0) talk.say(words('import.same', { n: same }));
  const refused = left.filter(({ isRefused }) => isRefused === true).length;
  if (left.length > refused) talk.say(words('import.skipped', { n: left.length - refused }));
  if (refused > 0) talk.say(words('import.refused', { n: refused }));
}

function guessedDay(
  { words, now }: ClockPort & WordsPort,
  note: OwnFile | Addition | Change,
): string | undefined {
  if (!('where' in note) || note.dayFrom === 'source') return undefined;
  const day = longDay(note.day, now().day, words);
  return words(`import.day_${note.dayFrom}`, { path: onOneLine(note.where), day });
}

function rowOf({ words }: WordsPort, note: OwnFile | Addition | Change, id?: string): ImportRow {
  if (!('where' in note)) {
    const from = onOneLine(note.path);
    return { day: dayIn(note.text), title: titleIn(note.text) ?? from, from };
  }
  const remarks = [
    ...(id === undefined ? [] : [words('import.table_updates', { id })]),
    ...(note.dayFrom === 'source' ? [] : [words(`import.table_day_${note.dayFrom}`)]),
  ];
  return {
    day: note.day,
    title: note.title,
    from: [onOneLine(note.where), ...remarks].join(words('import.read_between')),
  };
}

function dayIn(text: string): Day | undefined {
  return parseDay(/^session: *["']?(\d{4}-\d{2}-\d{2})/m.exec(text)?.[1] ?? '');
}

function titleIn(text: string): string | undefined {
  return /^# +(.+?)\s*$/m.exec(text)?.[1];
}

function onOneLine(path: string): string {
  return path.replace(/\s+/g, ' ');
}
