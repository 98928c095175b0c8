// The module that the build generates from `templates/`; see `src/build/shipped-modules.ts`.
declare module 'shipped:templates' {
  type Part<T> = () => Promise<{ readonly value: T }>;
  type LanguageParts = Readonly<
    Record<`sequence/${string}`, Part<import('../../core/template/template.ts').Template> | undefined>
  > &
    Readonly<Record<`source/${string}`, Part<string> | undefined>> & {
      readonly words: Part<import('../../core/language/words.ts').WordTree>;
      readonly lists: Part<
        Readonly<Record<string, readonly import('../../core/template/template.ts').Option[]>>
      >;
      readonly closings: Part<readonly import('../../core/template/template.ts').Closing[]>;
      readonly 'help-now': Part<import('../../core/language/help-now.ts').HelpNow>;
      readonly anchors: Part<
        Readonly<Record<string, readonly import('../../core/template/template.ts').Anchor[]>>
      >;
      /** Question ids by heading. */
      readonly fields: Part<Readonly<Record<string, string>>>;
      /** The possible values in front matter, in the order of the questions. */
      readonly choices: Part<readonly import('../../core/template/choices.ts').Choice[]>;
      /** The invented notes of `rupture demo`. */
      readonly demo: Part<readonly import('../../core/language/demo.ts').DemoNote[]>;
      readonly learn: Part<{ readonly pages: Readonly<Record<string, string>>; readonly sources: string }>;
      /** The words that generated passphrases are made of. */
      readonly 'passphrase-words': Part<readonly string[]>;
      readonly names: Part<{ readonly lang: string; readonly sequences: readonly string[] }>;
    };
  export const languages: Readonly<Record<string, LanguageParts | undefined>>;
}
