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
  /** The number of an open descriptor, as it was typed. */
  readonly passphraseFd?: string;
  /**
   * No flag: set while `demo` runs. Nothing of the person's own is read or written then; notes and settings are those of `folder`, and
   * where there is none yet, there are none.
   */
  readonly demo?: { readonly folder?: string };
  /** No flag: the name of the command that runs, for `undo`. */
  readonly command?: string;
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
  /** Where the notes lie, absolute. Nothing is looked at. */
  readonly folder: () => string;
  /** The person's own `help.md`, when there is one. */
  readonly ownHelp: () => string | undefined;
  readonly openStore: () => Promise<Store>;
  /** Opens what turns sealing on and off. */
  readonly openEncryption: () => Promise<Encryption>;
  /** Opens what `doctor` looks with. */
  readonly openUpkeep: () => Promise<Upkeep>;
  readonly openProgress: () => Promise<Progress>;
  /** Makes a private folder for this run alone; it goes when it is removed, and however the run ends. */
  readonly openScratch: () => Promise<Scratch>;
  readonly openPrompter: () => Promise<Prompter>;
  /** Gives the next line of what `--passphrase-fd` names, undefined when there is none left; absent without that flag. */
  readonly passphraseGiven?: () => string | undefined;
  /** Opens the person's editor on a copy of a text and gives what became of it, byte for byte. */
  readonly edit: (text: string) => Promise<EditedCopy>;
  readonly templates: Templates;
  /** How wide a text is on the screen, and how it breaks. */
  readonly layout: { readonly widthOf: (text: string) => number; readonly wrap: (text: string, width: number) => readonly string[] };
  /** Reads all of standard input as UTF-8. */
  readonly readInput: () => Promise<string>;
  /** Gives the absolute path of what the person named; `~` is their home. Nothing is looked at. */
  readonly pathOf: (path: string) => string;
  /** Reads a file that the person named; throws a Problem that names it. */
  readonly readFile: (path: string) => Promise<string>;
  /** Opens what the person named to be taken in: a folder, a Markdown file, or a text. Throws a Problem that names it. */
  readonly openIncoming: (path: string) => Promise<Incoming>;
  /** Writes a new file that the person named, for them alone (0600); throws a Problem when it is there already or can't be written. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Parses YAML or JSON of the person's, with lines; throws a Problem that names `place` and the line. */
  readonly parseData: (text: string, place: string) => Promise<import('./core/located.ts').Located>;
  /** Aborted with an `Ending` as its reason when the run is ended from outside. */
  readonly ended: AbortSignal;
}

/** A person's folder looked over, settings and templates with it. */
export interface Upkeep {
  /** Absolute. */
  readonly folder: string;
  /** True when there is no folder yet, and so nothing to look at. */
  readonly isNew: () => boolean;
  /** Looks at everything, changes nothing. `tick` is called with how many notes have been looked at, of how many. */
  readonly look: (tick: (n: number, of: number) => void) => Promise<{ readonly notes: number; readonly findings: readonly Finding[] }>;
}

/** Something that is not as it should be. */
export interface Finding {
  /** Key and params of a Problem: what is so, and what can be done. */
  readonly key: string;
  readonly params: Params;
  /** Relative to the folder, or absolute outside of it. */
  readonly path: string;
  readonly line?: number;
  /** `left` asks for something to be done; `told` is only good to know. */
  readonly weight: 'left' | 'told';
  /** What can safely be done; false when it could not be. `did` names what was done, in `doctor.did`. */
  readonly mend?: { readonly did: 'mode' | 'lock' | 'temp' | 'draft'; readonly work: () => boolean };
}

/** A line on a terminal that says how far a long work is; nothing in a pipe. */
export interface Progress {
  /** Shows a text in the place of the one before, when some time has gone by. */
  readonly show: (text: () => string) => void;
  /** Takes the line away. */
  readonly end: () => void;
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
  /** The words that passphrases are made of, each there once. */
  readonly passphraseWords: () => Promise<readonly string[]>;
  /** Those that are shipped. */
  readonly languages: readonly string[];
  /** Names the sequences that come with the program. */
  readonly shipped: () => Promise<readonly string[]>;
  /** The person's own, broken ones too. Never throws for a single file. */
  readonly own: () => Promise<readonly OwnTemplate[]>;
  /** Where the person's own lie; absolute. */
  readonly ownFolder: () => string;
  /** The YAML of a sequence: of ours as it is shipped, byte for byte, or the person's own file. */
  readonly source: (name: string) => Promise<string>;
  /** Names every fault of a text that is meant as a sequence, and the ids of what it asks; `place` is its file. */
  readonly check: (text: string, place: string) => Promise<Pick<OwnTemplate, 'faults' | 'questions'>>;
}

