import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Exit } from '../../errors.ts';
import type { EncryptionState } from '../../world/world.ts';
import { isNoteFileName } from '../format/front-matter.ts';
import { isRealFolder, refuseForeignFolder } from '../folder/own-folders.ts';
import { openPins, type Pins, type PinsNeeds } from './key-pins.ts';
import { fault, problemOf } from '../fs/problems.ts';
import { isThere, readIfThere, tryReadBytes } from '../fs/read-file.ts';
import { plaintextName, isEncryptedName } from '../fs/encrypted-name.ts';
import type { Writer } from '../fs/write-file.ts';

/** The state of a folder's encryption, according to its key files and this machine's pin. */
export interface KeyFileState {
  readonly state: EncryptionState;
  /** Whether `.rupture/identity.age` exists. */
  readonly hasKey: boolean;
  /**
   * The recipient (`age1…`) named in `.rupture/recipient.txt`. Anyone who can write into the folder can
   * change it, so nothing is ever encrypted for it.
   */
  readonly advertised?: string;
  /** The recipient (`age1…`) that this machine encrypts for. */
  readonly pinned?: string;
}

/**
 * The key files of a folder and this machine's pins. Caches what it finds until `refresh`: another process
 * may change the files, so every caller that takes the folder's lock calls `refresh`.
 */
export interface KeyFiles {
  /** The absolute path of `.rupture/identity.age`. */
  readonly identityPath: string;
  /** Returns the state, from the last lookup if there was one. */
  readonly state: () => KeyFileState;
  /** Forgets the last lookup. */
  readonly refresh: () => void;
  /**
   * Reads the identity file. Returns undefined when there is none; throws a Problem when it can't be read.
   */
  readonly readIdentity: () => Buffer | undefined;
  /**
   * Returns the recipient to encrypt new texts for; undefined when the folder is not encrypted. Throws a
   * Problem when neither is safe: the folder is encrypted and its key is missing (exit 4), or it is encrypted
   * and this machine has no pin for it, or this machine has a pin but the key files say it is not encrypted.
   */
  readonly recipient: () => string | undefined;
  /** Writes the state to `.rupture/sealing`; removes that file for `off`. */
  readonly setState: (state: EncryptionState) => void;
  /** Writes the recipient to `.rupture/recipient.txt`; removes that file for undefined. */
  readonly advertise: (recipient: string | undefined) => void;
  readonly pins: Pins;
}

export interface KeyFilesNeeds extends PinsNeeds {
  readonly writer: Writer;
}

const states: readonly EncryptionState[] = ['enabling', 'on', 'disabling', 'rotating'];

const identityName = 'identity.age';
const recipientName = 'recipient.txt';
const stateName = 'sealing';

/** Opens the key files of a folder. Reads nothing until a method is called. */
export function openKeyFiles(needs: KeyFilesNeeds): KeyFiles {
  const { folder, writer } = needs;
  const own = join(folder, '.rupture');
  const identityPath = join(own, identityName);
  const recipientPath = join(own, recipientName);
  const statePath = join(own, stateName);
  let hasEncrypted: boolean | undefined;
  let found: KeyFileState | undefined;
  const refresh = (): void => {
    found = undefined;
  };
  const pins = refreshedBy(openPins(needs), refresh);

  const currentState = (): KeyFileState => (found ??= lookUp(own, pins));
  return {
    identityPath,
    pins,
    state: currentState,
    refresh,
    readIdentity: () => {
      refuseForeignFolder(own);
      const read = tryReadBytes(identityPath);
      if (read.is === 'bytes') return read.bytes;
      if (read.fault.key === 'storage.read-missing') return undefined;
      throw problemOf(read.fault);
    },
    recipient: () => {
      const { state, hasKey, pinned } = currentState();
      const isOff = state === 'off';
      // Searched only once per run: every saved draft calls this, and a folder may contain 10,000 notes.
      if (!hasKey && (!isOff || (hasEncrypted ??= hasEncryptedNotes(folder)))) {
        throw problemOf(fault('storage.no-key-to-write', { folder, path: identityPath }), {
          exit: Exit.locked,
        });
      }
      if (isOff && pinned === undefined) return undefined;
      if (pinned === undefined) throw problemOf(fault('storage.seal-not-trusted', { folder }));
      if (isOff) throw problemOf(fault('storage.seal-gone', { folder }));
      return pinned;
    },
    setState: state => {
      refresh();
      if (state === 'off') writer.remove(statePath);
      else writer.put(statePath, `${state}\n`);
    },
    advertise: recipient => {
      refresh();
      if (recipient === undefined) writer.remove(recipientPath);
      else writer.put(recipientPath, `${recipient}\n`);
    },
  };
}

function lookUp(own: string, pins: Pins): KeyFileState {
  if (isThere(own) && !isRealFolder(own)) {
    // Never read key files through a link. With a pin the folder still counts as encrypted.
    const pinned = pins.pinned();
    return { state: pinned === undefined ? 'off' : 'on', hasKey: false, pinned };
  }
  const savedState = readIfThere(join(own, stateName))?.trim();
  const advertised = readIfThere(join(own, recipientName))?.trim();
  const hasKey = isThere(join(own, identityName));
  // A folder counts as encrypted while any of these files exists, so that no text is written in plaintext.
  const isEncrypted = savedState !== undefined || advertised !== undefined || hasKey;
  const state = isEncrypted ? (states.find(known => known === savedState) ?? 'on') : 'off';
  return { state, hasKey, advertised, pinned: pins.pinned() };
}

/** Returns pins that call `refresh` after each change. */
function refreshedBy(pins: Pins, refresh: () => void): Pins {
  return {
    ...pins,
    pin: recipient => pins.pin(recipient).finally(refresh),
    restore: recipient => pins.restore(recipient).finally(refresh),
  };
}

/** Returns the SHA-256 of an identity file in hexadecimal, for detecting that it was replaced. */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Whether the folder or a folder below it contains an encrypted note whose name the program made. Reads names
 * only, which takes 4 ms for 10,000 notes.
 */
export function hasEncryptedNotes(folder: string): boolean {
  const otherNames: string[] = [];
  for (const name of namesIn(folder)) {
    if (name.endsWith('.md') || name.startsWith('.')) continue;
    if (isEncryptedName(name) && isNoteFileName(plaintextName(name))) return true;
    otherNames.push(name);
  }
  return otherNames.some(name => isRealFolder(join(folder, name)) && hasEncryptedNotes(join(folder, name)));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The folder is missing or unreadable; the command that reads the notes reports that.
    return [];
  }
}
