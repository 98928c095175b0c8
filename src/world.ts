import type { Answer, Answers } from './core/answer.ts';
import type { Now } from './core/day.ts';
import type { Head, NewReflection, Section } from './core/reflection.ts';
import type { Template, Closing } from './core/template.ts';
import type { Ending, Params } from './errors.ts';

/** The flags that every command takes. */
export interface Globals {
  readonly folder?: string;
  readonly plain?: boolean;
  readonly color?: boolean;
  /**
   * No flag: set while `demo` runs. Nothing of the person's own is read or written then; notes and settings are those of `folder`, and
   * where there is none yet, there are none.
   */
  readonly demo?: { readonly folder?: string };
}

/** All that a command may touch. Cheap things are values, dear things are functions. */
export interface World {
  readonly now: () => Now;
  /** So many random bytes. */
  readonly chance: (count: number) => Uint8Array;
  readonly words: Words;
  /** The result, on standard output. */
  readonly out: Output;
  /** Everything else that is said, on standard error. */
  readonly talk: Talk;
  readonly version: string;
  /** RUPTURE_DEBUG=1: stacks may be shown. */
  readonly debug: boolean;
  /** True for lines without cursor, colour or redraw: the flag, the setting, a dumb terminal. */
  readonly plain: () => boolean;
  /** Resolves when all that was written has left the process. */
  readonly flushed: () => Promise<void>;
  /** True when the result could not be written; that has been said by then. */
  readonly writeFailed: () => boolean;
  /** True when a person sits at standard input; false when it is a pipe or a file. */
  readonly interactive: boolean;
  readonly settings: Settings;
  readonly openStore: () => Promise<Store>;
  /** Makes a private folder for this run alone; it goes when it is removed, and however the run ends. */
  readonly openScratch: () => Promise<Scratch>;
  readonly openPrompter: () => Promise<Prompter>;
  readonly templates: Templates;
  /** How wide a text is on the screen, and how it breaks. */
  readonly layout: { readonly widthOf: (text: string) => number; readonly wrap: (text: string, width: number) => readonly string[] };
  /** Reads all of standard input as UTF-8. */
  readonly readInput: () => Promise<string>;
  /** Reads a file that the person named; throws a Problem that names it. */
  readonly readFile: (path: string) => Promise<string>;
  /** Writes a new file that the person named, for them alone (0600); throws a Problem when it is there already or can't be written. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Parses YAML or JSON of the person's, with lines; throws a Problem that names `place` and the line. */
  readonly parseData: (text: string, place: string) => Promise<import('./core/located.ts').Located>;
  /** Aborted with an `Ending` as its reason when the run is ended from outside. */
  readonly ended: AbortSignal;
}

/**
 * Gives the words behind a key of `templates/<lang>/words/` with the places `{name}` filled; `n` chooses the plural.
 * A key that is not there is a bug and throws.
 */
export type Words = (key: string, params?: Params) => string;

export interface Templates {
  /** A shipped sequence (`reflect`, `safety` …), or the person's own in `<folder>/templates`. Throws a Problem with file and line. */
  readonly sequence: (name: string) => Promise<Template>;
  /** True for a sequence that comes with the program. */
  readonly isShipped: (name: string) => boolean;
  /** A shared list of options (`kinds`, `feelings`, `echo`, `status` …). */
  readonly list: (name: string) => Promise<readonly import('./core/template.ts').Option[]>;
  readonly closings: () => Promise<readonly Closing[]>;
  readonly helpNow: () => Promise<import('./core/help-now.ts').HelpNow>;
  /** The `learn` pages' Markdown, by name, in their order. */
  readonly pages: () => Promise<Readonly<Record<string, string>>>;
  /** What the pages rest on, as Markdown. */
  readonly sources: () => Promise<string>;
  /** Question ids by the heading that their answers have in a file. */
  readonly fields: () => Promise<Readonly<Record<string, string>>>;
  /** The made-up year of `demo`, its days counted back from whatever day it is. */
  readonly demo: () => Promise<readonly import('./core/demo.ts').DemoNote[]>;
  /** Those that are shipped. */
  readonly languages: readonly string[];
}

