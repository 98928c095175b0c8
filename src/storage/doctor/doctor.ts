import { dirname, join } from 'node:path';
import type { Now } from '../../core/dates/day.ts';
import type { Finding, Templates, Upkeep } from '../../world/world.ts';
import { checkModes } from './check-modes.ts';
import { checkNames } from './check-names.ts';
import { checkNotes } from './check-notes.ts';
import type { KeptDraft } from '../drafts/drafts.ts';
import { sealingFindings } from './check-encryption.ts';
import { checkRemains } from './check-leftovers.ts';
import type { FolderStore } from '../notebook/folder-store.ts';
import { toldInside } from '../fs/relative-path.ts';
import { clearLock, lookAtLock } from '../fs/lock.ts';
import type { LockNeeds } from '../fs/stale-lock.ts';
import { findForeignFolders } from '../folder/own-folders.ts';
import { isThere } from '../fs/read-file.ts';
import { settingsFindings } from '../settings/settings.ts';

export interface UpkeepNeeds extends Omit<LockNeeds, 'folder' | 'now'> {
  readonly store: FolderStore;
  readonly templates: Templates;
  /** The settings' file, absolute. */
  readonly settings: string;
  readonly uid: number | undefined;
  readonly now: () => Now;
}

/** Opens what `doctor` looks with. Looking changes nothing; each finding that can be mended knows how. */
export function openUpkeep(needs: UpkeepNeeds): Upkeep {
  const { store, templates, settings, uid, now, isAlive } = needs;
  const { folder } = store;
  const lock: LockNeeds = { ...needs, folder: join(folder, '.rupture'), now: () => now().ms };
  return {
    folder,
    isNew: () => !isThere(folder),
    look: async tick => {
      const shelf = await store.shelf();
      const all = shelf.moments.length + shelf.copies.length + shelf.unreadable.length;
      let looked = 0;
      const seen = (): void => tick(++looked, all);
      const notes = [...shelf.moments, ...shelf.copies].map(({ path }) => path);
      const foreign = findForeignFolders(folder).map(({ key, params }): Finding => {
        const path = toldInside(folder, String(params['path']));
        return { key, path, params: { path }, weight: 'left' };
      });
      const isWhole = foreign.length === 0;
      const drafts = (isWhole ? await store.drafts.standing() : []).map(one => {
        const note = [
          `${one.draft.session}-${one.draft.id}.md`,
          `${one.draft.session}-${one.draft.id}.md.age`,
        ]
          .map(name => join(folder, name))
          .find(isThere);
        return note === undefined ? one : { ...one, note };
      });
      const trashed = new Set((isWhole ? await store.trash.list() : []).map(({ name }) => name));
      const damaged = (isWhole ? await store.drafts.damaged() : []).map(({ path, key, params }): Finding => ({
        key,
        path,
        params,
        weight: 'left',
      }));
      const sequences = await templates.own();
      const own = sequences.flatMap(({ path, faults }) =>
        faults.map(({ key, line, params }): Finding => ({
          key,
          line,
          params,
          path: toldInside(folder, path),
          weight: 'left',
        })),
      );
      const findings: readonly Finding[] = [
        ...(await checkNotes({ folder, shelf, now: now(), tick: seen, open: store.texts.open })),
        ...checkNames([
          ...notes.map(path => toldInside(folder, path)),
          ...shelf.unreadable.map(({ path }) => path),
          ...sequences.map(({ path }) => toldInside(folder, path)),
        ]),
        ...foreign,
        ...(isWhole ? sealingFindings(store) : []),
        ...damaged,
        ...checkRemains({
          folder,
          others: [dirname(settings)],
          now: now().ms,
          isAlive,
          drafts,
          trashed,
          leftOver: store.editing.leftOver(),
          texts: await noteTexts(drafts, store),
        }),
        ...(isWhole ? lockFindings(lock) : []),
        ...checkModes({
          folder,
          uid,
          notes: [...notes, ...shelf.unreadable.map(({ path }) => join(folder, path))],
          settings: [settings, join(dirname(settings), 'folders'), join(dirname(settings), 'recipients')],
        }),
        ...settingsFindings(settings, templates.languages),
        ...own,
      ];
      return { notes: shelf.moments.length, findings: findings.map(one => guarded(one, folder, isWhole)) };
    },
  };
}

/** The texts of the notes whose drafts are still there. */
async function noteTexts(
  drafts: readonly KeptDraft[],
  { texts }: FolderStore,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { note } of drafts) {
    const read = note === undefined ? undefined : await texts.open(note);
    if (note !== undefined && read?.is === 'text') found.set(note, read.text);
  }
  return found;
}

/** Mends nothing once a link stands where it was not when the folder was looked over. */
function guarded(finding: Finding, folder: string, isWhole: boolean): Finding {
  const { mend } = finding;
  if (mend === undefined || !isWhole) return finding;
  const work = (): boolean => findForeignFolders(folder).length === 0 && mend.work();
  return { ...finding, mend: { ...mend, work } };
}

function lockFindings(lock: LockNeeds): readonly Finding[] {
  const path = '.rupture/lock';
  const state = lookAtLock(lock);
  if (state === 'dead')
    return [
      {
        key: 'doctor.lock',
        path,
        params: { path },
        weight: 'left',
        mend: { did: 'lock', work: () => clearLock(lock) },
      },
    ];
  if (state === 'odd') return [{ key: 'doctor.lock-odd', path, params: { path }, weight: 'left' }];
  // The next command that waits for it takes it away.
  return state === 'old' ? [{ key: 'doctor.lock-old', path, params: { path }, weight: 'told' }] : [];
}
