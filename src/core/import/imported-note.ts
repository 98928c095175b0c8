import type { Day, Now } from '../dates/day.ts';
import { placeKey } from '../text/portable-file-name.ts';
import { frontKeys, type NewReflection } from '../notes/reflection.ts';
import { renamed } from './entry/carried-front.ts';
import type { Carried, DayReading, Entry, SourceName } from './entry/entry.ts';
import { chooseTitle } from './entry/entry-title.ts';
import { familyOf, fingerprint } from './entry/source-identity.ts';
import { trimmed } from './entry/markdown-entry.ts';
import type { When } from './entry/zones.ts';
import { whenAt } from './entry/zones.ts';

/** Where a note's day comes from: the source, its last change there, or the file system. */
export type DayFrom = 'source' | 'changed' | 'file';

/** An entry with its day, title and fingerprint worked out. */
export interface PreparedEntry {
  readonly source: SourceName;
  readonly identity: string;
  readonly formerId?: string;
  readonly when: When;
  readonly dayFrom: DayFrom;
  readonly title: string;
  readonly body: string;
  /** A fingerprint of the entry's content in the source. */
  readonly content: string;
  readonly carried: readonly Carried[];
  readonly extra: Readonly<Record<string, string | readonly string[]>>;
}

/** What `prepareEntry` needs besides the entry. */
export interface PrepareNeeds {
  readonly now: Now;
  readonly reading: DayReading;
  /** The time of the file, in milliseconds since 1970. */
  readonly fileTime: number;
  readonly source: SourceName;
  /** The fallback title: `A moment on 12 March`. */
  readonly otherwise: (day: Day) => string;
}

/** Works out an entry's day, title and fingerprint. Returns undefined if the entry is empty. */
export function prepareEntry(entry: Entry, needs: PrepareNeeds): PreparedEntry | undefined {
  const { source, reading, otherwise } = needs;
  const written = trimmed(entry.body);
  const hasTitleKey = (entry.carried ?? []).some(({ key }) => key.toLowerCase() === 'title');
  const isTitled = entry.title !== undefined && hasTitleKey;
  // A note with a title and no text: the title is what was written.
  const body = written === '' && isTitled ? (entry.title ?? '') : written;
  if (body === '') return undefined;
  const { when, from } = chooseDay(entry, needs);
  const title = chooseTitle({ given: [entry.title], body, otherwise, day: when.day }, reading);
  const carried = (entry.carried ?? []).filter(item => !repeats(item, { title, day: when.day }));
  const content = contentOf(entry, source, body);
  return {
    source,
    identity: entry.identity,
    formerId: entry.formerId,
    when,
    dayFrom: from,
    title,
    body,
    content,
    carried,
    extra: entry.extra ?? {},
  };
}

/** Builds the open note for an entry. `mark` is the value of `imported_as`, if already known. */
export function importedNote(
  entry: PreparedEntry,
  id: string,
  { heading, mark }: { readonly heading: string; readonly mark?: string },
): NewReflection {
  const { source, identity, when, title, body } = entry;
  const carried = entry.carried.map(renamed);
  const names = new Set<string>([...frontKeys, ...carried.map(({ key }) => key)]);
  const extra = Object.entries(entry.extra).flatMap(([key, value]) => {
    const name = names.has(key) && !carried.some(item => item.key === key) ? `imported_${key}` : key;
    return value.length === 0 || names.has(name) ? [] : [[name, value] as const];
  });
  return {
    id,
    session: when.day,
    title,
    front: {
      ...(when.created === undefined ? {} : { created: when.created }),
      status: 'open',
      ...Object.fromEntries(extra),
      imported_from: `${source}: ${identity}`,
      ...(mark === undefined ? {} : { imported_as: mark }),
    },
    carried: carried.map(({ lines }) => lines).join(''),
    sections: [{ level: 2, heading, text: body }],
  };
}

/**
 * A fingerprint of the entry's content, the same on every machine: it leaves out times of day, which depend
 * on the time zone, and for files the title, which depends on the source they are read as.
 */
function contentOf(
  { identity, title = '', days: [first], carried = [], extra = {} }: Entry,
  source: SourceName,
  body: string,
): string {
  const name = familyOf(source) === 'file' ? placeKey(identity.slice(identity.lastIndexOf('/') + 1)) : title;
  const day = first?.created === undefined ? (first?.day ?? '') : '';
  return fingerprint(JSON.stringify([name, day, body, carried, extra]));
}

/** Picks the first candidate that is not in the future. */
function chooseDay(
  entry: Entry,
  { now, fileTime, reading }: PrepareNeeds,
): { readonly when: When; readonly from: DayFrom } {
  const isNotFuture = ({ day, created }: When): boolean =>
    created === undefined ? day <= now.day : Date.parse(created) <= now.ms || day <= now.day;
  const own = entry.days.find(isNotFuture);
  // Another candidate may add the time of day.
  const timed = entry.days.find(({ day, created }) => day === own?.day && created !== undefined);
  if (own !== undefined) return { when: own.created === undefined ? (timed ?? own) : own, from: 'source' };
  if (entry.changed !== undefined && isNotFuture(entry.changed))
    return { when: entry.changed, from: 'changed' };
  const file = whenAt(fileTime, reading.zone)?.day ?? now.day;
  return { when: { day: file <= now.day ? file : now.day }, from: 'file' };
}

/** Whether a key only repeats the note's title or day. */
function repeats(
  { key, lines }: Carried,
  { title, day }: { readonly title: string; readonly day: Day },
): boolean {
  if (lines.length > 300) return false;
  const [, value] =
    /^[^\n:]+:[ \t]*(?:"([^"\\\n]*)"|'([^'\n]*)'|([^\n"'#]*?))[ \t]*\n$/
      .exec(lines)
      ?.filter(part => part !== undefined) ?? [];
  if (value === undefined) return false;
  if (key === 'title') return value.trim() === title;
  return ['date', 'session', 'day'].includes(key) && value === day;
}
