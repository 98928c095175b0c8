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
  /** Absolute paths of other folders that this program writes to. */
  readonly others: readonly string[];
  /** The current time in milliseconds. */
  readonly now: number;
  readonly isAlive: (pid: number) => boolean;
  /** The drafts that no running program is working on. */
  readonly drafts: readonly SavedDraft[];
  /** Absolute paths of texts that killed editors left. */
  readonly leftOver: readonly string[];
  /** The names of the files that the trash's records list. */
  readonly trashed: ReadonlySet<string>;
  /** The texts of the drafts' notes, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

const temp = /^\.(.+)\.(\d+)-[0-9a-f]{12}\.tmp$/;
const probe = /^\.probe-(\d+)$/;
/** A stale lock that the run with this PID renamed in order to remove it. */
const staleLock = /^lock\.stale-(\d+)-[0-9a-f]+$/;
const editorFile = /^(?:\.?.+\.(?:swp|swo|swn)|.+~|#.+#|\.#.+|4913)$/;
/** Milliseconds after which an unfinished draft is reported. */
const staleAfter = 7 * 24 * 60 * 60_000;
/**
 * Milliseconds. No run works on a temporary file longer than this, so a live PID with an older file has been
 * reused.
 */
const longestWork = 10 * 60_000;
/** The size in bytes over which the trash or the undo log is reported. */
const large = 50 * 1024 * 1024;

/**
 * Returns findings about leftovers of interrupted runs and of editors, drafts, conflict copies, unlisted
 * files in the trash, and folders that have grown large.
 */
export function checkLeftovers(needs: LeftoversNeeds): readonly Finding[] {
  const { folder } = needs;
  const own = join(folder, '.rupture');
  const shownPath = (path: string): string => (path.startsWith(folder) ? relativePath(folder, path) : path);
  // Never follow a link: what is behind it is not the program's to read or remove.
  const hasOwnFolders = findForeignFolders(folder).length === 0;
  const ownFiles = (name: string): readonly string[] =>
    hasOwnFolders ? filesIn(join(own, name)).filter(path => !basename(path).startsWith('.')) : [];
  const isUnlisted = (path: string): boolean => {
    const name = basename(path);
    return isNoteName(name) && !needs.trashed.has(name);
  };
  const findingAt = (key: string, path: string): Finding => ({
    key,
    path: shownPath(path),
    params: { path: shownPath(path) },
    severity: 'action',
  });
  const files = [
    ...filesUnder(folder, name => name !== '.rupture'),
    ...(hasOwnFolders ? filesUnder(own, name => name !== 'editor') : []),
    ...needs.others.flatMap(other => filesIn(other)),
  ];
  return [
    ...files.flatMap(path => temporaryFileFindings(path, shownPath(path), needs)),
    ...needs.drafts.flatMap(draft => draftFinding(draft, shownPath(draft.path), needs)),
    ...ownFiles('kept').map(path => findingAt('doctor.kept', path)),
    ...needs.leftOver.map(path => findingAt('doctor.editor-text', path)),
    ...ownFiles('trash')
      .filter(isUnlisted)
      .map(path => findingAt('doctor.trash-unlisted', path)),
    ...(hasOwnFolders ? ['trash', 'undo'] : []).flatMap(name =>
      sizeFindings(join(own, name), shownPath(join(own, name))),
    ),
  ];
}

function temporaryFileFindings(
  path: string,
  shown: string,
  { now, isAlive }: LeftoversNeeds,
): readonly Finding[] {
  const name = basename(path);
  const partial = temp.exec(name);
  const lock = staleLock.exec(name);
  const pid = Number(partial?.[2] ?? probe.exec(name)?.[1] ?? lock?.[1] ?? 'none');
  if (Number.isNaN(pid))
    return editorFile.test(name)
      ? [{ key: 'doctor.editor-file', path: shown, params: { path: shown }, severity: 'info' }]
      : [];
  const age = now - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
  if (isAlive(pid) && age < longestWork) return [];
  const params = { path: shown };
  const target = partial === null ? undefined : join(dirname(path), partial[1] ?? '');
  const isRemovable = (): boolean => lock !== null || isRedundant(path, target);
  const work = (): boolean => isRemovable() && removed(path);
  return isRemovable()
    ? [{ key: 'doctor.temp', path: shown, params, severity: 'action', mend: { did: 'temp', work } }]
    : [{ key: 'doctor.temp-text', path: shown, params, severity: 'action' }];
}

/**
 * Whether a temporary file contains nothing worth saving: it is empty, equals its target, or is a probe,
 * which contains only a dot.
 */
function isRedundant(path: string, target: string | undefined): boolean {
  if (target !== undefined && isEncryptedName(target)) return sameBytes(path, target);
  const read = tryReadWhole(path);
  if (read.is === 'fault') return false;
  if (read.text === '' || (target === undefined && read.text === '.')) return true;
  const final = target === undefined ? undefined : tryReadWhole(target);
  return final?.is === 'text' && final.text === read.text;
}

function sameBytes(path: string, target: string): boolean {
  const [temporary, final] = [
    tryReadBytes(path, { limit: encryptedLimit }),
    tryReadBytes(target, { limit: encryptedLimit }),
  ];
  return (
    temporary.is === 'bytes' &&
    (temporary.bytes.length === 0 || (final.is === 'bytes' && temporary.bytes.equals(final.bytes)))
  );
}

/** The sequences that have their own command; that command continues their drafts. */
const continuing: readonly string[] = ['prep', 'follow-up', 'let-go'];

function draftFinding(
  { path, draft, at, note }: SavedDraft,
  shown: string,
  { now, texts }: LeftoversNeeds,
): readonly Finding[] {
  const params = { path: shown, day: draft.session };
  if (note !== undefined) {
    const isFullySaved = (): boolean => {
      const read = isEncryptedName(note) ? undefined : tryReadWhole(note);
      // An encrypted note can't be read again here: if it still exists, use the text read a moment ago.
      const text = read === undefined ? isThere(note) && texts.get(note) : read.is === 'text' && read.text;
      return typeof text === 'string' && textsOf(draft).every(answer => text.includes(answer));
    };
    return isFullySaved()
      ? [
          {
            key: 'doctor.draft-settled',
            path: shown,
            params,
            severity: 'action',
            mend: { did: 'draft', work: () => isFullySaved() && removed(path) },
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
  const hasOwnCommand = continuing.includes(draft.template);
  return [
    {
      key: hasOwnCommand ? 'doctor.draft-stale-of' : 'doctor.draft-stale',
      path: shown,
      params: hasOwnCommand ? { ...params, command: draft.template } : params,
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

function sizeFindings(folder: string, shown: string): readonly Finding[] {
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
 * Returns the absolute paths of all files in a folder and its subfolders, in order. Skips hidden subfolders
 * and those whose names `enters` refuses.
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
