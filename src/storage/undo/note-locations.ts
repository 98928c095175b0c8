import { basename } from 'node:path';
import { noteIdIn } from '../format/note-id.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import { isEncryptedName } from '../fs/encrypted-name.ts';
import { listNoteFiles } from '../fs/list-note-files.ts';

interface Places {
  /** Paths of the plaintext notes, by id. */
  readonly plaintext: ReadonlyMap<string, string>;
  readonly encrypted: readonly string[];
}

/**
 * Returns a function that finds the absolute path of the note with an id, or undefined if there is none. The
 * first call lists the folder and reads its notes; later calls reuse the result, since every undone operation
 * may need it.
 */
export function openNoteLocations(folder: string): (id: string) => string | undefined {
  let places: Places | undefined;
  return id => {
    places ??= placesIn(folder);
    const plaintext = places.plaintext.get(id);
    // Look for the id in the file name: reading it in the front matter would need decryption.
    const encrypted = places.encrypted.find(path => basename(path).includes(id));
    return plaintext === undefined || (encrypted !== undefined && encrypted < plaintext)
      ? encrypted
      : plaintext;
  };
}

function placesIn(folder: string): Places {
  const plaintext = new Map<string, string>();
  const encrypted: string[] = [];
  for (const path of listNoteFiles(folder).files) {
    if (isEncryptedName(path)) {
      encrypted.push(path);
      continue;
    }
    const read = tryReadWhole(path);
    if (read.is !== 'text') continue;
    const id = noteIdIn(read.text, path);
    // Of two notes with the same id, use the first in listing order.
    if (!plaintext.has(id)) plaintext.set(id, path);
  }
  return { plaintext, encrypted };
}
