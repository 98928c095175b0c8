import { isOddName, placeKey } from '../../core/text/portable-file-name.ts';
import type { Finding } from '../../world/world.ts';
import { plaintextName } from '../fs/encrypted-name.ts';

/**
 * Returns findings about names that some system refuses, and about different names that some system treats as
 * the same file: they work here, but such a file is lost when the folder is synced there. `paths` are
 * relative to the folder, with `/`.
 */
export function checkNames(paths: readonly string[]): readonly Finding[] {
  const pathByKey = new Map<string, string>();
  return paths.flatMap(path => {
    const findings: Finding[] = path.split('/').some(isOddName)
      ? [{ key: 'doctor.name-odd', path, params: { path }, severity: 'info' }]
      : [];
    const key = placeKey(plaintextName(path));
    const other = pathByKey.get(key);
    if (other === undefined) pathByKey.set(key, path);
    // The encryption check reports a note that exists both in plaintext and encrypted.
    else if (plaintextName(other) !== plaintextName(path))
      findings.push({ key: 'doctor.name-alike', path, params: { path, other }, severity: 'info' });
    return findings;
  });
}
