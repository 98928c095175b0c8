import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { extendTemplate } from '../../../src/core/template-check/extend-template.ts';
import type { Surroundings } from '../../../src/core/template-check/check-question.ts';
import { checkTemplate } from '../../../src/core/template-check/check-template.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { parseYamlNodes } from '../../../src/storage/format/yaml.ts';
import { answer, finish, openPlace, run, skip } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

const shippedFolder = fileURLToPath(new URL('../../../templates/en', import.meta.url));
const sequences = [
  'reflect',
  'safety',
  'safe-check',
  'follow-up',
  'let-go',
  'first-run',
  'patterns',
  'prep',
  'prep-choice',
];
const schema = JSON.parse(
  readFileSync(new URL('../../../templates/template.schema.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const accepts = new Ajv({ allErrors: true, strict: false }).compile(schema);

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

function write(name: string, text: string): string {
  const path = join(place.folder, 'templates', `${name}.yaml`);
  mkdirSync(join(place.folder, 'templates'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const added = (more: string): string => `extends: reflect\nadd:\n${more}`;
const question = (after: string, id: string, more = ''): string =>
  `  - after: ${after}\n    ask: ${id}\n    kind: text\n    words: And then?\n    heading: Heading ${id}\n${more}`;

describe('rupture templates', () => {
  it.each(sequences)('show prints the shipped %s byte for byte', async name => {
    const { out, exit } = await run(['templates', 'show', name], { place, input: '' });
    expect(out).toBe(readFileSync(join(shippedFolder, `${name}.yaml`), 'utf8'));
    expect(exit).toBe(0);
  });

  it('list names every shipped sequence', async () => {
    const { out } = await run(['templates', 'list'], { place, input: '' });
    for (const name of sequences) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  });

  it.each(['monday', 'reflect'])(
    'new %s writes a private example that passes both our check and the schema',
    async name => {
      const written = await run(['templates', 'new', name], { place, input: '' });
      expect(written.exit).toBe(0);
      const path = written.out.trim();
      const checked = await run(['templates', 'check', path], { place, input: '' });
      expect([checked.exit, checked.out]).toEqual([0, expect.stringContaining('is right')]);
      accepts(parse(readFileSync(path, 'utf8')));
      expect(accepts.errors ?? []).toEqual([]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    },
  );

  it('new never overwrites a file', async () => {
    const path = write('monday', 'mine');
    expect((await run(['templates', 'new', 'monday'], { place, input: '' })).exit).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it.each(['../out', 'a/b', 'CON', '.hidden', '', 'x'.repeat(41), 'safety', 'prep-choice'])(
    'new refuses the name “%s” and writes nothing',
    async name => {
      expect((await run(['templates', 'new', name], { place, input: '' })).exit).toBe(2);
      expect(readdirSync(place.home)).toEqual([]);
    },
  );

  it('check reports every fault in the order of lines, and a file that is not YAML with its line', async () => {
    const path = write(
      'bad',
      'template: 1\nname: bad\nsteps:\n  - ask: One\n    kind: txt\n    words: ""\n    heading: H\n  - go: nowhere\n',
    );
    const { out, exit } = await run(['templates', 'check', path], { place, input: '' });
    expect(exit).toBe(1);
    expect(
      out
        .trim()
        .split('\n')
        .map(line => /line (\d+)/.exec(line)?.[1]),
    ).toEqual(['4', '4', '5', '8']);
    const broken = await run(['templates', 'check', write('broken', 'steps: [\n')], { place, input: '' });
    expect([broken.exit, broken.out]).toEqual([1, expect.stringMatching(/Line \d/)]);
  });

  it('check reports a hostile file and runs nothing in it', async () => {
    for (const text of [
      'a: &a [1]\nb: *a\n',
      '!!js/function "x"\n',
      `${'['.repeat(5000)}`,
      '__proto__:\n  x: 1\n',
    ]) {
      const { exit, out } = await run(['templates', 'check', write('hostile', text)], { place, input: '' });
      expect([exit, out]).toEqual([1, expect.stringContaining('hostile.yaml')]);
    }
  });
});

describe('a question added to a shipped sequence', () => {
  it('is asked by rupture reflect after the question it names, and is saved under its id', async () => {
    write('reflect', added(question('what', 'in_my_body')));
    const sat = await run(['reflect'], {
      place,
      script: [
        ['ok', answer(true)],
        ['sit', answer('bothered')],
        ['what', answer('They left early.')],
        ['in_my_body', answer('My throat.')],
        ['kinds', skip],
        ['feelings', finish],
      ],
    });
    expect(readFileSync(sat.out.trim(), 'utf8')).toContain('## Heading in_my_body\n\nMy throat.');
    const shown = await run(['show', 'last', '--format', 'json'], { place, input: '' });
    expect(JSON.parse(shown.out)).toMatchObject({
      answers: { what: 'They left early.', in_my_body: 'My throat.' },
    });
    expect(readFileSync(sat.out.trim(), 'utf8')).not.toContain('template:');
  });

  it('a choice is saved as a key, even from a file with another name', async () => {
    write(
      'monday',
      added(
        '  - after: what\n    ask: weather\n    kind: select\n    words: The weather?\n    heading: Weather\n    options:\n      - {key: fog, label: Fog}\n',
      ),
    );
    const kept = await run(['reflect', '--template', 'monday', '--answers', '-'], {
      place,
      input: 'sit: bothered\nwhat: It rained.\nweather: fog\n',
    });
    expect(kept.exit).toBe(0);
    expect(readFileSync(kept.out.trim(), 'utf8')).toMatch(/template: monday\n[^]*weather: fog\n/);
  });

  it('a choice is shown with the note, in its place among the shipped ones; an unknown key is not', async () => {
    write(
      'reflect',
      added(
        '  - after: shape\n    ask: weather\n    kind: select\n    words: The weather?\n    heading: Weather\n    options:\n      - {key: fog, label: "Fog, all day"}\n',
      ),
    );
    const kept = await run(['reflect', '--full', '--answers', '-'], {
      place,
      input: 'sit: bothered\nwhat: It rained.\nshape: again\nweather: fog\nnoticed: maybe\n',
    });
    const path = kept.out.trim();
    writeFileSync(path, readFileSync(path, 'utf8').replace('weather: fog', 'weather: fog\ntags: [mine]'));
    const shown = await run(['show', 'last', '--format', 'plain'], { place, input: '' });
    expect(shown.out).toContain(
      '\n\nHow it was: Something is bothering me\nHow it came: It has happened with them before\nWeather: Fog, all day\nDid they notice: Maybe\n\nWhat happened\n',
    );
    write('reflect', 'extends: reflect\nadd: 7\n');
    expect((await run(['show', 'last', '--format', 'plain'], { place, input: '' })).out).toContain(
      '\nHow it came: It has happened with them before\nDid they notice: Maybe\n',
    );
  });

  it("shows picks of a person's own sequence with its labels, even under a key of ours", async () => {
    write(
      'monday',
      'template: 1\nname: monday\nsteps:\n  - {ask: sit, kind: select, words: And?, heading: How it was, options: [{key: grey, label: Rather grey}]}\n  - {ask: walk, kind: confirm, words: Walked?, heading: The walk}\n',
    );
    const kept = await run(['reflect', '--template', 'monday', '--answers', '-'], {
      place,
      input: 'sit: grey\nwalk: true\n',
    });
    expect([kept.exit, kept.err]).toEqual([0, expect.any(String)]);
    expect((await run(['show', 'last', '--format', 'plain'], { place, input: '' })).out).toContain(
      '\n\nHow it was: Rather grey\nThe walk: Yes\n',
    );
  });

  it('can be hidden, like any shipped question except a safety question', async () => {
    write('reflect', added(question('what', 'in_my_body')));
    expect(
      (await run(['config', 'set', 'hide', 'in_my_body still_big came_up'], { place, input: '' })).exit,
    ).toBe(0);
    expect((await run(['config', 'set', 'hide', 'unsafe_how'], { place, input: '' })).exit).toBe(2);
    expect((await run(['config', 'set', 'hide', 'nothing_called_so'], { place, input: '' })).exit).toBe(2);
  });

  it.each<[string, string, string]>([
    ['an id of ours', question('what', 'size'), 'templates.id-taken'],
    ['an id of another sequence of ours', question('what', 'opening_line'), 'templates.id-taken'],
    [
      'an id that it has twice',
      question('what', 'mine_1') + question('size', 'mine_1'),
      'templates.id-taken',
    ],
    ['a key of the front matter', question('what', 'rest_until'), 'templates.id-taken'],
    [
      'a heading of ours',
      '  - {after: what, ask: mine_1, kind: text, words: A, heading: What happened}\n',
      'templates.heading-taken',
    ],
    ['nothing to stand behind', question('nowhere', 'mine_1'), 'templates.after-nothing'],
    ['a safety question to stand behind', question('safe', 'mine_1'), 'templates.after-safety'],
    ['a jump', question('what', 'mine_1', '    then: [{go: {end: keep}}]\n'), 'templates.unknown-key-near'],
    [
      'the mark of a safety question',
      question('what', 'mine_1', '    safety: true\n'),
      'templates.unknown-key',
    ],
    [
      'a condition on what nobody asks',
      question('what', 'mine_1', '    when: {nobody: yes}\n'),
      'templates.unknown-key',
    ],
    ['no question at all', '  []\n', 'templates.missing-key'],
  ])('with %s is refused before any question', async (_what, items, key) => {
    const text = added(items);
    const shipped = shippedSequences();
    expect(extendTemplate(parseYamlNodes(text, 'x'), shipped).faults.map(fault => fault.key)).toContain(key);
    write('reflect', text);
    const { exit, err } = await run(['reflect', '--answers', '-'], { place, input: 'sit: bothered\n' });
    expect([exit, err]).toEqual([1, expect.stringContaining('reflect.yaml, line')]);
    expect(readdirSync(place.folder)).toEqual(['templates']);
  });

  it('can’t be added to a safety sequence, and a complete sequence of that name is never asked', async () => {
    expect(
      extendTemplate(parseYamlNodes('extends: safety\nadd: []\n', 'x'), shippedSequences()).faults.map(
        ({ key }) => key,
      ),
    ).toEqual(['templates.cannot-extend']);
    write(
      'safety',
      'template: 1\nname: safety\nsteps:\n  - {ask: mine_1, kind: text, words: A, heading: B}\n',
    );
    expect((await run(['templates', 'list'], { place, input: '' })).out).toContain('“safety” is one of ours');
    expect((await run(['templates', 'show', 'safety'], { place, input: '' })).out).toContain(
      'ask: line_kinds',
    );
  });

  it.each(
    stepsOfReflect()
      .filter(({ safety }) => !safety)
      .map(({ key }) => key),
  )('after %s never comes between safety questions', after => {
    const { value, faults } = extendTemplate(
      parseYamlNodes(added(question(after, 'mine_1') + question(after, 'mine_2')), 'x'),
      shippedSequences(),
    );
    expect(faults).toEqual([]);
    const asks = value.steps.flatMap(step => (step.is === 'ask' ? [step] : []));
    const at = asks.findIndex(({ key }) => key === 'mine_1');
    expect(asks[at + 1]?.key).toBe('mine_2');
    expect(asks[at + 2]?.question.safety === true && asks[at - 1]?.question.safety === true).toBe(false);
    expect(value.steps.filter(step => !(step.is === 'ask' && step.key.startsWith('mine_')))).toEqual(
      shippedSequences().sequence('reflect')?.steps,
    );
  });

  it('can’t be placed inside a repeated round', () => {
    const yaml =
      'template: 1\nname: reflect\nsteps:\n  - ask: once_more\n    kind: select\n    words: Again?\n    heading: Again\n    until: no\n    options: [{key: yes, label: A}, {key: no, label: B}]\n  - {ask: within, kind: text, words: A, heading: Within, when: {once_more: yes}}\n  - {ask: behind, kind: text, words: A, heading: Behind}\n';
    const around = surroundings({});
    const base = checkTemplate(parseYamlNodes(yaml, 'x'), around).value;
    const faultsAfter = (after: string): readonly string[] =>
      extendTemplate(
        parseYamlNodes(added(question(after, 'mine_1')), 'x'),
        surroundings({ reflect: base }),
      ).faults.map(({ key }) => key);
    expect(faultsAfter('once_more')).toEqual(['templates.after-round']);
    expect(faultsAfter('within')).toEqual(['templates.after-round']);
    expect(faultsAfter('behind')).toEqual([]);
  });

  it('is accepted by the editors’ schema, and so is the example in the README', () => {
    const readme = readFileSync(new URL('../../../templates/README.md', import.meta.url), 'utf8');
    const example = /```yaml\n(extends: [^]*?)```/.exec(readme)?.[1] ?? '';
    expect(extendTemplate(parseYamlNodes(example, 'x'), shippedSequences()).faults).toEqual([]);
    expect(accepts(parse(example))).toBe(true);
    expect(accepts(parse(added(question('what', 'mine_1', '    then: [{go: care}]\n'))))).toBe(false);
    expect(accepts(parse(`${added(question('what', 'mine_1'))}steps: []\n`))).toBe(false);
    expect(accepts(parse('extends: safety\nadd: []\n'))).toBe(false);
  });
});

function surroundings(all: Readonly<Record<string, Template>>): Surroundings {
  return {
    sequence: name => all[name],
    list: () => [],
    anchors: () => [],
    names: { lists: [], anchors: [], sequences: Object.keys(all) },
  };
}

let known: Surroundings | undefined;
function shippedSequences(): Surroundings {
  if (known !== undefined) return known;
  const all: Record<string, Template> = {};
  const option = { key: 'x', label: 'x', first: true, alone: false, stores: true, asksWords: false };
  const around: Surroundings = {
    // Other tests cover lists.
    sequence: name =>
      (all[name] ??= checkTemplate(
        parseYamlNodes(readFileSync(join(shippedFolder, `${name}.yaml`), 'utf8'), name),
        around,
      ).value),
    list: () => [option],
    anchors: () => [],
    names: { lists: [], anchors: [], sequences },
  };
  for (const name of sequences) around.sequence(name);
  return (known = around);
}

function stepsOfReflect(): readonly { readonly key: string; readonly safety: boolean }[] {
  const keys = new Map(
    (shippedSequences().sequence('reflect')?.steps ?? []).flatMap(step =>
      step.is === 'ask' ? [[step.key, step.question.safety] as const] : [],
    ),
  );
  return [...keys].map(([key, safety]) => ({ key, safety }));
}
