import type { Now } from '../core/dates/day.ts';
import type { NewReflection } from '../core/notes/reflection.ts';
import type { Closing, Template } from '../core/template/template.ts';
import type { Params } from '../errors.ts';
import type { Prompter } from './asking.ts';
import type { Incoming } from './incoming.ts';
import type { EditedCopy, Store } from './notes.ts';
import type { Encryption } from './sealing.ts';
import type { Overriding, Settings } from './settings.ts';
import type { UnsavedAnswers } from './unkept.ts';

/** The flags that every command takes. */
export interface Globals {
  readonly folder?: string;
  readonly plain?: boolean;
  readonly color?: boolean;
  /** The number of an open descriptor, as it was typed. */
  readonly passphraseFd?: string;
  /**
   * No flag: set while `demo` runs. Only notes and settings in `folder` are used, none of the person's own.
   */
  readonly demo?: { readonly folder?: string };
  /** No flag: the name of the command that runs, for `undo`. */
  readonly command?: string;
}

/** All that a command may touch. Cheap things are values, dear things are functions. */
export interface World {
  readonly now: () => Now;
  /** So many random bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly words: Words;
  /** The result, on standard output. */
  readonly out: Output;
  /** Everything else that is said, on standard error. */
  readonly messages: Messages;
  readonly version: string;
  /** RUPTURE_DEBUG=1: stacks may be shown. */
  readonly debug: boolean;
  /** True for lines without cursor, colour or redraw: the flag, the setting, a dumb terminal. */
  readonly plain: () => boolean;
  /** Resolves when all that was written has left the process. */
  readonly waitForOutput: () => Promise<void>;
  /** True when the result could not be written; that has been said by then. */
  readonly writeFailed: () => boolean;
  /** True when a person sits at standard input; false when it is a pipe or a file. */
  readonly interactive: boolean;
  readonly settings: Settings;
  /** What this run takes in place of settings, for `config list`. */
  readonly overriding: () => Overriding;
  /** Where the notes lie, absolute. Nothing is looked at. */
  readonly folder: () => string;
  /** The person's own `help.md`, when there is one. */
  readonly ownHelp: () => string | undefined;
  readonly openStore: () => Promise<Store>;
  /** What was written in this run and no note holds yet. */
  readonly unsaved: UnsavedAnswers;
  /** Gives back what of it the folder could not take; `error` is what ended the run. */
  readonly giveBack: (error: unknown) => Promise<void>;
  /** Opens what turns sealing on and off. */
  readonly openEncryption: () => Promise<Encryption>;
  /** Opens what `doctor` looks with. */
  readonly openDoctor: () => Promise<Doctor>;
  readonly openProgress: () => Promise<Progress>;
  /** Makes a private folder for this run alone; it goes when it is removed, and however the run ends. */
  readonly openScratch: () => Promise<Scratch>;
  readonly openPrompter: () => Promise<Prompter>;
  /**
   * Gives the next line of what `--passphrase-fd` names, undefined when there is none left; absent without
   * that flag.
   */
  readonly passphraseGiven?: () => string | undefined;
  /** Opens the person's editor on a copy of a text and gives what became of it, byte for byte. */
  readonly edit: (text: string) => Promise<EditedCopy>;
  readonly templates: Templates;
  /** How wide a text is on the screen, and how it breaks. */
  readonly layout: {
    readonly widthOf: (text: string) => number;
    readonly wrap: (text: string, width: number) => readonly string[];
  };
  /** Reads all of standard input as UTF-8. */
  readonly readInput: () => Promise<string>;
  /** Gives the absolute path of what the person named; `~` is their home. Nothing is looked at. */
  readonly pathOf: (path: string) => string;
  /** Reads a file that the person named; throws a Problem that names it. */
  readonly readFile: (path: string) => Promise<string>;
  /** Opens what the person named to be imported: a folder or a file. Throws a Problem that names it. */
  readonly openIncoming: (path: string) => Promise<Incoming>;
  /**
   * Writes a new file that the person named, for them alone (0600); throws a Problem when it is there already
   * or can't be written.
   */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Throws the Problem that `writeFile` would throw for this path, as far as can be seen before. */
  readonly checkNewFile: (path: string) => Promise<void>;
  /** Parses YAML or JSON of the person's, with lines; throws a Problem that names `place` and the line. */
  readonly parseData: (
    text: string,
    place: string,
  ) => Promise<import('../core/template/located.ts').YamlNode>;
  /** Aborted with an `Ending` as its reason when the run is ended from outside. */
  readonly ended: AbortSignal;
}

