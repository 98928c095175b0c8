import { bareNames, keyNamed } from '../named-picks.ts';
import type { DayReading, Entry, Reader, SourceFile, SourceName, Surroundings } from './entry.ts';
import { kindOf, sourceNames } from './entry.ts';
import { familyOf } from './identity.ts';
import { bear } from './readers/bear.ts';
import { dayOneJson } from './readers/dayone-json.ts';
import { dayOneText } from './readers/dayone-text.ts';
import { evernote } from './readers/evernote.ts';
import { joplin } from './readers/joplin.ts';
import { jrnlJson } from './readers/jrnl-json.ts';
import { jrnlMarkdown } from './readers/jrnl-markdown.ts';
import { jrnlText } from './readers/jrnl-text.ts';
import { logseq } from './readers/logseq.ts';
import { appleNotes, markdown } from './readers/markdown.ts';
import { notion } from './readers/notion.ts';
import { obsidian } from './readers/obsidian.ts';
import { org } from './readers/org.ts';
import { taskwarrior } from './readers/taskwarrior.ts';
import { todoTxt } from './readers/todo-txt.ts';

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
  const isStrange = familyOf(source) === 'file' && ['org', 'json'].includes(kindOf(file.path));
  const own = isStrange ? [] : readers.filter(reader => reader.source === source);
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
