import { placeKey } from '../../text/portable-file-name.ts';
import type { FrontValue } from '../../notes/reflection.ts';
import type { SourceFile, SourceName } from './entry.ts';

// The same alphabet as in `core/notes/id.ts`.
const letters = 'abcdefghjkmnpqrstuvwxyz';
const all = `${letters}23456789`;
const half = 0x1_0000_0000;

/**
 * Sources in which each note is a file. They share their identities, so it does not matter which of them the
 * person says it was.
 */
const byFile: readonly SourceName[] = [
  'obsidian',
  'logseq',
  'joplin',
  'bear',
  'apple-notes',
  'evernote',
  'markdown',
];

/** Returns the namespace of a source's identities. */
export function familyOf(source: string): string {
  return byFile.some(name => name === source) ? 'file' : source;
}

/** Returns the identity of a note that is a file: its path, with the name of the imported folder in front. */
export function fileIdentity({ root, path }: Pick<SourceFile, 'root' | 'path'>): string {
  return root === '' ? path : `${root}/${path}`;
}

/** Derives a note's id from its source and identity. Increase `attempt` to get another id if one is taken. */
export function importedId(source: SourceName, identity: string, attempt: number): string {
  const [high, low] = hashOf(`${familyOf(source)}\n${placeKey(identity)}\n${attempt}`);
  return idFrom(high * 0x10_0000 + (low & 0xf_ffff));
}

/** A fingerprint for detecting changes, starting with a letter. Not cryptographic. */
export function fingerprint(text: string): string {
  const [high, low] = hashOf(text);
  return `f${high.toString(36)}${low.toString(36).padStart(7, '0')}`;
}

/**
 * Computes the id that versions without `imported_from` gave to a Markdown file (from its name and text), so
 * that notes they imported are recognised.
 */
export function formerId(path: string, keys: Readonly<Record<string, FrontValue>>, body: string): string {
  const text = `${placeKey(path.slice(path.lastIndexOf('/') + 1))}\n0\n${JSON.stringify(keys)}\n${body}`;
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  return idFrom((a >>> 0) * 0x100000 + ((b ^ (b >>> 13)) & 0xfffff));
}

function idFrom(number: number): string {
  let rest = number;
  let id = '';
  for (let at = 0; at < 6; at++) {
    const from = at === 0 ? letters : all;
    id += from[rest % from.length] ?? 'a';
    rest = Math.floor(rest / from.length);
  }
  return id;
}

/** FNV-1a over 64 bits, in two halves; the prime is 2^40 + 435. */
function hashOf(text: string): readonly [high: number, low: number] {
  let [high, low] = [0xcbf2_9ce4, 0x8422_2325];
  for (let at = 0; at < text.length; at++) {
    const mixed = (low ^ text.charCodeAt(at)) >>> 0;
    const product = mixed * 435;
    high = (Math.imul(high, 435) + (mixed << 8) + Math.floor(product / half)) >>> 0;
    low = product >>> 0;
  }
  return [high, low];
}
