import { basename, join } from 'node:path';
import type { NotesPort } from '../../world/world.ts';
import type { EncryptedFiles } from '../encryption/encrypted-files.ts';
import { namesInOwnFolder } from '../folder/own-folders.ts';
import { currentPath, plaintextName } from '../fs/encrypted-name.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';
import { problemOf } from '../fs/problems.ts';
import { filterByText, loadYamlReader, parseNote } from './filter-by-text.ts';
import { hasNotes, scanNotes } from './note-index.ts';

export interface NoteReadNeeds {
  /** The folder of notes, absolute. */
  readonly folder: string;
  /** `.rupture` in it. */
  readonly own: string;
  readonly texts: EncryptedFiles;
  /** Throws a Problem if the folder was used before and is gone. */
  readonly checkNotesFolder: () => void;
}

/** Opens what reads the notes of a folder. */
export function openNoteReading({
  folder,
  own,
  texts,
  checkNotesFolder,
}: NoteReadNeeds): Pick<NotesPort, 'folder' | 'isNew' | 'names' | 'scan' | 'read' | 'filterByText'> {
  return {
    folder,
    isNew: () => {
      checkNotesFolder();
      return (
        !hasNotes(folder) &&
        namesInOwnFolder(join(own, 'drafts')).length === 0 &&
        namesInOwnFolder(join(own, 'trash')).length === 0
      );
    },
    names: () => listNoteFiles(folder).files.flatMap(path => parseNoteName(path) ?? []),
    scan: async needsText => {
      checkNotesFolder();
      return scanNotes(folder, { loadYamlReader, openSealed: texts.read, needsText });
    },
    read: async path => {
      const read = await texts.read(currentPath(path));
      if (read.is === 'fault') throw problemOf(read.fault);
      return parseNote(path, read.text);
    },
    filterByText: (moments, mayMatch) => filterByText(folder, moments, mayMatch, texts.read),
  };
}

function parseNoteName(path: string): { readonly id: string; readonly session: string } | undefined {
  const [, session, id] = /^(\d{4}-\d\d-\d\d)-([a-z0-9]{6})\.md$/.exec(plaintextName(basename(path))) ?? [];
  return session === undefined || id === undefined ? undefined : { id, session };
}
