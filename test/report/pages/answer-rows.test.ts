import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../src/core/template/choices.ts';
import type { FrontValue } from '../../../src/core/notes/reflection.ts';
import { answerLine, answerRows, rowLines } from '../../../src/report/pages/answer-rows.ts';
import { choices, layoutOf, style, tooWide, words } from '../support.ts';

const rowsOf = (
  keys: Readonly<Record<string, FrontValue>>,
  of: readonly Choice[] = choices,
  separator?: string,
): readonly string[] => answerRows({ keys }, of, words, separator).map(row => answerLine(row, words));

describe('the answers of a front matter', () => {
  it('have the labels of questions and options, in the order of the questions', () => {
    expect(
      rowsOf({
        response: ['listened', 'punished'],
        care: 'people',
        next: 'raised',
        touches: 'working-on',
        echo: ['parent', 'not-sure'],
        noticed: 'yes',
        urges: ['quiet'],
        since: ['replay', 'none'],
        strain_from: 'both',
        shape: 'again',
        outside: 3,
        held_back: 'no',
        sit: 'strained',
        line_kinds: ['trapped'],
        let_go_reason: 'learned',
      }),
    ).toEqual([
      'How it was: It feels tense between us',
      'Held back: No',
      'How it came: It has happened with them before',
      'What made it hard: Both',
      'From outside: 3',
      'Since then: It keeps replaying · None of these',
      'Felt like doing: Going quiet',
      'Did they notice: Yes, and said so',
      'Felt before with: A parent · Not sure',
      "Touches what I came for: It's something I'm already working on",
      'How they responded: Listened · Got angry, or punished me for it',
      'What made it ready: I learned what I needed',
      'Something kind: Be with someone',
      'What kind of thing: They made it hard for me to leave therapy',
    ]);
  });

  it('omit facts, keys without a question, and missing answers', () => {
    expect(
      rowsOf({
        status: 'open',
        size: 7,
        kinds: ['misread'],
        feelings: ['small'],
        rest_until: '2026-04-01',
        tags: ['a'],
        mood: 'low',
        constructor: 'x',
        sit: null,
        outside: '',
        since: [],
        care: { a: 1 },
        urges: [1, null],
      }),
    ).toEqual([]);
  });

  it("have the person's own words on one line, and a pick that no option has as it stands there", () => {
    expect(
      rowsOf({
        care: 'other:  call\n Ada',
        echo: ['other: a b', 'constructor', 'dragon'],
        sit: 'grand',
        repeat_of: 'k3f9qa',
      }),
    ).toEqual([
      'How it was: grand',
      'Earlier: k3f9qa',
      'Felt before with: a b · constructor · dragon',
      'Something kind: call Ada',
    ]);
  });

  it('read a lone pick as a list of one, a yes, and none as none', () => {
    const walked: Choice = { id: 'walked', kind: 'confirm', heading: 'The walk', options: [] };
    expect([
      rowsOf({ since: 'wince', outside: 0 }),
      rowsOf({ walked: 'yes' }, [walked]),
      rowsOf({ walked: 'false' }, [walked]),
      rowsOf({ walked: true }, [walked]),
    ]).toEqual([
      ['From outside: 0', 'Since then: I cringe when I remember it'],
      ['The walk: Yes'],
      ['The walk: No'],
      ['The walk: Yes'],
    ]);
  });

  it('are joined as the page they stand on joins', () => {
    expect(rowsOf({ since: ['wince', 'replay'] }, choices, ', ')).toEqual([
      'Since then: I cringe when I remember it, It keeps replaying',
    ]);
  });
});

describe('rows', () => {
  const rows = [
    { label: 'How it was', value: 'Mostly good' },
    { label: 'Touches what I came for', value: 'Maybe' },
  ];

  it('are two columns, and stand below their labels where it is narrow', () => {
    expect(rowLines(rows, style, layoutOf(76))).toEqual([
      'How it was                Mostly good',
      'Touches what I came for   Maybe',
    ]);
    expect(rowLines(rows, style, layoutOf(56))).toEqual([
      'How it was',
      '  Mostly good',
      'Touches what I came for',
      '  Maybe',
    ]);
    expect(rowLines([], style, layoutOf(76))).toEqual([]);
  });

  it.each([96, 76, 56, 36])('keep within %i columns', width => {
    const long = [
      ...rows,
      {
        label: '一个很长很长很长很长很长很长的标题',
        value: `我不知道怎么说${'x'.repeat(120)} ${'word '.repeat(30)}`,
      },
    ];
    expect(tooWide(rowLines(long, style, layoutOf(width)).join('\n'), width)).toEqual([]);
  });
});
