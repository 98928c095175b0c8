import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Finding } from '../../world/world.ts';

export interface ModesNeeds {
  readonly folder: string;
  /** The user's ID; undefined on systems without user IDs, where nothing is checked. */
  readonly uid: number | undefined;
  /** Absolute paths of the notes. */
  readonly notes: readonly string[];
  /** Absolute paths of the settings files. */
  readonly settings: readonly string[];
}

/**
 * Returns findings about files of this program that other accounts own or can read or write. Ignores other
 * programs' files in the folder.
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
    ...filesAndFoldersIn(join(folder, '.rupture')),
    ...filesAndFoldersIn(join(folder, 'templates')),
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
        mend: { did: 'mode', work: () => restrictMode(path, isFolder ? 0o700 : 0o600) },
      },
    ] satisfies Finding[];
  });
}

// Opens the file without following links, so that the file checked is the file changed.
function restrictMode(path: string, mode: number): boolean {
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

function filesAndFoldersIn(folder: string): readonly string[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  try {
    return [
      folder,
      ...readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() ? filesAndFoldersIn(join(folder, entry.name)) : [join(folder, entry.name)],
      ),
    ];
  } catch {
    // The code that needs an unreadable folder reports it.
    return [folder];
  }
}
