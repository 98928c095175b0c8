import { bareNames, keyNamed } from '../text/named-picks.ts';
import type { DayReading, Entry, Reader, SourceFile, SourceName, Surroundings } from './entry/entry.ts';
import { kindOf, sourceNames } from './entry/entry.ts';
import { familyOf } from './entry/source-identity.ts';
import { bear } from './markdown/bear.ts';
import { dayOneJson } from './formats/dayone-json.ts';
import { dayOneText } from './formats/dayone-text.ts';
import { evernote } from './markdown/evernote.ts';
import { joplin } from './markdown/joplin.ts';
import { jrnlJson } from './formats/jrnl-json.ts';
import { jrnlMarkdown } from './formats/jrnl-markdown.ts';
import { jrnlText } from './formats/jrnl-text.ts';
import { logseq } from './markdown/logseq.ts';
import { appleNotes, markdown } from './markdown/plain-markdown.ts';
import { notion } from './markdown/notion.ts';
import { obsidian } from './markdown/obsidian.ts';
import { org } from './formats/org.ts';
import { taskwarrior } from './formats/taskwarrior.ts';
import { todoTxt } from './formats/todo-txt.ts';

/** All readers; the first one that recognises a file reads it. */
const readers: readonly Reader[] = [
  dayOneJson,
  jrnlJson,
  taskwarrior,
  org,
  jrnlText,
  dayOneText,
  todoTxt,
  jrnlMarkdown,
  bear,
  notion,
  obsidian,
  joplin,
  logseq,
  evernote,
  appleNotes,
  markdown,
];

/** The entries of a file and the source they were read as. */
export interface SourceRead {
  readonly source: SourceName;
  readonly entries: readonly Entry[];
}

/** Reads a file with the first reader that recognises it. Returns undefined if none does. */
export function readSource(
  file: SourceFile,
  around: Surroundings,
  reading: DayReading,
): SourceRead | undefined {
  return firstRead(
    readers.filter(reader => reader.recognises(file, around)),
    file,
    reading,
  );
}

/**
 * Reads a file as an export of the given source, even if it is not recognised. Returns undefined if that
 * fails.
 */
export function readSourceAs(
  source: SourceName,
  file: SourceFile,
  around: Surroundings,
  reading: DayReading,
): SourceRead | undefined {
  const isOtherFormat = familyOf(source) === 'file' && ['org', 'json'].includes(kindOf(file.path));
  const own = isOtherFormat ? [] : readers.filter(reader => reader.source === source);
  const sorted = [...own.filter(reader => reader.recognises(file, around)), ...own];
  return firstRead(sorted, file, reading);
}

function firstRead(all: readonly Reader[], file: SourceFile, reading: DayReading): SourceRead | undefined {
  for (const { source, read } of all) {
    const entries = read(file, reading);
    if (entries !== undefined) return { source, entries };
  }
  return undefined;
}

/** Finds a source by name as people type it: `Day One`, `todo-txt`. Returns undefined if there is none. */
export function sourceNamed(text: string): SourceName | undefined {
  return keyNamed(text, bareNames(sourceNames));
}
