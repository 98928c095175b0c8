// Changes settings through conf. `settings.ts` reads them without conf, since loading conf takes 88 ms and
// opening it creates the folder. Broken JSON is copied first: conf fails on it, or replaces it on the next
// change.
import Conf from 'conf';
import { constants, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Problem } from '../../errors.ts';
import { codeOf, writeProblem } from '../fs/problems.ts';

export interface SettingChange {
  readonly folder: string;
  /** The absolute path of the settings file in `folder`. */
  readonly path: string;
  readonly key: string;
  readonly value: string | readonly string[] | undefined;
  /** False if the file is not a JSON object; it is copied first, since conf would overwrite it. */
  readonly isReadable: boolean;
}

/** Sets or unsets one key and leaves the others unchanged. Throws a Problem if the file can't be written. */
export function changeSetting({ folder, path, key, value, isReadable }: SettingChange): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isReadable) removeBom(path);
    else copyBroken(path);
    const conf = new Conf<Record<string, unknown>>({
      projectName: 'rupture',
      projectSuffix: '',
      cwd: folder,
      configFileMode: 0o600,
      clearInvalidConfig: !isReadable,
    });
    if (value === undefined) conf.delete(key);
    else conf.set(key, value);
  } catch (error) {
    throw error instanceof Problem ? error : writeProblem(path, error);
  }
}

/** Copies a broken file to `config.json.bad-TIME` (its time of modification), unless that copy exists. */
function copyBroken(path: string): void {
  const { mtime } = statSync(path);
  try {
    copyFileSync(path, `${path}.bad-${mtime.toISOString().replace(/[^0-9T]/g, '')}`, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Removes the BOM, which conf treats as a syntax error. */
function removeBom(path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (text.charCodeAt(0) === 0xfeff) writeFileSync(path, text.slice(1));
}
