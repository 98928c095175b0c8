import type { Day } from '../../core/dates/day.ts';
import { fingerprint } from '../../core/import/entry/source-identity.ts';
import type { DayFrom, PreparedEntry } from '../../core/import/imported-note.ts';
import { importedNote, prepareEntry } from '../../core/import/imported-note.ts';
import type { KnownNote } from '../../core/import/known-notes.ts';
import { knownNote, matchEntries } from '../../core/import/known-notes.ts';
import { uuidOf } from '../../core/notes/uuid.ts';
import { plainDay } from '../../report/text/dates.ts';
import type {
  NoteIndex,
  Store,
  ClockPort,
  WordsPort,
  TemplatesPort,
  PromptsPort,
  NoteFilesPort,
  NoteImport,
} from '../../world/world.ts';
import type { FoundEntry, ImportFound, LeftOut } from './import-reading.ts';

/** A note to be written, and how messages refer to it. */
export interface PlannedNote {
  readonly where: string;
  readonly day: Day;
  readonly dayFrom: DayFrom;
  readonly title: string;
  readonly text: string;
}

/** A note to add. `path` is relative to the folder of notes. */
export interface Addition extends PlannedNote {
  readonly path: string;
}

/** A note to update. `path` is absolute; `seen` is its current text. */
export interface Change extends PlannedNote {
  readonly id: string;
  readonly path: string;
  readonly seen: string;
}

/** What an import will do. Nothing has been written yet. */
export interface ImportPlan {
  readonly additions: readonly Addition[];
  readonly changes: readonly Change[];
  /** Notes changed both in the source and here; they stay as they are here. */
  readonly edited: readonly { readonly where: string; readonly id: string }[];
  readonly left: readonly LeftOut[];
  /** The number of notes that are already here. */
  readonly same: number;
}

interface Ready {
  readonly found: FoundEntry;
  readonly entry: PreparedEntry;
}

/** Decides what to do with each entry. Reads only those existing notes that changed in their source. */
export async function planImport(
  world: ClockPort & WordsPort & TemplatesPort & PromptsPort,
  store: NoteFilesPort & NoteImport,
  index: NoteIndex,
  found: ImportFound,
): Promise<ImportPlan> {
  const { ready, left, own } = prepareEntries(world, index, found);
  const notes = index.moments.map(({ head, path }) => knownNote(head, path));
  const matches = matchEntries(
    ready.map(({ entry }) => entry),
    notes,
  );
  const heading = await headingOfWhat(world);
  const progress = await world.openProgress();
  const additions: Addition[] = [];
  const changes: Change[] = [];
  const edited: { where: string; id: string }[] = [];
  let same = own;
  for (const [at, { found: source, entry }] of ready.entries()) {
    progress.show(() => world.words('import.progress', { done: at, of: ready.length }));
    const match = matches[at];
    if (match === undefined || match.is === 'same' || match.is === 'twice') {
      same += 1;
      continue;
    }
    const { where } = source;
    const id = match.is === 'new' ? match.id : match.note.id;
    const identity = match.is === 'new' ? match.identity : (match.note.from?.identity ?? entry.identity);
    const note = await writtenNote(store, { ...entry, identity }, { id, heading });
    const planned = {
      where,
      day: entry.when.day,
      dayFrom: entry.dayFrom,
      title: entry.title,
      text: note.text,
    };
    if (match.is === 'new') {
      additions.push({ ...planned, path: note.path });
      continue;
    }
    const seen = await store.readText(match.note.path);
    if (isUntouched(match.note, seen)) changes.push({ ...planned, id, path: match.note.path, seen });
    else edited.push({ where, id });
  }
  progress.end();
  return { additions, changes, edited, left, same };
}

interface PreparedEntries {
  readonly ready: readonly Ready[];
  readonly left: readonly LeftOut[];
  /** The number of entries that rupture itself exported as tasks. */
  readonly own: number;
}

/** Sorts out the entries that can become notes. Reads no file. */
function prepareEntries(
  { words, now }: ClockPort & WordsPort,
  index: NoteIndex,
  found: ImportFound,
): PreparedEntries {
  const left: LeftOut[] = [...found.left];
  const named = new Set(found.left.map(({ path }) => path));
  const ready: Ready[] = [];
  let own = 0;
  const isOwnTask = ownTasks(found, index);
  for (const candidate of found.entries) {
    const prepared =
      candidate.entry.leftOut === undefined
        ? prepareEntry(candidate.entry, {
            now: now(),
            reading: found.reading,
            fileTime: candidate.fileTime,
            source: candidate.source,
            otherwise: day => words('summary.unknown_title', { day: plainDay(day, words) }),
          })
        : undefined;
    if (isOwnTask(candidate)) own += 1;
    else if (prepared === undefined)
      left.push({ path: candidate.where, key: candidate.entry.leftOut ?? 'empty' });
    else ready.push({ found: candidate, entry: prepared });
    for (const path of attachmentsOf(candidate)) {
      if (!named.has(path)) left.push({ path, key: 'attachment' });
      named.add(path);
    }
  }
  return { ready, left, own };
}

interface NoteNames {
  readonly id: string;
  readonly heading: string;
}

/**
 * Formats the note of an entry. If the other program's keys would make our front matter unreadable, they go
 * into the text.
 */
async function writtenNote(
  store: NoteFilesPort & NoteImport,
  entry: PreparedEntry,
  names: NoteNames,
): Promise<{ readonly path: string; readonly text: string }> {
  const written = marked(store, entry, names);
  if (entry.carried.length === 0) return written;
  const fault = await store.check(written.path, written.text, names.id);
  if (fault === undefined) return written;
  const carriedLines = entry.carried.map(({ lines }) => lines).join('');
  return marked(store, { ...entry, carried: [], body: `---\n${carriedLines}---\n\n${entry.body}` }, names);
}

/** Returns the note with two fingerprints; the second covers the note without the line that it is on. */
function marked(
  store: NoteImport,
  entry: PreparedEntry,
  { id, heading }: NoteNames,
): ReturnType<Store['written']> {
  const plain = store.written(importedNote(entry, id, { heading }));
  const mark = `${entry.content} ${fingerprint(plain.text)}`;
  return store.written(importedNote(entry, id, { heading, mark }));
}

/** Whether a note is unchanged since its import. */
function isUntouched({ written }: KnownNote, text: string): boolean {
  return written === fingerprint(text.replaceAll('\r\n', '\n').replace(/^imported_as: .*\n/m, ''));
}

/** Recognises tasks that rupture itself exported. */
function ownTasks({ entries }: ImportFound, { moments }: NoteIndex): (found: FoundEntry) => boolean {
  if (!entries.some(({ source }) => source === 'taskwarrior')) return () => false;
  const uuids = new Set(moments.map(({ head }) => uuidOf(head.id)));
  return ({ source, entry }) => source === 'taskwarrior' && uuids.has(entry.identity);
}

/** Attachments of an entry, relative to the imported folder. */
function attachmentsOf({ entry, where }: FoundEntry): readonly string[] {
  const folder = where.slice(0, where.lastIndexOf('/') + 1);
  return (entry.attachments ?? []).map(path => folder + path);
}

async function headingOfWhat({ templates }: TemplatesPort): Promise<string> {
  const found = Object.entries(await templates.fields()).find(([, id]) => id === 'what');
  if (found === undefined) throw new Error('no question asks what happened');
  return found[0];
}
