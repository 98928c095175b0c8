import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Surroundings } from '../../../src/core/template-check/check-question.ts';
import { checkTemplate } from '../../../src/core/template-check/check-template.ts';
import { extendTemplate } from '../../../src/core/template-check/extend-template.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { parseYamlNodes } from '../../../src/storage/format/yaml.ts';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Line, Place } from '../../support/world.ts';

// Questions that a person adds to the sequences that continue a moment: prep, follow-up, let-go.
const flows = ['prep', 'follow-up', 'let-go'] as const;
const ends: Readonly<Record<string, string>> = {
  prep: 'put_on_list',
  'follow-up': 'anything_new',
  'let-go': 'last_word',
};
const accepts = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(
    readFileSync(new URL('../../../templates/template.schema.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>,
);

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(join(place.folder, 'templates'), { recursive: true });
});
afterEach(() => place.remove());

function write(name: string, text: string): string {
  const path = join(place.folder, 'templates', `${name}.yaml`);
  writeFileSync(path, text);
  return path;
}

function make(id: string, { size = 7, status = 'open' } = {}): string {
  const path = join(place.folder, `2026-03-05-${id}.md`);
  writeFileSync(
    path,
    `---\nrupture: 1\nid: ${id}\nsession: 2026-03-05\nstatus: ${status}\ntitle: Moment ${id}\nkinds: [misread]\nsize: ${size}\nhistory:\n  - 2026-03-05 ${status} ${size}\n---\n\n# Moment ${id}\n\n## What happened\n\nThey moved on.\n`,
  );
  return path;
}

const read = (path: string): string => readFileSync(path, 'utf8');
const added = (flow: string, items: string): string => `extends: ${flow}\nadd:\n${items}`;
const question = (after: string, id: string, more = ''): string =>
  `  - after: ${after}\n    ask: ${id}\n    kind: text\n    words: And then?\n    heading: Heading ${id}\n${more}`;
const plan: readonly Line[] = [
  ['how', answer('say')],
  ['starter', answer('plain')],
  ['opening_line', answer('Something last time stayed with me.')],
];
const fog = '    options:\n      - {key: fog, label: Fog}\n';
const select = (after: string): string =>
  `  - after: ${after}\n    ask: weather\n    kind: select\n    words: The weather?\n    heading: Weather\n${fog}`;

describe('rupture templates', () => {
  it.each(flows)(
    'new %s writes an example that passes our check and the schema, and names the command that asks it',
    async flow => {
      const written = await run(['templates', 'new', flow], { place, input: '' });
      expect([written.exit, written.err]).toEqual([
        0,
        expect.stringContaining(`rupture ${flow} asks it from now on`),
      ]);
      const path = written.out.trim();
      const checked = await run(['templates', 'check', path], { place, input: '' });
      expect([checked.exit, checked.out]).toEqual([0, expect.stringContaining('is right: 1 question')]);
      accepts(parse(read(path)));
      expect(accepts.errors ?? []).toEqual([]);
      expect((await run(['templates', 'list'], { place, input: '' })).out).toMatch(
        new RegExp(`^  ${flow} +adds to ${flow}: `, 'm'),
      );
      expect((await run(['templates', 'show', flow], { place, input: '' })).err).toContain(path);
    },
  );

  it.each(['safety', 'safe-check', 'prep-choice', 'first-run', 'patterns'])(
    'adds nothing to %s',
    async name => {
      expect((await run(['templates', 'new', name], { place, input: '' })).exit).toBe(2);
      const checked = await run(
        ['templates', 'check', write(name, added(name, question('safe', 'mine_1')))],
        { place, input: '' },
      );
      expect([checked.exit, checked.out]).toEqual([
        1,
        expect.stringContaining('They can be added to reflect, prep, follow-up, let-go.'),
      ]);
      expect(accepts({ extends: name, add: [] })).toBe(false);
    },
  );
});

