import { lstatSync } from 'node:fs';
import host, { dirname, join, type PlatformPath } from 'node:path';
import { isNoteName } from './encrypted-name.ts';

const unusual = /(?:^|\/)\.{0,2}(?:\/|$)|\\/;

/**
 * Gives a path below `folder` as records keep it and people are told it: relative, with `/` on every system.
 */
export function relativePath(folder: string, path: string, paths: PlatformPath = host): string {
  // What a walk has found is so told as it is; working it out part by part takes longer than reading the
  // note.
  const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  if (below !== undefined && !unusual.test(below)) return below;
  return paths.relative(folder, path).split(paths.sep).join('/');
}

/**
 * Gives the absolute path of a note that a record names; undefined when it lies outside the folder, behind a
 * link or among what is not searched for notes. Records come back from synced folders: what stands in them
 * decides nothing that a walk would not.
 */
export function noteInside(folder: string, shownPath: string): string | undefined {
  const parts = shownPath.split('/');
  if (
    !isNoteName(shownPath.slice(shownPath.lastIndexOf('/') + 1)) ||
    parts.some(part => part === '' || part.startsWith('.') || part.includes('\\') || part.includes('\0'))
  )
    return undefined;
  const path = join(folder, ...parts);
  for (let at = dirname(path); at.length > folder.length; at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) return undefined;
  }
  return path;
}
