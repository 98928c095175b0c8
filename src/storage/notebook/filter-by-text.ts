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
 * Reads each file in this order whose texts are not known yet, and gives those whose text `mayHold` lets
 * pass. One that can't be read any more is given as such.
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
      // The head that is known: one that is read out of a text keeps all of it.
      yield 'key' in note ? unreadableOf(relativePath(folder, path), note) : { ...note, head };
    }
  }
}

/** Parses the text of a file. Throws a Problem when its front matter can't be read. */
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
 * Says whether the moment of this id lies at `path`: a file that can be read, and says so. An empty one or
 * another's is none.
 */
export function holdsMoment(path: string, id: string, read: ReadData): boolean {
  if (read.is !== 'text') return false;
  const head = readHead(read.text, path, true);
  // Only a head that is closed can be unsure: somebody went over it by hand, so it was kept.
  return head.is === 'unsure' ? noteIdIn(read.text, path) === id : head.is === 'head' && head.head.id === id;
}

/** Loads the YAML reader, which few files need. */
export async function loadYamlReader(): Promise<YamlReader> {
  const { readYaml } = await import('../format/yaml.ts');
  return readYaml;
}
