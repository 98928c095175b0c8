import { Problem } from '../../errors.ts';
import type { ExportNote } from '../../report/export/export-note.ts';
import type { UnreadNote } from '../../report/export/export-json.ts';
import type {
  NoteIndex,
  NoteSummary,
  WordsPort,
  OutputPort,
  PromptsPort,
  NotesPort,
  NoteFilesPort,
} from '../../world/world.ts';

/** The notes of an export, as they were read. */
export interface NotesToExport {
  readonly notes: readonly ExportNote[];
  /** Unreadable files as text; empty unless everything is exported. */
  readonly unread: readonly UnreadNote[];
  /** The number of files that belong to the export and could not be read. */
  readonly missing: number;
}

/** What to export. */
export interface ExportChoice {
  readonly chosen: readonly NoteSummary[];
  /** Present if no filter narrows the export. */
  readonly everything?: { readonly includeSetAside: boolean };
}

/**
 * Whether a file with broken front matter may be a note that is set aside, in any form that a person or an
 * editor writes: `Status: Set aside`, `"status": set_aside`, a list of one. When in doubt it stays private.
 */
const maySayItIsSetAside = /^[ \t]*["']?status["']?[ \t]*:[\s["'-]*set[-_ ]?aside/im;

/**
 * Reads the chosen notes; reports and counts those that can't be read. With `everything` it adds, as they
 * are, further files with the same id and files with broken front matter; among them, notes that are set
 * aside only with `includeSetAside`.
 */
export async function readForExport(
  world: WordsPort & OutputPort & PromptsPort,
  store: NotesPort & NoteFilesPort,
  index: NoteIndex,
  { chosen, everything }: ExportChoice,
): Promise<NotesToExport> {
  const { words, messages: talk } = world;
  const inFolder = (path: string): string =>
    plainName(path.slice(store.folder.length + 1).replaceAll('\\', '/'));
  const mayExport = (text: string): boolean =>
    everything?.includeSetAside === true || !maySayItIsSetAside.test(text);
  const notes: ExportNote[] = [];
  const unread: UnreadNote[] = [];
  let missing = 0;
  const progress = await world.openProgress();
  const readOrCount = async (work: () => Promise<void>, { isReported = false } = {}): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      progress.end();
      if (!isReported) talk.say(words(`${error.key}.says`, error.params));
      // Links are not exported, so they are not missing.
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
    await readOrCount(() => readOne(path, { isChosen: true }));
  }
  progress.end();
  if (everything === undefined)
    return {
      notes,
      unread,
      missing: missing + index.unreadable.filter(({ key }) => key !== 'storage.read-link').length,
    };
  for (const { path } of index.copies) await readOrCount(() => readOne(path));
  for (const { path } of index.unreadable) {
    // The message about unreadable files has already named it.
    await readOrCount(
      async () => {
        const text = await store.readText(`${store.folder}/${path}`);
        if (mayExport(text)) unread.push({ path: plainName(path), text });
      },
      { isReported: true },
    );
  }
  return { notes, unread, missing };
}

/** Returns the name that the file of a note has without encryption. */
function plainName(path: string): string {
  return path.replace(/\.md\.age$/, '.md');
}
