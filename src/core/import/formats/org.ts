import { titleOf } from '../../text/title.ts';
import type { DayReading, Entry, Reader, SourceFile } from '../entry/entry.ts';
import { kindOf } from '../entry/entry.ts';
import { givenTitle, isDayOnly } from '../entry/entry-title.ts';
import { findWhen, readWhen } from '../entry/find-when.ts';
import { fileIdentity } from '../entry/source-identity.ts';
import { readPathName } from '../entry/path-name.ts';
import type { When } from '../entry/zones.ts';
import { keywordsIn, propertiesIn, readOutline, textUnder, wordsIn, type OrgHeading } from './org-outline.ts';

const stamp = /[<[](\d{4}-\d{2}-\d{2})(?: [^\s\d\]>]+)?(?: (\d{1,2}:\d{2}))?[^\]>\n]*[\]>]/;
const todo = /^(?:TODO|NEXT|WAIT|WAITING|HOLD|STARTED|DONE|KILL|CANCELLED|CANCELED)(?= |$)/;

/** What a heading inherits from those above it. */
interface Context {
  readonly file: SourceFile;
  readonly reading: DayReading;
  /** The headings above. */
  readonly path: readonly string[];
  /** Candidate days from the headings above and the file, most reliable first. */
  readonly days: readonly When[];
  readonly tags: readonly string[];
}

/**
 * An Org file. An entry is a heading with everything under it; headings that are only a day, month or year
 * contain entries.
 */
