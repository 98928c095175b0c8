import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Control characters and direction marks that a terminal acts on, except line ends and tabs. */
const orders = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const ownColours = /\u001b\[(?:1|2|22|36|39)m/g;

/**
 * Returns the first control character of a text that is not part of our own colours, with the text around
 * it; undefined if there is none.
 */
export function orderIn(
  text: string,
  { colours = true }: { readonly colours?: boolean } = {},
): string | undefined {
  const lines = text.replaceAll('\r\n', '\n');
  const bare = colours ? lines.replace(ownColours, '') : lines;
  orders.lastIndex = 0;
  const at = orders.exec(bare)?.index;
  return at === undefined ? undefined : JSON.stringify(bare.slice(Math.max(0, at - 30), at + 30));
}

/**
 * Returns the kind, mode, size, mtime and ctime of everything below a folder, by path. Any write or change
 * of a time shows in the ctime. Opens no file.
 */
export function stampsOf(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const answered = (at: string): void => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      const stat = lstatSync(path);
      const times = stat.isSymbolicLink() ? readlinkSync(path) : `${stat.mtimeMs} ${stat.ctimeMs}`;
      found[path.slice(folder.length + 1)] =
        `${(stat.mode & 0o170777).toString(8)} ${stat.isDirectory() ? '' : stat.size} ${times}`;
      if (stat.isDirectory()) answered(path);
    }
  };
  answered(folder);
  return found;
}

/** Returns the paths that differ between two results of `stampsOf`, each with the change. */
export function changesIn(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(path => before[path] !== after[path])
    .sort();
}

/** Returns a text without spaces and line ends, because messages wrap long paths. */
export function unwrapped(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Returns a file's name as messages show it. */
export function shown(name: string): string {
  return name.replace(orders, one => `\\u{${one.charCodeAt(0).toString(16)}}`);
}
