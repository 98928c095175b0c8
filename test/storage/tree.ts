import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Returns the path, mode and hash of every file below a folder, except in the folders named in `leave`.
 */
export function treeOf(
  folder: string,
  leave: readonly string[] = ['.rupture', '.config'],
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const answered = (at: string): void => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      const told = relative(folder, path);
      if (leave.includes(told)) continue;
      const stat = lstatSync(path);
      if (stat.isDirectory()) answered(path);
      else
        found[told] =
          `${(stat.mode & 0o777).toString(8)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    }
  };
  answered(folder);
  return found;
}

/** The texts of all files below a folder, by path. */
export function textsBelow(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(treeOf(folder, [])).map(path => [path, readFileSync(join(folder, path), 'latin1')]),
  );
}
