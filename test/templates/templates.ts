import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What these tests need to read the shipped templates as plain data, without the product's own code. */
export type Data = string | number | boolean | null | readonly Data[] | DataMap;
export interface DataMap {
  readonly [key: string]: Data;
}

export const root = new URL('../../templates/', import.meta.url);

export const sequenceNames = [
  'reflect',
  'safety',
  'safe-check',
  'follow-up',
  'let-go',
  'first-run',
  'patterns',
  'prep',
  'prep-choice',
] as const;

export function readYaml(path: string, from: URL = root): DataMap {
  const data = parse(readFileSync(new URL(path, from), 'utf8')) as Data;
  return mapOf(data);
}

export function isMap(data: Data | undefined): data is DataMap {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

export function mapOf(data: Data | undefined): DataMap {
  if (!isMap(data)) throw new Error(`no map: ${JSON.stringify(data)}`);
  return data;
}

export function listOf(data: Data | undefined): readonly Data[] {
  return Array.isArray(data) ? data : [];
}

export function textsOf(data: Data | undefined): readonly string[] {
  return typeof data === 'string' ? [data] : listOf(data).map(String);
}

/** A text with the place it stands at, for messages that can be acted on. */
export interface Text {
  readonly at: string;
  readonly words: string;
}

/** All texts under `data`, except those that are for translators and for programs. */
export function textsUnder(data: Data | undefined, at: string): readonly Text[] {
  if (typeof data === 'string') return [{ at, words: data }];
  if (Array.isArray(data)) return data.flatMap((item: Data, index) => textsUnder(item, `${at}.${index}`));
  return isMap(data) ? Object.entries(data).flatMap(([key, value]) => textsUnder(value, `${at}.${key}`)) : [];
}

export interface Question {
  readonly file: string;
  readonly id: string;
  readonly map: DataMap;
  /** Its own options, or those of the list it names. */
  readonly options: readonly DataMap[];
}

export const lists: Readonly<Record<string, readonly DataMap[]>> = Object.fromEntries(
  Object.entries(mapOf(readYaml('en/lists.yaml')['lists'])).map(([name, items]) => [
    name,
    listOf(items).map(mapOf),
  ]),
);

/** The steps and offers of a sequence, in order. */
export function stepsOf(file: string): readonly DataMap[] {
  const sequence = readYaml(`en/${file}.yaml`);
  return [...listOf(sequence['steps']), ...listOf(sequence['offers'])].map(mapOf);
}

export function questionsOf(file: string): readonly Question[] {
  return stepsOf(file)
    .filter(step => 'ask' in step)
    .map(map => ({ file, id: String(map['ask']), map, options: optionsOf(map['options']) }));
}

function optionsOf(data: Data | undefined): readonly DataMap[] {
  const options = typeof data === 'string' ? (lists[data] ?? []) : listOf(data).map(mapOf);
  return options.filter(option => 'key' in option);
}

export function question(file: string, id: string): Question {
  const found = questionsOf(file).find(one => one.id === id);
  if (found === undefined) throw new Error(`no question ${file}.${id}`);
  return found;
}

export const allQuestions: readonly Question[] = sequenceNames.flatMap(questionsOf);

/** The words of a question as they may be put: its own, and those under a condition. */
export function wordings({ map, file, id }: Question): readonly Text[] {
  const others = listOf(map['instead']).map(one => String(mapOf(one)['words']));
  return [String(map['words']), ...others].map(words => ({ at: `${file}.${id}`, words }));
}

/** Option labels, those of shared lists once. */
export const labels: readonly Text[] = [
  ...Object.entries(lists).flatMap(([name, items]) => items.flatMap(item => labelOf(item, `lists.${name}`))),
  ...allQuestions
    .filter(({ map }) => typeof map['options'] !== 'string')
    .flatMap(({ file, id, options }) => options.flatMap(item => labelOf(item, `${file}.${id}`))),
];

function labelOf(option: DataMap, at: string): readonly Text[] {
  return [option['label'], option['label_quoting']]
    .filter(words => typeof words === 'string')
    .map(words => ({ at: `${at}.${String(option['key'])}`, words }));
}

export interface LearnPage {
  readonly topic: string;
  readonly title: string;
  /** The page without its title and its comments. */
  readonly body: string;
  readonly sources: readonly string[];
  readonly serves: readonly string[];
}

export const learnPages: readonly LearnPage[] = readdirSync(new URL('en/learn/', root))
  .filter(file => file.endsWith('.md'))
  .map(file => {
    const text = readFileSync(new URL(`en/learn/${file}`, root), 'utf8');
    const comment = (name: string): string => new RegExp(`<!-- ${name}: (.*) -->`).exec(text)?.[1] ?? '';
    return {
      topic: file.replace(/\.md$/, ''),
      title: /^# (.+)\n/.exec(text)?.[1] ?? '',
      body: text
        .replace(/^# .+\n/, '')
        .replace(/<!--[^]*?-->/g, '')
        .trim(),
      sources: comment('sources')
        .split(', ')
        .filter(id => id !== ''),
      serves: comment('serves')
        .split(' ')
        .filter(row => row !== ''),
    };
  });

/**
 * Everything that is said besides questions and labels: notes, hints, replies, parts, pages, closings, help.
 */
export const said: readonly Text[] = [
  ...sequenceNames.flatMap(file => [
    ...stepsOf(file).flatMap(step => {
      const at = `${file}.${String(step['ask'] ?? 'part')}`;
      const notes = listOf(step['notes']).map(note => mapOf(note)['words']);
      const replies =
        typeof step['options'] === 'string'
          ? []
          : listOf(step['options']).map(option => mapOf(option)['reply']);
      return textsUnder(
        [step['part'] ?? null, step['hint'] ?? null, ...notes, ...replies].filter(
          one => one !== undefined,
        ) as Data,
        at,
      );
    }),
    ...textsUnder(readYaml(`en/${file}.yaml`)['pages'], `${file}.pages`),
  ]),
  ...listOf(readYaml('en/closings.yaml')['closings']).map(one => ({
    at: `closings.${String(mapOf(one)['outcome'])}`,
    words: String(mapOf(one)['words']),
  })),
  ...helpTexts(),
  ...Object.entries(lists).flatMap(([name, items]) =>
    items.flatMap(item =>
      textsUnder([item['group'] ?? null, item['clause'] ?? null], `lists.${name}.${String(item['key'])}`),
    ),
  ),
  ...textsUnder(readYaml('en/lists.yaml')['anchors'], 'lists.anchors'),
  ...allQuestions.flatMap(({ map, file, id }) => [
    ...textsUnder(map['heading'], `${file}.${id}.heading`),
    ...(isMap(map['anchors']) ? textsUnder(map['anchors'], `${file}.${id}.anchors`) : []),
  ]),
];

function helpTexts(): readonly Text[] {
  const help = readYaml('en/help-now.yaml');
  const lines = [...listOf(help['say']), ...listOf(help['pointers'])].map(one => mapOf(one)['words'] ?? '');
  return textsUnder([...lines, help['inside'] ?? '', help['footer'] ?? ''], 'help-now');
}

/** What colleagues write for all other screens. */
export function keyedWords(): readonly Text[] {
  return wordFiles('en/words/').flatMap(path => textsUnder(readYaml(path), path));
}

function wordFiles(folder: string): readonly string[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap(entry => {
    if (entry.isDirectory()) return wordFiles(`${folder}${entry.name}/`);
    return entry.name.endsWith('.yaml') ? [folder + entry.name] : [];
  });
}

export function wordCount(words: string): number {
  return words.split(/\s+/).filter(word => /[\p{L}\p{N}{]/u.test(word)).length;
}

/** The sentences of a text; list items and lines stand for themselves. */
export function sentencesOf(words: string): readonly string[] {
  return words
    .split('\n')
    .flatMap(line => line.replace(/^- /, '').split(/(?<=[.?!]["']?)\s+/))
    .filter(sentence => sentence.trim() !== '');
}

/** A row of the guidance and a place that serves it: `file.question.option`, `file.question#note` … */
type Service = readonly [row: string, place: string];

/** Where templates name a row of the guidance. */
export function servedRows(): readonly Service[] {
  return [
    ...sequenceNames.flatMap(file => rowsOf(readYaml(`en/${file}.yaml`), file)),
    ...sequenceNames.flatMap(file =>
      stepsOf(file).flatMap(step => {
        const place = `${file}.${String(step['ask'] ?? 'part')}`;
        const notes = listOf(step['notes']).map(mapOf);
        const options = typeof step['options'] === 'string' ? [] : listOf(step['options']).map(mapOf);
        return [
          ...rowsOf(step, place),
          ...notes.flatMap(note => rowsOf(note, `${place}#${String(note['id'])}`)),
          ...optionRows(options, place),
        ];
      }),
    ),
    ...Object.entries(lists).flatMap(([name, items]) => optionRows(items, `lists.${name}`)),
    ...listOf(readYaml('en/closings.yaml')['closings']).flatMap(one =>
      rowsOf(mapOf(one), `closings.${String(mapOf(one)['outcome'])}`),
    ),
    ...rowsOf(readYaml('en/sources.yaml'), 'sources'),
    ...rowsOf(readYaml('en/words/summary.yaml'), 'summary'),
    ...learnPages.flatMap(({ topic, serves }) => serves.map((row): Service => [row, `learn.${topic}`])),
  ];
}

function rowsOf(map: DataMap, place: string): readonly Service[] {
  return textsOf(map['serves']).map(row => [row, place]);
}

function optionRows(options: readonly DataMap[], place: string): readonly Service[] {
  return options.flatMap(option => rowsOf(option, `${place}.${String(option['key'])}`));
}
