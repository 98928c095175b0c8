import type { SourceFile } from '../core/import/entry/entry.ts';
import type { Unreadable } from './notes.ts';

/** A file or folder to import. Paths are relative to it, with `/`. */
export interface Incoming {
  readonly isFolder: boolean;
  /** The name of the folder, or of the folder that contains the file. */
  readonly root: string;
  /** Names of its top-level folders, including hidden ones. */
  readonly topFolders: readonly string[];
  /** Files, sorted, without hidden ones. */
  readonly paths: readonly string[];
  /** Names of files that exist only as cloud placeholders (not downloaded). */
  readonly placeholders: readonly string[];
  /** Links, which are not followed, and whatever could not be read. */
  readonly unreadable: readonly Unreadable[];
  readonly read: (path: string) => Promise<IncomingFile>;
}

/** A file to import: one of our notes, another program's, or unreadable. */
export type IncomingFile =
  | { readonly is: 'ours'; readonly path: string; readonly text: string }
  | { readonly is: 'foreign'; readonly file: SourceFile }
  | ({ readonly is: 'unreadable' } & Unreadable);
