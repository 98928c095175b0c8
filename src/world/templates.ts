import type { DemoNote } from '../core/language/demo.ts';
import type { HelpNow } from '../core/language/help-now.ts';
import type { Choice } from '../core/template/choices.ts';
import type { Closing, Option, Template } from '../core/template/template.ts';
import type { Params } from '../errors.ts';

/** Sequences of questions, shipped or the person's own. */
export interface Sequences {
  /**
   * A shipped sequence (`reflect`, `safety` …), or the person's own in `<folder>/templates`. Throws a Problem
   * with file and line.
   */
  readonly sequence: (name: string) => Promise<Template>;
  /** A sequence as shipped, without the person's additions: for its words and options. */
  readonly ours: (name: string) => Promise<Template>;
  /** True for a sequence that comes with the program. */
  readonly isShipped: (name: string) => boolean;
  /** The names of the shipped sequences. */
  readonly shipped: () => Promise<readonly string[]>;
  /** Question ids by the heading that their answers have in a file. */
  readonly fields: () => Promise<Readonly<Record<string, string>>>;
  /**
   * The options behind these front matter keys, in the order of the questions. The person's own sequences are
   * read only if a key may come from them.
   */
  readonly choices: (keys: readonly string[]) => Promise<readonly Choice[]>;
}

/** Texts and lists that come with the program. */
export interface ShippedTexts {
  /** A shared list of options (`kinds`, `feelings`, `echo`, `status` …). */
  readonly list: (name: string) => Promise<readonly Option[]>;
  readonly closings: () => Promise<readonly Closing[]>;
  readonly helpNow: () => Promise<HelpNow>;
  /** The Markdown of the `learn` pages, by name, in their order. */
  readonly pages: () => Promise<Readonly<Record<string, string>>>;
  /** The sources of the pages, as Markdown. */
  readonly sources: () => Promise<string>;
  /** The made-up year of `demo`; its days are counted back from today. */
  readonly demo: () => Promise<readonly DemoNote[]>;
  /** The words that passphrases are made of, without duplicates. */
  readonly passphraseWords: () => Promise<readonly string[]>;
  /** The languages that come with the program. */
  readonly languages: readonly string[];
}

/** The person's own sequences, in `<folder>/templates`. */
export interface OwnTemplates {
  /** All of them, broken ones too. Never throws for a single file. */
  readonly own: () => Promise<readonly OwnTemplate[]>;
  /** Their folder, absolute. */
  readonly ownFolder: () => string;
  /** The same folder, to write to. Throws a Problem if a link or a file has its name. */
  readonly ownFolderToWrite: () => string;
  /** The YAML of a sequence: the shipped file byte for byte, or the person's own file. */
  readonly source: (name: string) => Promise<string>;
  /**
   * Checks a text as a sequence: all its faults, and the ids of its questions. `place` is what faults call
   * the file.
   */
  readonly check: (text: string, place: string) => Promise<Pick<OwnTemplate, 'faults' | 'questions'>>;
}

export interface Templates extends Sequences, ShippedTexts, OwnTemplates {}

/** A file of questions in `<folder>/templates`. */
export interface OwnTemplate {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Absent if the file could not be read at all; usable only without faults. */
  readonly template?: Template;
  /** In the order of their lines. */
  readonly faults: readonly TemplateFault[];
  /** The ids of its questions; with `extends`, of the questions it adds. */
  readonly questions: readonly string[];
  /** The shipped sequence that it adds questions to. */
  readonly extends?: string;
}

/** A fault in a file of questions; `params` include its file and line. */
export interface TemplateFault {
  readonly line: number;
  /** Key and params of a Problem. */
  readonly key: string;
  readonly params: Params;
}
