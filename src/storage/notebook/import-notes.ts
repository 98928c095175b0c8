import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { placeKey } from '../../core/text/portable-file-name.ts';
import type { NoteImport } from '../../world/world.ts';
import { noteIdIn } from '../format/note-id.ts';
import { noteInside, relativePath } from '../fs/relative-path.ts';
import type { UndoLog } from '../undo/undo-log.ts';
import type { LockedReading } from '../encryption/locked-reading.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { formatNote } from '../format/note-text.ts';
import { isThere, readLimit } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';
import { plaintextName, encryptedName } from '../fs/encrypted-name.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

export interface NoteImportNeeds {
  readonly folder: string;
  readonly writer: Writer;
  readonly undoLog: UndoLog;
  readonly texts: EncryptedFiles;
  readonly reading: LockedReading;
}

/** Opens the import of foreign files. Adds each file whole, in one step, and never overwrites a file. */
export function openNoteImport({ folder, writer, undoLog, texts, reading }: NoteImportNeeds): NoteImport {
  let known: Map<string, string[]> | undefined;
  /**
   * The relative plaintext paths of all notes, grouped by the key under which they collide on some system.
   * Listed once.
   */
  const pathsByKey = (): Map<string, string[]> => {
    if (known === undefined) {
      known = new Map();
      for (const path of listNoteFiles(folder).files) remember(relativePath(folder, plaintextName(path)));
    }
    return known;
  };
  const remember = (path: string): void => {
    const all = pathsByKey();
    all.set(placeKey(path), [...(all.get(placeKey(path)) ?? []), path]);
  };
  /**
   * Returns the existing files that block a path: the file itself, in plaintext or encrypted, and files whose
   * names some system treats as the same.
   */
  const blockingFiles = (path: string, place: string): readonly string[] => {
    const collidingPaths = (pathsByKey().get(placeKey(path)) ?? []).filter(other => other !== path);
    const found = existingForms(plaintextName(place));
    const collidingFiles = collidingPaths.flatMap(other => existingForms(join(folder, other)));
    // Only empty files: an interrupted run reserved the name and wrote nothing.
    return collidingFiles.length === 0 && found.every(isEmptyFile) ? [] : [...found, ...collidingFiles];
  };
  const compareWith = async (
    path: string,
    text: string,
    read: (path: string) => ReadData | undefined | Promise<ReadData>,
  ): Promise<'free' | 'same' | 'taken' | 'outside' | 'too-large'> => {
    const place = noteInside(folder, path);
    if (place === undefined) return 'outside';
    if (Buffer.byteLength(text) > readLimit) return 'too-large';
    const found = blockingFiles(path, place);
    if (found.length === 0) return 'free';
    for (const file of found) if (sameText(await read(file), text)) return 'same';
    return 'taken';
  };
  return {
    written: note => ({ path: `${note.session}-${note.id}.md`, text: formatNote(note) }),
    idOf: (path, text) => noteIdIn(text, path),
    compare: (path, text) => compareWith(path, text, texts.read),
    addFile: (path, text) =>
      reading.files(
        () => {
          const place = noteInside(folder, path);
          return place === undefined ? [] : blockingFiles(path, place);
        },
        async contents => {
          const found = await compareWith(path, text, file => contents.get(file));
          if (found !== 'free') return found;
          const place = texts.placeFor(join(folder, ...path.split('/')));
          const data = await texts.dataFor(place, text);
          const [id, after] = [noteIdIn(text, path), contentFingerprint(data)];
          undoLog.record([{ is: 'added', id, path: relativePath(folder, place), after }]);
          // Replace an empty file: an interrupted run reserved the name and wrote nothing.
          if (!writer.add(place, data) && !(isThere(place) && writer.replace(place, data, '')))
            return compareWith(path, text, file => contents.get(file));
          remember(path);
          return 'free';
        },
      ),
  };
}

/** Returns those of the plaintext path and its encrypted form that exist. */
function existingForms(path: string): readonly string[] {
  return [path, encryptedName(path)].filter(isThere);
}

function isEmptyFile(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === 0;
}

function sameText(read: ReadData | undefined, text: string): boolean {
  return read?.is === 'text' && read.text === text;
}
