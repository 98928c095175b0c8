import type { Day } from './day.ts';
import { parseDay, parseInstant } from './day.ts';
import { placeKey } from './file-name.ts';
import type { FrontValue, NewReflection } from './reflection.ts';
import { frontKeys } from './reflection.ts';
import { titleOf } from './title.ts';

/** A Markdown file of somebody else's. `keys` are those of its front matter, `body` is all the rest. */
export interface ForeignFile {
  /** Relative, with /. */
  readonly path: string;
  readonly keys: Readonly<Record<string, FrontValue>>;
  readonly body: string;
  /** The day the file was last changed. */
  readonly modified: Day;
}

/** Where a session day was found. */
export type DayFrom = 'front' | 'name' | 'modified';

export interface Adoption {
  readonly note: NewReflection;
  readonly from: DayFrom;
}

export interface AdoptNeeds {
  readonly today: Day;
  /** The heading of the question that asks what happened. */
  readonly heading: string;
  /** What a moment with no words is called: `A moment on 12 March`. */
  readonly otherwise: (day: Day) => string;
  /** True for an id that another file of this import has got. */
  readonly isTaken: (id: string) => boolean;
}

const dayKeys = ['session', 'date', 'day'];
const ours: readonly string[] = frontKeys;

/**
 * Makes an open moment of a Markdown file: the body is kept whole as what happened; the session day is that of the front matter, else of
 * the file's name, else the day it was last changed, and never ahead of today; the title is that of the front matter, else the first
 * heading. Other keys are kept; those that have the name of one of ours are kept as `imported_…`. The id comes of the file's name and
 * text, so that the same file gives the same moment again, whatever a system on its way did to its line ends, or to capitals and accents of its name. Undefined when there is nothing in it.
 */
export function adopt(file: ForeignFile, { today, heading, otherwise, isTaken }: AdoptNeeds): Adoption | undefined {
  const text = file.body.replaceAll('\r\n', '\n').replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  if (text === '') return undefined;
  const { session, from, key: dayKey } = dayOf(file, today);
  const name = nameKey(file.path);
  const own = file.keys['title'];
  const hasTitle = typeof own === 'string' && titleOf(own) !== undefined;
  const title = hasTitle ? own.replace(/\s+/g, ' ').trim() : firstHeading(text) ?? titleOf(text) ?? otherwise(session);
  let id = '';
  for (let turn = 0; id === '' || isTaken(id); turn++) id = idOf(`${name}\n${turn}\n${JSON.stringify(file.keys)}\n${text}`);
  const kept = Object.entries(file.keys).flatMap(([key, value]): readonly (readonly [string, string | number | readonly string[]])[] => {
    if (key === dayKey || (key === 'title' && hasTitle) || value === null) return [];
    if (key === 'created' && typeof value === 'string' && parseInstant(value) !== undefined) return [[key, value]];
    return [[ours.includes(key) ? `imported_${key}` : key, flat(value)]];
  });
  return { from, note: { id, session, title, front: { ...Object.fromEntries(kept), status: 'open' }, sections: [{ level: 2, heading, text }] } };
}

/** Gives the name of a file as it is the same on every system. */
export function nameKey(path: string): string {
  return placeKey(path.slice(path.lastIndexOf('/') + 1));
}

function dayOf({ keys, path, modified }: ForeignFile, today: Day): { readonly session: Day; readonly from: DayFrom; readonly key?: string } {
  for (const key of dayKeys) {
    const value = keys[key];
    const day = typeof value === 'string' ? parseDay(value.slice(0, 10)) : undefined;
    if (day !== undefined && day <= today) return { session: day, from: 'front', ...(value === day ? { key } : {}) };
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  const named = [...name.matchAll(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g)].map(([found]) => parseDay(found)).find((day) => day !== undefined && day <= today);
  if (named !== undefined) return { session: named, from: 'name' };
  return { session: modified <= today ? modified : today, from: 'modified' };
}

function firstHeading(text: string): string | undefined {
  const found = /^#{1,6}[ \t]+(.+)$/m.exec(text)?.[1];
  return found === undefined ? undefined : titleOf(found.slice(0, 1000).replace(/[ \t]+#+[ \t]*$/, ''));
}

// The front matter is flat (`format.md`).
function flat(value: FrontValue): string | number | readonly string[] {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (Array.isArray(value)) return value.map((item: FrontValue) => String(flatText(item)));
  return flatText(value);
}

function flatText(value: FrontValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** Makes an id of six characters of a text (FNV-1a, twice over 32 bits). */
function idOf(text: string): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz';
  const all = `${letters}23456789`;
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  let rest = (a >>> 0) * 0x100000 + ((b ^ (b >>> 13)) & 0xfffff);
  let id = '';
  for (let at = 0; at < 6; at++) {
    const from = at === 0 ? letters : all;
    id += from[rest % from.length] ?? 'a';
    rest = Math.floor(rest / from.length);
  }
  return id;
}
