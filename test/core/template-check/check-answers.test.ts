import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/core/notes/answer.ts';
import { askables, checkAnswers } from '../../../src/core/template-check/check-answers.ts';
import type { AskStep, Template } from '../../../src/core/template/template.ts';
import { located, shipped } from '../support.ts';

const asksOf = ({ steps, offers }: Template): readonly AskStep[] => [
  ...steps.flatMap(step => (step.is === 'ask' ? [step] : [])),
  ...offers,
];
const known = askables([
  ...asksOf(await shipped('reflect')),
  ...asksOf(await shipped('safety')),
  ...asksOf(await shipped('let-go')),
]);
const earlier = [
  { key: 'k3f9qa', label: 'An earlier one', first: true, alone: true, stores: true, asksWords: false },
];

function check(text: string): { readonly answers: Answers; readonly faults: readonly string[] } {
  const { answers, faults } = checkAnswers(located(text), known, earlier);
  return {
    answers,
    faults: faults.map(
      ({ line, key, params }) =>
        `${line} ${key.replace('answers.', '')}${params['near'] === undefined ? '' : ` near ${params['near']}`}`,
    ),
  };
}

describe('correct answers', () => {
  const right: readonly (readonly [string, string, Answers])[] = [
    ['an option', 'sit: bothered', { sit: 'bothered' }],
    [
      'several options, in the order in which they are written',
      'kinds: [dismissed, misread]',
      { kinds: ['dismissed', 'misread'] },
    ],
    ['one option for several', 'kinds: misread', { kinds: ['misread'] }],
    [
      'own words as a map',
      'kinds: [misread, {other: the fan  was loud}]',
      { kinds: ['misread', 'other: the fan was loud'] },
    ],
    ['own words as one text', 'kinds: ["other: the fan was loud"]', { kinds: ['other: the fan was loud'] }],
    ['own words of a single choice', 'care: {other: swim}', { care: 'other: swim' }],
    ['"Something else" without words', 'care: {other: }', { care: 'other' }],
    ['own words that look like a number', 'care: {other: 007}', { care: 'other: 007' }],
    ['own words with a colon', 'care: {other: "swim: far"}', { care: 'other: swim: far' }],
    ['the low end of a scale', 'size: 0', { size: 0 }],
    ['the high end of a scale', 'size: 10', { size: 10 }],
    [
      'a text of several lines, without the line end that YAML adds',
      'what: |\n  One.\n\n  Two.\n',
      { what: 'One.\n\nTwo.' },
    ],
    ['a text that looks like a number', 'what: 007', { what: '007' }],
    ['a confirm', 'ready: true', { ready: true }],
    ['a confirm in words', 'ready: no', { ready: false }],
    ['a day', 'rest_until: 2026-12-24', { rest_until: '2026-12-24' }],
    ['an earlier moment', 'repeat_of: k3f9qa', { repeat_of: 'k3f9qa' }],
    ['none of the earlier moments', 'repeat_of: none', { repeat_of: 'none' }],
    ['nothing', 'what:\nsit: ~', {}],
    [
      'a list for a repeated question, in order, with duplicates',
      'safety_step: [talk, note, talk, done]',
      { safety_step: ['talk', 'note', 'talk', 'done'] },
    ],
    ['one for what comes back', 'safety_step: note', { safety_step: ['note'] }],
    ['an offer', 'time_up: next', { time_up: 'next' }],
    [
      'labels, in any case',
      'kinds: [they misunderstood me, They seemed bored or far away]',
      { kinds: ['misread', 'bored'] },
    ],
    ['own words behind a label', 'kinds: ["Something else: the fan"]', { kinds: ['other: the fan'] }],
    ['own words under a label', 'kinds: [{something else: the fan}]', { kinds: ['other: the fan'] }],
    ['a key in capitals', 'sit: BOTHERED', { sit: 'bothered' }],
    ['the words of a scale', 'size: It stays with me', { size: 5 }],
    ['a confirm in a letter', 'ready: Y', { ready: true }],
    [
      'JSON',
      '{"sit": "fine", "size": 3, "kinds": [{"other": "x"}]}',
      { sit: 'fine', size: 3, kinds: ['other: x'] },
    ],
  ];
  it.each(right)('%s', (_name, text, answers) => {
    expect(check(text)).toEqual({ answers, faults: [] });
  });
});