/** A file of questions in `<folder>/templates`. */
export interface OwnTemplate {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Absent when it could not be read at all; to be used only without faults. */
  readonly template?: Template;
  /** In the order of their lines. */
  readonly faults: readonly TemplateFault[];
  /** The ids of what it asks; with `extends` those that it adds. */
  readonly questions: readonly string[];
  /** The sequence of ours that it adds questions to. */
  readonly extends?: string;
}

/** Something wrong in a file of questions; `params` hold its file and line. */
export interface TemplateFault {
  readonly line: number;
  /** Key and params of a Problem. */
  readonly key: string;
  readonly params: Params;
}

/** Where the result goes. Foreign text is made safe here, in a pipe too: who knows what stands at its end. Only `raw` gives a pipe a text as it is. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns; 80 when not known. */
  readonly width: number;
  readonly style: Style;
  /** Writes the text and a line end. */
  readonly line: (text: string) => void;
  /** Writes lines for people: on a terminal wrapped to its width, what is behind the first one `hang` columns further in; in a pipe as they are. */
  readonly wrapped: (text: string, hang?: number) => void;
  /** Writes names and what is said of each: beside it, or below on a terminal that has no room for that. In a pipe each is a line. */
  readonly named: (rows: readonly (readonly [name: string, text: string])[]) => void;
  /** Writes the text; CRLF stays in a pipe. */
  readonly text: (text: string) => void;
  /** Writes the text as it is, to a pipe byte for byte: for a file that is shown, as cat would. */
  readonly raw: (text: string) => void;
  /** Markdown: rendered on a terminal, as Markdown in a pipe. */
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
  /** Whether its texts were wanted, and what they are; absent where nobody asked, or where they could not be had without a second reading. */
  readonly texts?: NoteTexts | 'unwanted';
}

export type NoteTexts = Pick<NoteFile, 'text' | 'sections'>;

/** Says whether the texts of a moment are wanted. */
export type WantsText = (head: Head, text: () => string) => boolean;

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

/** A note by its id and its absolute path; the id of its file's name where its head can't be read. */
export interface NamedNote {
  readonly id: string;
  readonly path: string;
}

/** A note in the trash. `path` is where it was, relative to the folder; `at` an instant, when it came; `title` where it can be read. */
export interface Trashed extends NamedNote {
  /** By which it is called: its file's name in the trash. */
  readonly name: string;
  readonly at: string;
  readonly title?: string;
}

/** What was taken back: of which command, when that ran (an instant), and what became of each file (absolute). */
export interface Undone {
  readonly command: string;
  readonly at: string;
  /** `removed`: it is in the trash now; `changed`: it reads as before, and (`kept`) what was written since is in the trash; `back`: it is where it was. */
  readonly files: readonly (NamedNote & { readonly is: 'removed' | 'changed' | 'back'; readonly kept?: boolean })[];
}

/** What a person does with notes that are there. Nothing that somebody wrote is lost by any of it, but by `erase`, `eraseAll` and `trash.empty`. */
export interface Mending {
  /** Gives exactly what lies at `path`, a moment or not. Throws a Problem when it is no text. */
  readonly readText: (path: string) => Promise<string>;
  /** Says what keeps a text from being the moment at `path` (with an id: that moment); undefined when nothing does. */
  readonly check: (path: string, text: string, id?: string) => Promise<Unreadable | undefined>;
  /** Writes a text in the place of a file that still reads `seen`; else the text is kept beside it, and a Problem with exit 5 says where. */
  readonly rewrite: (path: string, text: string, seen: string) => Promise<void>;
  /** Keeps a text that can't go to `path` in a file of its own, and gives that file's path. */
  readonly keepAside: (path: string, text: string) => Promise<string>;
  /** Moves files to the trash; those that are gone meanwhile are left out. */
  readonly remove: (notes: readonly NamedNote[]) => Promise<void>;
  /** Erases files, and what of them is in the trash, in drafts, in what undo and editors hold, in what was kept aside. */
  readonly erase: (notes: readonly NamedNote[]) => Promise<void>;
  /** Erases files and all else that is ours, drafts, trash and undo; gives the names in the folder that are left, which are not ours. */
  readonly eraseAll: (notes: readonly NamedNote[]) => Promise<readonly string[]>;
  readonly trash: {
    /** The newest first. */
    readonly list: () => Promise<readonly Trashed[]>;
    /** Moves the one of this name back to where it was, and gives its path. Throws a Problem when there is a file already. */
    readonly restore: (name: string) => Promise<string>;
    /** Erases all that is in it, and what undo holds of it; gives how many. */
    readonly empty: () => Promise<number>;
  };
  /**
   * Takes back what the last command did that changed notes; undefined when there is none. All of it or, with a Problem (exit 5) that names the file, nothing: when one
   * was changed since.
   */
  readonly undo: () => Promise<Undone | undefined>;
}

