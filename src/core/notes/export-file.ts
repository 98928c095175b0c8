import { isOddName } from '../text/portable-file-name.ts';

/** A file in an export. */
export interface ExportedFile {
  /** Relative to the folder, with `/`. Not validated. */
  readonly path: string;
  readonly text: string;
}

/**
 * Why a path is not imported: it leads out of the folder, it is reserved (hidden files, `templates`,
 * `help.md`), it is not Markdown, or some system does not allow the name.
 */
export type PathFault = 'outside' | 'own' | 'not-markdown' | 'odd';

/**
 * Parses the output of `export json`. Returns undefined for any other text, and undefined in place of each
 * invalid entry. Paths are not validated.
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
    // Lone surrogates can't be written as UTF-8.
    return !entry.text.isWellFormed() || !entry.path.isWellFormed()
      ? undefined
      : { path: entry.path, text: entry.text };
  });
}

/** Returns the version of a JSON export of ours; undefined if the text is not one. */
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
 * Returns why a path can't be a note's in the folder; undefined for a plain relative path of a Markdown file.
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
