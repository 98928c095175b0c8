import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a terminal takes for an order, or turns letters around by; a line end and a tab aside. */
const orders = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const ownColours = /\u001b\[(?:1|2|22|36|39)m/g;

/**
 * Gives the first control character of a text that is none of our own colours, with what stands around it;
 * undefined when there is none.
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
 * Says of everything below a folder what it is, its mode, its size and when it was changed: no write and no
 * change of a time goes past the second of the two times. Nothing is opened.
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

/** Gives what differs between two such looks, by path. */
export function changesIn(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(path => before[path] !== after[path])
    .sort();
}

/** A text without its spaces and line ends: a long path is wrapped where it is said. */
export function unwrapped(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A file's name as it is said. */
export function shown(name: string): string {
  return name.replace(orders, one => `\\u{${one.charCodeAt(0).toString(16)}}`);
}
