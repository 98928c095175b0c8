import type { Now } from '../core/dates/day.ts';
import type { NewReflection } from '../core/notes/reflection.ts';
import type { YamlNode } from '../core/template/located.ts';
import type { Params } from '../errors.ts';
import type { Prompter } from './asking.ts';
import type { Doctor } from './doctor.ts';
import type { EditedCopy } from './drafts.ts';
import type { Encryption } from './encryption.ts';
import type { Incoming } from './incoming.ts';
import type { Messages, Output, Progress } from './output.ts';
import type { Overriding, Settings } from './settings.ts';
import type { Store } from './store.ts';
import type { Templates } from './templates.ts';
import type { UnsavedAnswers } from './unsaved-answers.ts';

/** The flags that every command takes. */
export interface Globals {
  readonly folder?: string;
  readonly plain?: boolean;
  readonly color?: boolean;
  /** The number of an open file descriptor, as typed. */
  readonly passphraseFd?: string;
  /** Not a flag: set while `demo` runs. Then only the notes and settings in `folder` are used. */
  readonly demo?: { readonly folder?: string };
  /** Not a flag: the name of the running command, for `undo`. */
  readonly command?: string;
}

/**
 * Everything a command can reach outside itself. Cheap dependencies are values; expensive ones are functions.
 * A function takes only the ports it needs.
 */
export interface World
  extends
    ClockPort,
    RandomPort,
    ProgramPort,
    WordsPort,
    OutputPort,
    InputPort,
    SettingsPort,
    TemplatesPort,
    FilesPort,
    PromptsPort,
    StorePort,
    MaintenancePort {}

export interface ClockPort {
  readonly now: () => Now;
}

export interface RandomPort {
  /** Returns `count` random bytes. */
  readonly random: (count: number) => Uint8Array;
}

export interface ProgramPort {
  readonly version: string;
  /** True with RUPTURE_DEBUG=1: stack traces may be shown. */
  readonly debug: boolean;
}

export interface WordsPort {
  readonly words: Words;
  /** How wide a text is on the screen, in columns, and where it breaks. */
  readonly layout: {
    readonly widthOf: (text: string) => number;
    readonly wrap: (text: string, width: number) => readonly string[];
  };
}

export interface OutputPort {
  /** The result, on standard output. */
  readonly out: Output;
  /** Everything that is not the result, on standard error. */
  readonly messages: Messages;
  /** True for lines without cursor, colour or redrawing: the flag, the setting, or a dumb terminal. */
  readonly plain: () => boolean;
  /** Resolves when everything written has left the process. */
  readonly waitForOutput: () => Promise<void>;
  /** True if the result could not be written; a message has said so by then. */
  readonly writeFailed: () => boolean;
}

export interface InputPort {
  /** True if standard input is a terminal; false for a pipe or a file. */
  readonly interactive: boolean;
  /** Reads all of standard input as UTF-8. */
  readonly readInput: () => Promise<string>;
  /**
   * Returns the next line of the descriptor that `--passphrase-fd` names; undefined when there are no more.
   * Absent without that flag.
   */
  readonly passphraseGiven?: () => string | undefined;
  /** Aborted with an `Ending` as its reason when a signal, or the end of the terminal, ends the run. */
  readonly ended: AbortSignal;
}

export interface SettingsPort {
  readonly settings: Settings;
  /** What overrides settings in this run, for `config list`. */
  readonly overriding: () => Overriding;
  /** The folder of notes, absolute. Reads nothing. */
  readonly folder: () => string;
}

export interface TemplatesPort {
  readonly templates: Templates;
  /** The person's own `help.md`, if there is one. */
  readonly ownHelp: () => string | undefined;
}

/** Files that the person names on the command line. */
export interface FilesPort {
  /** Returns the absolute path of what the person named; `~` is their home. Reads nothing. */
  readonly pathOf: (path: string) => string;
  /** Reads a file. Throws a Problem that names it. */
  readonly readFile: (path: string) => Promise<string>;
  /** Opens a folder or a file to import. Throws a Problem that names it. */
  readonly openIncoming: (path: string) => Promise<Incoming>;
  /** Writes a new private file (0600). Throws a Problem if it exists or can't be written. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Throws the Problem that `writeFile` would throw for this path, as far as it can be foreseen. */
  readonly checkNewFile: (path: string) => Promise<void>;
  /** Parses YAML or JSON, with lines. Throws a Problem that names `place` and the line. */
  readonly parseData: (text: string, place: string) => Promise<YamlNode>;
}

export interface PromptsPort {
  readonly openPrompter: () => Promise<Prompter>;
  readonly openProgress: () => Promise<Progress>;
  /** Opens the person's editor on a copy of a text, and returns what became of it, byte for byte. */
  readonly edit: (text: string) => Promise<EditedCopy>;
}

export interface StorePort {
  readonly openStore: () => Promise<Store>;
  /** Answers of this run that are in no note yet. */
  readonly unsaved: UnsavedAnswers;
  /** Gives back the unsaved answers that the folder could not take; `error` is what ended the run. */
  readonly giveBack: (error: unknown) => Promise<void>;
}

export interface MaintenancePort {
  readonly openEncryption: () => Promise<Encryption>;
  readonly openDoctor: () => Promise<Doctor>;
  /** Creates a private folder for this run alone. It is removed however the run ends. */
  readonly openScratch: () => Promise<Scratch>;
}

/**
 * Returns the words behind a key of `templates/<lang>/words/` with the places `{name}` filled; `n` chooses the
 * plural. Throws for an unknown key, which is a bug.
 */
export type Words = (key: string, params?: Params) => string;

/** A folder for one run, in the system's folder for temporary files. */
export interface Scratch {
  /** Absolute. */
  readonly folder: string;
  /** Writes notes into it, once. */
  readonly fill: (notes: readonly NewReflection[]) => void;
  readonly remove: () => void;
}

export type * from './asking.ts';
export type * from './doctor.ts';
export type * from './drafts.ts';
export type * from './encryption.ts';
export type * from './incoming.ts';
export type * from './notes.ts';
export type * from './output.ts';
export type * from './settings.ts';
export type * from './store.ts';
export type * from './templates.ts';
export type * from './unsaved-answers.ts';
export { settingKeys } from './settings.ts';
export type { Answers } from '../core/notes/answer.ts';
export type { Ending, Params } from '../errors.ts';
