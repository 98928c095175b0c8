import * as fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../src/core/search/summary.ts';
import type { Moment } from '../../../src/core/search/summary.ts';
import { ageWords, longDay, plainDay, shortDay } from '../../../src/report/text/dates.ts';
import { homePage } from '../../../src/report/pages/home.ts';
import { markdownLine, markdownQuote } from '../../../src/report/text/markdown-text.ts';
import { previewPage } from '../../../src/report/pages/preview.ts';
import type { Preview } from '../../../src/report/pages/preview.ts';
import { dayOf, momentOf } from '../../core/support.ts';
import { layoutOf, style, tooWide, words } from '../support.ts';

const today = dayOf('2026-03-21');

const inDays = (age: string): number =>
  Number(/\d+/.exec(age)?.[0] ?? 0) *
  ({ day: 1, week: 7, month: 30, year: 360 }[/day|week|month|year/.exec(age)?.[0] ?? ''] ?? 1);

interface Over {
  readonly drafts?: readonly string[];
  readonly width?: number;
  readonly isEmpty?: boolean;
  readonly hasUnread?: boolean;
}

const screenOf = (
  moments: readonly Moment[],
  { drafts = [], width = 80, isEmpty = false, hasUnread = false }: Over = {},
): string => {
  const lastSession = isEmpty ? undefined : dayOf('2026-03-12');
  const home = { summary: summarize(moments, today), hasMoments: !isEmpty, hasUnread, lastSession, drafts };
  return homePage(home, words, style, layoutOf(width));
};

const nextIn = (text: string): string => /Next: (.*)/.exec(text)?.[1] ?? '';

const isYounger = (days: number): boolean =>
  inDays(ageWords(days, words)) <
  inDays(ageWords(days - 1, words)) * (ageWords(days, words).includes('month') ? 0.7 : 1);

describe('days', () => {
  it('have their year only if it is not the current year', () => {
    expect([
      shortDay(dayOf('2026-03-02'), today, words),
      shortDay(dayOf('2025-12-31'), today, words),
    ]).toEqual(['2 Mar', '31 Dec 2025']);
    expect([longDay(dayOf('2026-03-12'), today, words), longDay(dayOf('2025-12-31'), today, words)]).toEqual([
      'Thu 12 March',
      'Wed 31 December 2025',
    ]);
    expect(plainDay(dayOf('2025-03-12'), words)).toBe('12 March');
  });

  const ages: readonly (readonly [number, string])[] = [
    [-1, 'ahead'],
    [0, 'today'],
    [1, '1 day'],
    [27, '27 days'],
    [28, '4 weeks'],
    [83, '11 weeks'],
    [84, '2 months'],
    [364, '11 months'],
    [385, '12 months'],
    [729, '23 months'],
    [730, '2 years'],
    [731, '2 years'],
    [1094, '2 years'],
    [1096, '3 years'],
  ];
  it.each(ages)('%i days ago is "%s"', (days, age) => {
    expect(ageWords(days, words)).toBe(age);
  });

  it('never grow younger with time', () => {
    expect(Array.from({ length: 3000 }, (_, days) => days + 1).filter(isYounger)).toEqual([]);
  });
});

describe('the first screen', () => {
  const open: readonly Moment[] = [
    momentOf('a', '2026-03-12', { status: 'planned' }),
    momentOf('b', '2026-03-01'),
  ];
  it('says what is open, the last session, the next step and five commands', () => {
    expect(
      screenOf(open)
        .split('\n')
        .map(line => line.trimEnd()),
    ).toEqual([
      expect.stringMatching(/^ {2}1 to bring up · 1 kept for now {10,}last session: Thu 12 March$/),
      '',
      expect.stringMatching(/^ {2}Next: rupture /),
      '',
      ...['reflect', 'prep', 'summary', 'patterns', 'help-now'].map(name =>
        expect.stringContaining(`rupture ${name}`),
      ),
      '  More: rupture --help',
    ]);
  });

  it('leads to what helps next', () => {
    expect(nextIn(screenOf([], { isEmpty: true }))).toBe('rupture reflect');
    expect(nextIn(screenOf([]))).toBe('rupture reflect');
    expect(nextIn(screenOf(open))).not.toBe('rupture reflect');
    expect(nextIn(screenOf(open, { drafts: ['reflect'] }))).toBe('rupture reflect');
    expect(nextIn(screenOf(open, { hasUnread: true }))).toBe('rupture prep');
    expect(nextIn(screenOf([], { hasUnread: true }))).toBe('rupture doctor');
    expect(screenOf([], { isEmpty: true, hasUnread: true })).not.toMatch(/nothing/i);
    expect(screenOf(open, { drafts: ['reflect'] })).toContain('You have an unfinished note.');
    expect(screenOf(open, { drafts: ['reflect', 'prep'] })).toContain('You have 2 unfinished notes.');
    for (const drafts of [['reflect'], ['reflect', 'reflect']]) {
      const first = screenOf([], { isEmpty: true, drafts });
      expect(first).not.toContain('Nothing is saved');
      expect(first.match(/unfinished/g)).toHaveLength(1);
    }
  });

  it('says so if nothing is open, or there are no notes', () => {
    expect(screenOf([], { isEmpty: true })).toContain('Nothing is saved yet.');
    expect(screenOf([])).toContain("There's nothing on your list.");
    expect(screenOf([momentOf('a', '2026-03-12', { status: 'planned' })])).toContain('1 to bring up');
    expect(screenOf([momentOf('b', '2026-03-01'), momentOf('c', '2026-03-01')])).toContain('2 kept for now');
  });

  it('counts raised but unsettled moments separately', () => {
    const many = [
      ...open,
      momentOf('c', '2026-03-01', { status: 'raised' }),
      momentOf('d', '2026-03-01', { status: 'not-addressed' }),
      momentOf('e', '2026-03-01', { status: 'eased' }),
    ];
    expect(screenOf(many)).toContain('1 to bring up · 1 kept for now · 3 not settled ');
    expect(screenOf(many.slice(3))).toContain('2 not settled ');
    expect(tooWide(screenOf(many, { width: 40 }), 40)).toEqual([]);
  });

  it.each([80, 60])('keeps within %i columns', width => {
    for (const moments of [open, []])
      expect(tooWide(screenOf(moments, { width, drafts: ['reflect'] }), width)).toEqual([]);
  });

  it('puts the last session on a line of its own where it has no room', () => {
    expect(screenOf(open, { width: 44 }).split('\n')[1]).toBe('  last session: Thu 12 March');
  });
});

