import { posix, win32 } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { relativePath } from '../../../src/storage/fs/relative-path.ts';

const part = fc.constantFrom('a.md', 'sub', '..', '.', '', '.rupture', '..a', 'x\\y', '...', 'é', ' ');

test('returns the same relative path as the system, however the path is written', () => {
  let told = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('/home/me/notes', '/home/me/notes/', '/', '/home/../me'),
      fc.array(part, { minLength: 1, maxLength: 5 }),
      (folder, parts) => {
        const path = `${folder}/${parts.join('/')}`;
        expect(relativePath(folder, path, posix)).toBe(posix.relative(folder, path));
        told += 1;
      },
    ),
    { seed: 4, numRuns: 3000 },
  );
  fc.assert(
    fc.property(
      fc.constantFrom('C:\\notes', 'C:/notes', '\\\\server\\share\\notes'),
      fc.constantFrom('/', '\\'),
      fc.array(part, { minLength: 1, maxLength: 5 }),
      (folder, mark, parts) => {
        const path = `${folder}${mark}${parts.join(mark)}`;
        expect(relativePath(folder, path, win32)).toBe(win32.relative(folder, path).replaceAll('\\', '/'));
        told += 1;
      },
    ),
    { seed: 4, numRuns: 3000 },
  );
  expect(told).toBe(6000);
});
