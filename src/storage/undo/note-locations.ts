import { basename } from 'node:path';
import { noteIdIn } from '../format/note-id.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

interface Places {
  readonly clear: ReadonlyMap<string, string>;
  readonly sealed: readonly string[];
}

/**
 * Answers where a moment of an id lies, when it is anywhere. The folder is walked and its notes are read at
 * the first question, and not again: each step of what is undone may ask.
 */
export function openNoteLocations(folder: string): (id: string) => string | undefined {
  let places: Places | undefined;
  return id => {
    places ??= placesIn(folder);
    const clear = places.clear.get(id);
    // Its id can't be told without opening it; its name has it.
    const encrypted = places.sealed.find(path => basename(path).includes(id));
    return clear === undefined || (encrypted !== undefined && encrypted < clear) ? encrypted : clear;
  };
}

function placesIn(folder: string): Places {
  const clear = new Map<string, string>();
  const encrypted: string[] = [];
  for (const path of listNoteFiles(folder).files) {
    if (isEncryptedName(path)) {
      encrypted.push(path);
      continue;
    }
    const read = tryReadWhole(path);
    if (read.is !== 'text') continue;
    const id = noteIdIn(read.text, path);
    // Of two that say the same id the first in the walk's order.
    if (!clear.has(id)) clear.set(id, path);
  }
  return { clear, sealed: encrypted };
}
