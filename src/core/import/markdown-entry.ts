import type { FrontValue } from '../reflection.ts';
import { carriedLines } from './carried-front.ts';
import type { Carried, DayReading, Entry, SourceFile } from './entry.ts';
import { givenTitle, isDayOnly } from './entry-title.ts';
import { findWhen, readWhen } from './find-when.ts';
import { fileIdentity, formerId } from './identity.ts';
import { readPathName } from './path-name.ts';
import {
  edgeLines, propertyIn, topHeading, withoutFront, type Property, type TopHeading,
} from './text-lines.ts';
import { tomlFront } from './toml-front.ts';
import type { When } from './zones.ts';

/** What is particular to one program's Markdown. */
export interface MarkdownHabits {
  /** A note is called what its file is called, whatever heading stands in it. */
  readonly isNamedByFile?: boolean;
  /** The day that something beside the text says. */
  readonly created?: When;
  /** What the source knows the note by, if not by its path. */
  readonly identity?: string;
  readonly tags?: readonly string[];
}

const sessionKeys = ['session', 'date', 'day', 'entrydate', 'journaldate', 'sessiondate', 'datum', 'fecha'];
const createdKeys = [
  'created', 'createdat', 'createdon', 'creationdate', 'creationtime', 'createdtime', 'createddate',
  'datecreated', 'erstellt',
];
const changedKeys = [
  'updated', 'updatedat', 'modified', 'lastmodified', 'modifiedat', 'datemodified', 'lastedited',
  'lasteditedtime', 'modificationdate', 'changed',
];

/**
 * Reads a Markdown file as one entry: its front matter in YAML or TOML, its properties in the text, its name
 * and its headings.
 */
export function markdownEntry(file: SourceFile, reading: DayReading, habits: MarkdownHabits = {}): Entry {
  const { body, keys, carried } = frontOf(file);
  const inFront = Object.entries(keys).map(([key, value]) => [plainKey(key), flatText(value)] as const);
  const inText = edgeLines(body).flatMap((line) => {
    const property = propertyIn(line);
    return property === undefined || !isMeant(property, reading) ? [] : [property];
  });
  const said = [...inFront, ...inText.map(({ key, value }) => [plainKey(key), value] as const)];
  const whenUnder = (names: readonly string[]): readonly When[] => names.flatMap((name) => {
    const values = said.filter(([key]) => key === name).map(([, value]) => value);
    return values.flatMap((value) => one(readWhen(value, reading)));
  });
  const name = readPathName(fileIdentity(file), reading);
  const text = withoutFront(body);
  const top = topHeading(text);
  const own = said.find(([key, value]) => key === 'title' && givenTitle(value, reading) !== undefined)?.[1];
  const heading = top?.level === 1 ? top.text : undefined;
  const titles = habits.isNamedByFile === true ? [own, name.title, heading] : [own, heading, name.title];
  const days = [
    ...whenUnder(sessionKeys), ...one(name.when), ...one(habits.created), ...whenUnder(createdKeys),
    ...dayOnly(said.find(([key]) => key === 'title')?.[1], reading), ...one(dayAtTop(text, top, reading)),
  ];
  const tags = habits.tags ?? (inFront.some(([key]) => key === 'tags') ? [] : tagsIn(inText));
  return {
    identity: habits.identity ?? fileIdentity(file),
    title: titles.find((title) => title !== undefined && givenTitle(title, reading) !== undefined),
    body,
    days,
    changed: whenUnder(changedKeys)[0],
    carried,
    extra: { tags },
    formerId: formerId(
      file.path, file.front?.keys ?? {},
      file.body.replaceAll('\r\n', '\n').replace(/^(?:[ \t]*\n)+/, '').trimEnd(),
    ),
  };
}

/** Gives the text of a body as it is kept: line ends as `\n`, no blank lines around it. */
export function trimmed(body: string): string {
  const text = body.replaceAll('\r\n', '\n').replace(/^(?:[ \t]*\n)+/, '');
  // Without a pattern: one that looks for the last blank lines takes ages in a text of many.
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1] ?? '')) end -= 1;
  if (end === 0) return '';
  // Blanks behind the last words stay.
  const stop = text.indexOf('\n', end);
  return (stop < 0 ? text : text.slice(0, stop)).replace(/\r$/, '');
}

interface FrontFound {
  readonly body: string;
  readonly keys: Readonly<Record<string, FrontValue>>;
  readonly carried: readonly Carried[];
}

/** What can't be carried over line by line stays in the text. */
function frontOf(file: SourceFile): FrontFound {
  const toml = tomlFront(file.text);
  if (toml !== undefined) return toml;
  const carried = file.front === undefined ? undefined : carriedLines(file.front);
  return {
    body: carried === undefined ? file.text : file.body, keys: file.front?.keys ?? {}, carried: carried ?? [],
  };
}

/** `Created at` and `date_created` without what differs from program to program. */
function plainKey(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}]/gu, '');
}

/**
 * With two colons a line is a property. With one it may be a sentence: only a day and nothing else is meant
 * as one.
 */
function isMeant({ key, colons, value }: Property, reading: DayReading): boolean {
  if (colons === '::') return true;
  const name = plainKey(key);
  if (![...sessionKeys, ...createdKeys, ...changedKeys].includes(name) || value.length > 100) return false;
  const [from = '', to = from] = value.split('→').map(
    (part) => part.replace(/\([^)]*\)|\b[A-Z]{3,5}\b|^@/g, ''),
  );
  return isDayOnly(from, reading) && isDayOnly(to, reading);
}

function tagsIn(properties: readonly Property[]): readonly string[] {
  const found = properties.find(({ key, colons }) => colons === '::' && plainKey(key) === 'tags');
  return listed(found?.value ?? '');
}

/** Divides `a, [[b]], #c` into its tags. */
export function listed(value: string): readonly string[] {
  const tags = value.split(',').map((tag) => tag.trim().replace(/^#?\[\[(.*)\]\]$|^#/, '$1'));
  return tags.filter((tag) => tag !== '');
}

/**
 * The day that the first heading begins with, or one that is a line of its own at the top or below that
 * heading.
 */
function dayAtTop(body: string, top: TopHeading | undefined, reading: DayReading): When | undefined {
  const heading = top === undefined ? undefined : findWhen(top.text, reading);
  const before = top?.text.slice(0, heading?.start).replace(/\p{L}{2,12}[.,]*/u, '') ?? '';
  if (heading !== undefined && !/[\p{L}\p{N}]/u.test(before)) return heading.when;
  const line = /\S.*/.exec(body.slice(top?.next ?? 0))?.[0] ?? '';
  return line.length < 80 && isDayOnly(line, reading) ? findWhen(line, reading)?.when : undefined;
}

function dayOnly(text: string | undefined, reading: DayReading): readonly When[] {
  return text !== undefined && isDayOnly(text, reading) ? one(findWhen(text, reading)?.when) : [];
}

function one(when: When | undefined): readonly When[] {
  return when === undefined ? [] : [when];
}

function flatText(value: FrontValue): string {
  if (Array.isArray(value)) return value.map((item: FrontValue) => flatText(item)).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}
