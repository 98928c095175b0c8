import { join } from 'node:path';
import { isRealFolder, refuseForeignFolder } from './own-folders.ts';
import { fault, problemOf, type StorageFault } from './problems.ts';
import { isThere, readIfThere, tryReadBytes } from './safe-read.ts';
import type { Writer } from './safe-write.ts';
import type { SealState } from '../world.ts';

/** How it stands with the sealing of a folder. */
export interface Sealing {
  readonly state: SealState;
  /** Whether the key is there. */
  readonly hasKey: boolean;
  /** What the folder says it is sealed for. Whoever can write into the folder can change it, so nothing is ever sealed for it. */
  readonly told?: string;
  /** What this machine seals for. */
  readonly pinned?: string;
}

/** Where the key of a folder and the state of its sealing lie, and what this machine has pinned for it. Everything is read anew each time: another run may be at work. */
export interface KeyFiles {
  /** `.rupture/identity.age`. */
  readonly identityPath: string;
  readonly look: () => Sealing;
  /** The bytes of the key's file; undefined when there is none. */
  readonly readIdentity: () => Uint8Array | undefined;
  /**
   * Gives for whom a new text is sealed; undefined when it is kept clear. Throws a Problem when this machine has not been told that it may: a folder that came
   * from elsewhere, or one that was sealed here and says now that it is not.
   */
  readonly recipient: () => string | undefined;
  readonly setState: (state: SealState) => void;
  /** Writes what the folder is sealed for. */
  readonly tell: (recipient: string | undefined) => void;
  /** Remembers on this machine what the folder is sealed for; undefined forgets it. Throws a Problem when that can't be written. */
  readonly pin: (recipient: string | undefined) => void;
}

export interface KeyFilesNeeds {
  /** Absolute. */
  readonly folder: string;
  readonly configDir: string;
  readonly writer: Writer;
}

const states: readonly SealState[] = ['enabling', 'on', 'disabling', 'rotating'];

export function openKeyFiles({ folder, configDir, writer }: KeyFilesNeeds): KeyFiles {
  const own = join(folder, '.rupture');
  const identityPath = join(own, 'identity.age');
  const recipientPath = join(own, 'recipient.txt');
  const statePath = join(own, 'sealing');
  const pinsPath = join(configDir, 'recipients');
  const pins = (): readonly string[] => readIfThere(pinsPath, { follow: true })?.split('\n').filter((line) => line !== '') ?? [];
  const pinned = (): string | undefined => pins().find((line) => line.slice(line.indexOf(' ') + 1) === folder)?.split(' ')[0];

  const look = (): Sealing => {
    if (isThere(own) && !isRealFolder(own)) {
      // Nothing is read behind a link. A folder that this machine has encrypted stays encrypted.
      const pin = pinned();
      return { state: pin === undefined ? 'off' : 'on', hasKey: false, pinned: pin };
    }
    const said = readIfThere(statePath)?.trim();
    const told = readIfThere(recipientPath)?.trim();
    const hasKey = isThere(identityPath);
    // Where only part of it is left, somebody or something took the rest: it counts as sealed, so that no text goes there clear.
    const isSealed = said !== undefined || told !== undefined || hasKey;
    return { state: isSealed ? states.find((state) => state === said) ?? 'on' : 'off', hasKey, told, pinned: pinned() };
  };
  return {
    identityPath,
    look,
    readIdentity: () => {
      refuseForeignFolder(own);
      const read = tryReadBytes(identityPath);
      if (read.is === 'bytes') return read.bytes;
      if (read.fault.key === 'storage.read-missing') return undefined;
      throw problemOf(read.fault);
    },
    recipient: () => {
      const { state, pinned: pin } = look();
      if (state === 'off' && pin === undefined) return undefined;
      if (pin === undefined) throw problemOf(notTrusted(folder));
      if (state === 'off') throw problemOf(fault('storage.seal-gone', { folder }));
      return pin;
    },
    setState: (state) => {
      if (state === 'off') writer.remove(statePath);
      else writer.put(statePath, `${state}\n`);
    },
    tell: (recipient) => {
      if (recipient === undefined) writer.remove(recipientPath);
      else writer.put(recipientPath, `${recipient}\n`);
    },
    pin: (recipient) => {
      const others = pins().filter((line) => line.slice(line.indexOf(' ') + 1) !== folder);
      const lines = recipient === undefined ? others : [...others, `${recipient} ${folder}`];
      if (lines.length > 0 || pins().length > 0) writer.put(pinsPath, lines.map((line) => `${line}\n`).join(''));
    },
  };
}

function notTrusted(folder: string): StorageFault {
  return fault('storage.seal-not-trusted', { folder });
}
