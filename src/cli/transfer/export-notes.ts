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

/**
 * Reads the chosen moments whole; one that can't be read is named and counted. With `everything` (nothing is
 * narrowed) the second files of an id and the files with broken front matter come too, as they are; those
 * kept apart only when they are meant.
 */
export async function readForExport(
  world: World,
  store: Store,
  index: NoteIndex,
  chosen: readonly NoteSummary[],
  everything?: { readonly includeSetAside: boolean },
): Promise<NotesToExport> {
  const { words, messages: talk } = world;
  const told = (path: string): string =>
    path
      .slice(store.folder.length + 1)
      .replaceAll('\\', '/')
      .replace(/\.md\.age$/, '.md');
  const isMeant = (text: string): boolean =>
    everything?.includeSetAside === true || !/^status: *["']?set-aside/m.test(text);
  const notes: ExportNote[] = [];
  const unread: UnreadNote[] = [];
  let missing = 0;
  const progress = await world.openProgress();
  const attempt = async (work: () => Promise<void> | void, isNamed: boolean): Promise<void> => {
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
  const readOne = async (path: string, isChosen: boolean): Promise<void> => {
    const { head, text, sections } = await store.read(path);
    if (isChosen || head.status !== 'set-aside' || everything?.includeSetAside === true)
      notes.push({ path: told(path), head, text, sections });
  };
  for (const [at, { path }] of chosen.entries()) {
    progress.show(() => words('export.progress', { done: at, of: chosen.length }));
    await attempt(() => readOne(path, true), false);
  }
  progress.end();
  if (everything === undefined)
    return {
      notes,
      unread,
      missing: missing + index.unreadable.filter(({ key }) => key !== 'storage.read-link').length,
    };
  for (const { path } of index.copies) await attempt(() => readOne(path, false), false);
  for (const { path } of index.unreadable) {
    await attempt(async () => {
      const text = await store.readText(`${store.folder}/${path}`);
      if (isMeant(text)) unread.push({ path: path.replace(/\.md\.age$/, '.md'), text });
    }, true);
  }
  return { notes, unread, missing };
}
