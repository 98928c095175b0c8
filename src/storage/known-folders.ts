import { join } from 'node:path';
import { tryReadWhole } from './safe-read.ts';
import type { Writer } from './safe-write.ts';

/** The folders that this machine has kept notes in, one path a line in `<configDir>/folders`. */
export interface KnownFolders {
  readonly has: (folder: string) => boolean;
  /** Remembers a folder. Never throws: notes that could be kept are worth more than this list. */
  readonly record: (folder: string) => void;
}

export function openKnownFolders(configDir: string, writer: Writer): KnownFolders {
  const path = join(configDir, 'folders');
  const lines = (): readonly string[] => {
    const read = tryReadWhole(path, { follow: true });
    return read.is === 'text' ? read.text.split('\n').filter((line) => line !== '') : [];
  };
  return {
    has: (folder) => lines().includes(folder),
    record: (folder) => {
      const known = lines();
      if (known.includes(folder) || folder.includes('\n')) return;
      try {
        writer.put(path, `${[...known, folder].join('\n')}\n`);
      } catch {
        // Read-only settings are no reason to refuse a note.
      }
    },
  };
}
