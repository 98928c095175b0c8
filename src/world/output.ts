/**
 * Standard output, for the result of a command. Control characters in foreign text are escaped, in a pipe
 * too, because nobody knows what reads it. Only `raw` writes to a pipe unchanged.
 */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns; 80 when unknown. */
  readonly width: number;
  readonly style: Style;
  /** Writes the text and a line end. */
  readonly line: (text: string) => void;
  /**
   * Writes lines for people: on a terminal wrapped to its width, continuation lines indented by `hang`
   * columns; in a pipe unchanged.
   */
  readonly wrapped: (text: string, hang?: number) => void;
  /**
   * Writes names with a description: beside the name, or below it on a narrow terminal. In a pipe each pair
   * is one line.
   */
  readonly named: (rows: readonly (readonly [name: string, text: string])[]) => void;
  /** Writes the text; a pipe gets CRLF unchanged. */
  readonly text: (text: string) => void;
  /** Writes the text, to a pipe byte for byte, as `cat` would. */
  readonly raw: (text: string) => void;
  /**
   * Writes Markdown: rendered on a terminal, as Markdown in a pipe. Resolves to false where rendering would
   * take too long and the terminal shows the source.
   */
  readonly markdown: (text: string) => Promise<boolean>;
}

/** Standard error, for everything that is not the result. */
export interface Messages {
  readonly isTerminal: boolean;
  /** Columns; 80 when unknown. */
  readonly width: number;
  readonly style: Style;
  /** Writes a text, wrapped to the width, and a line end. Control characters are escaped. */
  readonly say: (text: string) => void;
}

/** Styles named for their meaning. Without colour they return the text unchanged. */
export interface Style {
  /** For anything the person can act on. */
  readonly accent: (text: string) => string;
  /** For hints and finished steps. */
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** A line on a terminal that shows how far a long task is. In a pipe nothing is written. */
export interface Progress {
  /** Replaces the text shown, at most a few times a second. */
  readonly show: (text: () => string) => void;
  /** Removes the line. */
  readonly end: () => void;
}
