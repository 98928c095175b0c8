import { lstatSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isNoteName } from './sealed-name.ts';

/** Gives a path below `folder` as records keep it: relative, with `/`. */
export function toldInside(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/**
 * Gives the absolute path of a note that a record names; undefined when it lies outside the folder, behind a link or among what is not searched
 * for notes. Records come back from synced folders: what stands in them decides nothing that a walk would not.
 */
export function noteInside(folder: string, told: string): string | undefined {
  const parts = told.split('/');
  if (!isNoteName(told.slice(told.lastIndexOf('/') + 1)) || parts.some((part) => part === '' || part.startsWith('.') || part.includes('\\') || part.includes('\0'))) return undefined;
  const path = join(folder, ...parts);
  for (let at = dirname(path); at.length > folder.length; at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) return undefined;
  }
  return path;
}
