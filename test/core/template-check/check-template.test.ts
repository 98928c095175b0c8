import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../../../src/core/template-check/check-template.ts';
import { compileLanguage } from '../../../src/core/language/compile-language.ts';
import type { YamlNode } from '../../../src/core/template/located.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { nextStep } from '../../../src/core/interview/next-step.ts';
import { around, faultsOf, located, sequence } from '../support.ts';

const top = 'template: 1\nname: small\nlanguage: en\nsteps:\n';
const text = (id: string, more = ''): string =>
  `  - {ask: ${id}, kind: text, words: ${id}?, heading: ${id}${more === '' ? '' : `, ${more}`}}\n`;
const select = (id: string, more = ''): string =>
  `  - {ask: ${id}, kind: select, words: ${id}?, heading: ${id}, options: [{key: x, label: x}, {key: y, label: y}]${more === '' ? '' : `, ${more}`}}\n`;
const other = sequence(
  text('theirs') +
    select(
      'choice',
      'when: {theirs: {answered: true}}, then: [{when: {choice: x}, go: {end: help}}, {when: {choice: y}, go: last}]',
    ) +
    text('last'),
);

/** Returns the faults of the steps; the first step is on line 5. */
const inSteps = (steps: string): readonly string[] => faultsOf(top + steps, { other });

const circleIn = (name: string, of: string) => ({
  name,
  file: `${name}.yaml`,
  at: located(`template: 1\nname: ${name}\nsteps:\n  - include: ${of}\n`),
});

const mapOf = (entries: Readonly<Record<string, YamlNode>>): YamlNode => ({
  is: 'map',
  line: 1,
  entries: Object.entries(entries).map(([name, at]) => ({ key: name, line: 1, value: at })),
});

const scalarOf = (at: string | number): YamlNode => ({
  is: 'scalar',
  line: 1,
  value: at,
  source: String(at),
});

/** Whether a person can complete it: it has words everywhere and ends. */
function isUsable(template: Template): boolean {
  const steps = template.steps.flatMap(step => (step.is === 'ask' ? [step] : []));
  const state = new Map<string, null>();
  for (let put = 0; put <= steps.length; put++) {
    const next = nextStep({ template, facts: { mode: 'full' }, state, minutes: 0, hidden: [] });
    if (next.is === 'end')
      return (
        template.name.trim() !== '' &&
        steps.every(
          ({ question }) =>
            question.words.trim() !== '' &&
            (!question.saved || question.heading.trim() !== '') &&
            question.limit !== 0 &&
            question.columns > 0,
        )
      );
    state.set(next.key, null);
  }
  return false;
}

describe('a correct sequence', () => {
  it('has no fault, and is read as written', () => {
    const { value, faults } = checkTemplate(
      located(
        `${top}${select('a', 'hint: Small., saved: false, counts: false, safety: true, modes: [full]')}${text('b', 'when: {a: {not: x}}, prefill: c, serves: [G1, G2]')}`,
      ),
      around(),
    );
    expect(faults).toEqual([]);
    expect(value).toMatchObject({ name: 'small', language: 'en', offers: [], pointers: [], pages: {} });
    expect(value.steps[0]).toMatchObject({
      is: 'ask',
      key: 'a',
      modes: ['full'],
      question: {
        id: 'a',
        kind: 'select',
        hint: 'Small.',
        saved: false,
        counts: false,
        safety: true,
        columns: 1,
      },
    });
    expect(value.steps[1]).toMatchObject({
      when: { tests: [{ field: 'a', not: ['x'] }] },
      question: { prefill: ['c'], serves: ['G1', 'G2'] },
    });
  });

  it('has the initial choice, the conditions of replies, and the page shown instead of a question', () => {
    const steps = `${select('a', 'unasked: px, replies_when: {not_safe: {not: yes}}')}${select(
      'b',
      'instead: [{when: {not_safe: yes}, words: c?, hint: Calm.}], chosen: [{when: {a: x}, answer: x}]',
    )}`;
    const { value, faults } = checkTemplate(located(`${top}${steps}`), around());
    expect(faults).toEqual([]);
    const [a, b] = value.steps;
    expect(a).toMatchObject({
      question: { unasked: 'px', repliesWhen: { tests: [{ field: 'not_safe', not: ['yes'] }] } },
    });
    expect(b).toMatchObject({
      question: {
        chosen: [{ when: { tests: [{ field: 'a', is: ['x'] }] }, answer: ['x'] }],
        instead: [{ words: 'c?', hint: 'Calm.' }],
      },
    });
  });

  it('reads text that looks like a number or a boolean as text', () => {
    const { value, faults } = checkTemplate(
      located(
        `${top}  - {ask: a, kind: select, words: 007, heading: true, options: [{key: x, label: 1.0}]}\n`,
      ),
      around(),
    );
    expect(faults).toEqual([]);
    expect(value.steps[0]).toMatchObject({
      question: { words: '007', heading: 'true', options: [{ label: '1.0' }] },
    });
  });

  it('shows all options of a list on its first screen if none is marked', () => {
    const marked = sequence(
      '  - {ask: a, kind: multi, words: a?, heading: A, options: [{group: G}, {key: x, label: x, first: true}, {group: ""}, {key: y, label: y}]}\n',
    );
    expect(marked.steps[0]).toMatchObject({
      question: {
        options: [
          { key: 'x', group: 'G', first: true },
          { key: 'y', first: false },
        ],
      },
    });
    expect(sequence(select('a')).steps[0]).toMatchObject({
      question: { options: [{ first: true }, { first: true }] },
    });
  });
});

