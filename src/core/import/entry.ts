import type { FrontValue } from '../reflection.ts';
import type { When, Zone } from './zones.ts';

/** The programs whose exports can be imported, as `--from` takes them. */
export const sourceNames = [
  'rupture', 'jrnl', 'dayone', 'obsidian', 'logseq', 'joplin', 'notion', 'bear', 'apple-notes', 'evernote',
  'org', 'todo.txt', 'taskwarrior', 'markdown',
] as const;
export type SourceName = (typeof sourceNames)[number];

/** The front matter of a file that another program wrote. */
export interface SourceFront {
  /** By key, as a YAML reader takes them. */
  readonly keys: Readonly<Record<string, FrontValue>>;
  /** The lines between the dashes, as they stand. */
  readonly source: string;
}

/** A file to import. */
export interface SourceFile {
  /** Relative to the folder that the person named, with `/`: `2024/walk.md`. */
  readonly path: string;
  /** The name of that folder: `vault`. Empty for standard input. */
  readonly root: string;
  /** All of it, without a byte order mark. */
  readonly text: string;
  /** Where its front matter can be read; then `body` is what stands behind it. */
  readonly front?: SourceFront;
  readonly body: string;
  /** The earliest time that the file system knows of the file, in milliseconds since 1970. */
  readonly time: number;
  /** The `info.json` that lies beside the text in a textbundle. */
  readonly info?: string;
}

/** A key that is carried over with its source text: whole lines, comments and all, each with its `\n`. */
export interface Carried {
  readonly key: string;
  readonly lines: string;
}

/** Why an entry is not imported: nothing is in it, or its program says that it is over or no note. */
export type LeftOut = 'empty' | 'done' | 'deleted' | 'recurring';

/** What the ending of a file's name says of it. */
export type FileKind = 'markdown' | 'text' | 'org' | 'json' | 'other';

/** What a reader finds in a file: one note of the other program. */
export interface Entry {
  /** What the source knows it by. The same in its next export, even if its words have changed by then. */
  readonly identity: string;
  /** The line on which it begins, in a file of several. */
  readonly line?: number;
  /** What the source calls it. */
  readonly title?: string;
  /** As it stands in the source. */
  readonly body: string;
  /** The days that it could be of, the surest first. */
  readonly days: readonly When[];
  /** The day that it was last changed, where the source says no better. */
  readonly changed?: When;
  /** Keys for its front matter, with the text that they had. */
  readonly carried?: readonly Carried[];
  /** More keys for its front matter; an empty list or text is no key. */
  readonly extra?: Readonly<Record<string, string | readonly string[]>>;
  /** Files that belong to it and are not imported. */
  readonly attachments?: readonly string[];
  /** The id that an earlier version of the program gave to the same note. */
  readonly formerId?: string;
  readonly leftOut?: LeftOut;
}

/** What is known of the folder that a file comes from. */
export interface Surroundings {
  /** Whether there is a folder of this name in the one that the person named: `.obsidian`. */
  readonly hasFolder: (name: string) => boolean;
}

/** How days are read. */
export interface DayReading {
  /** That of this machine. */
  readonly zone: Zone;
  /** Names of months in lower case: 1 is January. */
  readonly months: Readonly<Record<string, number>>;
  /** Names of weekdays in lower case. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** What comes first in `03-04-2026`, where that is known. */
  readonly order?: 'day' | 'month';
}

/** One form of one program's export. */
export interface Reader {
  readonly source: SourceName;
  /** Whether a file has this form, beyond doubt. */
  readonly recognises: (file: SourceFile, around: Surroundings) => boolean;
  /** Gives the entries in the file's order; undefined where it does not have this form. */
  readonly read: (file: SourceFile, reading: DayReading) => readonly Entry[] | undefined;
}

/**
 * Gives the kind of a file by the ending of its name, in capitals or not. One without an ending may be a
 * text.
 */
export function kindOf(path: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? 'text';
  if (['md', 'markdown', 'mdown', 'mkd'].includes(ending)) return 'markdown';
  if (ending === 'txt' || ending === 'text') return 'text';
  return ending === 'org' || ending === 'json' ? ending : 'other';
}
