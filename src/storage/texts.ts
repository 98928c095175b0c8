import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { isNamedLikeOurs } from './front-matter.ts';
import { findFront } from './front-span.ts';
import type { KeyFiles } from './key-files.ts';
import { fault, problemOf, type StorageFault } from './problems.ts';
import { decode, readLimit, sealedLimit, tooLarge, tryReadBytes, tryReadWhole } from './safe-read.ts';
import type { Data } from './safe-write.ts';
import type { SealFault } from './sealed-header.ts';
import { clearName, isSealedName, sealedName } from './sealed-name.ts';
import type { Vault } from './vault.ts';

/** A text and what lies on disk for it; they are the same where it is not sealed. */
export type ReadData =
  | { readonly is: 'text'; readonly text: string; readonly data: Data }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * The one place where files and the vault meet. Work under a lock is synchronous and sealing is not: `read`
 * and `dataFor` answer at once with what is known, and where something has to be opened or sealed first they
 * throw. `settled` then sees to it, holding no lock, and begins the work again; a file that changed meanwhile
 * is another one to open. Work therefore asks for all it needs before it changes anything.
 */
export interface Texts {
  /** Whether new texts are sealed. Throws a Problem when that is not for this machine to say. */
  readonly seals: () => boolean;
  readonly sealing: KeyFiles['look'];
  /** Whether the folder is sealed, or on its way. */
  readonly isSealed: () => boolean;
  /** Whether the passphrase would have to be asked for. */
  readonly isLocked: () => boolean;
  /** Asks for the passphrase where `isLocked` says so. Throws a Problem (exit 4) without it. */
  readonly unlock: () => Promise<void>;
  /** Where a new text lies: with the ending of what is sealed, where it is. */
  readonly placeFor: (path: string) => string;
  /**
   * Says why what lies at `path` is left as it is: it is clear and the folder sealed, or the other way round.
   * Throws a Problem where `seals` does.
   */
  readonly stray: (path: string) => StorageFault | undefined;
  /** What is to be written at `path`, sealed as its name says. Throws a Problem for a stray. */
  readonly dataFor: (path: string, text: string) => Data;
  readonly read: (path: string) => ReadData;
  readonly settled: <T>(work: () => T) => Promise<T>;
  /** Reads without a lock, and opens when it has to. */
  readonly open: (path: string) => Promise<ReadData>;
}

export interface TextsNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly files: KeyFiles;
  readonly vault: Vault;
  /** Whether the passphrase was given in this run. */
  readonly isUnlocked: () => boolean;
}

/** So much of opened text is kept for what asks again; many times what a year of notes holds. */
const mostKept = 32 * 1024 * 1024;

/**
 * A folder of drafts, or a note that others change all the time, wants this often; work that never asks for
 * the same twice would go on for ever.
 */
const mostTimes = 100_000;

/** Thrown by work that needs something opened or sealed first. */
class Wanted extends Error {
  readonly see: () => Promise<void>;

  constructor(see: () => Promise<void>) {
    super('wanted');
    this.see = see;
  }
}

