import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fault, problemOf } from './problems.ts';

/** What decides where things lie. */
export interface PlaceNeeds {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
  /** Asked only where a path is not absolute; throws a Problem when the folder it names is gone. */
  readonly cwd: () => string;
}

/** Gives the folder of the settings: RUPTURE_CONFIG_DIR, else the platform's own. Absolute. Throws a Problem when it can't be told. */
export function configFolder({ env, platform, cwd }: PlaceNeeds): string {
  const told = env['RUPTURE_CONFIG_DIR'];
  if (told !== undefined && told !== '') return fullPath(told, cwd);
  const home = homeOf(env);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'rupture', 'Config');
  if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'rupture');
  return join(absolute(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'rupture');
}

/** Gives the folder of the notes: the flag, RUPTURE_FOLDER, the setting, else the data folder of the platform. Absolute. Throws a Problem when it can't be told. */
export function notesFolder({ env, platform, cwd }: PlaceNeeds, flag: string | undefined, setting: () => string | undefined): string {
  const told = [flag, env['RUPTURE_FOLDER']].find((one) => one !== undefined && one !== '') ?? setting();
  if (told !== undefined && told !== '') return pathNamed(told, { env, cwd });
  const home = homeOf(env);
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'rupture', 'Data');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'rupture');
  return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'rupture');
}

/** Gives the absolute path of what a person named; `~` is their home. */
export function pathNamed(path: string, { env, cwd }: Pick<PlaceNeeds, 'env' | 'cwd'>): string {
  return isFromHome(path) ? join(homeOf(env), path.slice(1)) : fullPath(path, cwd);
}

/** Says whether a path means the same from every folder: it is absolute, or begins at home. */
export function isFixed(path: string): boolean {
  return isAbsolute(path) || isFromHome(path);
}

/** Gives the folder that commands are typed in. Throws a Problem when it was removed. */
export function folderHere(cwd: () => string): string {
  try {
    return cwd();
  } catch (cause) {
    throw problemOf(fault('storage.here-gone', {}), { cause });
  }
}

function isFromHome(path: string): boolean {
  return path === '~' || path.startsWith('~/');
}

function fullPath(path: string, cwd: () => string): string {
  return isAbsolute(path) ? resolve(path) : resolve(cwd(), path);
}

function homeOf(env: PlaceNeeds['env']): string {
  const home = env['HOME'];
  if (home !== undefined && home !== '') return home;
  try {
    return homedir();
  } catch (cause) {
    // No such user in the system's list: a container, mostly.
    throw problemOf(fault('storage.home-unknown', {}), { cause });
  }
}

// The XDG specification asks to ignore a relative path.
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
