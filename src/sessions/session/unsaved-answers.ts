import type { Section } from '../../core/notes/reflection.ts';
import { Problem } from '../../errors.ts';
import type { Draft, Store, UnsavedAnswers, Words } from '../../world/world.ts';

/** The problems of a link, or a file, in the place of the program's own folder. */
const refusedKeys: readonly string[] = ['storage.own-link', 'storage.own-not-folder'];

/**
 * The problems of a folder that is gone, unmounted or not to be written in. A full disk is not among them.
 */
const goneKeys: ReadonlySet<string> = new Set([
  'storage.folder-gone',
  'storage.folder-is-file',
  'storage.folder-of-other',
  'storage.folder-unreadable',
  'storage.write-gone',
  'storage.write-denied',
  'storage.write-read-only',
  'storage.write-disk',
  'storage.write-busy',
  'storage.write-failed',
  'storage.read-missing',
  'storage.read-denied',
  'storage.read-failed',
  'storage.read-not-here',
  ...refusedKeys,
]);

/** Says whether an error means that the folder of the notes is gone or takes nothing. */
export function isFolderLost(error: unknown): boolean {
  return error instanceof Problem && goneKeys.has(error.key);
}

/** Says whether an error refuses a link or a file in that place. The sender of a text still has it then. */
export function isRefused(error: unknown): boolean {
  return error instanceof Problem && refusedKeys.includes(error.key);
}

/** A store that says whether its notes are encrypted; undefined where that can't be told. */
export type RememberedStore = Store & { readonly isEncrypted: () => boolean | undefined };

/** Opens what a run remembers; until a store is opened it counts as encrypted. */
export function openUnsavedAnswers(): UnsavedAnswers {
  return { drafts: new Map(), texts: new Map(), isEncrypted: () => true };
}

/**
 * Gives the same store, which remembers in `unkept` what it is asked to keep. A draft that it could not keep
 * counts as not there, whatever an older one of its name says. What could not be kept is named by what it is
 * to the person, and not by the file that the program was writing.
 */
export function rememberUnsaved<S extends RememberedStore>(
  store: S,
  unkept: UnsavedAnswers,
  words: Words,
): S {
  const { drafts } = store;
  // Asked now: of a folder that is gone later nobody could tell.
  const wasEncrypted = store.isEncrypted() ?? true;
  unkept.isEncrypted = () => wasEncrypted || store.isEncrypted() === true;
  let listed: readonly Draft[] = [];
  const refused = (error: unknown, draft: Draft): never => {
    unkept.drafts.set(draft.id, { draft, isRefused: isFolderLost(error) });
    throw named(error, words('conversation.your_answers', { folder: store.folder }));
  };
  const lost = (error: unknown, what: string, texts: readonly string[]): never => {
    const isRemembered = unkept.drafts.size > 0 || unkept.texts.size > 0;
    if (isFolderLost(error) && !isRemembered) unkept.texts.set('kept', texts.join('\n\n'));
    throw named(error, what);
  };
  return {
    ...store,
    drafts: {
      ...drafts,
      list: async () => {
        listed = await drafts.list();
        return listed;
      },
      claim: async id => {
        const isOurs = await drafts.claim(id);
        const draft = listed.find(one => one.id === id);
        if (isOurs && draft !== undefined) unkept.drafts.set(id, { draft, isRefused: false });
        return isOurs;
      },
      save: draft => {
        unkept.drafts.set(draft.id, { draft, isRefused: false });
        return drafts.save(draft).catch((error: unknown) => refused(error, draft));
      },
      has: id => unkept.drafts.get(id)?.isRefused !== true && isThere(drafts, id),
      drop: id => {
        unkept.drafts.delete(id);
        drafts.drop(id);
      },
    },
    add: async note => {
      const what = words('conversation.your_moment', { folder: store.folder });
      return store.add(note).catch((error: unknown) => lost(error, what, note.sections.map(textOf)));
    },
    revise: async (path, revision, seen) => {
      return store
        .revise(path, revision, seen)
        .catch((error: unknown) => lost(error, path, revision.append.map(textOf)));
    },
    saveConflictCopy: async (path, text) => {
      return store.saveConflictCopy(path, text).catch((error: unknown) => lost(error, store.folder, [text]));
    },
    rewrite: async (path, text, seen) => {
      return store.rewrite(path, text, seen).catch((error: unknown) => lost(error, path, [text]));
    },
  };
}

// Of a folder that is gone, or can't be entered, there is no draft.
function isThere(drafts: Store['drafts'], id: string): boolean {
  try {
    return drafts.has(id);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function textOf({ heading, text }: Section): string {
  return `## ${heading}\n\n${text}`;
}

// Names what was to be kept, where the error of a failed write names one of the program's own files.
function named(error: unknown, what: string): unknown {
  if (!(error instanceof Problem) || !/\bwrite-/.test(error.key)) return error;
  const isOwn = /[\\/]\.rupture(?:[\\/]|$)/.test(String(error.params['path']));
  if (!isOwn) return error;
  return new Problem(error.key, { ...error.params, path: what }, { exit: error.exit, cause: error.cause });
}
