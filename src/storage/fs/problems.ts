import { Exit, Problem, type Params } from '../../errors.ts';

/**
 * The message key of every storage problem and the parameters of its sentence. The sentences are in
 * `templates/<lang>/words/storage.yaml`.
 */
export const storagePlaces = {
  'storage.data-syntax': ['place', 'line'],
  'storage.data-too-long': ['place', 'line'],
  'storage.data-too-deep': ['place', 'line'],
  'storage.data-alias': ['place', 'line'],
  'storage.data-tag': ['place', 'line'],
  'storage.data-key-twice': ['place', 'line', 'name'],
  'storage.data-key': ['place', 'line'],
  'storage.data-second-document': ['place', 'line'],
  'storage.read-missing': ['path'],
  'storage.read-name': ['path'],
  'storage.read-denied': ['path'],
  'storage.read-failed': ['path', 'code'],
  'storage.read-not-here': ['path'],
  'storage.read-link': ['path'],
  'storage.read-not-file': ['path'],
  'storage.named-not-file': ['path'],
  'storage.read-too-large': ['path', 'limit'],
  'storage.read-not-text': ['path'],
  'storage.write-full': ['path'],
  'storage.write-denied': ['path'],
  'storage.write-read-only': ['path'],
  'storage.write-gone': ['path'],
  'storage.write-too-many': ['path'],
  'storage.write-too-large': ['path'],
  'storage.write-disk': ['path'],
  'storage.write-busy': ['path'],
  'storage.write-failed': ['path', 'code'],
  'storage.saved-unsure': ['path'],
  'storage.saved-left-over': ['path', 'temp'],
  'storage.name-taken': ['path'],
  'storage.name-odd': ['path'],
  'storage.too-much': ['path', 'limit'],
  'storage.locked': ['path'],
  'storage.sealed-other-key': ['path'],
  'storage.sealed-damaged': ['path'],
  'storage.sealed-readers': ['path'],
  'storage.sealed-line-ends': ['path'],
  'storage.sealed-swapped': ['path', 'id'],
  'storage.sealed-stranger': ['path'],
  'storage.sealed-stray': ['path'],
  'storage.sealed-elsewhere': ['path'],
  'storage.clear-stray': ['path'],
  'storage.key-missing': ['path'],
  'storage.key-damaged': ['path'],
  'storage.wrong-passphrase': ['path'],
  'storage.seal-not-trusted': ['folder'],
  'storage.seal-gone': ['folder'],
  'storage.keys-changed': ['folder'],
  'storage.key-not-pinned': ['path'],
  'storage.key-retired': ['path'],
  'storage.no-key-to-write': ['folder', 'path'],
  'storage.keeps-changing': ['path'],
  'storage.seal-editor': ['path'],
  'storage.seal-draft': ['folder'],
  'storage.seal-copies': ['path', 'of'],
  'storage.two-versions': ['path', 'other'],
  'storage.no-memory': [],
  'storage.memory-not-ours': ['path'],
  'storage.front-missing': ['path'],
  'storage.front-empty': ['path'],
  'storage.front-open': ['path', 'line'],
  'storage.front-not-keys': ['path', 'line'],
  'storage.newer-version': ['path', 'line', 'version'],
  'storage.bad-version': ['path', 'line'],
  'storage.id-missing': ['path'],
  'storage.id-bad': ['path', 'line'],
  'storage.session-missing': ['path'],
  'storage.day-bad': ['path', 'line', 'name'],
  'storage.status-unknown': ['path', 'line'],
  'storage.size-bad': ['path', 'line'],
  'storage.text-expected': ['path', 'line', 'name'],
  'storage.list-expected': ['path', 'line', 'name'],
  'storage.cannot-revise': ['path'],
  'storage.changed-elsewhere': ['path', 'kept'],
  'storage.id-changed': ['path', 'line', 'id'],
  'storage.undo-changed': ['path'],
  'storage.redo-changed': ['path'],
  'storage.undo-too-large': ['path'],
  'storage.undo-moved': ['path', 'other'],
  'storage.undo-erased': ['path'],
  'storage.restore-taken': ['path', 'kept'],
  'storage.folder-gone': ['folder'],
  'storage.folder-is-file': ['folder'],
  'storage.folder-of-other': ['folder'],
  'storage.folder-unreadable': ['path'],
  'storage.own-link': ['path'],
  'storage.own-not-folder': ['path'],
  'storage.draft-damaged': ['path'],
  'storage.settings-syntax': ['path'],
  'storage.setting-value': ['path', 'name'],
  'storage.setting-refused': ['name'],
  'storage.setting-folder': ['path', 'folder'],
  'storage.here-gone': [],
  'storage.home-unknown': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type StorageKey = keyof typeof storagePlaces;
export type PlacesOf<K extends StorageKey> = {
  readonly [name in (typeof storagePlaces)[K][number]]: string | number;
};

/** What is wrong with one file, as a value instead of an exception. `line` counts from 1. */
export interface StorageFault {
  readonly line?: number;
  readonly key: StorageKey;
  readonly params: Params;
}

/** Makes a fault; the type of `params` follows from the key's entry in `storagePlaces`. */
export function fault<K extends StorageKey>(key: K, params: PlacesOf<K>): StorageFault {
  const values: Params = params;
  const line = values['line'];
  return typeof line === 'number' ? { line, key, params: values } : { key, params: values };
}

/** Turns a fault into a Problem, which can be thrown; exit code 1 unless `details` name another. */
export function problemOf(
  found: StorageFault,
  details: { readonly exit?: Exit; readonly cause?: unknown } = {},
): Problem {
  return new Problem(found.key, found.params, details);
}

/** Returns Node's code of a failed system call (`ENOSPC`); undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Returns the fault for a failed read of `path`. Rethrows an error that is not a failed system call: that
 * is a bug.
 */
export function readFault(path: string, error: unknown): StorageFault {
  const code = codeOf(error);
  switch (code) {
    case undefined:
      throw error;
    case 'ENOENT':
    case 'ENOTDIR':
      return fault('storage.read-missing', { path });
    case 'EACCES':
    case 'EPERM':
      return fault('storage.read-denied', { path });
    // A syncing program on macOS or Linux can't download the file at the moment.
    case 'EDEADLK':
    case 'ETIMEDOUT':
      return fault('storage.read-not-here', { path });
    case 'ELOOP':
      return fault('storage.read-link', { path });
    case 'EISDIR':
    case 'ENXIO':
      return fault('storage.read-not-file', { path });
    default:
      return fault('storage.read-failed', { path, code });
  }
}

/**
 * Whether the bytes of a file's name are not UTF-8. Node puts U+FFFD in place of such bytes, so the file
 * can't be opened by the name it returns.
 */
export function isBrokenName(name: string): boolean {
  return name.includes('\ufffd');
}

/**
 * Whether a file could not be read because of the disk, its permissions or a syncing program. Its content is
 * then unknown, so callers must not treat the file as empty or broken.
 */
export function mayHoldAnything({ key }: StorageFault): boolean {
  return key === 'storage.read-denied' || key === 'storage.read-failed' || key === 'storage.read-not-here';
}

/**
 * Returns the Problem for a failed write to `path`. Rethrows an error that is not a failed system call:
 * that is a bug.
 */
export function writeProblem(path: string, error: unknown): Problem {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return problemOf(writeFault(path, code), { cause: error });
}

function writeFault(path: string, code: string): StorageFault {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fault('storage.write-full', { path });
    case 'EACCES':
    case 'EPERM':
      return fault('storage.write-denied', { path });
    case 'EROFS':
      return fault('storage.write-read-only', { path });
    case 'ENOENT':
    case 'ENOTDIR':
      return fault('storage.write-gone', { path });
    case 'EMFILE':
    case 'ENFILE':
      return fault('storage.write-too-many', { path });
    case 'EFBIG':
      return fault('storage.write-too-large', { path });
    case 'EIO':
      return fault('storage.write-disk', { path });
    case 'EBUSY':
      return fault('storage.write-busy', { path });
    default:
      return fault('storage.write-failed', { path, code });
  }
}
