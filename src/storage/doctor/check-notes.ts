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
  /** Called after each note. */
  readonly tick: () => void;
  readonly open: EncryptedFiles['read'];
}

/** Milliseconds by which a note may come from the future: the clocks of two machines differ a little. */
const clockSlack = 10 * 60_000;

/**
 * Reads every note and returns findings about unreadable files, copies, unresolved merges, dates in the
 * future, file names with another note's id, and histories that contradict the status.
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
  const readAndCheckMerge = async (path: string): Promise<string | undefined> => {
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
    const read = await readAndCheckMerge(path);
    if (read === undefined) findings.push(unreadBody(await open(path), path, shownPath(path)));
    findings.push(
      ...futureFindings(shownPath(path), head, now),
      ...historyFindings(shownPath(path), head),
      ...nameFindings(path, shownPath(path), head, ids),
    );
  }
  for (const { path, of } of index.copies) {
    const text = await readAndCheckMerge(path);
    const same = text !== undefined && textOf(await open(of)) === text;
    const params = { path: shownPath(path), of: shownPath(of) };
    if (same) findings.push({ key: 'doctor.copy-same', path: shownPath(path), params, severity: 'action' });
    else if (isNamedLikeCopy(basename(path)))
      findings.push({ key: 'doctor.copy-conflict', path: shownPath(path), params, severity: 'action' });
    else findings.push({ key: 'doctor.id-twice', path: shownPath(path), params, severity: 'action' });
  }
  for (const { path } of index.unreadable) await readAndCheckMerge(`${folder}/${path}`);
  // Report a file with merge markers in its front matter once, not also as unreadable.
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

/**
 * Returns the line (from 1) where an unresolved merge begins: all three markers, in order. Undefined if there
 * is none.
 */
function mergeLine(text: string): number | undefined {
  if (!text.includes('<<<<<<< ')) return undefined;
  let start: number | undefined;
  let hasMiddle = false;
  // Check line by line: one pattern for the whole text takes hours on a file full of opening markers.
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (start === undefined && line.startsWith('<<<<<<< ')) start = at + 1;
    else if (start !== undefined && line === '=======') hasMiddle = true;
    else if (hasMiddle && line.startsWith('>>>>>>> ')) return start;
  }
  return undefined;
}

/**
 * Returns a finding if the file name contains another id than the note's. It needs action only if the note
 * with that other id exists too.
 */
function nameFindings(
  path: string,
  shown: string,
  { id }: Head,
  ids: ReadonlySet<string>,
): readonly Finding[] {
  const name = plaintextName(basename(path));
  const idInName = isNoteFileName(name) ? name.slice(11, -3) : id;
  if (idInName === id) return [];
  const params = { path: shown, named: idInName, id };
  return [
    ids.has(idInName)
      ? { key: 'doctor.id-swapped', path: shown, params, severity: 'action' }
      : { key: 'doctor.id-renamed', path: shown, params, severity: 'info' },
  ];
}

function futureFindings(path: string, { session, created }: Head, now: Now): readonly Finding[] {
  if (session > now.day)
    return [{ key: 'doctor.ahead', path, params: { path, day: session }, severity: 'action' }];
  if (created !== undefined && Date.parse(created) > now.ms + clockSlack)
    return [
      { key: 'doctor.created-ahead', path, params: { path, day: created.slice(0, 10) }, severity: 'action' },
    ];
  return [];
}

function historyFindings(path: string, { status, keys }: Head): readonly Finding[] {
  const { history } = keys;
  const last = Array.isArray(history) ? history.at(-1) : undefined;
  const recorded = typeof last === 'string' ? /^\S+ ([a-z-]+)/.exec(last)?.[1] : undefined;
  if (recorded === undefined || recorded === status) return [];
  return [
    {
      key: 'doctor.history',
      path,
      params: { path, status: status ?? '-', said: recorded },
      severity: 'info',
    },
  ];
}