/** What came back from the person's editor. The copy stays on disk until it is settled. */
export type EditedCopy =
  | {
    readonly is: 'text';
    readonly text: string;
    /** Where the copy lies, absolute. */
    readonly path: string;
    /** Opens the editor on the copy once more. */
    readonly again: () => Promise<EditedCopy>;
    /** Removes the copy: its text is kept elsewhere, or nobody wants it. */
    readonly remove: () => void;
  }
  /** A key of the words, and its params; what was written is kept in the file that it names, if there is anything. */
  | { readonly is: 'refused'; readonly key: string; readonly params: Params };

/** Takes in files from elsewhere. Paths are relative to the folder, with /; what would lie outside it or behind a link is never touched. */
export interface TakingIn {
  /** Gives the path and the text that `add` would write. */
  readonly written: (note: NewReflection) => { readonly path: string; readonly text: string };
  /** Gives the id that a text's front matter says; where it says none, that of its file's name. */
  readonly idOf: (path: string, text: string) => string;
  /** Says what adding would come to: it is free, these very bytes are there, something else is there, or it can't be kept. */
  readonly compare: (path: string, text: string) => Promise<'free' | 'same' | 'taken' | 'outside' | 'too-large'>;
  /** Adds a file of exactly this text where it is free, undo knows of it, and says what `compare` says before. Never overwrites. Throws a Problem when the disk refuses. */
  readonly addFile: (path: string, text: string) => ReturnType<TakingIn['compare']>;
}

/** What a person named to be taken in. */
export type Incoming =
  | { readonly is: 'text'; readonly text: string }
  /** Markdown files, in order, by their paths relative to what was named. Links are told, not followed; dot-names are not searched. */
  | { readonly is: 'notes'; readonly paths: readonly string[]; readonly unreadable: readonly Unreadable[]; readonly read: (path: string) => Promise<IncomingNote> };

/** One Markdown file: marked as the tool's, somebody else's, or not to be read. */
export type IncomingNote =
  | { readonly is: 'ours'; readonly path: string; readonly text: string }
  | ({ readonly is: 'foreign' } & import('./core/adopt.ts').ForeignFile)
  | ({ readonly is: 'unreadable' } & Unreadable);

/** The folder of notes. Nothing in it is made before `prepare` or the first thing that is kept. */
export interface Store extends Mending, TakingIn {
  /** Absolute. */
  readonly folder: string;
  /** True when nothing of ours has ever been kept here. */
  readonly isNew: () => boolean;
  /** Makes the folder where allowed and makes sure that something can be kept in it; throws a Problem before anything is asked. */
  readonly prepare: () => void;
  /** Every moment's front matter, and the texts of short files that are wanted; reads only the beginning of each file. Never throws for a single file. */
  readonly shelf: (wants?: WantsText) => Promise<Shelf>;
  /** Reads one whole. Throws a Problem when it can't be read. */
  readonly read: (path: string) => Promise<NoteFile>;
  /**
   * Gives in this order the moments whose texts were wanted, and those whose text `mayHold` lets pass where nobody has looked yet: these are read whole, once
   * each. One that can't be read any more is given as such.
   */
  readonly sift: (moments: readonly Shelved[], mayHold: (text: string) => boolean) => AsyncIterable<NoteFile | Unreadable>;
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
  /** Whether what is kept here is sealed. Throws a Problem when this machine can't tell whether it may be. */
  readonly seals: () => boolean;
  /** Whether a file can be read and not changed: it is clear and the folder sealed, or the other way round. Throws a Problem where `seals` does. */
  readonly isStray: (path: string) => boolean;
  /** Throws a Problem for such a file, before anything is asked about it. */
  readonly refuseStray: (path: string) => void;
  /** Whether anything sealed may lie here; never throws for what this machine may or may not do. */
  readonly isSealed: () => boolean;
  /** Whether reading what is sealed here would have to ask for the passphrase first. */
  readonly isLocked: () => boolean;
  /** Ids and session days as the files' names have them; nothing is opened. */
  readonly names: () => readonly { readonly id: string; readonly session: string }[];
}

