import { join } from 'node:path';
import type { Locked } from '../fs/lock.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';

/** The folders that this machine has kept notes in, one path a line in `<configDir>/folders`. */
export interface FolderRegistry {
  readonly has: (folder: string) => boolean;
  /** Remembers a folder. Never fails: a saved note is worth more than this list. */
  readonly record: (folder: string) => Promise<void>;
}

export interface FolderRegistryNeeds {
  /** Absolute. */
  readonly configDir: string;
  readonly writer: Writer;
  /** Does `work` while no other process changes files of the settings folder. */
  readonly locked: Locked;
}

export function openFolderRegistry({ configDir, writer, locked }: FolderRegistryNeeds): FolderRegistry {
  const path = join(configDir, 'folders');
  const lines = (): readonly string[] => {
    const read = tryReadWhole(path, { follow: true });
    return read.is === 'text' ? read.text.split('\n').filter(line => line !== '') : [];
  };
  return {
    has: folder => lines().includes(folder),
    record: async folder => {
      if (lines().includes(folder) || folder.includes('\n')) return;
      try {
        await locked(() => writer.put(path, `${[...new Set([...lines(), folder])].join('\n')}\n`));
      } catch {
        // Read-only settings are no reason to refuse a note.
      }
    },
  };
}
