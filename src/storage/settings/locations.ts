import { homedir } from 'node:os';
import host, { posix, win32, type PlatformPath } from 'node:path';
import { fault, problemOf } from '../fs/problems.ts';

/** What decides where things lie. */
export interface PlaceNeeds {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
  /** Asked only where a path is not absolute; throws a Problem when the folder it names is gone. */
  readonly cwd: () => string;
}

/**
 * Gives the folder of the settings: RUPTURE_CONFIG_DIR, else the platform's own. Absolute. Throws a Problem
 * when it can't be told.
 */
export function configFolder(needs: PlaceNeeds): string {
  const { env, platform } = needs;
  const { join } = pathsOf(platform);
  const shownPath = env['RUPTURE_CONFIG_DIR'];
  if (shownPath !== undefined && shownPath !== '') return fullPath(shownPath, needs);
  const home = (): string => homeOf(needs);
  if (platform === 'win32')
    return join(absolute(env['APPDATA'], win32) ?? join(home(), 'AppData', 'Roaming'), 'rupture', 'Config');
  if (platform === 'darwin') return join(home(), 'Library', 'Preferences', 'rupture');
  return join(absolute(env['XDG_CONFIG_HOME'], posix) ?? join(home(), '.config'), 'rupture');
}

/**
 * Gives the folder of the notes: the flag, RUPTURE_FOLDER, the setting, else the data folder of the platform.
 * Absolute. Throws a Problem when it can't be told.
 */
export function notesFolder(
  needs: PlaceNeeds,
  flag: string | undefined,
  setting: () => string | undefined,
): string {
  const { env, platform } = needs;
  const { join } = pathsOf(platform);
  const shownPath = [flag, env['RUPTURE_FOLDER']].find(one => one !== undefined && one !== '') ?? setting();
  if (shownPath !== undefined && shownPath !== '') return pathNamed(shownPath, needs);
  const home = (): string => homeOf(needs);
  if (platform === 'win32')
    return join(absolute(env['LOCALAPPDATA'], win32) ?? join(home(), 'AppData', 'Local'), 'rupture', 'Data');
  if (platform === 'darwin') return join(home(), 'Library', 'Application Support', 'rupture');
  return join(absolute(env['XDG_DATA_HOME'], posix) ?? join(home(), '.local', 'share'), 'rupture');
}

/** Gives the absolute path of what a person named; `~` is their home. */
export function pathNamed(path: string, needs: PlaceNeeds): string {
  const paths = pathsOf(needs.platform);
  return isFromHome(path, paths) ? paths.join(homeOf(needs), path.slice(1)) : fullPath(path, needs);
}

/**
 * Says whether a path means the same from every folder: it is absolute, its drive said where there are any,
 * or begins at home.
 */
export function isFixed(path: string, paths: PlatformPath = host): boolean {
  return isWhole(path, paths) || isFromHome(path, paths);
}

/** Gives the folder that commands are typed in. Throws a Problem when it was removed. */
export function folderHere(cwd: () => string): string {
  try {
    return cwd();
  } catch (cause) {
    throw problemOf(fault('storage.here-gone', {}), { cause });
  }
}

/**
 * Copies the environment. The names in that of Windows have no case (`Path`, `PATH`), which a copy forgets:
 * there each is found under its name in capitals too. Whoever hands it to a program hands on one of both:
 * Node takes the first of names that differ in case alone.
 */
export function copyEnvironment(
  env: PlaceNeeds['env'],
  platform: string,
): Record<string, string | undefined> {
  if (platform !== 'win32') return { ...env };
  return {
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value])),
    ...env,
  };
}

function pathsOf(platform: string): PlatformPath {
  return platform === 'win32' ? win32 : posix;
}

function isFromHome(path: string, paths: PlatformPath): boolean {
  return path === '~' || path.startsWith('~/') || (paths === win32 && path.startsWith('~\\'));
}

function fullPath(path: string, { platform, cwd }: PlaceNeeds): string {
  const paths = pathsOf(platform);
  return isWhole(path, paths) ? paths.resolve(path) : paths.resolve(cwd(), path);
}

/** `\\notes` is another folder on each drive. */
function isWhole(path: string, paths: PlatformPath): boolean {
  return paths.isAbsolute(path) && (paths !== win32 || paths.parse(path).root.length > 1);
}

function homeOf({ env, platform }: PlaceNeeds): string {
  // Some shells on Windows know HOME; it has a profile for everybody.
  const home = [env['HOME'], platform === 'win32' ? env['USERPROFILE'] : undefined].find(
    one => one !== undefined && one !== '',
  );
  if (home !== undefined) return home;
  try {
    return homedir();
  } catch (cause) {
    // No such user in the system's list: a container, mostly.
    throw problemOf(fault('storage.home-unknown', {}), { cause });
  }
}

// The XDG specification asks to ignore a relative path.
function absolute(path: string | undefined, paths: PlatformPath): string | undefined {
  return path !== undefined && paths.isAbsolute(path) ? path : undefined;
}