/** Opens the texts of a folder. Nothing is read or asked before it is used. */
export function openTexts({ folder, files, vault, isUnlocked }: TextsNeeds): Texts {
  const opened = new Map<string, string | StorageFault>();
  const sealed = new Map<string, Uint8Array>();
  let size = 0;
  const keep = (mark: string, found: string | StorageFault): void => {
    if (!opened.has(mark)) size += typeof found === 'string' ? found.length : 0;
    opened.set(mark, found);
  };
  const own = join(folder, '.rupture');

  const readSealed = (path: string): { readonly bytes: Buffer; readonly mark: string } | StorageFault => {
    const read = tryReadBytes(path, { limit: sealedLimit });
    return read.is === 'fault' ? read.fault : { bytes: read.bytes, mark: digestOf(read.bytes) };
  };
  const openBytes = async (bytes: Buffer, mark: string, path: string): Promise<void> => {
    if (opened.has(mark)) return;
    // A sealed file that came into a folder which is not: it is named, and the rest goes on.
    if (!isUnlocked() && files.look().state === 'off')
      return keep(mark, fault('storage.sealed-stranger', { path }));
    const result = await vault.open(bytes);
    if (result.is !== 'bytes') return keep(mark, sealFault(result.is, path));
    const read =
      result.bytes.length > readLimit
        ? { is: 'fault' as const, fault: tooLarge(path) }
        : decode(result.bytes, path);
    keep(mark, read.is === 'text' ? read.text : read.fault);
  };
  const answer = (path: string, bytes: Buffer, found: string | StorageFault): ReadData => {
    // The same bytes may lie in two places.
    if (typeof found !== 'string')
      return { is: 'fault', fault: { ...found, params: { ...found.params, path } } };
    // A name that a person gave says nothing of an id; ours does, and a text under the name of another was
    // put there.
    const id = path.startsWith(own) || !isNamedLikeOurs(clearName(basename(path))) ? undefined : idIn(found);
    if (id !== undefined && !basename(path).includes(id))
      return { is: 'fault', fault: fault('storage.sealed-swapped', { path, id }) };
    return { is: 'text', text: found, data: bytes };
  };
  const clear = (path: string): ReadData => {
    const read = tryReadWhole(path);
    return read.is === 'text' ? { is: 'text', text: read.text, data: read.text } : read;
  };

  const stray = (path: string): StorageFault | undefined => {
    if (isSealedName(path) === (files.recipient() !== undefined)) return undefined;
    return isSealedName(path)
      ? fault('storage.sealed-stray', { path })
      : fault('storage.clear-stray', { path });
  };

  const texts: Texts = {
    sealing: files.look,
    seals: () => files.recipient() !== undefined,
    isSealed: () => files.look().state !== 'off',
    isLocked: () => files.look().state !== 'off' && !isUnlocked(),
    unlock: async () => {
      if (texts.isLocked()) await vault.unlock();
    },
    placeFor: path => (files.recipient() === undefined ? path : sealedName(path)),
    stray,
    dataFor: (path, text) => {
      const found = stray(path);
      if (found !== undefined) throw problemOf(found);
      const recipient = files.recipient();
      if (recipient === undefined) return text;
      const data = sealed.get(`${recipient} ${text}`);
      if (data !== undefined) return data;
      throw new Wanted(async () => {
        const bytes = await vault.seal(recipient, Buffer.from(text, 'utf8'));
        sealed.set(`${recipient} ${text}`, bytes);
        // What this run has written it can read again, and nobody is asked.
        keep(digestOf(bytes), text);
      });
    },
    read: path => {
      if (!isSealedName(path)) return clear(path);
      const read = readSealed(path);
      if (!('bytes' in read)) return { is: 'fault', fault: read };
      const found = opened.get(read.mark);
      if (found !== undefined) return answer(path, read.bytes, found);
      throw new Wanted(() => openBytes(read.bytes, read.mark, path));
    },
    settled: async work => {
      for (let times = 0; times < mostTimes; times++) {
        try {
          const result = work();
          sealed.clear();
          return result;
        } catch (wanted) {
          if (!(wanted instanceof Wanted)) throw wanted;
          await wanted.see();
        }
      }
      throw new Error('work that wants something else each time');
    },
    open: async path => {
      if (!isSealedName(path)) return clear(path);
      if (size > mostKept) {
        opened.clear();
        size = 0;
      }
      const read = readSealed(path);
      if (!('bytes' in read)) return { is: 'fault', fault: read };
      await openBytes(read.bytes, read.mark, path);
      return answer(path, read.bytes, opened.get(read.mark) ?? '');
    },
  };
  return texts;
}

/** Says in a fault what is wrong with a sealed file. */
export function sealFault(found: SealFault, path: string): StorageFault {
  switch (found) {
    case 'other-key':
      return fault('storage.sealed-other-key', { path });
    case 'damaged':
      return fault('storage.sealed-damaged', { path });
    case 'readers':
      return fault('storage.sealed-readers', { path });
    case 'line-ends':
      return fault('storage.sealed-line-ends', { path });
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** The id that a text's front matter says, if any. */
function idIn(text: string): string | undefined {
  const span = findFront(text);
  return typeof span === 'object'
    ? /^id: *["']?([A-Za-z0-9_-]{1,64})["']? *\r?$/m.exec(text.slice(span.start, span.end))?.[1]
    : undefined;
}
