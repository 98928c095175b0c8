import { isOddName, placeKey } from '../../core/text/portable-file-name.ts';
import type { Finding } from '../../world/world.ts';
import { plaintextName } from '../fs/encrypted-name.ts';

/**
 * Names, of paths below the folder with `/`, those that some system takes no file of, and those that are one
 * file on some: they are well here, and lost where the folder is synced to.
 */
export function checkNames(paths: readonly string[]): readonly Finding[] {
  const first = new Map<string, string>();
  return paths.flatMap(path => {
    const findings: Finding[] = path.split('/').some(isOddName)
      ? [{ key: 'doctor.name-odd', path, params: { path }, severity: 'info' }]
      : [];
    const key = placeKey(plaintextName(path));
    const other = first.get(key);
    if (other === undefined) first.set(key, path);
    // One text, sealed and not, is told by whoever looks at the sealing.
    else if (plaintextName(other) !== plaintextName(path))
      findings.push({ key: 'doctor.name-alike', path, params: { path, other }, severity: 'info' });
    return findings;
  });
}
