import type { NoteFile, NoteSummary, Unreadable } from '../../world/world.ts';
import { readHead, type YamlReader } from '../format/front-matter.ts';
import { noteIdIn } from '../format/note-id.ts';
import { relativePath } from '../fs/relative-path.ts';
import { parseSections } from '../format/note-text.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import { unreadableOf } from './note-index.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';

/**
 * Yields notes in the order of `moments`: those whose text the scan loaded, since they have already passed
 * the query, and those whose text passes `mayHold`, read now. Yields an `Unreadable` for a file that can't be
 * read.
 */
export async function* filterByText(
  folder: string,
  moments: readonly NoteSummary[],
  mayHold: (text: string) => boolean,
  open: EncryptedFiles['read'],
): AsyncGenerator<NoteFile | Unreadable> {
  for (const { path, head, texts } of moments) {
    if (texts !== undefined) {
      if (texts !== 'not-needed') yield { path, head, ...texts };
      continue;
    }
    const read = isEncryptedName(path) ? await open(path) : tryReadWhole(path);
    if (read.is === 'fault') {
      yield unreadableOf(relativePath(folder, path), read.fault);
    } else if (mayHold(read.text)) {
      const note = await parseFile(path, read.text);
      // Keep the head from the scan: strings cut from this text would keep all of it in memory.
      yield 'key' in note ? unreadableOf(relativePath(folder, path), note) : { ...note, head };
    }
  }
}

/**
 * Parses the text of the file at `path`. Throws a Problem if its front matter is missing or can't be read.
 */
export async function parseNote(path: string, text: string): Promise<NoteFile> {
  const note = await parseFile(path, text);
  if ('key' in note) throw problemOf(note);
  return note;
}

async function parseFile(path: string, text: string): Promise<NoteFile | StorageFault> {
  let head = readHead(text, path, true);
  if (head.is === 'unsure') head = readHead(text, path, true, await loadYamlReader());
  if (head.is === 'fault') return head.fault;
  return head.is === 'head'
    ? { path, head: head.head, text, sections: parseSections(text) }
    : fault('storage.front-missing', { path });
}

/**
 * Whether `read`, the result of reading `path`, is the note with this id. False for a file that can't be
 * read, is empty or has another id.
 */
export function holdsMoment(path: string, id: string, read: ReadData): boolean {
  if (read.is !== 'text') return false;
  const head = readHead(read.text, path, true);
  // Only complete front matter can be "unsure": someone edited it by hand, so the note was saved.
  return head.is === 'unsure' ? noteIdIn(read.text, path) === id : head.is === 'head' && head.head.id === id;
}

/** Loads the YAML reader. It is loaded lazily because few files need it. */
export async function loadYamlReader(): Promise<YamlReader> {
  const { readYaml } = await import('../format/yaml.ts');
  return readYaml;
}
