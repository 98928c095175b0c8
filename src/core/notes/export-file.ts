import { isOddName } from '../text/portable-file-name.ts';

/** A file of an export, as it was in its folder. */
export interface ExportedFile {
  /** Relative, with /; not looked at yet. */
  readonly path: string;
  readonly text: string;
}

/**
 * Why a path is not taken in: it leads out of the folder, it is the tool's or the person's own place, or some
 * system does not take it.
 */
export type PathFault = 'outside' | 'own' | 'not-markdown' | 'odd';

/**
 * Parses what `export json` writes. Undefined when the text is something else; an entry that is none is given
 * as undefined in its place. The paths are whatever stands there.
 */
export function parseExported(text: string): readonly (ExportedFile | undefined)[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (
    typeof read !== 'object' ||
    read === null ||
    !('version' in read) ||
    read.version !== 1 ||
    !('files' in read) ||
    !Array.isArray(read.files)
  )
    return undefined;
  return read.files.map((entry: unknown): ExportedFile | undefined => {
    if (
      typeof entry !== 'object' ||
      entry === null ||
      !Object.hasOwn(entry, 'path') ||
      !Object.hasOwn(entry, 'text')
    )
      return undefined;
    if (
      !('path' in entry) ||
      !('text' in entry) ||
      typeof entry.path !== 'string' ||
      typeof entry.text !== 'string'
    )
      return undefined;
    // UTF-8 has no bytes for half a character.
    return !entry.text.isWellFormed() || !entry.path.isWellFormed()
      ? undefined
      : { path: entry.path, text: entry.text };
  });
}

/** Gives the version that a text says as an export of ours; undefined where it is none. */
export function exportVersion(text: string): number | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  if (!('version' in read) || !('files' in read)) return undefined;
  return typeof read.version === 'number' && Array.isArray(read.files) ? read.version : undefined;
}

/**
 * Says why a path may not be a note's in the folder; undefined when it may. Only plain relative paths of
 * Markdown files do.
 */
export function pathFault(path: string): PathFault | undefined {
  const parts = path.split('/');
  if (
    path === '' ||
    path.includes('\\') ||
    /^[a-z]:/i.test(path) ||
    parts.some(part => part === '' || part === '.' || part === '..')
  )
    return 'outside';
  if (parts.some(isOddName)) return 'odd';
  const [top = ''] = parts;
  if (
    parts.some(part => part.startsWith('.')) ||
    (parts.length > 1 && top.toLowerCase() === 'templates') ||
    path.toLowerCase() === 'help.md'
  )
    return 'own';
  return path.endsWith('.md') ? undefined : 'not-markdown';
}
