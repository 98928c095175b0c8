// Owns conf, which changes settings; `settings.ts` reads them, since loading conf costs 88 ms and opening it
// creates the folder. Broken JSON is copied first: conf fails on it, or replaces it at the next change.
import Conf from 'conf';
import { constants, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Problem } from '../../errors.ts';
import { codeOf, writeProblem } from '../fs/problems.ts';

export interface SettingChange {
  readonly folder: string;
  /** The settings' file in it. */
  readonly path: string;
  readonly key: string;
  readonly value: string | readonly string[] | undefined;
  /**
   * False when the file there is no JSON object; it is copied aside first, since conf would put its own in
   * its place.
   */
  readonly isReadable: boolean;
}

/**
 * Sets or unsets one key through `conf`, which leaves the others as they are. Throws a Problem when it can't
 * be written.
 */
export function changeSetting({ folder, path, key, value, isReadable }: SettingChange): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isReadable) dropBom(path);
    else keepBad(path);
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

/**
 * Copies a broken file to `config.json.bad-TIME`, its own time; the same file copied before is not copied
 * over.
 */
function keepBad(path: string): void {
  const { mtime } = statSync(path);
  try {
    copyFileSync(path, `${path}.bad-${mtime.toISOString().replace(/[^0-9T]/g, '')}`, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** `conf` takes a BOM for an error. */
function dropBom(path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (text.charCodeAt(0) === 0xfeff) writeFileSync(path, text.slice(1));
}
