import { Problem } from '../../errors.ts';
import type { ExportNote } from '../../report/export/export-note.ts';
import type { UnreadNote } from '../../report/export/export-json.ts';
import type { NoteIndex, NoteSummary, Store, World } from '../../world/world.ts';

/** What was read to be taken elsewhere. */
export interface NotesToExport {
  readonly notes: readonly ExportNote[];
  /** With everything only: files that are no readable moment, as text. */
  readonly unread: readonly UnreadNote[];
  /** How many belong to it and could not be read. */
  readonly missing: number;
}

/** What an export takes. */
export interface ExportChoice {
  readonly chosen: readonly NoteSummary[];
  /** Present where nothing narrows the export down. */
  readonly everything?: { readonly includeSetAside: boolean };
}

/**
 * Reads the chosen moments whole; one that can't be read is named and counted. With `everything` the second files of an id and the files with broken front matter come too, as they are; those
 * kept apart only when they are meant.
 */
export async function readForExport(
  world: World,
  store: Store,
  index: NoteIndex,
  { chosen, everything }: ExportChoice,
): Promise<NotesToExport> {
  const { words, messages: talk } = world;
  const inFolder = (path: string): string =>
    plainName(path.slice(store.folder.length + 1).replaceAll('\\', '/'));
  const isMeant = (text: string): boolean =>
    everything?.includeSetAside === true || !/^status: *["']?set-aside/m.test(text);
  const notes: ExportNote[] = [];
  const unread: UnreadNote[] = [];
  let missing = 0;
  const progress = await world.openProgress();
  const attempt = async (work: () => Promise<void>, { isNamed = false } = {}): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      progress.end();
      if (!isNamed) talk.say(words(`${error.key}.says`, error.params));
      // A link is none of ours to take along.
      if (error.key !== 'storage.read-link') missing++;
    }
  };
  const readOne = async (path: string, { isChosen = false } = {}): Promise<void> => {
    const { head, text, sections } = await store.read(path);
    if (isChosen || head.status !== 'set-aside' || everything?.includeSetAside === true)
      notes.push({ path: inFolder(path), head, text, sections });
  };
  for (const [at, { path }] of chosen.entries()) {
    progress.show(() => words('export.progress', { done: at, of: chosen.length }));
    await attempt(() => readOne(path, { isChosen: true }));
  }
  progress.end();
  if (everything === undefined)
    return {
      notes,
      unread,
      missing: missing + index.unreadable.filter(({ key }) => key !== 'storage.read-link').length,
    };
  for (const { path } of index.copies) await attempt(() => readOne(path));
  for (const { path } of index.unreadable) {
    // The message about files that were left out has named it already.
    await attempt(
      async () => {
        const text = await store.readText(`${store.folder}/${path}`);
        if (isMeant(text)) unread.push({ path: plainName(path), text });
      },
      { isNamed: true },
    );
  }
  return { notes, unread, missing };
}

/** Gives the name that the file of a note has where it is not encrypted. */
function plainName(path: string): string {
  return path.replace(/\.md\.age$/, '.md');
}
