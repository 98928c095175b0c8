import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { TakingIn } from '../world.ts';
import { idOf } from './id-of.ts';
import { noteInside, toldInside } from './inside.ts';
import { markOf, type Journal } from './journal.ts';
import { formatNote } from './note-text.ts';
import { isThere, readLimit } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import { clearName, sealedName } from './sealed-name.ts';
import type { ReadData, Texts } from './texts.ts';

export interface TakingInNeeds {
  readonly folder: string;
  readonly writer: Writer;
  readonly journal: Journal;
  readonly texts: Texts;
  /** Called before anything is written; throws a Problem when the folder is gone. */
  readonly sameFolder: () => void;
}

/** Opens the door for files that come from elsewhere. Each is added whole in one step and over nothing, so no lock is needed. */
export function openTakingIn({ folder, writer, journal, texts, sameFolder }: TakingInNeeds): TakingIn {
  const look = (path: string, text: string): 'free' | 'same' | 'taken' | 'outside' | 'too-large' => {
    const place = noteInside(folder, path);
    if (place === undefined) return 'outside';
    if (Buffer.byteLength(text) > readLimit) return 'too-large';
    // Sealed or not: it is the same note.
    const found = [clearName(place), sealedName(clearName(place))].filter(isThere);
    if (found.every(isEmptyFile)) return 'free';
    return found.some((one) => sameText(texts.read(one), text)) ? 'same' : 'taken';
  };
  return {
    written: (note) => ({ path: `${note.session}-${note.id}.md`, text: formatNote(note) }),
    idOf: (path, text) => idOf(text, path),
    compare: (path, text) => texts.settled(() => look(path, text)),
    addFile: (path, text) => texts.settled(() => {
      const found = look(path, text);
      if (found !== 'free') return found;
      sameFolder();
      const place = texts.placeFor(join(folder, ...path.split('/')));
      const data = texts.dataFor(place, text);
      journal.note([{ is: 'added', id: idOf(text, path), path: toldInside(folder, place), after: markOf(data) }]);
      // Without a word in it, it is what a run left that was ended while it took the name.
      return writer.add(place, data) || (isThere(place) && writer.replace(place, data, '')) ? 'free' : look(path, text);
    }),
  };
}

function isEmptyFile(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === 0;
}

function sameText(there: ReadData, text: string): boolean {
  return there.is === 'text' && there.text === text;
}
