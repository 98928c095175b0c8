import { basename } from 'node:path';
import type { Now } from '../../core/dates/day.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { Finding, NoteIndex } from '../../world/world.ts';
import { isNamedLikeCopy } from '../notebook/sync-copies.ts';
import { isNoteFileName } from '../format/front-matter.ts';
import { relativePath } from '../fs/relative-path.ts';
import { fault } from '../fs/problems.ts';
import { plaintextName } from '../fs/encrypted-name.ts';
import type { ReadData, EncryptedFiles } from '../encryption/encrypted-files.ts';

export interface NotesNeeds {
  readonly folder: string;
  readonly index: NoteIndex;
  readonly now: Now;
  /** Called with each note that has been looked at. */
  readonly tick: () => void;
  readonly open: EncryptedFiles['read'];
}

/** Clocks of two machines differ a little. */
const clockSlack = 10 * 60_000;

/**
 * Looks each note over, whole: what can't be read, second versions, marks of a merge, days ahead, a history
 * that says something else.
 */
export async function checkNotes({
  folder,
  index,
  now,
  tick,
  open,
}: NotesNeeds): Promise<readonly Finding[]> {
  const shownPath = (path: string): string => relativePath(folder, path);
  const findings: Finding[] = [];
  const merged = new Set<string>();
  const ids = new Set(index.moments.map(({ head }) => head.id));
  const look = async (path: string): Promise<string | undefined> => {
    tick();
    const read = await open(path);
    if (read.is === 'fault') return undefined;
    const line = mergeLine(read.text);
    if (line !== undefined) {
      merged.add(shownPath(path));
      findings.push({
        key: 'doctor.merge',
        path: shownPath(path),
        line,
        params: { path: shownPath(path), line },
        severity: 'action',
      });
    }
    return read.text;
  };
  for (const { path, head } of index.moments) {
    const read = await look(path);
    if (read === undefined) findings.push(unreadBody(await open(path), path, shownPath(path)));
    findings.push(
      ...daysAhead(shownPath(path), head, now),
      ...historyOf(shownPath(path), head),
      ...otherName(path, shownPath(path), head, ids),
    );
  }
  for (const { path, of } of index.copies) {
    const text = await look(path);
    const same = text !== undefined && textOf(await open(of)) === text;
    const params = { path: shownPath(path), of: shownPath(of) };
    if (same) findings.push({ key: 'doctor.copy-same', path: shownPath(path), params, severity: 'action' });
    else if (isNamedLikeCopy(basename(path)))
      findings.push({ key: 'doctor.copy-conflict', path: shownPath(path), params, severity: 'action' });
    else findings.push({ key: 'doctor.id-twice', path: shownPath(path), params, severity: 'action' });
  }
  for (const { path } of index.unreadable) await look(`${folder}/${path}`);
  // A file with the marks of a merge in its front matter has one reason, not two.
  const unreadable = index.unreadable.filter(({ path }) => !merged.has(path));
  return [
    ...unreadable.map(({ path, line, key, params }): Finding => ({
      key,
      path,
      line,
      params: { path, line: line ?? 1, ...params },
      severity: 'action',
    })),
    ...findings,
  ];
}

function unreadBody(read: ReadData, path: string, shown: string): Finding {
  const { key, params } = read.is === 'fault' ? read.fault : fault('storage.read-missing', { path });
  return { key, path: shown, params: { ...params, path: shown }, severity: 'action' };
}

function textOf(read: ReadData): string | undefined {
  return read.is === 'text' ? read.text : undefined;
}

/** The line at which a merge that was left open begins: all three marks, in their order. */
function mergeLine(text: string): number | undefined {
  if (!text.includes('<<<<<<< ')) return undefined;
  let begun: number | undefined;
  let isHalf = false;
  // Line by line: a pattern over all of it takes hours for a file of beginnings.
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (begun === undefined && line.startsWith('<<<<<<< ')) begun = at + 1;
    else if (begun !== undefined && line === '=======') isHalf = true;
    else if (isHalf && line.startsWith('>>>>>>> ')) return begun;
  }
  return undefined;
}

/**
 * A name that we gave to one moment on another: told, and to be looked at when that other one is here too.
 */
function otherName(path: string, shown: string, { id }: Head, ids: ReadonlySet<string>): readonly Finding[] {
  const name = plaintextName(basename(path));
  const named = isNoteFileName(name) ? name.slice(11, -3) : id;
  if (named === id) return [];
  const params = { path: shown, named, id };
  return [
    ids.has(named)
      ? { key: 'doctor.id-swapped', path: shown, params, severity: 'action' }
      : { key: 'doctor.id-renamed', path: shown, params, severity: 'info' },
  ];
}

function daysAhead(path: string, { session, created }: Head, now: Now): readonly Finding[] {
  if (session > now.day)
    return [{ key: 'doctor.ahead', path, params: { path, day: session }, severity: 'action' }];
  if (created !== undefined && Date.parse(created) > now.ms + clockSlack)
    return [
      { key: 'doctor.created-ahead', path, params: { path, day: created.slice(0, 10) }, severity: 'action' },
    ];
  return [];
}

function historyOf(path: string, { status, keys }: Head): readonly Finding[] {
  const { history } = keys;
  const last = Array.isArray(history) ? history.at(-1) : undefined;
  const said = typeof last === 'string' ? /^\S+ ([a-z-]+)/.exec(last)?.[1] : undefined;
  if (said === undefined || said === status) return [];
  return [{ key: 'doctor.history', path, params: { path, status: status ?? '-', said }, severity: 'info' }];
}
