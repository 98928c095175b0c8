/** The unseen space by which Org's manual escapes its own marks; Org takes it for white space. */
const apart = '\u200b';
/** An unseen character that Org takes for a letter: no white space keeps `$x$` from being a formula. */
const joiner = '\u2060';

// Addresses that stand by themselves stay as they are, so that they can be followed and copied.
const address = /(?<=^|[\s("'“‘«])https?:\/\/(?:[\w/?&=.%#~+;,-]|:\d)+/u;
/** Inline code and calls, which Org runs on export. They are broken up within an address as well: whether Org reads it as one depends on what stands around it. */
const runs = /(?:src|call)(?=_)/gi;
/**
 * What Org acts on wherever it stands: times, links, cookies, footnotes, citations, targets, macros, raw text for one kind of export, and addresses of any
 * other kind than the web's (`elisp:`, `shell:`, `file:`).
 */
const live = /[<[{](?=[<[{#@\d%/\w])|@(?=@)|(?<=[A-Za-z+])(?=:\S)/gu;
/** What a heading ends with. */
const tags = /(?<=\s):(?=[^\s]+:$)/gu;
/** What Org takes for a mark of its own in a heading, besides: TeX, raised and lowered letters, emphasis, and a word that takes a heading out of sight. */
const inTitles = /\\(?=[A-Za-z([\\_-])|(?<=\S)[_^](?=[\p{L}\p{N}{(*+\-.,\\])|(?<![\p{L}\p{N}])[*/_=~+](?=\S)|^(?=COMMENT\b)/gu;
const formula = /\$\$|\$[^\s,.;$](?:[^$]*[^\s,.$])?\$(?![\p{L}\p{N}])/u;

/** Writes a text of one line so that Org shows it in a heading and acts on nothing in it. Unseen characters break up what it would act on. */
export function orgTitle(text: string): string {
  const broken = [live, tags, inTitles].reduce(brokenUp, text.replace(runs, `$&${apart}`));
  return formula.test(broken) ? broken.replaceAll('$', `$$${joiner}`) : broken;
}

/**
 * The same for a line that stands verbatim, behind `: `: there Org marks nothing up, but its agenda and its commands look for what they act on, and an
 * export to LaTeX writes it between `\begin{verbatim}` and `\end{verbatim}` as it is.
 */
export function orgVerbatim(text: string): string {
  return [live, tags, /\*(?=\s)|\\(?=end\{)/gu].reduce(brokenUp, text.replace(runs, `$&${apart}`));
}

/** Puts an unseen space behind what `marks` finds, except in addresses. */
function brokenUp(text: string, marks: RegExp): string {
  return text.replace(new RegExp(`${address.source}|(${marks.source})`, 'gu'), (found: string, mark?: string) => (mark === undefined ? found : `${mark}${apart}`));
}
