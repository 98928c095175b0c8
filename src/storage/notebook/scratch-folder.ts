import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewReflection } from '../../core/notes/reflection.ts';
import type { Scratch } from '../../world/world.ts';
import { formatNote } from '../format/note-text.ts';
import { writeProblem } from '../fs/problems.ts';

/**
 * Creates a folder with an unpredictable name in `temp` that only this account can read (0700). Throws a
 * Problem if it can't.
 */
export function openScratch(temp: string): Scratch {
  const folder = attempt(temp, () => mkdtempSync(join(temp, 'rupture-demo-')));
  const notes = join(folder, 'notes');
  return {
    folder,
    // Invented notes need no fsync and no check after writing, but must never overwrite a file.
    fill: (all: readonly NewReflection[]) =>
      attempt(folder, () => {
        mkdirSync(notes, { mode: 0o700 });
        for (const note of all)
          writeFileSync(join(notes, `${note.session}-${note.id}.md`), formatNote(note), {
            flag: 'wx',
            mode: 0o600,
          });
      }),
    remove: () =>
      attempt(folder, () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })),
  };
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw writeProblem(path, error);
  }
}