/** A person's folder looked over, settings and templates with it. */
export interface Doctor {
  /** Absolute. */
  readonly folder: string;
  /** True when there is no folder yet, and so nothing to look at. */
  readonly isNew: () => boolean;
  /**
   * Looks at everything, changes nothing. `tick` is called with how many notes have been looked at, of how
   * many.
   */
  readonly diagnose: (
    tick: (n: number, of: number) => void,
  ) => Promise<{ readonly notes: number; readonly findings: readonly Finding[] }>;
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
  readonly severity: 'left' | 'told';
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
 * Gives the words behind a key of `templates/<lang>/words/` with the places `{name}` filled; `n` chooses the
 * plural. A key that is not there is a bug and throws.
 */
export type Words = (key: string, params?: Params) => string;

export interface Templates {
  /**
   * A shipped sequence (`reflect`, `safety` …), or the person's own in `<folder>/templates`. Throws a Problem
   * with file and line.
   */
  readonly sequence: (name: string) => Promise<Template>;
  /**
   * A sequence as it is shipped, whatever the person adds to it: for its words and options, where nothing of
   * it is asked.
   */
  readonly ours: (name: string) => Promise<Template>;
  /** True for a sequence that comes with the program. */
  readonly isShipped: (name: string) => boolean;
  /** A shared list of options (`kinds`, `feelings`, `echo`, `status` …). */
  readonly list: (name: string) => Promise<readonly import('../core/template/template.ts').Option[]>;
  readonly closings: () => Promise<readonly Closing[]>;
  readonly helpNow: () => Promise<import('../core/language/help-now.ts').HelpNow>;
  /** The `learn` pages' Markdown, by name, in their order. */
  readonly pages: () => Promise<Readonly<Record<string, string>>>;
  /** What the pages rest on, as Markdown. */
  readonly sources: () => Promise<string>;
  /** Question ids by the heading that their answers have in a file. */
  readonly fields: () => Promise<Readonly<Record<string, string>>>;
  /**
   * What says the answers behind these keys of a front matter in words, in the order of the questions. The
   * person's own sequences are read only where a key may be of theirs.
   */
  readonly choices: (
    keys: readonly string[],
  ) => Promise<readonly import('../core/template/choices.ts').Choice[]>;
  /** The made-up year of `demo`, its days counted back from whatever day it is. */
  readonly demo: () => Promise<readonly import('../core/language/demo.ts').DemoNote[]>;
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
  /** Gives the same folder for writing. Throws a Problem where a link or a file stands in its place. */
  readonly ownFolderToWrite: () => string;
  /** The YAML of a sequence: of ours as it is shipped, byte for byte, or the person's own file. */
  readonly source: (name: string) => Promise<string>;
  /**
   * Names every fault of a text that is meant as a sequence, and the ids of what it asks; `place` is its
   * file.
   */
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

/**
 * Where the result goes. Foreign text is made safe here, in a pipe too: who knows what stands at its end.
 * Only `raw` gives a pipe a text as it is.
 */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns; 80 when not known. */
  readonly width: number;
  readonly style: Style;
  /** Writes the text and a line end. */
  readonly line: (text: string) => void;
  /**
   * Writes lines for people: on a terminal wrapped to its width, what is behind the first one `hang` columns
   * further in; in a pipe as they are.
   */
  readonly wrapped: (text: string, hang?: number) => void;
  /**
   * Writes names and what is said of each: beside it, or below on a terminal that has no room for that. In a
   * pipe each is a line.
   */
  readonly named: (rows: readonly (readonly [name: string, text: string])[]) => void;
  /** Writes the text; CRLF stays in a pipe. */
  readonly text: (text: string) => void;
  /** Writes the text as it is, to a pipe byte for byte: for a file that is shown, as cat would. */
  readonly raw: (text: string) => void;
  /**
   * Markdown: rendered on a terminal, as Markdown in a pipe. False where rendering would take too long, and
   * the terminal shows it as written.
   */
  readonly markdown: (text: string) => Promise<boolean>;
}

export interface Messages {
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

/** A folder for one run, in the system's folder for such. */
export interface Scratch {
  /** Absolute. */
  readonly folder: string;
  /** Writes notes into it, once. */
  readonly fill: (notes: readonly NewReflection[]) => void;
  readonly remove: () => void;
}

export type * from './asking.ts';
export type * from './incoming.ts';
export type * from './notes.ts';
export type * from './sealing.ts';
export type * from './settings.ts';
export type * from './unkept.ts';
export { settingKeys } from './settings.ts';
export type { Answers } from '../core/notes/answer.ts';
export type { Ending, Params } from '../errors.ts';
