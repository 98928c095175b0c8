import { exportVersion, parseExported } from '../../core/notes/export-file.ts';
import type {
  DayReading,
  Entry,
  SourceFile,
  SourceName,
  Surroundings,
} from '../../core/import/entry/entry.ts';
import { kindOf } from '../../core/import/entry/entry.ts';
import { orderIn } from '../../core/import/entry/find-when.ts';
import { jsonFault } from '../../core/import/entry/json-fault.ts';
import { readSource, readSourceAs } from '../../core/import/read-source.ts';
import { machineZone } from '../../core/import/entry/zones.ts';
import { Problem } from '../../errors.ts';
import type {
  Incoming,
  Unreadable,
  ClockPort,
  WordsPort,
  InputPort,
  PromptsPort,
} from '../../world/world.ts';
import { dayNames } from '../options/day-names.ts';

/** One of our own files, imported unchanged at its own path. */
export interface OwnFile {
  readonly path: string;
  readonly text: string;
}

/** An entry of another program, and where it was found. */
export interface FoundEntry {
  readonly source: SourceName;
  readonly entry: Entry;
  /** The file and, if it has several entries, the line or number: `journal.txt:12`, `Journal.json#3`. */
  readonly where: string;
  /** In milliseconds since 1970. */
  readonly fileTime: number;
}

/** Something that is left out; `key` is the reason, among the words `import.left`. */
export interface LeftOut {
  readonly path: string;
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** It should have been imported but can't be read. */
  readonly isRefused?: boolean;
}

/** Everything found in what the person named. */
export interface ImportFound {
  readonly own: readonly OwnFile[];
  readonly entries: readonly FoundEntry[];
  readonly left: readonly LeftOut[];
  /** The number of notes by source. */
  readonly counts: ReadonlyMap<SourceName, number>;
  readonly reading: DayReading;
}

const archive = /\.(?:zip|gz|tgz|tar|7z|rar|textpack|bear2bk|jex)$/i;
const enex = /\.enex$/i;
const encryptedFile = /\.(?:gpg|pgp|asc|age)$/i;

interface Collected {
  readonly own: OwnFile[];
  readonly entries: FoundEntry[];
  readonly left: LeftOut[];
  readonly counts: Map<SourceName, number>;
}

/** Reads standard input. Throws a Problem if its format is unknown. */
export async function readImportText(
  world: ClockPort & WordsPort & InputPort,
  from: SourceName | undefined,
): Promise<ImportFound> {
  const name = world.words('answers.standard-input');
  const text = (await world.readInput()).replace(/^\uFEFF/, '');
  const reading = readingOf(world, []);
  const found = emptyFound();
  const file: SourceFile = { path: name, root: '', text, body: text, time: world.now().ms };
  const isKnown = collect(file, { found, reading, from, around: { hasFolder: () => false } });
  if (!isKnown) throw unknownFormat(text, name);
  return { ...found, reading };
}

/** How the person named what to import. */
export interface ReadNeeds {
  /** The path as typed. */
  readonly named: string;
  /** The source given with `--from`. */
  readonly from: SourceName | undefined;
}

/** Reads a file or folder. Throws a Problem for a single file of an unknown format. */
export async function readImportFiles(
  world: WordsPort & PromptsPort,
  incoming: Incoming,
  { named, from }: ReadNeeds,
): Promise<ImportFound> {
  const { paths, topFolders, isFolder } = incoming;
  const reading = readingOf(world, paths);
  const around: Surroundings = { hasFolder: name => topFolders.includes(name) };
  const found = emptyFound();
  const progress = await world.openProgress();
  found.left.push(...incoming.unreadable.map(file => refused(world, file)));
  for (const path of incoming.placeholders) found.left.push({ path, key: 'not_downloaded' });
  for (const [at, path] of paths.entries()) {
    progress.show(() => world.words('import.progress', { done: at, of: paths.length }));
    if (!isFolder && archive.test(path)) throw new Problem('import.packed', { path: named });
    if (!isFolder && enex.test(path)) throw new Problem('import.enex', { path: named });
    const reason = isFolder ? unreadReason(path, around) : undefined;
    if (reason === 'beside') continue;
    if (reason !== undefined) {
      found.left.push({ path, key: reason });
      continue;
    }
    const read = await incoming.read(path);
    if (read.is === 'ours') {
      found.own.push(read);
      count(found, 'rupture', 1);
    } else if (read.is === 'unreadable' && isFolder && isBinary(read)) {
      found.left.push({ path, key: 'attachment' });
    } else if (read.is === 'unreadable') {
      found.left.push(refused(world, read));
    } else if (!collect(read.file, { found, reading, from, around })) {
      if (!isFolder) throw unknownFormat(read.file.text, named);
      found.left.push({ path, key: unknownReason(read.file, from) });
    }
  }
  progress.end();
  return { ...found, reading };
}

