import type { FrontValue } from '../../notes/reflection.ts';
import type { Carried } from './entry.ts';

/** A text with TOML front matter, split into both. */
export interface TomlFront {
  /** Values as text, without quotes. */
  readonly keys: Readonly<Record<string, FrontValue>>;
  readonly carried: readonly Carried[];
  /** The text after the front matter; the whole text if it can't be kept line by line. */
  readonly body: string;
}

// Values that mean the same in TOML and YAML: strings, numbers, dates, booleans, one-line lists of them.
const scalar = '(?:"(?:[^"\\\\]|\\\\.)*"|\'[^\']*\'|[A-Za-z0-9][A-Za-z0-9+:.-]*(?: \\d[\\d:.]*)?)';
const value = new RegExp(`^(?:${scalar}|\\[(?: *${scalar} *,?)* *\\])$`);

/** Parses a TOML front matter between `+++` lines; returns undefined if there is none. */
export function tomlFront(text: string): TomlFront | undefined {
  const [all, source] = /^\+\+\+[ \t]*\r?\n([\s\S]*?)(?<=\n)\+\+\+[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (all === undefined || source === undefined) return undefined;
  const keys: Record<string, FrontValue> = {};
  const carried: Carried[] = [];
  let isPlain = true;
  let before = '';
  for (const line of source.split(/\r?\n/)) {
    const [, key, written = ''] = /^([A-Za-z_][\w-]*)[ \t]*=[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (line.trim() === '' || line.startsWith('#')) {
      before += line === '' ? '' : `${line}\n`;
      continue;
    }
    isPlain &&= key !== undefined && value.test(written) && !Object.hasOwn(keys, key);
    if (key === undefined || Object.hasOwn(keys, key)) continue;
    keys[key] = written.replace(/^(["'])(.*)\1$/, '$2');
    carried.push({ key, lines: `${before}${key}: ${written}\n` });
    before = '';
  }
  return { keys, carried: isPlain ? carried : [], body: isPlain ? text.slice(all.length) : text };
}
