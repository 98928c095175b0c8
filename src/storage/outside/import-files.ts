import { statSync, type Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SourceFile } from '../../core/import/entry/entry.ts';
import { kindOf } from '../../core/import/entry/entry.ts';
import type { Incoming, IncomingFile, Unreadable } from '../../world/world.ts';
import {
  readFront,
  readHead,
  type FrontRead,
  type NoteHead,
  type YamlReader,
} from '../format/front-matter.ts';
import { fault, problemOf, readFault, type StorageFault } from '../fs/problems.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import { isNoteName, isEncryptedName } from '../fs/encrypted-name.ts';
import { listImportFiles } from './list-import-files.ts';

/** The largest file read, in bytes; longer ones do not fit into one JavaScript string. */
const largest = 256 * 1024 * 1024;

/** Opens the file or folder at an absolute path. Throws a Problem if it can't be read. */
export function openIncoming(path: string): Incoming {
  if (!statOf(path).isDirectory()) return openFile(path);
  const { files, placeholders, topFolders, faults } = listImportFiles(path);
  const isEncryptedNote = (file: string): boolean => isNoteName(file) && isEncryptedName(file);
  const encrypted = files
    .filter(isEncryptedNote)
    .map(file => ({ path: file, fault: fault('storage.sealed-elsewhere', { path: file }) }));
  return {
    isFolder: true,
    root: basename(path),
    topFolders,
    placeholders,
    paths: files.filter(file => !isEncryptedNote(file)),
    unreadable: [...faults, ...encrypted].map(({ path: file, fault: found }) => unreadableOf(file, found)),
    read: file => readFile(path, file),
  };
}

function openFile(path: string): Incoming {
  const [folder, name] = [dirname(path), basename(path)];
  return {
    isFolder: false,
    root: basename(folder),
    topFolders: [],
    placeholders: [],
    paths: [name],
    unreadable: [],
    read: file => readFile(folder, file, true),
  };
}

/** Reads a file in a folder. Follows a link only if the person named it. */
async function readFile(folder: string, relativePath: string, follow = false): Promise<IncomingFile> {
  const path = `${folder}/${relativePath}`;
  const read = tryReadWhole(path, { limit: largest, follow });
  if (read.is === 'fault')
    return { is: 'unreadable', ...unreadableOf(relativePath, tooLarge(read.fault, path)) };
  const { text } = read;
  const isMarkdown = kindOf(relativePath) === 'markdown';
  if (isMarkdown) {
    // Decided by the front matter alone: other programs also use names like `2026-03-12-friday.md`.
    const head = await headOf(text, relativePath);
    if (head.is === 'head') return { is: 'ours', path: relativePath, text };
    if (head.is === 'fault') return { is: 'unreadable', ...unreadableOf(relativePath, head.fault) };
  }
  return { is: 'foreign', file: await sourceFile({ folder, relativePath, text }) };
}

interface ReadFile {
  readonly folder: string;
  /** Relative to `folder`. */
  readonly relativePath: string;
  readonly text: string;
}

async function sourceFile({ folder, relativePath, text: rawText }: ReadFile): Promise<SourceFile> {
  const { birthtimeMs, mtimeMs } = statOf(`${folder}/${relativePath}`);
  const text = rawText.replace(/^\uFEFF/, '');
  const front = ['markdown', 'text'].includes(kindOf(relativePath))
    ? await frontOf(text, relativePath)
    : undefined;
  const info = /\.textbundle\/[^/]+$/i.test(relativePath)
    ? tryReadWhole(`${folder}/${dirname(relativePath)}/info.json`)
    : undefined;
  const base = {
    path: relativePath,
    root: basename(folder),
    text,
    time: birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs,
  };
  return {
    ...base,
    ...(info?.is === 'text' ? { info: info.text } : {}),
    // Unreadable front matter stays part of the text.
    ...(front?.is === 'keys'
      ? {
          front: { keys: front.keys, source: text.slice(front.span.start, front.span.end) },
          body: text.slice(front.span.body),
        }
      : { body: text }),
  };
}

async function headOf(text: string, relativePath: string): Promise<NoteHead> {
  const head = readHead(text, relativePath, false);
  return head.is === 'unsure' ? readHead(text, relativePath, false, await loadYamlReader()) : head;
}

async function frontOf(text: string, relativePath: string): Promise<FrontRead> {
  const front = readFront(text, relativePath);
  return front.is === 'unsure' ? readFront(text, relativePath, await loadYamlReader()) : front;
}

async function loadYamlReader(): Promise<YamlReader> {
  return (await import('../format/yaml.ts')).readYaml;
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw problemOf(readFault(path, error), { cause: error });
  }
}

function tooLarge(found: StorageFault, path: string): StorageFault {
  return found.key === 'storage.read-too-large'
    ? fault('storage.read-too-large', { path, limit: largest / 1024 / 1024 })
    : found;
}

function unreadableOf(path: string, { line, key, params }: StorageFault): Unreadable {
  return {
    path,
    line,
    key,
    params: {
      ...params,
      ...('path' in params ? { path } : {}),
      ...('place' in params ? { place: path } : {}),
    },
  };
}
