import { keyOf, ownWords } from '../notes/answer.ts';
import type { DatedPart, DemoChange, DemoNote, DemoPart } from './demo.ts';
import { datedParts } from './demo.ts';
import type { Fault, YamlNode } from '../template/located.ts';
import type { Section } from '../notes/reflection.ts';
import { frontKeys } from '../notes/reflection.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import { parseStatus } from '../notes/status.ts';
import type { Question, Template } from '../template/template.ts';

/**
 * What stands around the made-up year: the sequences whose questions it answers, and what stands between two
 * picks.
 */
export interface DemoSurroundings {
  readonly sequence: (name: string) => Template | undefined;
  readonly separator: string;
}

interface Place extends DemoSurroundings {
  readonly faults: Fault[];
  readonly ids: Set<string>;
}

const ownKeys = ['id', 'day', 'at', 'with', 'history', 'rests_for', 'parts'];
// What the history and `rests_for` say is not said twice.
const told = ['size', 'status', 'rest_until'];
const asked: Readonly<Record<DatedPart, readonly string[]>> = {
  prepared: ['prep'],
  followed_up: ['follow-up'],
  noted: [],
};

/**
 * Checks the made-up year of `demo.yaml` against the questions that it answers, and names every fault with
 * its line.
 */
export function checkDemo(at: YamlNode, around: DemoSurroundings, faults: Fault[]): readonly DemoNote[] {
  const schema = openSchemaReader(at, 'demo', ['demo', 'language', 'notes'], faults);
  if (schema === undefined) return [];
  if (schema.count('demo') !== 1)
    wrong(faults, schema.line, { key: 'demo', expected: 'demo: 1', what: 'demo' });
  const place: Place = { ...around, faults, ids: new Set() };
  return schema.items('notes').flatMap(item => checkNote(item, place));
}

function checkNote(at: YamlNode, place: Place): readonly DemoNote[] {
  const { faults, ids } = place;
  const questions = questionsOf(['reflect', 'let-go', 'safety'], place).filter(
    ({ id }) => !told.includes(id),
  );
  const schema = openSchemaReader(at, 'note', [...ownKeys, ...questions.map(({ id }) => id)], faults);
  if (schema === undefined) return [];
  const id = needForm(schema, 'id', /^[a-hj-kmnp-z][a-hj-kmnp-z2-9]{5}$/, place);
  if (ids.has(id)) faults.push({ line: schema.line, key: 'templates.repeated-id', params: { id } });
  ids.add(id);
  const restsFor = schema.count('rests_for');
  const who = schema.text('with');
  return [
    {
      id,
      day: needDay(schema, 'day', faults),
      at: needForm(schema, 'at', /^([01]\d|2[0-3]):[0-5]\d$/, place),
      what: schema.text('what'),
      front: { ...(who === undefined ? {} : { with: who }), ...frontOf(schema, questions, place) },
      history: schema.texts('history').flatMap(line => checkChange(line, schema, faults)),
      ...(restsFor === undefined ? {} : { restsFor }),
      sections: sectionsOf(
        schema,
        questions.filter(({ kind }) => kind === 'text'),
        2,
        place,
      ),
      parts: schema.items('parts').flatMap(item => checkPart(item, place)),
    },
  ];
}

/** Each question of the sequences once, in the order in which it is asked. */
function questionsOf(sequences: readonly string[], { sequence }: Place): readonly Question[] {
  const found = new Map<string, Question>();
  for (const name of sequences) {
    for (const step of sequence(name)?.steps ?? []) {
      if (step.is === 'ask' && step.question.saved && !found.has(step.question.id))
        found.set(step.question.id, step.question);
    }
  }
  return [...found.values()];
}

function frontOf(schema: SchemaReader, questions: readonly Question[], place: Place): DemoNote['front'] {
  const known: readonly string[] = frontKeys;
  const front: Record<string, string | number | readonly string[]> = {};
  for (const question of questions.filter(
    ({ id, kind }) => kind !== 'text' && known.includes(id) && schema.has(id),
  )) {
    const { id, kind } = question;
    if (kind === 'multi') front[id] = picksOf(schema, question, place);
    else if (kind === 'scale') front[id] = sizeOf(schema, id, place.faults);
    else front[id] = picksOf(schema, question, place)[0] ?? '';
  }
  return front;
}

