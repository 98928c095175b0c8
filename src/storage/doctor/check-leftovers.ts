import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Finding } from '../../world/world.ts';
import type { SavedDraft } from '../drafts/drafts.ts';
import { relativePath } from '../fs/relative-path.ts';
import { findForeignFolders } from '../folder/own-folders.ts';
import { isThere, encryptedLimit, tryReadBytes, tryReadWhole } from '../fs/read-file.ts';
import { isNoteName, isEncryptedName } from '../fs/encrypted-name.ts';

export interface LeftoversNeeds {
  readonly folder: string;
  /** Other folders that we write to, absolute. */
  readonly others: readonly string[];
  /** Milliseconds. */
  readonly now: number;
  readonly isAlive: (pid: number) => boolean;
  /** The drafts that no running program is working on. */
  readonly drafts: readonly SavedDraft[];
  readonly leftOver: readonly string[];
  /** The names in the trash that its records know. */
  readonly trashed: ReadonlySet<string>;
  /** The texts of the drafts' notes, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

const temp = /^\.(.+)\.(\d+)-[0-9a-f]{12}\.tmp$/;
const probe = /^\.probe-(\d+)$/;
/** A lock of a dead run that was on its way out. */
const staleLock = /^lock\.stale-(\d+)-[0-9a-f]+$/;
const ofEditors = /^(?:\.?.+\.(?:swp|swo|swn)|.+~|#.+#|\.#.+|4913)$/;
const staleAfter = 7 * 24 * 60 * 60_000;
/** A program that was given the number of a dead one works on nothing of ours for so long. */
const atWork = 10 * 60_000;
const large = 50 * 1024 * 1024;

/**
 * Looks for what runs that were ended have left: half-written files, drafts, texts that are kept beside, what
 * editors leave, folders that grew.
 */
export function checkLeftovers(needs: LeftoversNeeds): readonly Finding[] {
  const { folder } = needs;
  const own = join(folder, '.rupture');
  const shownPath = (path: string): string => (path.startsWith(folder) ? relativePath(folder, path) : path);
  // Nothing behind a link is looked at or removed as the program's.
  const isWhole = findForeignFolders(folder).length === 0;
  const ownFiles = (name: string): readonly string[] =>
    isWhole ? filesIn(join(own, name)).filter(path => !basename(path).startsWith('.')) : [];
  const isUnlisted = (path: string): boolean => {
    const name = basename(path);
    return isNoteName(name) && !needs.trashed.has(name);
  };
  const named = (key: string, path: string): Finding => ({
    key,
    path: shownPath(path),
    params: { path: shownPath(path) },
    severity: 'action',
  });
  const files = [
    ...filesUnder(folder, name => name !== '.rupture'),
    ...(isWhole ? filesUnder(own, name => name !== 'editor') : []),
    ...needs.others.flatMap(other => filesIn(other)),
  ];
  return [
    ...files.flatMap(path => leftOf(path, shownPath(path), needs)),
    ...needs.drafts.flatMap(draft => draftFinding(draft, shownPath(draft.path), needs)),
    ...ownFiles('kept').map(path => named('doctor.kept', path)),
    ...needs.leftOver.map(path => named('doctor.editor-text', path)),
    ...ownFiles('trash')
      .filter(isUnlisted)
      .map(path => named('doctor.trash-unlisted', path)),
    ...(isWhole ? ['trash', 'undo'] : []).flatMap(name => grown(join(own, name), shownPath(join(own, name)))),
  ];
}

function leftOf(path: string, shown: string, { now, isAlive }: LeftoversNeeds): readonly Finding[] {
  const name = basename(path);
  const half = temp.exec(name);
  const lock = staleLock.exec(name);
  const pid = Number(half?.[2] ?? probe.exec(name)?.[1] ?? lock?.[1] ?? 'none');
  if (Number.isNaN(pid))
    return ofEditors.test(name)
      ? [{ key: 'doctor.editor-file', path: shown, params: { path: shown }, severity: 'info' }]
      : [];
  const age = now - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
  if (isAlive(pid) && age < atWork) return [];
  const params = { path: shown };
  const target = half === null ? undefined : join(dirname(path), half[1] ?? '');
  const isNone = (): boolean => lock !== null || isSpare(path, target);
  const work = (): boolean => isNone() && removed(path);
  return isNone()
    ? [{ key: 'doctor.temp', path: shown, params, severity: 'action', mend: { did: 'temp', work } }]
    : [{ key: 'doctor.temp-text', path: shown, params, severity: 'action' }];
}

// Nothing in it, or all of it in the file it was made for; a probe holds one point.
function isSpare(path: string, target: string | undefined): boolean {
  if (target !== undefined && isEncryptedName(target)) return sameBytes(path, target);
  const read = tryReadWhole(path);
  if (read.is === 'fault') return false;
  if (read.text === '' || (target === undefined && read.text === '.')) return true;
  const there = target === undefined ? undefined : tryReadWhole(target);
  return there?.is === 'text' && there.text === read.text;
}

function sameBytes(path: string, target: string): boolean {
  const [half, whole] = [
    tryReadBytes(path, { limit: encryptedLimit }),
    tryReadBytes(target, { limit: encryptedLimit }),
  ];
  return (
    half.is === 'bytes' &&
    (half.bytes.length === 0 || (whole.is === 'bytes' && half.bytes.equals(whole.bytes)))
  );
}

/** The sequences with a command of their own, which goes on with their drafts. */
const continuing: readonly string[] = ['prep', 'follow-up', 'let-go'];

function draftFinding(
  { path, draft, at, note }: SavedDraft,
  shown: string,
  { now, texts }: LeftoversNeeds,
): readonly Finding[] {
  const params = { path: shown, day: draft.session };
  if (note !== undefined) {
    const isWhole = (): boolean => {
      const read = isEncryptedName(note) ? undefined : tryReadWhole(note);
      // A sealed one is as it was when it was opened a moment ago, or it is gone.
      const text = read === undefined ? isThere(note) && texts.get(note) : read.is === 'text' && read.text;
      return typeof text === 'string' && textsOf(draft).every(one => text.includes(one));
    };
    return isWhole()
      ? [
          {
            key: 'doctor.draft-settled',
            path: shown,
            params,
            severity: 'action',
            mend: { did: 'draft', work: () => isWhole() && removed(path) },
          },
        ]
      : [
          {
            key: 'doctor.draft-differs',
            path: shown,
            params: { ...params, note: basename(note) },
            severity: 'action',
          },
        ];
  }
  if (now - at <= staleAfter) return [];
  const isGoingOn = continuing.includes(draft.template);
  return [
    {
      key: isGoingOn ? 'doctor.draft-stale-of' : 'doctor.draft-stale',
      path: shown,
      params: isGoingOn ? { ...params, command: draft.template } : params,
      severity: 'action',
    },
  ];
}

function textsOf({ answers, half }: SavedDraft['draft']): readonly string[] {
  const all = Object.values(answers).flatMap((answer): readonly unknown[] => {
    if (typeof answer === 'string') return [answer];
    return Array.isArray(answer) ? answer : [];
  });
  return [...all.map(String), ...(half === undefined ? [] : [half.text])].map(text => text.trim());
}

function grown(folder: string, shown: string): readonly Finding[] {
  const size = filesUnder(folder, () => true).reduce(
    (sum, path) => sum + (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return size > large
    ? [
        {
          key: 'doctor.grown',
          path: shown,
          params: { path: shown, mb: Math.round(size / 1024 / 1024) },
          severity: 'info',
        },
      ]
    : [];
}

function removed(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ name }) => join(folder, name))
      .sort();
  } catch {
    return [];
  }
}

/**
 * All files below, in order; a folder whose name `enters` refuses is left out at the top, dot-folders of
 * others everywhere.
 */
function filesUnder(folder: string, enters: (name: string) => boolean): readonly string[] {
  let below: readonly string[];
  try {
    below = readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && enters(entry.name) && !entry.name.startsWith('.'))
      .map(({ name }) => join(folder, name))
      .sort();
  } catch {
    return [];
  }
  return [...filesIn(folder), ...below.flatMap(path => filesUnder(path, enters))];
}