describe('a fault and its line', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['no map at all', '- a\n- b\n', ['1 expected-map']],
    ['an unknown safety fact', `${top}${select('a', 'when: {not_safe: maybe}')}`, ['5 unknown-option']],
    ['an empty file', '', ['1 expected-map']],
    ['no version', 'name: a\nsteps: []\n', ['1 wrong-version']],
    ['a later version', 'template: 2\nname: a\nsteps: []\n', ['1 wrong-version']],
    ['no name', 'template: 1\nsteps: []\n', ['1 missing-key']],
    ['a blank name', 'template: 1\nname: " "\nsteps: []\n', ['1 missing-key']],
    ['no steps', 'template: 1\nname: a\n', ['1 missing-key']],
    ['steps that are no list', 'template: 1\nname: a\nsteps: {a: b}\n', ['3 wrong-type']],
    [
      'an unknown key with a near one',
      `template: 1\nname: a\nofers: []\nsteps: []\n`,
      ['3 unknown-key-near'],
    ],
    ['an unknown key far from any', `template: 1\nname: a\nzebra: []\nsteps: []\n`, ['3 unknown-key']],
    ['pages that are no map', `template: 1\nname: a\nsteps: []\npages: [a]\n`, ['4 expected-map']],
    [
      'a page that is not a list of texts',
      `template: 1\nname: a\nsteps: []\npages:\n  one:\n    - {a: b}\n`,
      ['5 wrong-type'],
    ],
    ['more_from leading nowhere', `${top}${text('a')}more_from: b\n`, ['1 jump-nowhere']],
    [
      'a dangling pointer',
      `${top}${text('a')}pointers:\n  - {when: {a: {answered: true}}}\n`,
      ['7 missing-key'],
    ],
    [
      'a pointer asking about an unknown field',
      `${top}${text('a')}pointers:\n  - {when: {aa: {answered: true}}, learn: x}\n`,
      ['7 unknown-key-near'],
    ],
    ['an offer without its minutes', `${top}${text('a')}offers:\n${select('up')}`, ['7 missing-key']],
    [
      'an offer without a target',
      `${top}${text('a')}offers:\n${select('up', 'after_minutes: 3, then: [{when: {up: x}, go: z}]')}`,
      ['7 jump-nowhere'],
    ],
  ];
  it.each(cases)('%s', (_name, source, faults) => {
    expect(faultsOf(source)).toEqual(faults);
  });

  const steps: readonly (readonly [string, string, readonly string[]])[] = [
    ['a step that is no map', '  - a\n', ['5 which-step']],
    ['a step of no kind', '  - {words: a}\n', ['5 which-step']],
    ['a step of two kinds', `  - {ask: a, part: b}\n`, ['5 which-step']],
    ['an unknown key of a question', text('a', 'hin: x'), ['5 unknown-key-near']],
    ['an unknown key of a part', `${text('a')}  - {part: a, hedding: b}\n`, ['6 unknown-key']],
    ['a question without a kind', '  - {ask: a, words: a, heading: A}\n', ['5 missing-key']],
    ['an unknown kind', '  - ask: a\n    words: a?\n    heading: A\n    kind: txt\n', ['8 unknown-kind']],
    ['a question without words', '  - {ask: a, kind: text, heading: A}\n', ['5 missing-key']],
    ['a question with blank words', '  - {ask: a, kind: text, words: "", heading: A}\n', ['5 missing-key']],
    ['a saved question without a heading', '  - {ask: a, kind: text, words: a?}\n', ['5 missing-key']],
    [
      'words that are a list',
      '  - ask: a\n    kind: text\n    heading: A\n    words: [a]\n',
      ['8 wrong-type'],
    ],
    ['words that are nothing', '  - ask: a\n    kind: text\n    heading: A\n    words:\n', ['8 wrong-type']],
    ['an id with capitals', text('Aa'), ['5 bad-id']],
    ['an id that begins with a digit', text('1a'), ['5 bad-id']],
    ['an id that the front matter needs itself', select('session'), ['5 bad-id']],
    ['an id that conditions need themselves', select('any'), ['5 bad-id']],
    ['an id that is there twice', text('a') + text('b') + text('a'), ['7 repeated-id']],
    ['a flag that is a text', text('a', 'saved: sometimes'), ['5 wrong-type']],
    ['a limit below one', select('a', 'limit: 0').replace('select', 'multi'), ['5 wrong-type']],
    ['columns below one', select('a', 'columns: 0'), ['5 wrong-type']],
    ['a limit that is no number', select('a', 'limit: three'), ['5 wrong-type']],
    ['a mode that there is not', text('a', 'modes: [ful]'), ['5 wrong-type']],
    ['a choice without options', '  - {ask: a, kind: select, words: a?, heading: A}\n', ['5 no-options']],
    [
      'an unknown list',
      '  - {ask: a, kind: multi, words: a?, heading: A, options: kindz}\n',
      ['5 no-list', '5 no-options'],
    ],
    [
      'an unknown list of anchors',
      '  - {ask: a, kind: scale, words: a?, heading: A, anchors: sizes}\n',
      ['5 no-list'],
    ],
    [
      'options that are a map',
      '  - {ask: a, kind: select, words: a?, heading: A, options: {x: y}}\n',
      ['5 wrong-type', '5 no-options'],
    ],
    [
      'an option that is a text',
      '  - ask: a\n    kind: select\n    words: a?\n    heading: A\n    options:\n      - {key: x, label: x}\n      - y\n',
      ['11 expected-map'],
    ],
    [
      'an option without a label',
      '  - ask: a\n    kind: select\n    words: a?\n    heading: A\n    options:\n      - {key: x}\n',
      ['10 missing-key'],
    ],
    [
      'an option key with capitals',
      '  - ask: a\n    kind: select\n    words: a?\n    heading: A\n    options:\n      - {key: X, label: x}\n',
      ['10 bad-key'],
    ],
    [
      'a duplicate option key',
      '  - ask: a\n    kind: select\n    words: a?\n    heading: A\n    options:\n      - {key: x, label: x}\n      - {key: x, label: y}\n',
      ['11 repeated-key'],
    ],
    [
      'an anchor beyond the scale',
      '  - ask: a\n    kind: scale\n    words: a?\n    heading: A\n    anchors:\n      0: none\n      11: all\n',
      ['11 bad-anchor'],
    ],
    [
      'an anchor that is not a number',
      '  - {ask: a, kind: scale, words: a?, heading: A, anchors: {five: x}}\n',
      ['5 bad-anchor'],
    ],
    [
      'options from elsewhere',
      '  - {ask: a, kind: select, words: a?, heading: A, from: later}\n',
      ['5 wrong-type'],
    ],
    ['until an option that there is not', select('a', 'until: done'), ['5 unknown-option']],
    ['a note without an id', text('a', 'notes: [{words: x}]'), ['5 missing-key']],
    [
      'other words without a condition on a known field',
      text('a', 'instead: [{when: {zebra: x}, words: y}]'),
      ['5 unknown-key'],
    ],
    ['a condition that is no map', text('a', 'when: full'), ['5 expected-map']],
    [
      'a condition on an unknown field',
      select('kind_of') + text('a', 'when: {kind_off: x}'),
      ['6 unknown-key-near'],
    ],
    ['a condition on an unknown option', select('a') + text('b', 'when: {a: [x, z]}'), ['6 unknown-option']],
    [
      'an unknown option deep in a condition',
      select('a') + text('b', 'when: {any: [{all: [{not: {a: z}}]}]}'),
      ['6 unknown-option'],
    ],
    [
      'a confirm compared with true',
      '  - {ask: a, kind: confirm, words: a?, heading: A}\n' + text('b', 'when: {a: true}'),
      ['6 unknown-option'],
    ],
    ['a mode in a condition that there is not', text('a', 'when: {mode: ful}'), ['5 unknown-option']],
    ['an unknown test', select('a') + text('b', 'when: {a: {at_leest: 3}}'), ['6 unknown-key-near']],
    ['a bound that is a text', select('a') + text('b', 'when: {a: {at_least: many}}'), ['6 expected-map']],
    [
      'a bound on an unknown field',
      select('a') + text('b', 'when: {a: {at_least: {field: bb}}}'),
      ['6 unknown-key-near'],
    ],
    ['any that is no list', select('a') + text('b', 'when: {any: {a: x}}'), ['6 wrong-type']],
    ['a test that is nothing', select('a') + text('b', 'when: {a: [~]}'), ['6 wrong-test']],
    ['a jump to nowhere', text('a', 'then: [{go: z}]') + text('b'), ['5 jump-nowhere']],
    ['a jump back', text('a') + text('b', 'then: [{go: a}]'), ['6 jump-back']],
    ['a jump to itself', text('a', 'then: [{go: a}]') + text('b'), ['5 jump-back']],
    ['a step that jumps back', `${text('a')}  - {go: a}\n${text('b')}`, ['6 jump-back']],
    ['a jump without a target', text('a', 'then: [{when: {mode: full}}]'), ['5 missing-key']],
    ['a jump to an unknown end', text('a', 'then: [{go: {end: finnish}}]'), ['5 unknown-end']],
    ['a jump that opens what there is not', text('a', 'then: [{go: {open: safty}}]'), ['5 no-sequence']],
    ['a jump with two targets', text('a', 'then: [{go: {open: other, end: keep}}]'), ['5 wrong-type']],
    ['an include of what there is not', '  - include: othr\n', ['5 no-sequence']],
    ['an include with a key of its own', '  - {include: other, then: []}\n', ['5 unknown-key-near']],
    ['a use of a sequence that there is not', '  - use: othr/theirs\n', ['5 no-question']],
    ['a use of a question that there is not', '  - use: other/their\n', ['5 no-question']],
    ['a use of a question further down', `  - use: a\n${text('a')}`, ['5 no-question']],
    ['a part without words', '  - {part: "", when: {mode: full}}\n', ['5 missing-key']],
  ];
  it.each(steps)('%s', (_name, source, faults) => {
    expect(inSteps(source)).toEqual(faults);
  });

  it('reports all faults in one pass', () => {
    expect(inSteps(text('a', 'hin: x') + text('B') + text('c', 'then: [{go: a}]'))).toEqual([
      '5 unknown-key-near',
      '6 bad-id',
      '7 jump-back',
    ]);
  });

  it('names similar names, or all names', () => {
    const { faults } = checkTemplate(
      located(`${top}${text('a', 'hin: x')}${text('b', 'then: [{go: aa}]')}`),
      around(),
    );
    expect(faults.map(({ params }) => params)).toEqual([
      { key: 'hin', what: 'question', near: 'hint' },
      { key: 'aa', near: 'a' },
    ]);
  });
});

