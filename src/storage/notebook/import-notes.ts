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

/** Opens the door for files that come from elsewhere. Each is added whole in one step and over nothing. */
export function openNoteImport({ folder, writer, undoLog, texts, reading }: NoteImportNeeds): NoteImport {
  let known: Map<string, string[]> | undefined;
  /**
   * By what they have in common on all systems: the relative paths that there are, as if none was sealed.
   * They are listed once.
   */
  const here = (): Map<string, string[]> => {
    if (known === undefined) {
      known = new Map();
      for (const path of listNoteFiles(folder).files) remember(relativePath(folder, plaintextName(path)));
    }
    return known;
  };
  const remember = (path: string): void => {
    const all = here();
    all.set(placeKey(path), [...(all.get(placeKey(path)) ?? []), path]);
  };
  /** The files that may be in the way of a path: itself, encrypted or not, and its like on other systems. */
  const inTheWay = (path: string, place: string): readonly string[] => {
    const others = (here().get(placeKey(path)) ?? []).filter(other => other !== path);
    const found = formsThere(plaintextName(place));
    const alike = others.flatMap(other => formsThere(join(folder, other)));
    // Empty files alone are what a run left that was ended while it took the name.
    return alike.length === 0 && found.every(isEmptyFile) ? [] : [...found, ...alike];
  };
  const look = async (
    path: string,
    text: string,
    read: (path: string) => ReadData | undefined | Promise<ReadData>,
  ): Promise<'free' | 'same' | 'taken' | 'outside' | 'too-large'> => {
    const place = noteInside(folder, path);
    if (place === undefined) return 'outside';
    if (Buffer.byteLength(text) > readLimit) return 'too-large';
    const found = inTheWay(path, place);
    if (found.length === 0) return 'free';
    for (const one of found) if (sameText(await read(one), text)) return 'same';
    return 'taken';
  };
  return {
    written: note => ({ path: `${note.session}-${note.id}.md`, text: formatNote(note) }),
    idOf: (path, text) => noteIdIn(text, path),
    compare: (path, text) => look(path, text, texts.read),
    addFile: (path, text) =>
      reading.files(
        () => {
          const place = noteInside(folder, path);
          return place === undefined ? [] : inTheWay(path, place);
        },
        async there => {
          const found = await look(path, text, one => there.get(one));
          if (found !== 'free') return found;
          const place = texts.placeFor(join(folder, ...path.split('/')));
          const data = await texts.dataFor(place, text);
          undoLog.record([
            {
              is: 'added',
              id: noteIdIn(text, path),
              path: relativePath(folder, place),
              after: contentFingerprint(data),
            },
          ]);
          // Without a word in it, it is what a run left that was ended while it took the name.
          if (!writer.add(place, data) && !(isThere(place) && writer.replace(place, data, '')))
            return look(path, text, one => there.get(one));
          remember(path);
          return 'free';
        },
      ),
  };
}

/** The files of a name in plaintext and of its encrypted form, as far as they are there. */
function formsThere(path: string): readonly string[] {
  return [path, encryptedName(path)].filter(isThere);
}

function isEmptyFile(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === 0;
}

function sameText(there: ReadData | undefined, text: string): boolean {
  return there?.is === 'text' && there.text === text;
}