describe('faulty answers', () => {
  const wrong: readonly (readonly [string, string, readonly string[]])[] = [
    ['no map', '- sit', ['1 not-a-map']],
    ['nothing at all', '', ['1 not-a-map']],
    ['an unknown id, near one', 'what: a\nfeeling: [sad]', ['2 unknown-id-near near feelings']],
    ['an unknown id, far from any', 'zzzzzzzz: a', ['1 unknown-id']],
    ['an unknown option, near one', 'sit: botherd', ['1 unknown-option-near near bothered']],
    ['an unknown option, far from any', 'sit: zzzzzz', ['1 unknown-option']],
    [
      'an unknown option on its own line',
      'kinds:\n  - misread\n  - dismised',
      ['3 unknown-option-near near dismissed'],
    ],
    ['eleven on a scale', 'size: 11', ['1 expected-number']],
    ['less than nothing', 'size: -1', ['1 expected-number']],
    ['half a number', 'size: 2.5', ['1 expected-number']],
    ['a number as a text', 'size: "7"', ['1 expected-number']],
    ['a list for a number', 'size: [7]', ['1 expected-number']],
    ['too many', 'kinds: [misread, bored, joke, blunt]', ['1 expected-fewer']],
    ['what stands alone with others', 'feelings: [not-sure, sad]', ['1 expected-alone']],
    ['rather not say with others', 'kinds: [rather-not, misread]', ['1 expected-alone']],
    ['one option twice', 'kinds: [misread, misread]', ['1 expected-different']],
    ['own words twice', 'kinds: [{other: a}, {other: b}]', ['1 expected-different']],
    ['a list for one choice', 'sit: [fine, mixed]', ['1 expected-one']],
    ['a list of one for one choice', 'sit: [fine]', ['1 expected-one']],
    ['own words where there are none', 'sit: {fine: very}', ['1 no-words']],
    ['own words in one text where there are none', 'kinds: ["misread: very"]', ['1 no-words']],
    ['own words that are a map', 'care: {other: {a: b}}', ['1 expected-pick']],
    ['own words that are a list', 'care: {other: [a]}', ['1 expected-pick']],
    ['two keys in one choice', 'kinds: [{other: a, misread: b}]', ['1 expected-pick']],
    ['a list within a list', 'kinds: [[misread]]', ['1 expected-pick']],
    ['a list for a text', 'what: [a]', ['1 expected-text']],
    ['a map for a text', 'what: {a: b}', ['1 expected-text']],
    ['a list for a day', 'rest_until: [2026-12-24]', ['1 expected-day']],
    ['a confirm that is neither', 'ready: maybe', ['1 expected-confirm']],
    ['an earlier moment that there is not', 'repeat_of: zzzzzz', ['1 unknown-option']],
    ['an unknown step of safety', 'safety_step: [talk, dne]', ['1 unknown-option-near near done']],
    [
      'several things at once',
      'sit: fin\nsize: 12\nfelings: [sad]',
      ['1 unknown-option-near near fine', '2 expected-number', '3 unknown-id-near near feelings'],
    ],
  ];
  it.each(wrong)('%s', (_name, text, faults) => {
    expect(check(text).faults).toEqual(faults);
  });
});

describe('the questions that can be answered', () => {
  it('are listed once each, with whether they repeat', () => {
    const ids = known.map(({ question }) => question.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(known.filter(({ comesBack }) => comesBack).map(({ question }) => question.id)).toEqual([
      'safety_step',
    ]);
  });
});