interface CollectNeeds {
  readonly found: Collected;
  readonly reading: DayReading;
  readonly from: SourceName | undefined;
  readonly around: Surroundings;
}

/** Reads one file. Returns false if its format is unknown, or not that of `from`. */
function collect(file: SourceFile, { found, reading, from, around }: CollectNeeds): boolean {
  const exported = from === undefined || from === 'rupture' ? parseExported(file.text) : undefined;
  if (exported !== undefined) {
    count(found, 'rupture', exported.length);
    for (const [at, note] of exported.entries()) {
      if (note !== undefined) found.own.push(note);
      else found.left.push({ path: file.path, key: 'no_entry', params: { n: at + 1 }, isRefused: true });
    }
    return true;
  }
  const read =
    from === undefined ? readSource(file, around, reading) : readSourceAs(from, file, around, reading);
  if (read === undefined) return false;
  count(found, read.source, read.entries.length);
  for (const [at, entry] of read.entries.entries()) {
    const place = entry.line === undefined ? `#${at + 1}` : `:${entry.line}`;
    const where = read.entries.length === 1 ? file.path : `${file.path}${place}`;
    found.entries.push({ source: read.source, entry, where, fileTime: file.time });
  }
  return true;
}

/**
 * Returns why a file in a folder is skipped unread; `beside` for one that is read along with another file.
 */
function unreadReason(path: string, { hasFolder }: Surroundings): string | undefined {
  if (/\.textbundle\/info\.json$/i.test(path)) return 'beside';
  if (/^templates\//i.test(path)) return 'template';
  if (path.startsWith('logseq/') && (hasFolder('journals') || hasFolder('pages'))) return 'apps_own';
  if (archive.test(path)) return 'packed';
  if (enex.test(path)) return 'enex';
  if (encryptedFile.test(path)) return 'encrypted';
  return kindOf(path) === 'other' ? 'attachment' : undefined;
}

function unknownReason({ path, text }: SourceFile, from: SourceName | undefined): string {
  if (from !== undefined) return 'other_source';
  if (kindOf(path) !== 'json') return 'unknown_text';
  const fault = jsonFault(text);
  if (fault === undefined) return 'unknown_json';
  return fault.is === 'cut' ? 'cut' : 'broken';
}

/** The error for a single file of an unknown format. */
function unknownFormat(text: string, path: string): Problem {
  const version = exportVersion(text);
  if (version !== undefined && version > 1) return new Problem('import.newer', { path });
  const isJson = /^\s*[[{]/.test(text);
  const fault = isJson ? jsonFault(text) : undefined;
  if (fault?.is === 'cut') return new Problem('import.cut', { path, line: fault.line });
  if (fault?.is === 'broken') return new Problem('import.broken', { path, line: fault.line });
  return new Problem('import.not_ours', { path });
}

function readingOf({ words }: WordsPort, paths: readonly string[]): DayReading {
  const { months, weekdays } = dayNames(words);
  return { zone: machineZone(), months, weekdays, order: orderIn(paths) };
}

/** Whether an unreadable file is simply binary: not UTF-8, and no extension that suggests a note. */
function isBinary({ path, key }: Unreadable): boolean {
  return key === 'storage.read-not-text' && !/\.[^./]+$/.test(path);
}

function refused({ words }: WordsPort, { path, key, params }: Unreadable): LeftOut {
  return { path, key: 'unreadable', params: { why: words(`${key}.says`, params) }, isRefused: true };
}

function emptyFound(): Collected {
  return { own: [], entries: [], left: [], counts: new Map() };
}

function count({ counts }: Collected, source: SourceName, notes: number): void {
  counts.set(source, (counts.get(source) ?? 0) + notes);
}
