import { statSync, type Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseDay, type Day } from '../core/day.ts';
import type { Incoming, IncomingNote, Unreadable } from '../world.ts';
import { readFront, readHead, type SlowReader } from './front-matter.ts';
import { fault, problemOf, readFault, type StorageFault } from './problems.ts';
import { tryReadWhole } from './safe-read.ts';
import { isSealedName } from './sealed-name.ts';
import { walkNotes } from './walk.ts';

/** An export holds many notes; more than this does not fit into one text of JavaScript either. */
const largest = 256 * 1024 * 1024;

/** Opens what a person named, absolute: a folder, a Markdown file, or some other text. Throws a Problem when it can't be read. */
export function openIncoming(path: string): Incoming {
  const stat = statOf(path);
  if (stat.isDirectory()) {
    const { files: all, faults } = walkNotes(path);
    const files = all.filter((file) => !isSealedName(file));
    const sealed = all.filter(isSealedName).map((file) => ({ path: file, fault: fault('storage.sealed-elsewhere', { path: file }) }));
    // A walk puts / between its parts on every system; a \\ in it is part of a name.
    const told = (file: string): string => file.slice(path.length + 1);
    return {
      is: 'notes', paths: files.map(told),
      unreadable: [...faults, ...sealed].map(({ path: file, fault: found }) => unreadableOf(told(file), found)),
      read: (file) => readNote(`${path}/${file}`, file),
    };
  }
  if (/\.(?:md|markdown)$/i.test(path)) {
    const name = basename(path);
    return { is: 'notes', paths: [name], unreadable: [], read: (file) => readNote(`${dirname(path)}/${file}`, file) };
  }
  const read = tryReadWhole(path, { follow: true, limit: largest });
  if (read.is === 'text') return read;
  throw problemOf(read.fault.key === 'storage.read-too-large' ? fault('storage.read-too-large', { path, limit: largest / 1024 / 1024 }) : read.fault);
}

async function readNote(path: string, told: string): Promise<IncomingNote> {
  const read = tryReadWhole(path);
  if (read.is === 'fault') return { is: 'unreadable', ...unreadableOf(told, read.fault) };
  const { text } = read;
  // By its front matter alone: `2026-03-12-friday.md` is a name of ours, too.
  let head = readHead(text, told, false);
  if (head.is === 'unsure') head = readHead(text, told, false, await openSlow());
  if (head.is === 'head') return { is: 'ours', path: told, text };
  if (head.is === 'fault') return { is: 'unreadable', ...unreadableOf(told, head.fault) };
  let front = readFront(text, told);
  if (front.is === 'unsure') front = readFront(text, told, await openSlow());
  const modified = localDay(statOf(path).mtimeMs);
  // Front matter that can't be read is text like the rest: nothing of it is lost.
  if (front.is !== 'keys') return { is: 'foreign', path: told, keys: {}, body: text.replace(/^\uFEFF/, ''), modified };
  return { is: 'foreign', path: told, keys: front.keys, body: text.slice(front.span.body), modified };
}

async function openSlow(): Promise<SlowReader> {
  return (await import('./yaml.ts')).readYaml;
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw problemOf(readFault(path, error), { cause: error });
  }
}

function localDay(ms: number): Day {
  const at = new Date(ms);
  const text = [String(at.getFullYear()).padStart(4, '0'), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  const day = parseDay(text);
  if (day === undefined) throw new Error('a clock past the year 9999');
  return day;
}

function unreadableOf(path: string, { line, key, params }: StorageFault): Unreadable {
  return { path, line, key, params: { ...params, ...('path' in params ? { path } : {}), ...('place' in params ? { place: path } : {}) } };
}
