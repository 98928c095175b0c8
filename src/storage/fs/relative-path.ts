import { lstatSync } from 'node:fs';
import host, { dirname, join, type PlatformPath } from 'node:path';
import { isNoteName } from './encrypted-name.ts';

const unusual = /(?:^|\/)\.{0,2}(?:\/|$)|\\/;

/**
 * Returns the path relative to `folder`, with `/` on every system: the form for records on disk and for
 * messages.
 */
export function relativePath(folder: string, path: string, paths: PlatformPath = host): string {
  // Fast path for listed files: `paths.relative` takes longer than reading the note.
  const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  if (below !== undefined && !unusual.test(below)) return below;
  return paths.relative(folder, path).split(paths.sep).join('/');
}

/**
 * Returns the absolute path of a note that a record names by `relative`, its path below `folder`. Returns
 * undefined when the path leads outside the folder, through a link, or to a name that `listNoteFiles` would
 * skip. Records may come from a synced folder, so they must not reach any file that `listNoteFiles` can't.
 */
export function noteInside(folder: string, relative: string): string | undefined {
  const parts = relative.split('/');
  if (
    !isNoteName(relative.slice(relative.lastIndexOf('/') + 1)) ||
    parts.some(part => part === '' || part.startsWith('.') || part.includes('\\') || part.includes('\0'))
  )
    return undefined;
  const path = join(folder, ...parts);
  for (let at = dirname(path); at.length > folder.length; at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) return undefined;
  }
  return path;
}
