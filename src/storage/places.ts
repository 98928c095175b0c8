import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** What decides where things lie. */
export interface PlaceNeeds {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
  readonly cwd: string;
}

/** Gives the folder of the settings: RUPTURE_CONFIG_DIR, else the platform's own. Absolute. */
export function configFolder({ env, platform, cwd }: PlaceNeeds): string {
  const told = env['RUPTURE_CONFIG_DIR'];
  if (told !== undefined && told !== '') return resolve(cwd, told);
  const home = homeOf(env);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'rupture', 'Config');
  if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'rupture');
  return join(absolute(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'rupture');
}

/** Gives the folder of the notes: the flag, RUPTURE_FOLDER, the setting, else the data folder of the platform. Absolute. */
export function notesFolder({ env, platform, cwd }: PlaceNeeds, flag: string | undefined, setting: () => string | undefined): string {
  const told = [flag, env['RUPTURE_FOLDER']].find((one) => one !== undefined && one !== '') ?? setting();
  const home = homeOf(env);
  if (told !== undefined && told !== '') return resolve(cwd, told === '~' || told.startsWith('~/') ? join(home, told.slice(1)) : told);
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'rupture', 'Data');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'rupture');
  return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'rupture');
}

function homeOf(env: PlaceNeeds['env']): string {
  const home = env['HOME'];
  return home !== undefined && home !== '' ? home : homedir();
}

// The XDG specification asks to ignore a relative path.
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