describe('use and include', () => {
  it('copy a question with its condition and its ends, but not its jumps to steps', () => {
    const using = sequence(
      `${text('theirs')}  - {use: other/choice, when: {mode: full}, then: [{go: end}]}\n${text('end')}`,
      { other },
    );
    expect(using.steps[1]).toMatchObject({
      key: 'choice',
      when: { all: [{ tests: [{ field: 'theirs' }] }, { tests: [{ field: 'mode' }] }] },
    });
    expect(using.steps[1]?.is === 'ask' && using.steps[1].then.map(({ to }) => to)).toEqual([
      { is: 'step', key: 'end' },
      { is: 'end', how: 'help' },
    ]);
  });

  it('copy a question of the same file with its condition', () => {
    const using = sequence(select('a') + text('b', 'when: {a: x}') + '  - {use: b, when: {mode: full}}\n');
    expect(using.steps[2]).toMatchObject({
      key: 'b',
      when: { all: [{ tests: [{ field: 'a' }] }, { tests: [{ field: 'mode' }] }] },
    });
  });

  it('distinguish two questions that fill the same field', () => {
    const using = sequence(`${text('theirs')}  - use: other/theirs\n`, { other });
    expect(using.steps.flatMap(step => (step.is === 'ask' ? [step.key] : []))).toEqual([
      'theirs',
      'other/theirs',
    ]);
  });

  it('include pages; the sequence’s own count comes before theirs', () => {
    const paged = sequence(`${text('a')}pages: {one: [Theirs.], two: [Theirs.]}\n`);
    expect(sequence('  - include: paged\npages: {one: [Mine.]}\n', { paged }).pages).toEqual({
      one: ['Mine.'],
      two: ['Theirs.'],
    });
  });

  it('refuse a circle of includes, and name its file', () => {
    const { faults } = compileLanguage([
      circleIn('one', 'two'),
      circleIn('two', 'three'),
      circleIn('three', 'one'),
      {
        name: 'help-now',
        file: 'help-now.yaml',
        at: located('say: [{words: a, reviewed: 2026-01}]\ninside: a\nfooter: a\n'),
      },
    ]);
    expect(faults.map(({ file, key }) => `${file} ${key}`)).toEqual([
      'one.yaml templates.circle',
      'three.yaml templates.no-sequence',
    ]);
  });
});

