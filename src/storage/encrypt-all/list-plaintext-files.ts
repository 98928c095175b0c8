import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isNoteFileName, hasOurMark } from '../format/front-matter.ts';
import { isRealFolder, namesInOwnFolder } from '../folder/own-folders.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

/** Gives the notes of ours that are not sealed, whole or broken, absolute. */
export function listPlaintextNotes(folder: string): readonly string[] {
  return listNoteFiles(folder).files.filter(path => !isEncryptedName(path) && isOurs(path));
}

/**
 * Gives all that is ours, holds words and is not sealed: notes, drafts, what was kept aside, what is in the
 * trash.
 */
export function listPlaintextFiles(folder: string): readonly string[] {
  return [...listPlaintextNotes(folder), ...ownTexts(folder).filter(path => !isEncryptedName(path))];
}

/** Gives all that is sealed. */
export function listEncryptedFiles(folder: string): readonly string[] {
  return [...listNoteFiles(folder).files, ...ownTexts(folder)].filter(isEncryptedName);
}

/** The records of undo, absolute. */
export function undoFiles(folder: string): readonly string[] {
  const undo = join(folder, '.rupture', 'undo');
  return namesInOwnFolder(undo).map(name => join(undo, name));
}

/**
 * Gives what may hold earlier words in clear and is not ours to change: histories, version folders, what
 * editors and cut-off runs have left.
 */
export function plaintextLeftovers(folder: string): readonly string[] {
  const around: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    around.push(...histories.map(name => join(at, name)).filter(isThereAtAll));
    if (dirname(at) === at) break;
  }
  const own = join(folder, '.rupture');
  const ours = [own, ...['drafts', 'kept', 'trash', 'undo'].map(name => join(own, name))];
  const noteFolders = listNoteFiles(folder).files.map(path => dirname(path));
  const real = isRealFolder(own) ? ours.filter(isRealFolder) : [];
  const folders = [...new Set([folder, ...real, ...noteFolders])];
  return [
    ...around,
    ...folders.flatMap(place =>
      namesIn(place)
        .filter(name => leftOvers.test(name))
        .map(name => join(place, name)),
    ),
  ];
}

const histories = [
  '.git',
  '.hg',
  '.svn',
  '.jj',
  '.stversions',
  '.dropbox.cache',
  '.sync',
  '.snapshots',
  '.trash',
  '#recycle',
];
// Halves of writing, and what editors put beside a file; the middle of a name is that of a note or of a
// draft.
const leftOvers = /\.(?:md|json|jsonl)(?:~|\.sw[nop]|\.bak|\.orig|\.save|\.\d+-[0-9a-f]{12}\.tmp)$/;

function ownTexts(folder: string): readonly string[] {
  const own = join(folder, '.rupture');
  const below = (name: string, isMeant: (name: string) => boolean): readonly string[] =>
    namesInOwnFolder(join(own, name))
      .filter(one => !one.startsWith('.') && isMeant(one))
      .map(one => join(own, name, one));
  return [
    ...below('drafts', name => /\.json(?:\.age)?(?:\.damaged-\d+)?(?:\.age)?$/.test(name)),
    ...below('kept', () => true),
    ...below('trash', name => /\.md(?:\.age)?$/.test(name)),
  ];
}

function isOurs(path: string): boolean {
  if (isNoteFileName(basename(path))) return true;
  const read = tryReadWhole(path);
  return read.is === 'text' && /^\uFEFF?---/.test(read.text) && hasOurMark(read.text);
}

function isThereAtAll(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