export const org: Reader = {
  source: 'org',
  recognises: ({ path, text }) =>
    kindOf(path) === 'org' ||
    (kindOf(path) === 'text' && /(?:^|\/)\d{8}$/.test(path) && /^(?:\* |#\+title:)/i.test(text)),
  read: (file, reading) => {
    const { before, headings } = readOutline(file.text);
    const keywords = keywordsIn(before);
    const name = readPathName(fileIdentity(file), reading);
    const days = [
      readStamp(keywords['DATE'] ?? '', reading),
      titleDay(keywords['TITLE'], reading),
      name.when,
    ];
    const context: Context = {
      file,
      reading,
      path: [],
      days: days.filter(when => when !== undefined),
      tags: tagsIn(keywords['FILETAGS'] ?? ''),
    };
    const title = keywords['TITLE'];
    const isTitled = title !== undefined && !isDayOnly(title, reading);
    const hasNoDays = !headings.some(heading => hasDay(heading, reading));
    // A page with a title and sections is one note.
    const isOneNote = hasNoDays && (isTitled || (wordsIn(before).length > 0 && context.days.length === 0));
    if (headings.length === 0 || isOneNote) return [wholeFile(context, title ?? name.title)];
    const first =
      wordsIn(before).length === 0 ? [] : [entryOf(before.join('\n'), title ?? name.title, 1, context)];
    return [...first, ...headings.flatMap(heading => entriesUnder(heading, context))];
  },
};

function wholeFile(context: Context, title: string | undefined): Entry {
  const { file, days, tags } = context;
  const properties = propertiesIn(file.text.split('\n', 20));
  const created = readStamp(properties['CREATED'] ?? '', context.reading);
  const inText = readStamp(stamp.exec(file.text)?.[0] ?? '', context.reading);
  return {
    identity: properties['ID'] ?? fileIdentity(file),
    title: titleFor(title, file.text, context.reading),
    body: file.text,
    extra: { tags },
    days: [...days, created, inText].filter(when => when !== undefined),
  };
}

function entriesUnder(heading: OrgHeading, context: Context): readonly Entry[] {
  const { reading } = context;
  const { words, tags } = partsOf(heading.text);
  const own = dayOf(heading, reading);
  const inner: Context = {
    ...context,
    path: [...context.path, words],
    tags: [...context.tags, ...tags],
    days: [...(own === undefined ? [] : [own]), ...context.days],
  };
  const below = (): readonly Entry[] => heading.below.flatMap(child => entriesUnder(child, inner));
  if (isStructure(words, reading)) {
    const text = heading.own.join('\n');
    return [
      ...(wordsIn(heading.own).length === 0 ? [] : [entryOf(text, undefined, heading.line, inner)]),
      ...below(),
    ];
  }
  const isContainer =
    own === undefined &&
    wordsIn(heading.own).length === 0 &&
    heading.below.some(child => hasDay(child, reading));
  return isContainer ? below() : [headingEntry(heading, inner)];
}

function headingEntry(heading: OrgHeading, context: Context): Entry {
  const { reading } = context;
  const { words } = partsOf(heading.text);
  const id = propertiesIn(heading.own)['ID'];
  const found = isDayOnly(words, reading) ? undefined : findWhen(words, reading);
  const undated = found?.start === 0 ? words.slice(found.end).replace(/^[\s:–-]+/, '') : words;
  const title = undated
    .replace(stamp, ' ')
    .replace(/^\s*\[?\d{1,2}:\d{2}\]?(?:\s*[-–])?(?=\s)/, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const entry = entryOf(textUnder(heading), title, heading.line, context);
  return id === undefined ? entry : { ...entry, identity: id };
}

function entryOf(
  body: string,
  title: string | undefined,
  line: number,
  { file, path, days, tags, reading }: Context,
): Entry {
  return {
    identity: [fileIdentity(file), ...path].join(' / '),
    line,
    body,
    days,
    title: titleFor(title, body, reading),
    extra: { tags: [...new Set(tags)] },
  };
}

/** The given title, or the first words that are not a keyword or property. */
function titleFor(title: string | undefined, body: string, reading: DayReading): string | undefined {
  const isGiven = title !== undefined && givenTitle(title, reading) !== undefined;
  return isGiven ? title : titleOf(wordsIn(body.split('\n')).join('\n'));
}

/** The heading without its TODO state, priority and tags. */
function partsOf(text: string): { readonly words: string; readonly tags: readonly string[] } {
  const [, tags = ''] = /[ \t](:[\p{L}\p{N}_@#%:]+:)[ \t]*$/u.exec(` ${text}`) ?? [];
  const rest = tags === '' ? text : ` ${text}`.trimEnd().slice(0, -tags.length);
  return {
    words: rest
      .trim()
      .replace(todo, '')
      .replace(/^\s*\[#[A-Z0-9]\]/, '')
      .trim(),
    tags: tagsIn(tags),
  };
}

function tagsIn(text: string): readonly string[] {
  return text.split(/[:\s]+/).filter(tag => tag !== '');
}

/** Whether a heading is only a year, month or day. */
function isStructure(words: string, reading: DayReading): boolean {
  return /^\d{4}$|^\d{4}-\d{2}(?:\s+\p{L}+)?$|^\d{4}-W\d{2}/u.test(words) || isDayOnly(words, reading);
}

function dayOf({ text, own }: OrgHeading, reading: DayReading): When | undefined {
  const { words } = partsOf(text);
  const properties = propertiesIn(own);
  const inProperties = ['CREATED', 'DATE', 'DATE_CREATED']
    .map(key => properties[key])
    .find(value => value !== undefined);
  // Planning and log timestamps come last: they are usually of other days.
  const texts = [
    stamp.exec(words)?.[0],
    inProperties,
    stamp.exec(wordsIn(own).join('\n'))?.[0],
    stamp.exec(own.join('\n'))?.[0],
  ];
  const [inTitle, ...others] = texts.map(candidate => readStamp(candidate ?? '', reading));
  return inTitle ?? titleDay(words, reading) ?? others.find(when => when !== undefined);
}

function hasDay(heading: OrgHeading, reading: DayReading): boolean {
  return dayOf(heading, reading) !== undefined || heading.below.some(child => hasDay(child, reading));
}

/** The date at the start of a title: `2024-03-12 Tuesday`, `Tuesday, 12 March 2024`. */
function titleDay(title: string | undefined, reading: DayReading): When | undefined {
  const found = title === undefined ? undefined : findWhen(title, reading);
  return found === undefined || !(found.start === 0 || isDayOnly(title ?? '', reading))
    ? undefined
    : found.when;
}

function readStamp(text: string, reading: DayReading): When | undefined {
  const [, day, time = ''] = stamp.exec(text) ?? [];
  return readWhen(day === undefined ? text : `${day} ${time}`, reading);
}
