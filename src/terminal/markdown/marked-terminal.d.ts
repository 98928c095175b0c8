/** Only what `render-markdown.ts` uses; the package ships no types. */
declare module 'marked-terminal' {
  import type { MarkedExtension } from 'marked';

  type Paint = (text: string) => string;

  export interface TerminalOptions {
    readonly emoji?: boolean;
    readonly unescape?: boolean;
    readonly showSectionPrefix?: boolean;
    readonly tab?: number;
    readonly reflowText?: boolean;
    readonly width?: number;
    readonly tableOptions?: {
      readonly style?: Readonly<Record<string, readonly string[] | number>>;
      readonly chars?: Readonly<Record<string, string>>;
    };
    readonly code?: Paint;
    readonly blockquote?: Paint;
    readonly html?: Paint;
    readonly heading?: Paint;
    readonly firstHeading?: Paint;
    readonly hr?: Paint;
    readonly listitem?: Paint;
    readonly table?: Paint;
    readonly paragraph?: Paint;
    readonly strong?: Paint;
    readonly em?: Paint;
    readonly codespan?: Paint;
    readonly del?: Paint;
    readonly link?: Paint;
    readonly href?: Paint;
  }

  export function markedTerminal(options?: TerminalOptions): MarkedExtension;
}