describe('with any tree', () => {
  const keys = [
    'template',
    'name',
    'steps',
    'offers',
    'pages',
    'more_from',
    'ask',
    'use',
    'include',
    'part',
    'go',
    'kind',
    'words',
    'heading',
    'options',
    'key',
    'label',
    'when',
    'then',
    'notes',
    'id',
    'until',
    'modes',
    'a',
    'b',
    'any',
    'not',
    'all',
    'is',
    'at_least',
    'field',
    'end',
    'open',
    'limit',
    'columns',
    'anchors',
    'after_minutes',
    'instead',
    '__proto__',
    'constructor',
  ];
  const values = [
    'text',
    'select',
    'multi',
    'a',
    'b',
    'x',
    'other',
    'other/theirs',
    'other/choice',
    'last',
    'full',
    'finish',
    '',
    ' ',
    '1',
    '__proto__',
    'constructor',
    1,
    0,
    -1,
    11,
    2.5,
    true,
    false,
    null,
  ];
  const { tree } = fc.letrec<{ tree: YamlNode; map: YamlNode; list: YamlNode; scalar: YamlNode }>(tie => ({
    tree: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, tie('scalar'), tie('map'), tie('list')),
    scalar: fc
      .constantFrom(...values)
      .map(value => ({ is: 'scalar', line: 1, value, source: String(value ?? '') })),
    list: fc.array(tie('tree'), { maxLength: 4 }).map(items => ({ is: 'list', line: 1, items })),
    map: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...keys), tie('tree')), {
        maxLength: 5,
        selector: ([key]) => key,
      })
      .map(entries => ({
        is: 'map',
        line: 1,
        entries: entries.map(([key, value]) => ({ key, line: 1, value })),
      })),
  }));
  // Nearly correct sequences: a correct beginning and a step with a random value in one place.
  const nearly = fc
    .tuple(
      fc.constantFrom(
        'when',
        'then',
        'options',
        'notes',
        'until',
        'modes',
        'instead',
        'limit',
        'words',
        'kind',
        'prefill',
        'columns',
      ),
      tree,
      fc.constantFrom('ask', 'use', 'include', 'part', 'go'),
      tree,
    )
    .map(([key, value, step, of]): YamlNode => {
      const ask: Readonly<Record<string, YamlNode>> = {
        ask: scalarOf('a'),
        kind: scalarOf('text'),
        words: scalarOf('a?'),
        heading: scalarOf('A'),
        [key]: value,
      };
      return mapOf({
        template: scalarOf(1),
        name: scalarOf('a'),
        steps: {
          is: 'list',
          line: 1,
          items: [mapOf(ask), mapOf({ [step]: of }), mapOf({ ...ask, ask: scalarOf('b') })],
        },
      });
    });

  it("never throws, and finds a fault in every sequence that can't be used", () => {
    fc.assert(
      fc.property(fc.oneof(tree, nearly), at => {
        const { value, faults } = checkTemplate(at, around({ other }));
        expect(faults.length > 0 || isUsable(value)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
