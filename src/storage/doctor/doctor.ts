import { dirname, join } from 'node:path';
import type { Now } from '../../core/dates/day.ts';
import type { Finding, Templates, Doctor } from '../../world/world.ts';
import { checkModes } from './check-modes.ts';
import { checkNames } from './check-names.ts';
import { checkNotes } from './check-notes.ts';
import type { SavedDraft } from '../drafts/drafts.ts';
import { encryptionFindings } from './check-encryption.ts';
import { checkLeftovers } from './check-leftovers.ts';
import type { FolderStore } from '../notebook/folder-store.ts';
import { relativePath } from '../fs/relative-path.ts';
import { clearLock, checkLock } from '../fs/lock.ts';
import type { LockNeeds } from '../fs/stale-lock.ts';
import { findForeignFolders } from '../folder/own-folders.ts';
import { isThere } from '../fs/read-file.ts';
import { settingsFindings } from '../settings/settings.ts';

export interface DoctorNeeds extends Omit<LockNeeds, 'folder' | 'now'> {
  readonly store: FolderStore;
  readonly templates: Templates;
  /** The absolute path of the settings file. */
  readonly settings: string;
  readonly uid: number | undefined;
  readonly now: () => Now;
}

/** Opens the doctor. A diagnosis changes nothing; each finding that can be mended contains the repair. */
export function openDoctor(needs: DoctorNeeds): Doctor {
  const { folder } = needs.store;
  return {
    folder,
    isNew: () => !isThere(folder),
    diagnose: tick => diagnose(needs, tick),
  };
}

/** Runs all checks; calls `tick` with the number of notes checked so far and the total. */
async function diagnose(
  needs: DoctorNeeds,
  tick: Parameters<Doctor['diagnose']>[0],
): ReturnType<Doctor['diagnose']> {
  const { store, templates, settings, uid, now, isAlive } = needs;
  const { folder } = store;
  const lock: LockNeeds = { ...needs, folder: join(folder, '.rupture'), now: () => now().ms };
  const index = await store.scan();
  const all = index.moments.length + index.copies.length + index.unreadable.length;
  let checked = 0;
  const countNote = (): void => tick(++checked, all);
  const notes = [...index.moments, ...index.copies].map(({ path }) => path);
  const foreign = foreignFindings(folder);
  const hasOwnFolders = foreign.length === 0;
  const leftovers = hasOwnFolders
    ? await leftoversIn(store)
    : { drafts: [], trashed: new Set<string>(), damaged: [] };
  const { drafts, trashed, damaged } = leftovers;
  const sequences = await templates.own();
  const findings: readonly Finding[] = [
    ...(await checkNotes({ folder, index, now: now(), tick: countNote, open: store.texts.read })),
    ...checkNames([
      ...notes.map(path => relativePath(folder, path)),
      ...index.unreadable.map(({ path }) => path),
      ...sequences.map(({ path }) => relativePath(folder, path)),
    ]),
    ...foreign,
    ...(hasOwnFolders ? encryptionFindings(store) : []),
    ...damaged,
    ...checkLeftovers({
      folder,
      others: [dirname(settings)],
      now: now().ms,
      isAlive,
      drafts,
      trashed,
      leftOver: store.editing.leftOver(),
      texts: await noteTexts(drafts, store),
    }),
    ...(hasOwnFolders ? lockFindings(lock) : []),
    ...checkModes({
      folder,
      uid,
      notes: [...notes, ...index.unreadable.map(({ path }) => join(folder, path))],
      settings: [settings, join(dirname(settings), 'folders'), join(dirname(settings), 'recipients')],
    }),
    ...settingsFindings(settings, templates.languages),
    ...templateFindings(folder, sequences),
  ];
  return {
    notes: index.moments.length,
    findings: findings.map(finding => guarded(finding, folder, hasOwnFolders)),
  };
}

/** Returns findings about the program's own folders that are links or not folders. */
function foreignFindings(folder: string): readonly Finding[] {
  return findForeignFolders(folder).map(({ key, params }): Finding => {
    const path = relativePath(folder, String(params['path']));
    return { key, path, params: { path }, severity: 'action' };
  });
}

/** Returns the inactive drafts, the names of the files in the trash, and findings about unreadable drafts. */
async function leftoversIn({ folder, drafts, trash }: FolderStore): Promise<{
  readonly drafts: readonly SavedDraft[];
  readonly trashed: ReadonlySet<string>;
  readonly damaged: readonly Finding[];
}> {
  const inactive = (await drafts.inactive()).map((draft): SavedDraft => {
    const { session, id } = draft.draft;
    const note = [`${session}-${id}.md`, `${session}-${id}.md.age`]
      .map(name => join(folder, name))
      .find(isThere);
    return note === undefined ? draft : { ...draft, note };
  });
  const trashed = new Set((await trash.list()).map(({ name }) => name));
  const damaged = (await drafts.damaged()).map(({ path, key, params }): Finding => ({
    key,
    path,
    params,
    severity: 'action',
  }));
  return { drafts: inactive, trashed, damaged };
}

/** Returns findings about the person's own templates. */
function templateFindings(
  folder: string,
  sequences: Awaited<ReturnType<Templates['own']>>,
): readonly Finding[] {
  return sequences.flatMap(({ path, faults }) =>
    faults.map(({ key, line, params }): Finding => ({
      key,
      line,
      params,
      path: relativePath(folder, path),
      severity: 'action',
    })),
  );
}

/** Returns the texts of the notes whose drafts still exist, by absolute path. */
async function noteTexts(
  drafts: readonly SavedDraft[],
  { texts }: FolderStore,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { note } of drafts) {
    const read = note === undefined ? undefined : await texts.read(note);
    if (note !== undefined && read?.is === 'text') found.set(note, read.text);
  }
  return found;
}

/**
 * Makes a finding's repair do nothing if a link has replaced one of the program's folders since the
 * diagnosis.
 */
function guarded(finding: Finding, folder: string, hasOwnFolders: boolean): Finding {
  const { mend } = finding;
  if (mend === undefined || !hasOwnFolders) return finding;
  const work = (): boolean => findForeignFolders(folder).length === 0 && mend.work();
  return { ...finding, mend: { ...mend, work } };
}

function lockFindings(lock: LockNeeds): readonly Finding[] {
  const path = '.rupture/lock';
  const state = checkLock(lock);
  if (state === 'dead')
    return [
      {
        key: 'doctor.lock',
        path,
        params: { path },
        severity: 'action',
        mend: { did: 'lock', work: () => clearLock(lock) },
      },
    ];
  if (state === 'odd') return [{ key: 'doctor.lock-odd', path, params: { path }, severity: 'action' }];
  // The next command that waits for the lock removes it.
  return state === 'old' ? [{ key: 'doctor.lock-old', path, params: { path }, severity: 'info' }] : [];
}
