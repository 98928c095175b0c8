import { join } from 'node:path';
import type { Locked } from '../fs/lock.ts';
import { tryReadWhole } from '../fs/read-file.ts';
import type { Writer } from '../fs/write-file.ts';

/** The folders where this machine has saved notes: one absolute path per line in `<configDir>/folders`. */
export interface FolderRegistry {
  readonly has: (folder: string) => boolean;
  /** Adds a folder. Never fails, because saving a note matters more than this list. */
  readonly record: (folder: string) => Promise<void>;
}

export interface FolderRegistryNeeds {
  /** The folder of the settings, absolute. */
  readonly configDir: string;
  readonly writer: Writer;
  /** Runs `work` under the lock of the settings folder. */
  readonly locked: Locked;
}

/** Opens the registry. Reads the file on each call; a file that can't be read counts as empty. */
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
        // A read-only settings folder must not stop a note from being saved.
      }
    },
  };
}
