import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Locked } from '../fs/lock.ts';
import { readIfThere } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';

/**
 * What this machine remembers about the keys of encrypted folders. Stored beside the settings, because
 * someone who can write into a synced folder must not be able to choose the key that notes are encrypted
 * for.
 */
export interface Pins {
  /**
   * Returns the recipient (`age1…`) that this machine encrypts for in the folder; undefined without a pin.
   */
  readonly pinned: () => string | undefined;
  /** Pins a recipient, or for undefined removes the pin. First retires the recipient of the earlier pin. */
  readonly pin: (recipient: string | undefined) => Promise<void>;
  /** Restores an earlier pin after a change that failed. Retires nothing. */
  readonly restore: (recipient: string | undefined) => Promise<void>;
  /**
   * Whether this machine has retired a recipient, in any folder: it had a pin for it and replaced or removed
   * it. The program never trusts a retired recipient again.
   */
  readonly isRetired: (recipient: string) => boolean;
}

export interface PinsNeeds {
  /** The folder of the notes, absolute. */
  readonly folder: string;
  /** The folder of the settings, absolute. */
  readonly configDir: string;
  readonly writer: Writer;
  /** Runs `work` under the lock of the settings folder. */
  readonly locked: Locked;
}

interface Pin {
  readonly recipient: string;
  readonly folder: string;
}

/**
 * Opens the pins of one folder. `<configDir>/recipients` contains a line `RECIPIENT FOLDER` for each
 * encrypted folder; `<configDir>/retired-keys` the SHA-256 of each retired recipient. Compares folders by
 * their real paths, so that a link to a folder finds the same pin. The methods throw a Problem when a file
 * can't be read or written.
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
    const pins = recipient === undefined ? others : [...others, { recipient, folder: realPath(folder) }];
    if (pins.length > 0 || all.length > 0) writer.put(pinsPath, pins.map(formatPin).join(''));
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

// A folder's name may contain a line end but never a NUL, so a NUL stands for each line end.
function parsePin(line: string): Pin {
  const space = line.indexOf(' ');
  return { recipient: line.slice(0, space), folder: line.slice(space + 1).replaceAll('\0', '\n') };
}

function formatPin({ recipient, folder }: Pin): string {
  return `${recipient} ${folder.replaceAll('\n', '\0')}\n`;
}

/** Returns the path with its links resolved; the path itself when the folder does not exist. */
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
