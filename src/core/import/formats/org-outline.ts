/** An Org heading and everything under it. */
export interface OrgHeading {
  readonly level: number;
  /** The heading after its stars, unchanged. */
  readonly text: string;
  /** Its line, from 1. */
  readonly line: number;
  /** The lines up to the first subheading. */
  readonly own: readonly string[];
  readonly below: readonly OrgHeading[];
}

/** An Org file: the lines before the first heading, and the headings. */
export interface OrgOutline {
  readonly before: readonly string[];
  readonly headings: readonly OrgHeading[];
}

interface Open extends OrgHeading {
  readonly own: string[];
  readonly below: Open[];
}

/** Parses the outline of an Org text. Lines in blocks (`#+begin_…`) are not headings. */
export function readOutline(text: string): OrgOutline {
  const before: string[] = [];
  const headings: Open[] = [];
  const path: Open[] = [];
  let block: string | undefined;
  for (const [at, full] of text.split('\n').entries()) {
    const line = full.replace(/\r$/, '');
    const [, side, name = ''] = /^\s*#\+(begin|end)_(\S+)/i.exec(line) ?? [];
    if (block === undefined && side?.toLowerCase() === 'begin') block = name.toLowerCase();
    else if (block === name.toLowerCase() && side?.toLowerCase() === 'end') block = undefined;
    const [, stars, words = ''] = (block === undefined ? /^(\*+)[ \t]+(.*)$/.exec(line) : null) ?? [];
    if (stars === undefined) {
      (path.at(-1)?.own ?? before).push(line);
      continue;
    }
    while (path.length > 0 && (path.at(-1)?.level ?? 0) >= stars.length) path.pop();
    const heading: Open = { level: stars.length, text: words.trimEnd(), line: at + 1, own: [], below: [] };
    (path.at(-1)?.below ?? headings).push(heading);
    path.push(heading);
  }
  return { before, headings };
}

/** Returns a heading and everything under it as text, the heading without its stars. */
export function textUnder({ text, own, below }: OrgHeading): string {
  return [text, ...own, ...below.flatMap(child => linesUnder(child))].join('\n');
}

function linesUnder({ level, text, own, below }: OrgHeading): readonly string[] {
  return [`${'*'.repeat(level)} ${text}`, ...own, ...below.flatMap(child => linesUnder(child))];
}

/** Parses a property drawer; names are in capitals. */
export function propertiesIn(lines: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let isOpen = false;
  for (const line of lines) {
    if (/^\s*:PROPERTIES:\s*$/i.test(line)) isOpen = true;
    else if (/^\s*:END:\s*$/i.test(line)) isOpen = false;
    const [, key, value] = (isOpen ? /^\s*:([^\s:]+):[ \t]+(.*)$/.exec(line) : null) ?? [];
    if (key !== undefined && value !== undefined) found[key.toUpperCase()] ??= value.trim();
  }
  return found;
}

/** Parses keywords (`#+title: …`); names are in capitals. */
export function keywordsIn(lines: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const line of lines) {
    const [, key, value] = /^#\+([a-z_]+):[ \t]*(.*)$/i.exec(line) ?? [];
    if (key !== undefined && value !== undefined) found[key.toUpperCase()] ??= value.trim();
  }
  return found;
}

/** Returns the lines a person wrote, without drawers, keywords and planning lines. */
export function wordsIn(lines: readonly string[]): readonly string[] {
  let isDrawer = false;
  return lines.filter(line => {
    if (/^\s*:(?:PROPERTIES|LOGBOOK):\s*$/i.test(line)) isDrawer = true;
    const isWords =
      !isDrawer && line.trim() !== '' && !/^#\+[a-z_]+:|^\s*(?:SCHEDULED|DEADLINE|CLOSED):/i.test(line);
    if (/^\s*:END:\s*$/i.test(line)) isDrawer = false;
    return isWords;
  });
}
