import { basename } from 'node:path';
import { findFront } from './front-span.ts';
import { plaintextName } from '../fs/encrypted-name.ts';

/** Returns the id in a note's front matter, read without a parser, or else the id in its file name. */
export function noteIdIn(text: string, path: string): string {
  const span = findFront(text);
  const front = typeof span === 'object' ? text.slice(span.start, span.end) : '';
  return (
    /^id: *["']?([A-Za-z0-9_-]{1,64})["']? *\r?$/m.exec(front)?.[1] ??
    basename(plaintextName(path), '.md').replace(/^\d{4}-\d\d-\d\d-/, '')
  );
}
