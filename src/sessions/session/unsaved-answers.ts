import type { Section } from '../../core/notes/reflection.ts';
import { Problem } from '../../errors.ts';
import type { Draft, Store, UnsavedAnswers, Words } from '../../world/world.ts';

/** The problems of a link or a file where the program expects its own folder. */
const refusedKeys: readonly string[] = ['storage.own-link', 'storage.own-not-folder'];

/** The problems of a folder that is missing, unmounted or not writable. A full disk is not among them. */
const lostKeys: ReadonlySet<string> = new Set([
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

/** Returns true if an error means that the folder of the notes is missing or not writable. */
export function isFolderLost(error: unknown): boolean {
  return error instanceof Problem && lostKeys.has(error.key);
}

/**
 * Returns true if an error refuses a link or a file in place of the program's own folder. Whoever sent a text
 * still has it then.
 */
export function isRefused(error: unknown): boolean {
  return error instanceof Problem && refusedKeys.includes(error.key);
}

/** A store that knows whether its notes are encrypted; `isEncrypted` returns undefined if it can't tell. */
export type RememberedStore = Store & { readonly isEncrypted: () => boolean | undefined };

/** Returns an empty record of the unsaved answers. Until a store is opened, the notes count as encrypted. */
export function openUnsavedAnswers(): UnsavedAnswers {
  return { drafts: new Map(), texts: new Map(), isEncrypted: () => true };
}

/**
 * Returns the store extended so that it records in `unsaved` what it is asked to save. A draft that failed to
 * save counts as missing, even if an older version of it is on disk. Errors name what the person wanted to
 * save, and not the file that the program was writing.
 */
export function rememberUnsaved<S extends RememberedStore>(
  store: S,
  unsaved: UnsavedAnswers,
  words: Words,
): S {
  const { drafts } = store;
  // Read now: after the folder is lost it is too late to ask.
  const wasEncrypted = store.isEncrypted() ?? true;
  unsaved.isEncrypted = () => wasEncrypted || store.isEncrypted() === true;
  let listed: readonly Draft[] = [];
  const failDraft = (error: unknown, draft: Draft): never => {
    unsaved.drafts.set(draft.id, { draft, isRefused: isFolderLost(error) });
    throw withPath(error, words('conversation.your_answers', { folder: store.folder }));
  };
  const fail = (error: unknown, what: string, texts: readonly string[]): never => {
    const isRemembered = unsaved.drafts.size > 0 || unsaved.texts.size > 0;
    if (isFolderLost(error) && !isRemembered) unsaved.texts.set('kept', texts.join('\n\n'));
    throw withPath(error, what);
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
        const draft = listed.find(candidate => candidate.id === id);
        if (isOurs && draft !== undefined) unsaved.drafts.set(id, { draft, isRefused: false });
        return isOurs;
      },
      save: draft => {
        unsaved.drafts.set(draft.id, { draft, isRefused: false });
        return drafts.save(draft).catch((error: unknown) => failDraft(error, draft));
      },
      has: id => unsaved.drafts.get(id)?.isRefused !== true && isThere(drafts, id),
      drop: id => {
        unsaved.drafts.delete(id);
        drafts.drop(id);
      },
    },
    add: async note => {
      const what = words('conversation.your_moment', { folder: store.folder });
      return store.add(note).catch((error: unknown) => fail(error, what, note.sections.map(textOf)));
    },
    revise: async (path, revision, seen) => {
      return store
        .revise(path, revision, seen)
        .catch((error: unknown) => fail(error, path, revision.append.map(textOf)));
    },
    saveConflictCopy: async (path, text) => {
      return store.saveConflictCopy(path, text).catch((error: unknown) => fail(error, store.folder, [text]));
    },
    rewrite: async (path, text, seen) => {
      return store.rewrite(path, text, seen).catch((error: unknown) => fail(error, path, [text]));
    },
  };
}

// A folder that is missing or unreadable has no drafts.
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

// Replaces the path in the error of a failed write if it is one of the program's own files.
function withPath(error: unknown, what: string): unknown {
  if (!(error instanceof Problem) || !/\bwrite-/.test(error.key)) return error;
  const isOwn = /[\\/]\.rupture(?:[\\/]|$)/.test(String(error.params['path']));
  if (!isOwn) return error;
  return new Problem(error.key, { ...error.params, path: what }, { exit: error.exit, cause: error.cause });
}