describe('the preview', () => {
  const preview: Preview = {
    title: 'They left',
    session: dayOf('2026-03-12'),
    size: 7,
    rows: [
      { label: 'What happened', value: 'They left.\n\nI stayed.' },
      { label: 'Felt', value: 'small · angry' },
    ],
  };

  it('has the title, the day and the size in words, then a row for each answer', () => {
    expect(previewPage(preview, today, { words, style, layout: layoutOf(80) })).toBe(`  They left
  Thu 12 March · size 7, big

  What happened   They left.

                  I stayed.
  Felt            small · angry`);
  });

  it('puts labels above where it is narrow, and leaves an unknown size out', () => {
    const { size: _size, ...rest } = preview;
    expect(previewPage(rest, today, { words, style, layout: layoutOf(50) }).split('\n')).toEqual([
      '  They left',
      '  Thu 12 March',
      '',
      '  What happened',
      '    They left.',
      expect.stringMatching(/^ *$/),
      '    I stayed.',
      '  Felt',
      '    small · angry',
    ]);
    const pasted = {
      ...preview,
      rows: [
        {
          label: 'What happened',
          value: Array.from({ length: 3000 }, (_, line) => `Line ${line}`).join('\n'),
        },
      ],
    };
    for (const width of [80, 50])
      expect(previewPage(pasted, today, { words, style, layout: layoutOf(width) })).toMatch(
        /Line 10\n *… 2989 more lines$/,
      );
    expect(previewPage({ ...preview, size: 6 }, today, { words, style, layout: layoutOf(80) })).toContain(
      'Thu 12 March · size 6\n',
    );
  });

  it.each([100, 80, 60, 40])('keeps within %i columns', width => {
    const long = {
      ...preview,
      title: '他没有听我说'.repeat(12),
      rows: [
        ...preview.rows,
        { label: '一个很长很长很长很长很长很长的标题', value: '我不知道怎么说'.repeat(15) },
        { label: 'What it seemed to say about me', value: `${'x'.repeat(120)} 😀 ${'word '.repeat(30)}` },
        { label: 'Empty', value: '' },
      ],
    };
    expect(tooWide(previewPage(long, today, { words, style, layout: layoutOf(width) }), width)).toEqual([]);
  });

  it('has only its head without answers', () => {
    expect(
      previewPage({ title: 'A moment', session: today, rows: [] }, today, {
        words,
        style,
        layout: layoutOf(80),
      }).trimEnd(),
    ).toBe('  A moment\n  Sat 21 March');
  });
});

describe("a text of the person's in Markdown", () => {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  };
  const seen = (markdown: string): string =>
    marked
      .parse(markdown, { async: false })
      .replace(/<[^>]*>/g, '')
      .replace(/&(?:lt|gt|quot|amp|#39);/g, entity => entities[entity] ?? entity)
      .replace(/\s+/g, ' ')
      .trim();
  const marks = fc.string({
    unit: fc.constantFrom(
      'a',
      'b',
      'é',
      '没',
      ' ',
      '  ',
      '*',
      '_',
      '`',
      '#',
      '+',
      '-',
      '>',
      '<',
      '[',
      ']',
      '(',
      ')',
      '!',
      '~',
      '&',
      ';',
      'amp',
      '\\',
      '1',
      '.',
      '|',
      '=',
      '"',
      "'",
      '/',
      ':',
      '😀',
      '\n',
      '{',
      '}',
      '^',
      '$',
    ),
    maxLength: 14,
  });

  it('renders as written, as a line of a list', () => {
    fc.assert(
      fc.property(marks, text => {
        const shown = text.replace(/\s+/g, ' ').trim();
        expect(seen(`- [ ] ${markdownLine(text)} (end)`)).toBe(shown === '' ? '(end)' : `${shown} (end)`);
        expect(markdownLine(text)).not.toMatch(/[\n\r]/);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['# not a heading'],
    ['1. not a list'],
    ['2) nor this'],
    ['- nor this'],
    ['> not a quote'],
    ['~~kept~~'],
    ['AT&amp;T'],
    ['a_b_c'],
    ['_so_'],
    ['**so**'],
    ['---'],
    ['=== no'],
    ['[x] done'],
    ['a | b'],
    ['<b>bold</b>'],
    ['![x](y)'],
  ])('"%s" stays as it is', text => {
    expect(seen(`- [ ] ${markdownLine(text)} (end)`)).toBe(`${text} (end)`);
  });

  it('stays readable in the source if nothing needs escaping', () => {
    for (const text of [
      'They said: "fine" - twice (again).',
      'a_b',
      "It's 3.5 + 2 = 5.5!",
      'C# and so on',
      'at 10.',
    ])
      expect(markdownLine(text)).toBe(text);
  });

  it('is quoted line by line', () => {
    expect(markdownQuote('\n One.\n\nTwo. \n', '  ')).toBe('  > One.\n  >\n  > Two.');
  });
});