describe('a question added to prep', () => {
  it('is asked before the list, shown before saving, and saved in that day’s part under its id', async () => {
    const path = make('aaaaaa');
    write('prep', added('prep', question('hope', 'hold_on_to') + select('hold_on_to')));
    const ran = await run(['prep', 'aaaaaa', '--quick'], {
      place,
      script: [
        ...plan,
        ['hold_on_to', answer('My mug.\nThe plant.')],
        ['weather', answer('fog')],
        ['put_on_list', answer(true)],
      ],
    });
    expect(ran.said.join('\n')).toMatch(/Heading hold_on_to +My mug\./);
    expect(read(path)).toContain('### Heading hold_on_to\n\nMy mug.\nThe plant.\n\n### Weather\n\nFog\n');
    expect(read(path)).not.toMatch(/^(?:template|weather|hold_on_to):/m);
    const shown = await run(['show', 'aaaaaa', '--format', 'json'], { place, input: '' });
    expect(JSON.parse(shown.out)).toMatchObject({
      answers: { what: 'They moved on.' },
      prepared: [
        { on: '2026-03-12', answers: { how: 'Say it', hold_on_to: 'My mug.\nThe plant.', weather: 'Fog' } },
      ],
    });
  });

  it('is asked once for two notes or once for each, under a condition on the note', async () => {
    const paths = [make('aaaaaa', { size: 8 }), make('bbbbbb', { size: 3 })];
    write(
      'prep',
      added(
        'prep',
        question('hope', 'hold_on_to') +
          question('hold_on_to', 'steady', '    each: true\n    when: {was_size: {at_least: 6}}\n'),
      ),
    );
    const { exit } = await run(['prep', '--answers', '-'], {
      place,
      input:
        'picked: [aaaaaa, bbbbbb]\nhow: say\nhold_on_to: My mug.\naaaaaa: {steady: Quite.}\nbbbbbb: {steady: Hardly.}\n',
    });
    expect(exit).toBe(0);
    expect(paths.map(path => read(path).includes('### Heading hold_on_to\n\nMy mug.'))).toEqual([true, true]);
    expect(paths.map(path => /### Heading steady\n\n(.*)/.exec(read(path))?.[1])).toEqual([
      'Quite.',
      undefined,
    ]);
  });

  it('can be hidden, and a misspelt key in an answers file is reported', async () => {
    make('aaaaaa');
    write('prep', added('prep', question('hope', 'hold_on_to')));
    const misspelt = await run(['prep', 'aaaaaa', '--answers', '-'], { place, input: 'hold_on: My mug.\n' });
    expect([misspelt.exit, misspelt.err]).toEqual([2, expect.stringContaining('hold_on_to')]);
    expect((await run(['config', 'set', 'hide', 'hold_on_to'], { place, input: '' })).exit).toBe(0);
    await run(['prep', 'aaaaaa', '--quick'], { place, script: [...plan, ['put_on_list', answer(false)]] });
  });
});

describe('a question added to follow-up', () => {
  it('is saved in that day’s part, and the closing note still comes last', async () => {
    const path = make('aaaaaa', { status: 'planned' });
    write('follow-up', added('follow-up', question('carry', 'to_remember')));
    const ran = await run(['follow-up', 'aaaaaa'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        ['response', skip],
        ['size', answer(3)],
        ['status', answer('eased')],
        ['more', answer('done')],
        [
          'to_remember',
          screen => {
            expect(screen.words).toBe('And then?');
            return answer('She stopped.');
          },
        ],
      ],
    });
    expect(ran.said.indexOf('You did something hard.')).toBeGreaterThan(-1);
    expect(read(path)).toContain('### Heading to_remember\n\nShe stopped.\n');
    const shown = await run(['show', 'aaaaaa', '--format', 'json'], { place, input: '' });
    expect(JSON.parse(shown.out)).toMatchObject({
      followed_up: [{ answers: { came_up: 'I said it', to_remember: 'She stopped.' } }],
    });
  });

  it('is asked when reflect first returns to a note; a mistake in it is reported there and stops nobody from writing', async () => {
    make('aaaaaa', { status: 'planned' });
    write('follow-up', added('follow-up', question('carry', 'to_remember')));
    await run(['reflect'], {
      place,
      script: [
        ['came_up', answer('not-this-time')],
        ['in_the_way', skip],
        ['try_next', skip],
        ['size', skip],
        ['to_remember', skip],
        ['anything_new', answer('stop')],
      ],
    });
    write('follow-up', added('follow-up', question('nowhere', 'to_remember')));
    const ran = await run(['reflect'], {
      place,
      script: [
        ['sit', answer('fine')],
        ['good_moment', answer('They asked again.')],
        ['held_back', answer('no')],
      ],
    });
    expect([ran.exit, ran.said.join('\n')]).toEqual([
      0,
      expect.stringContaining('follow-up.yaml, line 3: there is no question “nowhere” in follow-up.'),
    ]);
  });
});

