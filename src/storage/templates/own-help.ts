import { join } from 'node:path';
import { tryReadWhole } from '../fs/read-file.ts';

/**
 * Reads the person's own `help.md` in the folder of notes; undefined when there is none, or none that can be
 * read: help never fails for a broken page.
 */
export function readOwnHelp(folder: string): string | undefined {
  const page = tryReadWhole(join(folder, 'help.md'));
  // As an editor on Windows may have left it.
  return page.is === 'text' ? page.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') : undefined;
}
