import { join } from 'node:path';
import { tryReadWhole } from '../fs/read-file.ts';

/**
 * Reads the person's own `help.md` in the folder of notes. Returns undefined if it is missing or can't be
 * read, so that a broken page never makes help fail.
 */
export function readOwnHelp(folder: string): string | undefined {
  const page = tryReadWhole(join(folder, 'help.md'));
  // An editor on Windows may have added a BOM and CRLF line ends.
  return page.is === 'text' ? page.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') : undefined;
}
