import type { FrontValue } from '../../notes/reflection.ts';
import type { When, Zone } from './zones.ts';

/** The programs whose exports can be imported, as `--from` takes them. */
export const sourceNames = [
  'rupture',
  'jrnl',
  'dayone',
  'obsidian',
  'logseq',
  'joplin',
  'notion',
  'bear',
  'apple-notes',
  'evernote',
  'org',
  'todo.txt',
  'taskwarrior',
  'markdown',
] as const;
export type SourceName = (typeof sourceNames)[number];

/** The front matter of a file that another program wrote. */
export interface SourceFront {
  /** The values by key, as the YAML reader parses them. */
  readonly keys: Readonly<Record<string, FrontValue>>;
  /** The raw lines between the dashes. */
  readonly source: string;
}

/** A file to import. */
export interface SourceFile {
  /** Relative to the folder that the person named, with `/`: `2024/walk.md`. */
  readonly path: string;
  /** The name of that folder: `vault`. Empty for standard input. */
  readonly root: string;
  /** The whole text, without a byte order mark. */
  readonly text: string;
  /** The front matter, if it could be read; `body` is then the text after it. */
  readonly front?: SourceFront;
  readonly body: string;
  /** The older of the file's creation and modification times, in milliseconds since 1970. */
  readonly time: number;
  /** The text of `info.json`, for the text of a textbundle. */
  readonly info?: string;
}

/** A front matter key kept as source text: whole lines including comments, each ending in `\n`. */
export interface Carried {
  readonly key: string;
  readonly lines: string;
}

/** Why an entry is skipped. */
export type LeftOut = 'empty' | 'done' | 'deleted' | 'recurring';

/** The kind of a file, by its extension. */
export type FileKind = 'markdown' | 'text' | 'org' | 'json' | 'other';

/** One note of another program, as its reader found it. */
export interface Entry {
  /** An identifier that stays the same in the next export, even if the text changes. */
  readonly identity: string;
  /** The line it starts on, in a file with several entries. */
  readonly line?: number;
  /** The title in the source. */
  readonly title?: string;
  /** The text, unchanged. */
  readonly body: string;
  /** Candidate days, most reliable first. */
  readonly days: readonly When[];
  /** The day of its last change, used only if there is no better day. */
  readonly changed?: When;
  /** Front matter keys kept as source text. */
  readonly carried?: readonly Carried[];
  /** Additional front matter keys. Empty texts and lists are dropped. */
  readonly extra?: Readonly<Record<string, string | readonly string[]>>;
  /** Attached files, which are not imported. */
  readonly attachments?: readonly string[];
  /** The id that an earlier version of rupture gave to the same note. */
  readonly formerId?: string;
  readonly leftOut?: LeftOut;
}

/** Facts about the folder being imported. */
export interface Surroundings {
  /** Whether the folder the person named contains a folder with this name, such as `.obsidian`. */
  readonly hasFolder: (name: string) => boolean;
}

/** What is needed to parse dates. */
export interface DayReading {
  /** The time zone of this machine. */
  readonly zone: Zone;
  /** Names of months in lower case: 1 is January. */
  readonly months: Readonly<Record<string, number>>;
  /** Names of weekdays in lower case. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** Whether the day or the month comes first in `03-04-2026`, if known. */
  readonly order?: 'day' | 'month';
}

/** A reader for one export format of one program. */
export interface Reader {
  readonly source: SourceName;
  /** Whether the file is certainly in this format. */
  readonly recognises: (file: SourceFile, around: Surroundings) => boolean;
  /** Returns the entries in file order, or undefined if the file is not in this format. */
  readonly read: (file: SourceFile, reading: DayReading) => readonly Entry[] | undefined;
}

/** Returns the kind of a file by its extension, ignoring case. Files without an extension count as text. */
export function kindOf(path: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? 'text';
  if (['md', 'markdown', 'mdown', 'mkd'].includes(ending)) return 'markdown';
  if (ending === 'txt' || ending === 'text') return 'text';
  return ending === 'org' || ending === 'json' ? ending : 'other';
}
