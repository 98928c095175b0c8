import { frontKeys } from '../../notes/reflection.ts';
import type { Carried, SourceFront } from './entry.ts';

const ours: readonly string[] = frontKeys;
const plainKey = '[^\\s#\'"[\\]{},&*!|>%@`-][^\\n]*?|-[^\\s][^\\n]*?';
const keyLine = new RegExp(`^(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^']|'')*)'|(${plainKey})) ?:(?=\\s|$)`);

/**
 * Splits the source of a front matter into its keys. Comments and blank lines go with the key below them.
 * Returns undefined if the lines can't be split safely: a front matter in braces, or one whose keys differ
 * from those the YAML reader found.
 */
export function carriedLines({ source, keys }: SourceFront): readonly Carried[] | undefined {
  const text = outdented(source.replaceAll('\r\n', '\n'));
  const found: { key: string; lines: string }[] = [];
  let before = '';
  for (const line of text.split(/(?<=\n)/)) {
    const match = keyLine.exec(line);
    if (match !== null) {
      found.push({
        key: match[1] ?? match[2]?.replaceAll("''", "'") ?? match[3]?.trimEnd() ?? '',
        lines: before + line,
      });
      before = '';
    } else if (/^(?:#.*|\s*)$/.test(line.trimEnd()) && !/^\s+\S/.test(line)) {
      before += line;
    } else {
      const last = found.at(-1);
      if (last === undefined) return undefined;
      last.lines += before + line;
      before = '';
    }
  }
  const last = found.at(-1);
  if (last !== undefined) last.lines += before.replace(/^\n+$/, '');
  const names = new Set(found.map(({ key }) => key));
  const isSame =
    names.size === found.length &&
    names.size === Object.keys(keys).length &&
    Object.keys(keys).every(key => names.has(key));
  return isSame ? found.filter(({ lines }) => lines !== '') : undefined;
}

/** Renames a key that would collide with one of ours; its value is left as it is. */
export function renamed({ key, lines }: Carried): Carried {
  const isOurs = ours.includes(key.toLowerCase()) || /^imported_(?:from|as)$/i.test(key);
  if (!isOurs) return { key, lines };
  const at = lines.search(new RegExp(`^["']?${key.replace(/[^\w]/g, '\\$&')}`, 'm'));
  const quote = /^["']/.test(lines.slice(at)) ? 1 : 0;
  const name = `imported_${key}`;
  return { key: name, lines: `${lines.slice(0, at)}${name}${lines.slice(at + key.length + quote * 2)}` };
}

/** Removes the indentation that all lines share. */
function outdented(source: string): string {
  const indent = /^[ ]*(?=\S)/m.exec(source)?.[0].length ?? 0;
  if (indent === 0) return source;
  return source.replace(new RegExp(`^ {${indent}}`, 'gm'), '');
}
