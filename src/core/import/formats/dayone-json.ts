import type { Entry, Reader } from '../entry/entry.ts';
import { topHeading } from '../entry/text-lines.ts';
import type { When } from '../entry/zones.ts';
import { whenAt, zoneNamed, type Zone } from '../entry/zones.ts';
import { jsonOf, recordOf, recordsIn, textOf, textsIn } from '../entry/json-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

const media: readonly (readonly [key: string, folder: string])[] = [
  ['photos', 'photos'],
  ['videos', 'videos'],
  ['audios', 'audios'],
  ['pdfAttachments', 'pdfs'],
];

/**
 * Day One's JSON export, from its unpacked zip: `{"metadata": …, "entries": [{"uuid", "creationDate",
 * "timeZone", "text" …}]}`.
 */
export const dayOneJson: Reader = {
  source: 'dayone',
  recognises: file => entriesOf(jsonOf(file)) !== undefined,
  read: (file, reading) => {
    const zones = new Map<string, Zone | undefined>();
    const zoneOf = (name: string): Zone => {
      if (!zones.has(name)) zones.set(name, zoneNamed(name));
      return zones.get(name) ?? reading.zone;
    };
    return entriesOf(jsonOf(file))?.map(entry => entryOf(entry, zoneOf));
  },
};

function entriesOf(value: unknown): readonly Fields[] | undefined {
  const top = recordOf(value);
  if (top === undefined || !Array.isArray(top['entries'])) return undefined;
  const entries = recordsIn(top['entries']);
  const isEmpty = entries.length === 0 && recordOf(top['metadata']) !== undefined;
  return isEmpty || (entries.length > 0 && entries.every(entry => typeof entry['creationDate'] === 'string'))
    ? entries
    : undefined;
}

function entryOf(entry: Fields, zoneOf: (name: string) => Zone): Entry {
  const body = 'text' in entry ? unescaped(textOf(entry['text'])) : richText(textOf(entry['richText']));
  const when = whenOf(entry, zoneOf(textOf(entry['timeZone'])));
  const heading = topHeading(body);
  return {
    identity: textOf(entry['uuid']) || textOf(entry['creationDate']),
    title: heading?.level === 1 ? heading.text : undefined,
    body,
    days: when === undefined ? [] : [when],
    carried: ['starred', 'pinned'].flatMap(key =>
      entry[key] === true ? [{ key, lines: `${key}: true\n` }] : [],
    ),
    extra: {
      tags: textsIn(entry['tags']),
      location: placeOf(recordOf(entry['location'])),
      weather: weatherOf(recordOf(entry['weather'])),
    },
    attachments: media.flatMap(([key, folder]) =>
      recordsIn(entry[key]).map(item => attachmentName(item, folder)),
    ),
  };
}

function whenOf(entry: Fields, zone: Zone): When | undefined {
  return whenAt(Date.parse(textOf(entry['creationDate'])), zone);
}

/** Removes the backslashes that Day One's export puts before punctuation, except in code. */
function unescaped(text: string): string {
  return text
    .split(/(^ {0,3}```[\s\S]*?^ {0,3}```|`[^`\n]*`)/m)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replace(/\\([!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~])/g, '$1'),
    )
    .join('')
    .replaceAll('\u2028', '\n');
}

/** The text of an entry that has only Day One's rich text. */
function richText(source: string): string {
  try {
    const parsed: unknown = JSON.parse(source);
    return recordsIn(recordOf(parsed)?.['contents'])
      .map(({ text }) => textOf(text))
      .join('');
  } catch {
    return '';
  }
}

function placeOf(location: Fields | undefined): string {
  const keys = ['placeName', 'localityName', 'administrativeArea', 'country'];
  const parts = keys.map(key => textOf(location?.[key]));
  return [...new Set(parts.filter(part => part !== ''))].join(', ');
}

function weatherOf(weather: Fields | undefined): string {
  const degrees = weather?.['temperatureCelsius'];
  const warmth = typeof degrees === 'number' ? `${Math.round(degrees)} °C` : '';
  return [textOf(weather?.['conditionsDescription']), warmth].filter(part => part !== '').join(', ');
}

function attachmentName(item: Fields, folder: string): string {
  const name = textOf(item['md5']) || textOf(item['identifier']);
  return `${folder}/${name}.${textOf(item['type']) || textOf(item['format']) || 'jpeg'}`;
}
