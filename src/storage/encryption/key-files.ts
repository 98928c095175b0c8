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

/** The state of a folder's encryption, as its files and this machine say it. */
export interface KeyFileState {
  readonly state: EncryptionState;
  /** Whether `.rupture/identity.age` is there. */
  readonly hasKey: boolean;
  /**
   * The recipient that the folder names. Whoever can write into the folder can change it, so nothing is ever
   * encrypted for it.
   */
  readonly advertised?: string;
  /** The recipient that this machine encrypts for. */
  readonly pinned?: string;
}

/**
 * The key files of a folder and this machine's pins. They are looked up once, and again after `refresh`:
 * another process may change them, so whoever takes the folder's lock refreshes.
 */
export interface KeyFiles {
  /** `.rupture/identity.age`. */
  readonly identityPath: string;
  /** What the last lookup found. */
  readonly state: () => KeyFileState;
  /** Forgets the last lookup. */
  readonly refresh: () => void;
  /** The bytes of the identity file; undefined when there is none. Throws a Problem when it can't be read. */
  readonly readIdentity: () => Buffer | undefined;
  /**
   * The recipient to encrypt a new text for; undefined when texts are kept in plaintext. Throws a Problem
   * when neither is safe: an encrypted folder whose key is gone (exit 4), one that this machine has no pin
   * for, or one that was encrypted here and now says that it is not.
   */
  readonly recipient: () => string | undefined;
  readonly setState: (state: EncryptionState) => void;
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

  const look = (): KeyFileState => (found ??= lookUp(own, pins));
  return {
    identityPath,
    pins,
    state: look,
    refresh,
    readIdentity: () => {
      refuseForeignFolder(own);
      const read = tryReadBytes(identityPath);
      if (read.is === 'bytes') return read.bytes;
      if (read.fault.key === 'storage.read-missing') return undefined;
      throw problemOf(read.fault);
    },
    recipient: () => {
      const { state, hasKey, pinned } = look();
      const isOff = state === 'off';
      // Listed once a run: every draft asks, and a folder may hold ten thousand notes.
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
    // Nothing is read behind a link. A folder that this machine has encrypted stays encrypted.
    const pinned = pins.pinned();
    return { state: pinned === undefined ? 'off' : 'on', hasKey: false, pinned };
  }
  const said = readIfThere(join(own, stateName))?.trim();
  const advertised = readIfThere(join(own, recipientName))?.trim();
  const hasKey = isThere(join(own, identityName));
  // If some of these files are gone, the folder still counts as encrypted: no text goes there in plaintext.
  const isEncrypted = said !== undefined || advertised !== undefined || hasKey;
  const state = isEncrypted ? (states.find(one => one === said) ?? 'on') : 'off';
  return { state, hasKey, advertised, pinned: pins.pinned() };
}

/** Pins after whose change the files are looked up again. */
function refreshedBy(pins: Pins, refresh: () => void): Pins {
  return {
    ...pins,
    pin: recipient => pins.pin(recipient).finally(refresh),
    restore: recipient => pins.restore(recipient).finally(refresh),
  };
}

/** A fingerprint of an identity file, for seeing whether it was replaced. */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Whether an encrypted note with a name of ours lies in the folder or below it. Only names are read, which
 * takes 4 ms for 10,000 notes.
 */
export function hasEncryptedNotes(folder: string): boolean {
  const others: string[] = [];
  for (const name of namesIn(folder)) {
    if (name.endsWith('.md') || name.startsWith('.')) continue;
    if (isEncryptedName(name) && isNoteFileName(plaintextName(name))) return true;
    others.push(name);
  }
  return others.some(name => isRealFolder(join(folder, name)) && hasEncryptedNotes(join(folder, name)));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that is not there, or can't be listed, is named by the command that reads it.
    return [];
  }
}
