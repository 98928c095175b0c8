import { join } from 'node:path';
import type { TakingIn } from '../world.ts';
import { idOf } from './id-of.ts';
import { noteInside } from './inside.ts';
import { markOf, type Journal } from './journal.ts';
import { formatNote } from './note-text.ts';
import { isThere, readLimit, tryReadWhole } from './safe-read.ts';
import type { Writer } from './safe-write.ts';

export interface TakingInNeeds {
  readonly folder: string;
  readonly writer: Writer;
  readonly journal: Journal;
  /** Called before anything is written; throws a Problem when the folder is gone. */
  readonly sameFolder: () => void;
}

/** Opens the door for files that come from elsewhere. Each is added whole in one step and over nothing, so no lock is needed. */
export function openTakingIn({ folder, writer, journal, sameFolder }: TakingInNeeds): TakingIn {
  const compare: TakingIn['compare'] = (path, text) => {
    const place = noteInside(folder, path);
    if (place === undefined) return 'outside';
    if (Buffer.byteLength(text) > readLimit) return 'too-large';
    if (!isThere(place)) return 'free';
    const there = tryReadWhole(place);
    return there.is === 'text' && there.text === text ? 'same' : 'taken';
  };
  return {
    written: (note) => ({ path: `${note.session}-${note.id}.md`, text: formatNote(note) }),
    idOf: (path, text) => idOf(text, path),
    compare,
    addFile: async (path, text) => {
      const found = compare(path, text);
      if (found !== 'free') return found;
      sameFolder();
      journal.note([{ is: 'added', id: idOf(text, path), path, after: markOf(text) }]);
      return writer.add(join(folder, ...path.split('/')), text) ? 'free' : compare(path, text);
    },
  };
}