/** Where the result goes. Foreign text that reaches a terminal is made safe here; a pipe gets it as it is. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns; 80 when not known. */
  readonly width: number;
  readonly style: Style;
  /** Writes the text and a line end. */
  readonly line: (text: string) => void;
  /** Writes the text as it is, to a pipe byte for byte. */
  readonly raw: (text: string) => void;
  /** Markdown: rendered on a terminal, as it is in a pipe. */
  readonly markdown: (text: string) => Promise<void>;
}

export interface Talk {
  readonly isTerminal: boolean;
  readonly width: number;
  readonly style: Style;
  /** Says a text, wrapped to the width, with a line end. Foreign text in it is made safe. */
  readonly say: (text: string) => void;
}

/** Styles are named for their meaning; without colour they give the text as it is. */
export interface Style {
  /** What can be acted on. */
  readonly accent: (text: string) => string;
  /** Hints, and what is done. */
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** What a person can set; read without a package. Unknown keys are left alone. */
export interface Settings {
  readonly get: (key: SettingKey) => string | undefined;
  /** The question ids of the setting `hide`. */
  readonly hidden: readonly string[];
  /** The file they live in. */
  readonly path: string;
  /** All that is set, for `config list`. */
  readonly all: Readonly<Record<string, string | readonly string[]>>;
  /** Sets or (with undefined) unsets, through `conf`. */
  readonly change: (key: SettingKey, value: string | readonly string[] | undefined) => Promise<void>;
}

export const settingKeys = ['folder', 'mode', 'with', 'timer', 'plain', 'language', 'editor', 'hide', 'therapist_word'] as const;
export type SettingKey = (typeof settingKeys)[number];

/** A file that could not be read as a moment, and why. */
export interface Unreadable {
  /** Relative to the folder. */
  readonly path: string;
  readonly line?: number;
  /** Key and params of a Problem. */
  readonly key: string;
  readonly params: Params;
}

/** A moment in the folder. `path` is absolute. */
export interface Shelved {
  readonly path: string;
  readonly head: Head;
}

/** What lies in the folder: each moment once, and what could not be read. */
export interface Shelf {
  readonly moments: readonly Shelved[];
  readonly unreadable: readonly Unreadable[];
  /** Files that carry an id which another file has already (sync conflict copies): path and the path that counts. */
  readonly copies: readonly { readonly path: string; readonly of: string }[];
}

/** One file, read whole. `text` is exactly what lies on disk. */
export interface NoteFile extends Shelved {
  readonly text: string;
  readonly sections: readonly Section[];
}

/** What changes in a moment that is there already; what is not named stays byte for byte. */
export interface Revision {
  /** Front matter to set, or with undefined to remove. */
  readonly front: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** A line added to `history`: `2026-03-19 planned 5`. */
  readonly history?: string;
  /** Sections added at the end. */
  readonly append: readonly Section[];
}

/** The folder of notes. Nothing in it is made before `prepare` or the first thing that is kept. */
export interface Store {
  /** Absolute. */
  readonly folder: string;
  /** True when nothing of ours has ever been kept here. */
  readonly isNew: () => boolean;
  /** Makes the folder where allowed and makes sure that something can be kept in it; throws a Problem before anything is asked. */
  readonly prepare: () => void;
  /** Every moment's front matter; reads only the beginning of each file. Never throws for a single file. */
  readonly shelf: () => Promise<Shelf>;
  /** Reads one whole. Throws a Problem when it can't be read. */
  readonly read: (path: string) => Promise<NoteFile>;
  /** Adds a moment and returns its path. Never overwrites. */
  readonly add: (note: NewReflection) => Promise<string>;
  /** Writes a moment that this run has added anew, if its file is still exactly `seen`, and returns its text. */
  readonly replace: (path: string, note: NewReflection, seen: string) => Promise<string>;
  /**
   * Applies the revision to the file as it is now, under the lock, and returns its new text. With `seen` (the text that
   * was read before asking) a file that differs from it is left alone, the revised text is kept beside it, and a Problem
   * with exit 5 says where.
   */
  readonly revise: (path: string, revision: Revision, seen?: string) => Promise<string>;
  /** Removes a file this run has added, if it is still exactly `text`. */
  readonly takeBack: (path: string, text: string) => Promise<void>;
  readonly drafts: Drafts;
  readonly editing: Editing;
  /** The person's own `help.md`, when there is one. */
  readonly helpPage: () => string | undefined;
}

/** A folder for one run, in the system's folder for such. */
export interface Scratch {
  /** Absolute. */
  readonly folder: string;
  /** Writes notes into it, once. */
  readonly fill: (notes: readonly NewReflection[]) => void;
  readonly remove: () => void;
}

/** Where the person's editor works on a text: inside the folder of notes, so that nothing of it is anywhere else. */
export interface Editing {
  /** Makes the private folder where it is not there, and gives its path. */
  readonly folder: () => string;
  /** Texts that an editor left when it was killed, absolute. */
  readonly leftOver: () => readonly string[];
}

/** An interview in the middle; `id` is the id the moment will have. */
export interface Draft {
  readonly id: string;
  /** The sequence, `reflect` or an own one. */
  readonly template: string;
  readonly mode: string;
  readonly session: string;
  readonly with?: string;
  readonly started: string;
  /** Ids of moments that are there already and are gone on with. */
  readonly about?: readonly string[];
  /** By step key. null: it was skipped. */
  readonly answers: Readonly<Record<string, Answer | null>>;
  /** A text that is being typed. */
  readonly half?: { readonly key: string; readonly text: string };
}

export interface Drafts {
  /** Those that no running program is working on, newest first. */
  readonly list: () => readonly Draft[];
  /** On disk when it returns. */
  readonly keep: (draft: Draft) => void;
  readonly has: (id: string) => boolean;
  /** Removes it: the moment is kept, or the person said so. */
  readonly drop: (id: string) => void;
}

/** One question as it is put: words chosen, options filled. */
export interface Screen {
  readonly id: string;
  readonly kind: import('./core/template.ts').QuestionKind;
  readonly words: string;
  readonly hint?: string;
  /** Said above the question: where we are. */
  readonly progress?: string;
  readonly options: readonly import('./core/template.ts').Option[];
  readonly limit?: number;
  readonly columns?: number;
  readonly anchors: readonly import('./core/template.ts').Anchor[];
  /** What stands there already and can be changed. */
  readonly given?: Answer;
  /** Another line under the words: earlier sizes, recalled picks. */
  readonly recall?: string;
  /** False: it has to be answered (Keep or not); then there is no "Skip this one", and Tab does nothing. */
  readonly skippable: boolean;
  readonly canGoBack: boolean;
  /** The label of the answer when the question shrinks to a line; its words when absent. */
  readonly label?: string;
}

/** What comes back from a question. `finish` is Ctrl-D on an empty one, or the end of the input: on to keeping what is there. */
export type Reply = import('./core/interview.ts').Said;

/** Puts one question at a time. Throws Cancelled on Ctrl-C and on signals; by then `typing` has had the last text. */
export interface Prompter {
  readonly ask: (screen: Screen, typing?: (text: string) => void) => Promise<Reply>;
  /** Shows a note, a page or a preview between two questions; text is wrapped, foreign text made safe. */
  readonly say: (text: string) => void;
  /** Gives the terminal back: cursor shown, pasting as it was, input closed. */
  readonly close: () => void;
}

export type { Answers, Ending, Params };
