import type { FrontValue } from '../../notes/reflection.ts';
import { carriedLines } from './carried-front.ts';
import type { Carried, DayReading, Entry, SourceFile } from './entry.ts';
import { givenTitle, isDayOnly } from './entry-title.ts';
import { findWhen, readWhen } from './find-when.ts';
import { fileIdentity, formerId } from './source-identity.ts';
import { readPathName } from './path-name.ts';
import {
  edgeLines,
  propertyIn,
  topHeading,
  withoutFront,
  type Property,
  type TopHeading,
} from './text-lines.ts';
import { tomlFront } from './toml-front.ts';
import type { When } from './zones.ts';

/** What differs from program to program. */
export interface MarkdownHabits {
  /** The file name, not a heading, is the title. */
  readonly isNamedByFile?: boolean;
  /** The day from a file beside the text. */
  readonly created?: When;
  /** The note's identity, if it is not its path. */
  readonly identity?: string;
  readonly tags?: readonly string[];
}

const sessionKeys = ['session', 'date', 'day', 'entrydate', 'journaldate', 'sessiondate', 'datum', 'fecha'];
const createdKeys = [
  'created',
  'createdat',
  'createdon',
  'creationdate',
  'creationtime',
  'createdtime',
  'createddate',
  'datecreated',
  'erstellt',
];
const changedKeys = [
  'updated',
  'updatedat',
  'modified',
  'lastmodified',
  'modifiedat',
  'datemodified',
  'lastedited',
  'lasteditedtime',
  'modificationdate',
  'changed',
];

/**
 * Reads a Markdown file as one entry, using its YAML or TOML front matter, its inline properties, its name
 * and its headings.
 */
export function markdownEntry(file: SourceFile, reading: DayReading, habits: MarkdownHabits = {}): Entry {
  const { body, keys, carried } = frontOf(file);
  const inFront = Object.entries(keys).map(([key, value]) => [plainKey(key), flatText(value)] as const);
  const inText = edgeLines(body).flatMap(line => {
    const property = propertyIn(line);
    return property === undefined || !isMeant(property, reading) ? [] : [property];
  });
  const said = [...inFront, ...inText.map(({ key, value }) => [plainKey(key), value] as const)];
  const whenUnder = (names: readonly string[]): readonly When[] =>
    names.flatMap(name => {
      const values = said.filter(([key]) => key === name).map(([, value]) => value);
      return values.flatMap(value => listOf(readWhen(value, reading)));
    });
  const name = readPathName(fileIdentity(file), reading);
  const text = withoutFront(body);
  const top = topHeading(text);
  const own = said.find(([key, value]) => key === 'title' && givenTitle(value, reading) !== undefined)?.[1];
  const heading = top?.level === 1 ? top.text : undefined;
  const titles = habits.isNamedByFile === true ? [own, name.title, heading] : [own, heading, name.title];
  const days = [
    ...whenUnder(sessionKeys),
    ...listOf(name.when),
    ...listOf(habits.created),
    ...whenUnder(createdKeys),
    ...dayOnly(said.find(([key]) => key === 'title')?.[1], reading),
    ...listOf(dayAtTop(text, top, reading)),
  ];
  const tags = habits.tags ?? (inFront.some(([key]) => key === 'tags') ? [] : tagsIn(inText));
  return {
    identity: habits.identity ?? fileIdentity(file),
    title: titles.find(title => title !== undefined && givenTitle(title, reading) !== undefined),
    body,
    days,
    changed: whenUnder(changedKeys)[0],
    carried,
    extra: { tags },
    formerId: formerId(
      file.path,
      file.front?.keys ?? {},
      file.body
        .replaceAll('\r\n', '\n')
        .replace(/^(?:[ \t]*\n)+/, '')
        .trimEnd(),
    ),
  };
}

/** Normalises line ends to `\n` and removes blank lines at both ends. */
export function trimmed(body: string): string {
  const text = body.replaceAll('\r\n', '\n').replace(/^(?:[ \t]*\n)+/, '');
  // A loop, because a pattern anchored at the end is slow on long runs of blank lines.
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1] ?? '')) end -= 1;
  if (end === 0) return '';
  // Keep spaces after the last word.
  const stop = text.indexOf('\n', end);
  return (stop < 0 ? text : text.slice(0, stop)).replace(/\r$/, '');
}

interface FrontFound {
  readonly body: string;
  readonly keys: Readonly<Record<string, FrontValue>>;
  readonly carried: readonly Carried[];
}

/** A front matter that can't be kept line by line stays in the text. */
function frontOf(file: SourceFile): FrontFound {
  const toml = tomlFront(file.text);
  if (toml !== undefined) return toml;
  const carried = file.front === undefined ? undefined : carriedLines(file.front);
  return {
    body: carried === undefined ? file.text : file.body,
    keys: file.front?.keys ?? {},
    carried: carried ?? [],
  };
}

/** Normalises a key: `Created at` and `created_at` become `createdat`. */
function plainKey(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}]/gu, '');
}

/**
 * A line with `::` is always a property. With a single colon it may be a sentence, so it counts only if it is
 * a known key with nothing but a date.
 */
function isMeant({ key, colons, value }: Property, reading: DayReading): boolean {
  if (colons === '::') return true;
  const name = plainKey(key);
  if (![...sessionKeys, ...createdKeys, ...changedKeys].includes(name) || value.length > 100) return false;
  const [from = '', to = from] = value
    .split('→')
    .map(part => part.replace(/\([^)]*\)|\b[A-Z]{3,5}\b|^@/g, ''));
  return isDayOnly(from, reading) && isDayOnly(to, reading);
}

function tagsIn(properties: readonly Property[]): readonly string[] {
  const found = properties.find(({ key, colons }) => colons === '::' && plainKey(key) === 'tags');
  return listed(found?.value ?? '');
}

/** Splits `a, [[b]], #c` into tags. */
export function listed(value: string): readonly string[] {
  const tags = value.split(',').map(tag => tag.trim().replace(/^#?\[\[(.*)\]\]$|^#/, '$1'));
  return tags.filter(tag => tag !== '');
}

/**
 * The date at the start of the first heading, or on a line of its own at the top or just below that heading.
 */
function dayAtTop(body: string, top: TopHeading | undefined, reading: DayReading): When | undefined {
  const heading = top === undefined ? undefined : findWhen(top.text, reading);
  const before = top?.text.slice(0, heading?.start).replace(/\p{L}{2,12}[.,]*/u, '') ?? '';
  if (heading !== undefined && !/[\p{L}\p{N}]/u.test(before)) return heading.when;
  const line = /\S.*/.exec(body.slice(top?.next ?? 0))?.[0] ?? '';
  return line.length < 80 && isDayOnly(line, reading) ? findWhen(line, reading)?.when : undefined;
}

function dayOnly(text: string | undefined, reading: DayReading): readonly When[] {
  return text !== undefined && isDayOnly(text, reading) ? listOf(findWhen(text, reading)?.when) : [];
}

function listOf(when: When | undefined): readonly When[] {
  return when === undefined ? [] : [when];
}

function flatText(value: FrontValue): string {
  if (Array.isArray(value)) return value.map((item: FrontValue) => flatText(item)).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}
