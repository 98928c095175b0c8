import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Locked } from '../fs/lock.ts';
import { readIfThere } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';

/**
 * What this machine remembers about the keys of encrypted folders. It lies beside the settings, because
 * whoever can write into a synced folder must not decide which key notes are encrypted for.
 */
export interface Pins {
  /** The recipient (`age1…`) that this machine encrypts for in the folder; undefined when it has none. */
  readonly pinned: () => string | undefined;
  /** Pins a recipient, or forgets the pin. The recipient that was pinned before is retired first. */
  readonly pin: (recipient: string | undefined) => Promise<void>;
  /** Puts back an earlier pin after a change that failed. Nothing is retired. */
  readonly restore: (recipient: string | undefined) => Promise<void>;
  /**
   * Whether this machine once turned away from a recipient, in any folder. It never trusts that recipient
   * again.
   */
  readonly isRetired: (recipient: string) => boolean;
}

export interface PinsNeeds {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  /** The folder of the settings, absolute. */
  readonly configDir: string;
  readonly writer: Writer;
  /** Does `work` while no other process changes files of the settings folder. */
  readonly locked: Locked;
}

interface Pin {
  readonly recipient: string;
  readonly folder: string;
}

/**
 * Opens the pins of one folder: `<configDir>/recipients` holds a line `RECIPIENT FOLDER` for each encrypted
 * folder,
 * `<configDir>/retired-keys` the SHA-256 of each retired recipient. A folder is known by its real path, so
 * that a link to it finds the same pin. Throws a Problem when a file can't be read or written.
 */
export function openPins({ folder, configDir, writer, locked }: PinsNeeds): Pins {
  const pinsPath = join(configDir, 'recipients');
  const retiredPath = join(configDir, 'retired-keys');
  const isHere = (other: string): boolean => other === folder || realPath(other) === realPath(folder);
  const readPins = (): readonly Pin[] => linesOf(pinsPath).map(parsePin);
  const pinned = (): string | undefined => readPins().find(pin => isHere(pin.folder))?.recipient;
  const retired = (): readonly string[] => linesOf(retiredPath);

  const write = (recipient: string | undefined): void => {
    const all = readPins();
    const others = all.filter(pin => !isHere(pin.folder));
    const left = recipient === undefined ? others : [...others, { recipient, folder: realPath(folder) }];
    if (left.length > 0 || all.length > 0) writer.put(pinsPath, left.map(formatPin).join(''));
  };
  const retire = (recipient: string): void => {
    const hash = hashOf(recipient);
    const known = retired();
    if (!known.includes(hash)) writer.put(retiredPath, [...known, hash].map(line => `${line}\n`).join(''));
  };

  return {
    pinned,
    pin: recipient =>
      locked(() => {
        const before = pinned();
        if (before === recipient) return;
        if (before !== undefined) retire(before);
        write(recipient);
      }),
    restore: recipient => locked(() => write(recipient)),
    isRetired: recipient => retired().includes(hashOf(recipient)),
  };
}

function linesOf(path: string): readonly string[] {
  return (
    readIfThere(path, { follow: true })
      ?.split('\n')
      .filter(line => line !== '') ?? []
  );
}

// A folder's name may hold a line end; it never holds a NUL.
function parsePin(line: string): Pin {
  const space = line.indexOf(' ');
  return { recipient: line.slice(0, space), folder: line.slice(space + 1).replaceAll('\0', '\n') };
}

function formatPin({ recipient, folder }: Pin): string {
  return `${recipient} ${folder.replaceAll('\n', '\0')}\n`;
}

/** The path without links; the path itself when the folder is not there. */
function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

function hashOf(recipient: string): string {
  return createHash('sha256').update(recipient).digest('hex');
}
