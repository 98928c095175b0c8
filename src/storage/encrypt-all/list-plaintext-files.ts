import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isNoteFileName, hasOurMark } from '../format/front-matter.ts';
import { isRealFolder, namesInOwnFolder } from '../folder/own-folders.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

/** Returns the absolute paths of the program's notes that are not encrypted, including broken notes. */
export function listPlaintextNotes(folder: string): readonly string[] {
  return listNoteFiles(folder).files.filter(path => !isEncryptedName(path) && isOurs(path));
}

/**
 * Returns the absolute paths of all files of the program that contain a person's words and are not encrypted:
 * notes, drafts, conflict copies (`kept`) and notes in the trash.
 */
export function listPlaintextFiles(folder: string): readonly string[] {
  return [...listPlaintextNotes(folder), ...ownTexts(folder).filter(path => !isEncryptedName(path))];
}

/** Returns the absolute paths of all encrypted files of the same kinds. */
export function listEncryptedFiles(folder: string): readonly string[] {
  return [...listNoteFiles(folder).files, ...ownTexts(folder)].filter(isEncryptedName);
}

/** Returns the absolute paths of the files of the undo log. */
export function undoFiles(folder: string): readonly string[] {
  const undo = join(folder, '.rupture', 'undo');
  return namesInOwnFolder(undo).map(name => join(undo, name));
}

/**
 * Returns the absolute paths that may contain earlier texts in plaintext and that the program does not
 * change: version control and version folders, here and in the folders above, and files left by editors and
 * by killed runs.
 */
export function plaintextLeftovers(folder: string): readonly string[] {
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    found.push(...historyNames.map(name => join(at, name)).filter(exists));
    if (dirname(at) === at) break;
  }
  const own = join(folder, '.rupture');
  const ours = [own, ...['drafts', 'kept', 'trash', 'undo'].map(name => join(own, name))];
  const noteFolders = listNoteFiles(folder).files.map(path => dirname(path));
  const real = isRealFolder(own) ? ours.filter(isRealFolder) : [];
  const folders = [...new Set([folder, ...real, ...noteFolders])];
  return [
    ...found,
    ...folders.flatMap(place =>
      namesIn(place)
        .filter(name => leftoverName.test(name))
        .map(name => join(place, name)),
    ),
  ];
}

const historyNames = [
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
// Temporary files of our writer, and the backup and swap files that editors put beside a note or a draft.
const leftoverName = /\.(?:md|json|jsonl)(?:~|\.sw[nop]|\.bak|\.orig|\.save|\.\d+-[0-9a-f]{12}\.tmp)$/;

function ownTexts(folder: string): readonly string[] {
  const own = join(folder, '.rupture');
  const filesIn = (folderName: string, matches: (name: string) => boolean): readonly string[] =>
    namesInOwnFolder(join(own, folderName))
      .filter(name => !name.startsWith('.') && matches(name))
      .map(name => join(own, folderName, name));
  return [
    ...filesIn('drafts', name => /\.json(?:\.age)?(?:\.damaged-\d+)?(?:\.age)?$/.test(name)),
    ...filesIn('kept', () => true),
    ...filesIn('trash', name => /\.md(?:\.age)?$/.test(name)),
  ];
}

function isOurs(path: string): boolean {
  if (isNoteFileName(basename(path))) return true;
  const read = tryReadWhole(path);
  return read.is === 'text' && /^\uFEFF?---/.test(read.text) && hasOurMark(read.text);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
