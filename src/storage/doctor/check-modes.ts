import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Finding } from '../../world/world.ts';

export interface ModesNeeds {
  readonly folder: string;
  /** The user's number; undefined where there are none, and then nothing is looked at. */
  readonly uid: number | undefined;
  /** Absolute. */
  readonly notes: readonly string[];
  /** Files of the settings, absolute. */
  readonly settings: readonly string[];
}

/**
 * Names what of ours other accounts can read or write, and what belongs to them. Files of other programs in
 * the folder are theirs.
 */
export function checkModes({ folder, uid, notes, settings }: ModesNeeds): readonly Finding[] {
  if (uid === undefined) return [];
  const folders = new Set([
    folder,
    ...notes.map(path => dirname(path)).filter(path => path.startsWith(folder)),
  ]);
  const all = [
    ...folders,
    ...notes,
    join(folder, 'help.md'),
    ...under(join(folder, '.rupture')),
    ...under(join(folder, 'templates')),
    ...settings,
  ];
  return all.flatMap(path => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.isSymbolicLink()) return [];
    const shown = path === folder || !path.startsWith(folder) ? path : relative(folder, path);
    if (stat.uid !== uid)
      return [
        { key: 'doctor.of-other', path: shown, params: { path: shown }, severity: 'action' },
      ] satisfies Finding[];
    if ((stat.mode & 0o077) === 0) return [];
    const isFolder = stat.isDirectory();
    const params = { path: shown, mode: (stat.mode & 0o777).toString(8).padStart(4, '0') };
    return [
      {
        key: isFolder ? 'doctor.wide-folder' : 'doctor.wide-file',
        path: shown,
        params,
        severity: 'action',
        mend: { did: 'mode', work: () => narrow(path, isFolder ? 0o700 : 0o600) },
      },
    ] satisfies Finding[];
  });
}

// By a handle that follows no link, so that what was looked at is what is changed.
function narrow(path: string, mode: number): boolean {
  let handle: number | undefined;
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    fchmodSync(handle, fstatSync(handle).mode & mode);
    return true;
  } catch {
    return false;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function under(folder: string): readonly string[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  try {
    return [
      folder,
      ...readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() ? under(join(folder, entry.name)) : [join(folder, entry.name)],
      ),
    ];
  } catch {
    // A folder that can't be looked into is named by whoever needs it.
    return [folder];
  }
}
