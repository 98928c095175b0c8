import { basename, join } from 'node:path';
import type { NewReflection } from '../../core/notes/reflection.ts';
import { Exit } from '../../errors.ts';
import type { Revision } from '../../world/world.ts';
import type { EncryptedFiles, ReadData } from '../encryption/encrypted-files.ts';
import type { LockedReading } from '../encryption/locked-reading.ts';
import type { FolderRegistry } from '../folder/folder-registry.ts';
import { checkFolder } from '../folder/prepare-folder.ts';
import { isId } from '../format/check-head.ts';
import type { YamlReader } from '../format/front-matter.ts';
import { noteIdIn } from '../format/note-id.ts';
import { formatNote } from '../format/note-text.ts';
import { reviseText } from '../format/revise-text.ts';
import { currentPath, encryptedName, plaintextName } from '../fs/encrypted-name.ts';
import { contentFingerprint } from '../fs/fingerprint.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { isThere, readLimit } from '../fs/read-file.ts';
import { relativePath } from '../fs/relative-path.ts';
import type { Writer } from '../fs/write-file.ts';
import type { UndoLog } from '../undo/undo-log.ts';
import { loadYamlReader } from './filter-by-text.ts';

export interface NoteWriteNeeds {
  /** The folder of notes, absolute. */
  readonly folder: string;
  /** `.rupture` in it. */
  readonly own: string;
  readonly uid?: number;
  /** The instant of a change. */
  readonly stamp: () => string;
  readonly random: (count: number) => Uint8Array;
  readonly writer: Writer;
  readonly undoLog: UndoLog;
  readonly texts: EncryptedFiles;
  readonly reading: LockedReading;
  readonly known: FolderRegistry;
  /** Throws a Problem if the folder of notes, or one of ours in it, was replaced. */
  readonly checkSameFolder: () => void;
}

type CurrentText = Extract<ReadData, { is: 'text' }>;

/** Adds a note under the lock and returns its path. Never overwrites; the same text twice is one note. */
export async function addNote(needs: NoteWriteNeeds, note: NewReflection): Promise<string> {
  const { folder, uid, known, reading } = needs;
  if (!isId(note.id)) throw new Error('a moment needs an id');
  const plaintextPath = join(folder, `${note.session}-${note.id}.md`);
  const text = formatNote(note);
  if (Buffer.byteLength(text) > readLimit) throw tooLargeToWrite(plaintextPath);
  checkFolder({ folder, uid, known });
  const bothForms = [plaintextPath, encryptedName(plaintextPath)];
  const added = await reading.files(
    () => bothForms.filter(isThere),
    found => addText(needs, { id: note.id, plaintextPath, text }, found),
  );
  await known.record(folder);
  return added;
}

async function addText(
  { folder, writer, undoLog, texts }: NoteWriteNeeds,
  { id, plaintextPath, text }: { readonly id: string; readonly plaintextPath: string; readonly text: string },
  found: ReadonlyMap<string, ReadData>,
): Promise<string> {
  const path = texts.placeFor(plaintextPath);
  const data = await texts.dataFor(path, text);
  if (!isThere(path))
    undoLog.record([{ is: 'added', id, path: relativePath(folder, path), after: contentFingerprint(data) }]);
  if (!writer.add(path, data)) {
    // A run interrupted before it dropped the draft leaves the whole note; a run interrupted during the write
    // leaves the beginning of the note.
    const existing = found.get(path);
    const isSame =
      existing?.is === 'text' &&
      (existing.text === text ||
        (text.startsWith(existing.text) && writer.replace(path, data, existing.data)));
    if (!isSame) throw problemOf(fault('storage.name-taken', { path }));
  }
  return path;
}

/** Revises a note under the lock and returns its new text. If it no longer reads `seen`, saves a conflict copy. */
export async function reviseNote(
  needs: NoteWriteNeeds,
  path: string,
  revision: Revision,
  seen: string | undefined,
): Promise<string> {
  const first = await reviseOnce(needs, path, { revision, seen });
  if (first !== undefined) return first;
  const second = await reviseOnce(needs, path, { revision, seen, readYaml: await loadYamlReader() });
  if (second === undefined) throw new Error('the YAML reader is never unsure');
  return second;
}

/** Returns undefined if the YAML reader is needed: the caller loads it without holding the lock. */
function reviseOnce(
  needs: NoteWriteNeeds,
  givenPath: string,
  how: { readonly revision: Revision; readonly seen: string | undefined; readonly readYaml?: YamlReader },
): Promise<string | undefined> {
  const { revision, seen, readYaml } = how;
  return needs.reading.file(
    () => currentPath(givenPath),
    async (path, current) => {
      // A note deleted or moved during the interview still has its text in `seen`, so the answers go into a
      // conflict copy.
      if (current.is === 'fault' && (seen === undefined || current.fault.key !== 'storage.read-missing'))
        throw problemOf(current.fault);
      const before = seen ?? (current.is === 'text' ? current.text : '');
      const revised = reviseText(before, revision, path, readYaml);
      if (revised === undefined) return undefined;
      if (Buffer.byteLength(revised) > readLimit) throw tooLargeToWrite(path);
      if (current.is === 'fault' || current.text !== before)
        throw await saveConflictText(needs, path, revised);
      if (revised !== current.text) await changeText(needs, path, revised, current);
      return revised;
    },
  );
}

/** Replaces a file's content and records the previous content for undo. Needs the lock. */
export async function changeText(
  needs: NoteWriteNeeds,
  path: string,
  text: string,
  current: CurrentText,
): Promise<void> {
  const { folder, writer, undoLog, texts } = needs;
  const data = await texts.dataFor(path, text);
  undoLog.record([
    {
      is: 'changed',
      id: noteIdIn(text, path),
      path: relativePath(folder, path),
      before: current.data,
      after: contentFingerprint(data),
    },
  ]);
  if (!writer.replace(path, data, current.data)) throw await saveConflictText(needs, path, text);
}

/** Saves a text that can't go to `path` in a file of its own, and returns that file's path. Needs the lock. */
export async function saveConflictCopy(needs: NoteWriteNeeds, path: string, text: string): Promise<string> {
  const { own, stamp, random, writer, texts, checkSameFolder } = needs;
  checkSameFolder();
  const name = basename(plaintextName(path), '.md');
  const suffix = Buffer.from(random(3)).toString('hex');
  const time = stamp()
    .replace(/[^0-9T]/g, '')
    .slice(0, 18);
  const copy = texts.placeFor(join(own, 'kept', `${name}-${time}-${suffix}.md`));
  if (!writer.add(copy, await texts.dataFor(copy, text)))
    throw problemOf(fault('storage.name-taken', { path: copy }));
  return copy;
}

/** Saves a conflict copy and returns the Problem (exit 5) that names it. Needs the lock. */
export async function saveConflictText(needs: NoteWriteNeeds, path: string, text: string): Promise<Error> {
  const kept = await saveConflictCopy(needs, path, text);
  return problemOf(fault('storage.changed-elsewhere', { path, kept }), { exit: Exit.changedElsewhere });
}

function tooLargeToWrite(path: string): Error {
  return problemOf(fault('storage.too-much', { path, limit: readLimit / 1024 / 1024 }));
}