/** How it stands with the sealing of a folder; nothing is opened to know it. */
export interface EncryptionStatus {
  readonly state: SealState;
  readonly hasKey: boolean;
  /** Files of ours that are sealed, and notes that are not. */
  readonly sealed: number;
  readonly clear: readonly string[];
  /** What the folder says it is sealed for, and what this machine seals for. */
  readonly told?: string;
  readonly pinned?: string;
}

/** What came of going through the files; paths relative to the folder. */
export interface Turned {
  readonly done: number;
  /** Those that could not be turned, and why: they are as they were. */
  readonly left: readonly Unreadable[];
}

/** Seals a folder's notes, opens them again, changes key and passphrase. Each can be ended at any point, every note can be read then, and the same again finishes it. */
export interface Encryption {
  readonly folder: string;
  readonly status: () => EncryptionStatus;
  /** Throws a Problem when something has to be settled first: two versions of a note, a text in an editor, another run at work. */
  readonly check: () => Promise<void>;
  /** Makes a key, sealed by the passphrase, and gives it as age writes it; it is proved by then, pinned on this machine, and the state says `enabling`. */
  readonly makeKey: (passphrase: string) => Promise<string>;
  /** Seals all that is not sealed yet. Asks for the passphrase where this run has not made the key. */
  readonly seal: (tick: Tick) => Promise<Turned>;
  /** Opens all that is sealed; where nothing is left the key is put aside, and gives where. */
  readonly open: (tick: Tick) => Promise<Turned & { readonly key?: string }>;
  /** Makes a new key and seals everything for it. Those before it are kept with it, so that what another machine seals for them can be opened. */
  readonly rotate: (tick: Tick) => Promise<Turned>;
  /** Asks for the passphrase and proves it. */
  readonly unlock: () => Promise<void>;
  /** Seals the key by another passphrase. */
  readonly change: (passphrase: string) => Promise<void>;
  /** Pins on this machine what the folder's key, once unlocked, seals for; where the folder is not sealed any more, forgets what was pinned. */
  readonly trust: () => Promise<'pinned' | 'forgotten' | 'nothing'>;
  /** Where clear words may survive: histories and version folders, files of editors. Nothing there is touched. */
  readonly survivors: () => readonly string[];
}

export type Tick = (n: number, of: number) => void;

/** How far the sealing of a folder has come. */
export type SealState = 'off' | 'enabling' | 'on' | 'disabling' | 'rotating';

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
  /** Those that no running program is working on, newest first. In a sealed folder with drafts in it this may ask for the passphrase. */
  readonly list: () => Promise<readonly Draft[]>;
  /** How many drafts lie here that are not of this run; nothing is opened, nothing is asked. */
  readonly count: () => number;
  /** On disk when it returns or, where it has to be sealed, when the promise is kept; of several only the newest is written then. Throws a Problem, and leaves what was kept before, when it could not be read again or can't be written. */
  readonly keep: (draft: Draft) => void | Promise<void>;
  /**
   * Takes a draft over for this run, to go on with it: on disk when it returns, and no other run is offered it. False when another run took it
   * meanwhile, or it is gone; then leave it alone.
   */
  readonly claim: (id: string) => Promise<boolean>;
  /** How many another program is working on; `list` leaves them out. */
  readonly held: () => Promise<number>;
  readonly has: (id: string) => boolean;
  /** Those that can't be read: they are named, never removed. */
  readonly damaged: () => Promise<readonly Unreadable[]>;
  /** Removes it: the moment is kept, or the person said so. */
  readonly drop: (id: string) => void;
}

/** One question as it is put: words chosen, options filled. */
export interface Screen {
  readonly id: string;
  /** `secret`: a passphrase, of which nothing is shown or kept. */
  readonly kind: import('./core/template.ts').QuestionKind | 'secret';
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
  /** True when `given` was answered before in this run: Tab goes on with it as it is. */
  readonly kept?: boolean;
  /** Another line under the words: earlier sizes, recalled picks. */
  readonly recall?: string;
  /** False: it has to be answered (Keep or not); then there is no "Skip this one", and Tab does nothing. */
  readonly skippable: boolean;
  readonly canGoBack: boolean;
  /** True: a question on its own, with nothing to skip or to go back to, and no draft. What says how to is left out. */
  readonly bare?: boolean;
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