function sectionsOf(
  schema: SchemaReader,
  questions: readonly Question[],
  level: 2 | 3,
  place: Place,
): readonly Section[] {
  return questions
    .filter(({ id }) => schema.has(id))
    .map(question => {
      const { id, kind, heading, options } = question;
      if (kind === 'text') return { level, heading, text: schema.needText(id) };
      if (kind === 'scale') return { level, heading, text: String(sizeOf(schema, id, place.faults)) };
      const labels = picksOf(schema, question, place).map(
        pick => ownWords(pick) ?? options.find(({ key }) => key === keyOf(pick))?.label ?? pick,
      );
      return { level, heading, text: labels.join(place.separator) };
    });
}

function checkPart(at: YamlNode, place: Place): readonly DemoPart[] {
  const is =
    datedParts.find(name => at.is === 'map' && at.entries.some(({ key }) => key === name)) ?? 'noted';
  const known: readonly string[] = frontKeys;
  const questions = questionsOf(asked[is], place).filter(
    ({ id, kind }) => kind === 'text' || !known.includes(id),
  );
  const schema = openSchemaReader(
    at,
    'part',
    is === 'noted' ? ['noted', 'text'] : [is, ...questions.map(({ id }) => id)],
    place.faults,
  );
  if (schema === undefined) return [];
  const sections = sectionsOf(schema, questions, 3, place);
  return [
    {
      is,
      day: needDay(schema, is, place.faults),
      text: is === 'noted' ? schema.needText('text') : '',
      sections,
    },
  ];
}

function picksOf(
  schema: SchemaReader,
  { id, kind, options, limit, from }: Question,
  { faults, ids }: Place,
): readonly string[] {
  const picks = kind === 'multi' ? schema.texts(id) : [schema.needText(id)];
  const line = schema.at(id)?.line ?? schema.line;
  for (const pick of picks) {
    const option = options.find(({ key }) => key === keyOf(pick));
    const isMoment = from !== undefined && ids.has(pick);
    // What only steers, or is never stored, is in no file.
    if (!isMoment && option?.stores !== true)
      faults.push({ line, key: 'templates.unknown-option', params: { field: id, key: pick } });
    if (option?.alone === true && picks.length > 1)
      wrong(faults, line, { key: id, expected: `${pick} alone`, what: 'note' });
    if (option !== undefined && option.asksWords !== (ownWords(pick) !== undefined))
      wrong(faults, line, { key: id, expected: `${option.key}: words`, what: 'note' });
  }
  if (picks.length === 0 || picks.length > (limit ?? options.length) || new Set(picks).size < picks.length)
    wrong(faults, line, { key: id, expected: `1-${limit ?? options.length}`, what: 'note' });
  return picks;
}

function checkChange(line: string, schema: SchemaReader, faults: Fault[]): readonly DemoChange[] {
  const [, day = '', text = '', size] = /^(\d{1,3}) ([a-z-]+)(?: (\d|10))?$/.exec(line) ?? [];
  const status = parseStatus(text);
  if (status !== undefined)
    return [{ day: Number(day), status, ...(size === undefined ? {} : { size: Number(size) }) }];
  wrong(faults, schema.at('history')?.line ?? schema.line, {
    key: 'history',
    expected: 'DAY STATUS SIZE',
    what: 'note',
  });
  return [];
}

function sizeOf(schema: SchemaReader, key: string, faults: Fault[]): number {
  const size = schema.count(key) ?? 0;
  if (size > 10) wrong(faults, schema.at(key)?.line ?? schema.line, { key, expected: '0-10', what: 'note' });
  return size;
}

function needDay(schema: SchemaReader, key: string, faults: Fault[]): number {
  if (!schema.has(key))
    faults.push({ line: schema.line, key: 'templates.missing-key', params: { key, what: 'note' } });
  return schema.count(key) ?? 0;
}

function needForm(schema: SchemaReader, key: string, form: RegExp, { faults }: Place): string {
  const text = schema.needText(key);
  if (text !== '' && !form.test(text))
    wrong(faults, schema.at(key)?.line ?? schema.line, { key, expected: form.source, what: 'note' });
  return text;
}

function wrong(
  faults: Fault[],
  line: number,
  params: { readonly key: string; readonly expected: string; readonly what: string },
): void {
  faults.push({ line, key: 'templates.wrong-type', params });
}
