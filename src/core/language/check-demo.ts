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

/** What the check of the demo needs: the sequences that it answers, and the separator between two picks. */
export interface DemoSurroundings {
  readonly sequence: (name: string) => Template | undefined;
  readonly separator: string;
}

interface Context extends DemoSurroundings {
  readonly faults: Fault[];
  readonly ids: Set<string>;
}

const ownKeys = ['id', 'day', 'at', 'with', 'history', 'rests_for', 'parts'];
// Not allowed as keys, because `history` and `rests_for` determine them.
const derived = ['size', 'status', 'rest_until'];
/** The sequences whose answers a dated part contains. */
const asked: Readonly<Record<DatedPart, readonly string[]>> = {
  prepared: ['prep'],
  followed_up: ['follow-up'],
  noted: [],
};

/** Reads `demo.yaml`, checks it against the questions that it answers, and adds each fault with its line. */
export function checkDemo(at: YamlNode, around: DemoSurroundings, faults: Fault[]): readonly DemoNote[] {
  const schema = openSchemaReader(at, 'demo', ['demo', 'language', 'notes'], faults);
  if (schema === undefined) return [];
  if (schema.count('demo') !== 1)
    wrong(faults, schema.line, { key: 'demo', expected: 'demo: 1', what: 'demo' });
  const context: Context = { ...around, faults, ids: new Set() };
  return schema.items('notes').flatMap(item => checkNote(item, context));
}

function checkNote(at: YamlNode, context: Context): readonly DemoNote[] {
  const { faults, ids } = context;
  const questions = questionsOf(['reflect', 'let-go', 'safety'], context).filter(
    ({ id }) => !derived.includes(id),
  );
  const schema = openSchemaReader(at, 'note', [...ownKeys, ...questions.map(({ id }) => id)], faults);
  if (schema === undefined) return [];
  const id = needForm(schema, 'id', /^[a-hj-kmnp-z][a-hj-kmnp-z2-9]{5}$/, context);
  if (ids.has(id)) faults.push({ line: schema.line, key: 'templates.repeated-id', params: { id } });
  ids.add(id);
  const restsFor = schema.count('rests_for');
  const who = schema.text('with');
  return [
    {
      id,
      day: needDay(schema, 'day', faults),
      at: needForm(schema, 'at', /^([01]\d|2[0-3]):[0-5]\d$/, context),
      what: schema.text('what'),
      front: { ...(who === undefined ? {} : { with: who }), ...frontOf(schema, questions, context) },
      history: schema.texts('history').flatMap(line => checkChange(line, schema, faults)),
      ...(restsFor === undefined ? {} : { restsFor }),
      sections: sectionsOf(
        schema,
        questions.filter(({ kind }) => kind === 'text'),
        2,
        context,
      ),
      parts: schema.items('parts').flatMap(item => checkPart(item, context)),
    },
  ];
}

/** Returns each saved question of the sequences once, in the order in which they are asked. */
function questionsOf(sequences: readonly string[], { sequence }: Context): readonly Question[] {
  const found = new Map<string, Question>();
  for (const name of sequences) {
    for (const step of sequence(name)?.steps ?? []) {
      if (step.is === 'ask' && step.question.saved && !found.has(step.question.id))
        found.set(step.question.id, step.question);
    }
  }
  return [...found.values()];
}

function frontOf(schema: SchemaReader, questions: readonly Question[], context: Context): DemoNote['front'] {
  const known: readonly string[] = frontKeys;
  const front: Record<string, string | number | readonly string[]> = {};
  for (const question of questions.filter(
    ({ id, kind }) => kind !== 'text' && known.includes(id) && schema.has(id),
  )) {
    const { id, kind } = question;
    if (kind === 'multi') front[id] = picksOf(schema, question, context);
    else if (kind === 'scale') front[id] = sizeOf(schema, id, context.faults);
    else front[id] = picksOf(schema, question, context)[0] ?? '';
  }
  return front;
}

function sectionsOf(
  schema: SchemaReader,
  questions: readonly Question[],
  level: 2 | 3,
  context: Context,
): readonly Section[] {
  return questions
    .filter(({ id }) => schema.has(id))
    .map(question => {
      const { id, kind, heading, options } = question;
      if (kind === 'text') return { level, heading, text: schema.needText(id) };
      if (kind === 'scale') return { level, heading, text: String(sizeOf(schema, id, context.faults)) };
      const labels = picksOf(schema, question, context).map(
        pick => ownWords(pick) ?? options.find(({ key }) => key === keyOf(pick))?.label ?? pick,
      );
      return { level, heading, text: labels.join(context.separator) };
    });
}

function checkPart(at: YamlNode, context: Context): readonly DemoPart[] {
  const is =
    datedParts.find(name => at.is === 'map' && at.entries.some(({ key }) => key === name)) ?? 'noted';
  const known: readonly string[] = frontKeys;
  const questions = questionsOf(asked[is], context).filter(
    ({ id, kind }) => kind === 'text' || !known.includes(id),
  );
  const schema = openSchemaReader(
    at,
    'part',
    is === 'noted' ? ['noted', 'text'] : [is, ...questions.map(({ id }) => id)],
    context.faults,
  );
  if (schema === undefined) return [];
  const sections = sectionsOf(schema, questions, 3, context);
  return [
    {
      is,
      day: needDay(schema, is, context.faults),
      text: is === 'noted' ? schema.needText('text') : '',
      sections,
    },
  ];
}

function picksOf(
  schema: SchemaReader,
  { id, kind, options, limit, from }: Question,
  { faults, ids }: Context,
): readonly string[] {
  const picks = kind === 'multi' ? schema.texts(id) : [schema.needText(id)];
  const line = schema.at(id)?.line ?? schema.line;
  for (const pick of picks) {
    const option = options.find(({ key }) => key === keyOf(pick));
    const isMoment = from !== undefined && ids.has(pick);
    // Options that only control the flow, or are never stored, can't be in a note.
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

function needForm(schema: SchemaReader, key: string, form: RegExp, { faults }: Context): string {
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