describe('a question added to let-go', () => {
  it('is saved under its heading, and a choice as a key, like everything in let-go', async () => {
    const path = make('aaaaaa');
    write(
      'let-go',
      added(
        'let-go',
        `${question('ready', 'take_along')}${select('take_along')}  - {after: weather, ask: said_bye, kind: confirm, words: Said bye?, heading: Bye}\n`,
      ),
    );
    const { exit } = await run(['let-go', 'aaaaaa', '--answers', '-'], {
      place,
      input: 'take_along: That I can ask.\nweather: fog\nsaid_bye: yes\nlet_go_reason: eased\n',
    });
    expect(exit).toBe(0);
    expect(read(path)).toMatch(
      /let_go_reason: eased\nweather: fog\nsaid_bye: "yes"\nhistory:\n[^]*## Heading take_along\n\nThat I can ask\.\n/,
    );
    const shown = await run(['show', 'aaaaaa', '--format', 'json'], { place, input: '' });
    expect(JSON.parse(shown.out)).toMatchObject({
      weather: 'fog',
      said_bye: 'yes',
      answers: { take_along: 'That I can ask.' },
    });
  });

  it('is not saved if the person is not ready', async () => {
    const path = make('aaaaaa');
    const before = read(path);
    write('let-go', added('let-go', question('ready', 'take_along')));
    expect(
      (
        await run(['let-go', 'aaaaaa', '--answers', '-'], {
          place,
          input: 'ready: no\ntake_along: Nothing.\n',
        })
      ).exit,
    ).toBe(0);
    expect(read(path)).toBe(before);
  });
});

