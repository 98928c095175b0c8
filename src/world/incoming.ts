import type { SourceFile } from '../core/import/entry.ts';
import type { Unreadable } from './notes.ts';

/** What a person named to be imported, a file or a folder. Paths are relative to it, with `/`. */
export interface Incoming {
  readonly isFolder: boolean;
  /** The name of the folder; that around a file. */
  readonly root: string;
  /** The names of the folders in it, hidden ones too. */
  readonly topFolders: readonly string[];
  /** Files, in order. What is hidden is not searched. */
  readonly paths: readonly string[];
  /** Files that a syncing program has not downloaded, by the names that they will have. */
  readonly placeholders: readonly string[];
  /** Links are named here and not followed. */
  readonly unreadable: readonly Unreadable[];
  readonly read: (path: string) => Promise<IncomingFile>;
}

/** One file to import: marked as the tool's, another program's, or not to be read. */
export type IncomingFile =
  | { readonly is: 'ours'; readonly path: string; readonly text: string }
  | { readonly is: 'foreign'; readonly file: SourceFile }
  | ({ readonly is: 'unreadable' } & Unreadable);
