import { homedir } from 'node:os';
import host, { posix, win32, type PlatformPath } from 'node:path';
import { fault, problemOf } from '../fs/problems.ts';

/** What determines the folders of the settings and the notes. */
export interface PlaceNeeds {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
  /**
   * Returns the working directory; throws a Problem if that was removed. Called only for a path that is not
   * absolute.
   */
  readonly cwd: () => string;
}

/**
 * Returns the absolute path of the settings' folder: RUPTURE_CONFIG_DIR, or else the platform's default.
 * Throws a Problem if it can't be determined.
 */
export function configFolder(needs: PlaceNeeds): string {
  const { env, platform } = needs;
  const { join } = pathsOf(platform);
  const path = env['RUPTURE_CONFIG_DIR'];
  if (path !== undefined && path !== '') return fullPath(path, needs);
  const home = (): string => homeOf(needs);
  if (platform === 'win32')
    return join(absolute(env['APPDATA'], win32) ?? join(home(), 'AppData', 'Roaming'), 'rupture', 'Config');
  if (platform === 'darwin') return join(home(), 'Library', 'Preferences', 'rupture');
  return join(absolute(env['XDG_CONFIG_HOME'], posix) ?? join(home(), '.config'), 'rupture');
}

/**
 * Returns the absolute path of the notes' folder: the flag, RUPTURE_FOLDER, the setting, or else the
 * platform's data folder. Throws a Problem if it can't be determined.
 */
export function notesFolder(
  needs: PlaceNeeds,
  flag: string | undefined,
  setting: () => string | undefined,
): string {
  const { env, platform } = needs;
  const { join } = pathsOf(platform);
  const path = [flag, env['RUPTURE_FOLDER']].find(given => given !== undefined && given !== '') ?? setting();
  if (path !== undefined && path !== '') return pathNamed(path, needs);
  const home = (): string => homeOf(needs);
  if (platform === 'win32')
    return join(absolute(env['LOCALAPPDATA'], win32) ?? join(home(), 'AppData', 'Local'), 'rupture', 'Data');
  if (platform === 'darwin') return join(home(), 'Library', 'Application Support', 'rupture');
  return join(absolute(env['XDG_DATA_HOME'], posix) ?? join(home(), '.local', 'share'), 'rupture');
}

/** Returns the absolute path of a path that the person typed; `~` is their home folder. */
export function pathNamed(path: string, needs: PlaceNeeds): string {
  const paths = pathsOf(needs.platform);
  return isFromHome(path, paths) ? paths.join(homeOf(needs), path.slice(1)) : fullPath(path, needs);
}

/**
 * Whether a path means the same from every folder: it begins with `~`, or it is absolute and, on Windows,
 * names its drive.
 */
export function isFixed(path: string, paths: PlatformPath = host): boolean {
  return isFullyAbsolute(path, paths) || isFromHome(path, paths);
}

/** Returns the working directory. Throws a Problem if it was removed. */
export function folderHere(cwd: () => string): string {
  try {
    return cwd();
  } catch (cause) {
    throw problemOf(fault('storage.here-gone', {}), { cause });
  }
}

/**
 * Copies the environment. On Windows, where names ignore case (`Path`, `PATH`) but a copy does not, the copy
 * also has each variable under its name in capitals. A child process still gets only one of both: Node passes
 * on the first of names that differ only in case.
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
  return isFullyAbsolute(path, paths) ? paths.resolve(path) : paths.resolve(cwd(), path);
}

/** Whether a path is absolute and, on Windows, names its drive: `\\notes` is another folder on each drive. */
function isFullyAbsolute(path: string, paths: PlatformPath): boolean {
  return paths.isAbsolute(path) && (paths !== win32 || paths.parse(path).root.length > 1);
}

function homeOf({ env, platform }: PlaceNeeds): string {
  // Some shells on Windows set HOME; Windows itself always sets USERPROFILE.
  const home = [env['HOME'], platform === 'win32' ? env['USERPROFILE'] : undefined].find(
    value => value !== undefined && value !== '',
  );
  if (home !== undefined) return home;
  try {
    return homedir();
  } catch (cause) {
    // The user is missing from the system's list, usually in a container.
    throw problemOf(fault('storage.home-unknown', {}), { cause });
  }
}

// The XDG specification says to ignore relative paths.
function absolute(path: string | undefined, paths: PlatformPath): string | undefined {
  return path !== undefined && paths.isAbsolute(path) ? path : undefined;
}