describe('an extension', () => {
  it.each(
    flows.flatMap(flow =>
      stepsOf(flow)
        .filter(({ safety, key }) => !safety && key !== ends[flow])
        .map(({ key }) => [flow, key] as const),
    ),
  )('to %s after %s never comes between safety questions, nor last', (flow, after) => {
    const { value, faults } = extendTemplate(
      parseYamlNodes(added(flow, question(after, 'mine_1') + question(after, 'mine_2')), 'x'),
      shipped(),
    );
    expect(faults).toEqual([]);
    const asks = value.steps.flatMap(step => (step.is === 'ask' ? [step] : []));
    const at = asks.findIndex(({ key }) => key === 'mine_1');
    expect(asks[at + 1]?.key).toBe('mine_2');
    expect(asks[at + 2]).toBeDefined();
    expect(asks[at + 2]?.question.safety === true && asks[at - 1]?.question.safety === true).toBe(false);
    expect(value.steps.filter(step => !(step.is === 'ask' && step.key.startsWith('mine_')))).toEqual(
      shipped().sequence(flow)?.steps,
    );
  });

  it.each<[string, (typeof flows)[number], string, string, number]>([
    [
      'behind what ends prep',
      'prep',
      added('prep', question('put_on_list', 'mine_1')),
      '“put_on_list” ends prep',
      3,
    ],
    [
      'behind what ends follow-up',
      'follow-up',
      added('follow-up', question('anything_new', 'mine_1')),
      '“anything_new” ends follow-up',
      3,
    ],
    [
      'behind what ends let-go',
      'let-go',
      added('let-go', question('last_word', 'mine_1')),
      '“last_word” ends let-go',
      3,
    ],
    [
      'behind a safety question',
      'prep',
      added('prep', question('safe', 'mine_1')),
      '“safe” is a safety question',
      3,
    ],
    [
      'under the name of what is known of the moment',
      'prep',
      added('prep', question('hope', 'last_one')),
      '“last_one” is taken',
      3,
    ],
    ['under an id of ours', 'let-go', added('let-go', question('ready', 'want')), '“want” is taken', 3],
    [
      'with a jump',
      'follow-up',
      added('follow-up', question('carry', 'mine_1', '    then: [{go: {end: finish}}]\n')),
      'no key called “then”',
      8,
    ],
    [
      'to reflect from the file of another',
      'prep',
      added('reflect', question('what', 'mine_1')),
      'questions added to “reflect” are asked from a file of that name',
      1,
    ],
    [
      'to follow-up from the file of another',
      'let-go',
      added('follow-up', question('carry', 'mine_1')),
      'questions added to “follow-up” are asked from a file of that name',
      1,
    ],
  ])('%s is refused with its line before anything is asked', async (_what, flow, text, says, line) => {
    const path = make('aaaaaa', { status: 'planned' });
    const before = read(path);
    const file = write(flow, text);
    const ran = await run([flow], { place, script: [] });
    expect([ran.exit, ran.err.replace(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining(`${flow}.yaml, line ${line}`),
    ]);
    expect(ran.err.replace(/\s+/g, ' ')).toContain(says);
    expect(ran.screens).toEqual([]);
    expect(
      (await run(['templates', 'check', file], { place, input: '' })).out.replace(/\s+/g, ' '),
    ).toContain(says);
    expect(read(path)).toBe(before);
    expect(readdirSync(place.folder).sort()).toEqual(['2026-03-05-aaaaaa.md', 'templates']);
  });

  it('is refused under a name that is never asked', async () => {
    const path = write('monday', added('prep', question('hope', 'mine_1')));
    expect(
      (await run(['templates', 'check', path], { place, input: '' })).out.replace(/\s+/g, ' '),
    ).toContain('Call the file prep.yaml.');
    expect((await run(['templates', 'list'], { place, input: '' })).out).toContain('1 thing to mend');
    expect(
      (await run(['reflect', '--template', 'monday', '--answers', '-'], { place, input: 'how: say\n' })).exit,
    ).toBe(1);
  });

  it('comes after the shipped “see_options”, not after the safety question of that name', () => {
    const { value, faults } = extendTemplate(
      parseYamlNodes(added('follow-up', question('see_options', 'mine_1')), 'x'),
      shipped(),
    );
    expect(faults).toEqual([]);
    const at = value.steps.findIndex(step => step.is === 'ask' && step.key === 'mine_1');
    expect(value.steps[at - 1]).toMatchObject({ key: 'see_options', question: { safety: false } });
  });

  it('stops only its own command if it has a mistake', async () => {
    const path = make('aaaaaa');
    for (const name of ['reflect', 'prep', 'follow-up'])
      write(name, added(name, question('nowhere', `mine_${name.length}`)));
    expect(
      (await run(['let-go', 'aaaaaa', '--answers', '-'], { place, input: 'let_go_reason: eased\n' })).exit,
    ).toBe(0);
    expect(read(path)).toContain('status: let-go');
    expect((await run(['patterns'], { place, input: '' })).exit).toBe(0);
  });
});

let known: Surroundings | undefined;
function shipped(): Surroundings {
  if (known !== undefined) return known;
  const folder = fileURLToPath(new URL('../../../templates/en', import.meta.url));
  const sequences = ['reflect', 'safety', 'safe-check', 'follow-up', 'let-go', 'prep', 'prep-choice'];
  const all: Record<string, Template> = {};
  const option = { key: 'x', label: 'x', first: true, alone: false, stores: true, asksWords: false };
  const around: Surroundings = {
    // Other tests cover lists.
    sequence: name =>
      (all[name] ??= checkTemplate(parseYamlNodes(read(join(folder, `${name}.yaml`)), name), around).value),
    list: () => [option],
    anchors: () => [],
    names: { lists: [], anchors: [], sequences },
  };
  for (const name of sequences) around.sequence(name);
  return (known = around);
}

function stepsOf(flow: string): readonly { readonly key: string; readonly safety: boolean }[] {
  const keys = new Map(
    (shipped().sequence(flow)?.steps ?? []).flatMap(step =>
      step.is === 'ask' ? [[step.key, step.question.safety] as const] : [],
    ),
  );
  return [...keys].map(([key, safety]) => ({ key, safety }));
}
