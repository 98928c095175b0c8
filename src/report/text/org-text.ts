/** A zero-width space. Org's manual escapes marks with it; Org treats it as white space. */
const zeroWidthSpace = '\u200b';
/** A word joiner. Org treats it as a letter, so it disarms a formula like `$x$`, which white space does not. */
const joiner = '\u2060';

// Web addresses between spaces or brackets. They stay unchanged, so that people can follow and copy them.
const address = /(?<=^|[\s("'“‘«])https?:\/\/(?:[\w/?&=.%#~+;,-]|:\d)+/u;
/**
 * Inline code and calls, which Org runs on export. They are escaped inside an address too, because the text
 * around an address decides whether Org reads it as one.
 */
const runnable = /(?:src|call)(?=_)/gi;
/**
 * Syntax that is active everywhere: timestamps, links, cookies, footnotes, citations, targets, macros, export
 * snippets (`@@html:`), and addresses other than web addresses (`elisp:`, `shell:`, `file:`).
 */
const activeEverywhere = /[<[{](?=[<[{#@\d%/\w])|@(?=@)|(?<=[A-Za-z+])(?=:\S)/gu;
/** Tags at the end of a heading. */
const tags = /(?<=\s):(?=[^\s]+:$)/gu;
/** Syntax that is active in headings only: TeX, sub- and superscript, emphasis, and the keyword COMMENT. */
const activeInHeadings = new RegExp(
  [
    /\\(?=[A-Za-z([\\_-])/,
    /(?<=\S)[_^](?=[\p{L}\p{N}{(*+\-.,\\])/u,
    /(?<![\p{L}\p{N}])[*/_=~+](?=\S)/u,
    /^(?=COMMENT\b)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);
const formula = /\$\$|\$[^\s,.;$](?:[^$]*[^\s,.$])?\$(?![\p{L}\p{N}])/u;

/** Escapes a line for an Org heading. The added characters are invisible, and nothing in it stays active. */
export function orgTitle(text: string): string {
  const escaped = [activeEverywhere, tags, activeInHeadings].reduce(
    breakUp,
    text.replace(runnable, `$&${zeroWidthSpace}`),
  );
  return formula.test(escaped) ? escaped.replaceAll('$', `$$${joiner}`) : escaped;
}

/**
 * Escapes one line of text for a fixed-width line, after `: `. Org applies no markup there, but its agenda
 * and its commands still search such lines, and its LaTeX export copies them between `\begin{verbatim}` and
 * `\end{verbatim}` unchanged.
 */
export function orgVerbatim(text: string): string {
  return [activeEverywhere, tags, /\*(?=\s)|\\(?=end\{)/gu].reduce(
    breakUp,
    text.replace(runnable, `$&${zeroWidthSpace}`),
  );
}

/** Inserts a zero-width space after each match of `marks` that is not part of a web address. */
function breakUp(text: string, marks: RegExp): string {
  const either = new RegExp(`${address.source}|(${marks.source})`, 'gu');
  return text.replace(
    either,
    (found: string, mark?: string) => found + (mark === undefined ? '' : zeroWidthSpace),
  );
}
