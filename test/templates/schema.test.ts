import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readYaml, root, sequenceNames } from './templates.ts';

const schema = JSON.parse(readFileSync(new URL('template.schema.json', root), 'utf8')) as Record<
  string,
  unknown
>;
const accepts = new Ajv({ allErrors: true, strict: false }).compile(schema);

const question = { ask: 'walked', kind: 'text', words: 'How was it?', heading: 'The walk' };
const sequence = (...steps: readonly object[]): object => ({ template: 1, name: 'walk', steps });

describe('the schema for editors', () => {
  it.each(sequenceNames)('accepts the shipped sequence %s', name => {
    accepts(readYaml(`en/${name}.yaml`));
    expect(accepts.errors ?? []).toEqual([]);
  });

  it.each(sequenceNames)('is named at the head of %s', name => {
    expect(readFileSync(new URL(`en/${name}.yaml`, root), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/template\.schema\.json\n/,
    );
  });

  it('accepts the worked example of the README', () => {
    const example = /```yaml\n(template: 1[^]*?)```/.exec(
      readFileSync(new URL('README.md', root), 'utf8'),
    )?.[1];
    accepts(parse(example ?? ''));
    expect(accepts.errors ?? []).toEqual([]);
  });

  it('accepts a small sequence', () => {
    expect(accepts(sequence(question))).toBe(true);
  });

  it.each<[string, object]>([
    ['an unknown key at the top', { ...sequence(question), stepz: [] }],
    ['another format', { ...sequence(question), template: 2 }],
    ['no steps', sequence()],
    ['a step of no sort', sequence({ words: 'What?' })],
    ['a step of two sorts', sequence({ ...question, go: 'walked' })],
    ['a misspelt key of a question', sequence({ ...question, hnit: 'A word is plenty.' })],
    ['an unknown kind', sequence({ ...question, kind: 'essay' })],
    ['a saved answer without a heading', sequence({ ask: 'walked', kind: 'text', words: 'How was it?' })],
    ['a choice without options', sequence({ ...question, kind: 'select' })],
    ['options of a text', sequence({ ...question, options: 'kinds' })],
    ['an option without a label', sequence({ ...question, kind: 'select', options: [{ key: 'yes' }] })],
    [
      'a key of an option in capitals',
      sequence({ ...question, kind: 'select', options: [{ key: 'Yes', label: 'Yes' }] }),
    ],
    ['a condition with an unknown test', sequence({ ...question, when: { size: { more_than: 4 } } })],
    ['an unknown end', sequence({ go: { end: 'stop' } })],
    ['an unknown mode', sequence({ ...question, modes: ['long'] })],
    ['a note without an id', sequence({ ...question, notes: [{ words: 'Fine.' }] })],
    ['an anchor beyond ten', sequence({ ...question, kind: 'scale', anchors: { 11: 'very' } })],
    ['an offer without its minutes', { ...sequence(question), offers: [question] }],
  ])('refuses %s', (_mistake, data) => {
    expect(accepts(data)).toBe(false);
  });
});
