import * as fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../src/core/search/summary.ts';
import type { Moment } from '../../../src/core/search/summary.ts';
import {
  summaryJson,
  summaryMarkdown,
  summaryPage,
  summaryPlain,
  summaryTasks,
} from '../../../src/report/pages/summary-report.ts';
import type { ReportItem } from '../../../src/report/pages/summary-report.ts';
import { dayOf, momentOf } from '../../core/support.ts';
import { labels, layoutOf, style, tooWide, words } from '../support.ts';

const today = dayOf('2026-03-21');
const moments: readonly Moment[] = [
  momentOf('aaaaaa', '2026-03-12', {
    status: 'planned',
    size: 7,
    title: 'They misunderstood me about my sister',
    kinds: ['misread'],
    feelings: ['small'],
  }),
  momentOf('bbbbbb', '2026-02-20', {
    status: 'not-addressed',
    size: 5,
    title: 'Dismissed when I talked about work',
    kinds: ['misread'],
  }),
  momentOf('cccccc', '2026-03-05', { size: 3, title: 'Long silence' }),
  momentOf('dddddd', '2025-03-01', {}),
  momentOf('eeeeee', '2026-03-01', { restUntil: dayOf('2026-04-01') }),
];
const sentences: Readonly<Record<string, string>> = {
  aaaaaa: 'When you moved on, I felt small.\n- [ ] Can we go back?',
};

function report(of: readonly Moment[] = moments): {
  readonly found: ReturnType<typeof summarize>;
  readonly items: readonly ReportItem[];
} {
  const found = summarize(of, today);
  return { found, items: found.items.map(item => ({ item, sentence: sentences[item.head.id] })) };
}

describe('as Markdown', () => {
  const markdown = summaryMarkdown(report().items, labels, words);

  it('reads as prose: a heading a status, a line an item, the sentence quoted below', () => {
    expect(markdown).toBe(`## To bring up (1)

- [ ] They misunderstood me about my sister (second of its kind) (aaaaaa, 2026-03-12, 9 days, size 7, big)
  > When you moved on, I felt small.
  > - [ ] Can we go back?

## Said, but not heard (1)

- [ ] Dismissed when I talked about work (bbbbbb, 2026-02-20, 4 weeks, size 5)

## Kept for now (2)

- [ ] Long silence (cccccc, 2026-03-05, 16 days, size 3)
- [ ] A moment on 1 March (dddddd, 2025-03-01, 12 months)`);
  });

  it('has exactly one line an item that begins as a to-do, whatever the title and the sentence hold', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\n',
        '-',
        '[',
        ']',
        '*',
        '_',
        '#',
        '>',
        '`',
        '😀',
        '\r',
        '1',
        '.',
        '\u2028',
        '\t',
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.option(text, { nil: undefined })), { minLength: 1, maxLength: 4 }),
        rows => {
          const items = summarize(
            rows.map(([title], at) => momentOf(`id${at}`, '2026-03-12', { title })),
            today,
          ).items.map((item, at) => ({ item, sentence: rows[at]?.[1] }));
          for (const page of [summaryMarkdown(items, labels, words), summaryTasks(items, words)]) {
            expect(page.split(/\r\n|[\n\r\u2028]/).filter(line => line.startsWith('- [ ] '))).toHaveLength(
              rows.length,
            );
          }
        },
      ),
    );
  });

  it('shows a title with the marks that it was written with', () => {
    const { items } = summarize([momentOf('a', '2026-03-21', { title: '*They* said [x] & _left_' })], today);
    expect(
      summaryMarkdown(
        items.map(item => ({ item })),
        labels,
        words,
      ),
    ).toContain('- [ ] \\*They\\* said \\[x\\] & \\_left\\_ (a, 2026-03-21, today)');
  });

  it('is a list of to-dos to other readers of Markdown too, each quote within its item', () => {
    const html = marked.parse(markdown, { async: false });
    expect(html.match(/<li>/g)).toHaveLength(4 + 1);
    expect(html).toMatch(/<li><input[^>]*> They misunderstood me about my sister[^<]*<blockquote>/);
  });
});

describe('as to-dos', () => {
  it('has no headings, and the day last', () => {
    expect(summaryTasks(report().items, words).split('\n')).toEqual([
      '- [ ] They misunderstood me about my sister (second of its kind) (aaaaaa, 2026-03-12, 9 days, size 7, big) ➕ 2026-03-12',
      '  > When you moved on, I felt small.',
      '  > - \\[ ] Can we go back?',
      '- [ ] Dismissed when I talked about work (bbbbbb, 2026-02-20, 4 weeks, size 5) ➕ 2026-02-20',
      '- [ ] Long silence (cccccc, 2026-03-05, 16 days, size 3) ➕ 2026-03-05',
      '- [ ] A moment on 1 March (dddddd, 2025-03-01, 12 months) ➕ 2025-03-01',
    ]);
  });
});

describe('as plain text', () => {
  it('says the size in words and has no marks', () => {
    expect(summaryPlain(report().items, labels, words).split('\n\n')).toEqual([
      'To bring up (1)\nThey misunderstood me about my sister (second of its kind) (2026-03-12, 9 days, size 7, big, aaaaaa)\n  When you moved on, I felt small.\n  - [ ] Can we go back?',
      'Said, but not heard (1)\nDismissed when I talked about work (2026-02-20, 4 weeks, size 5, bbbbbb)',
      'Kept for now (2)\nLong silence (2026-03-05, 16 days, size 3, cccccc)\nA moment on 1 March (2025-03-01, 12 months, dddddd)',
    ]);
  });
});

describe('as JSON', () => {
  it('is the object of the contract, without absent values', () => {
    const { found, items } = report();
    expect(JSON.parse(summaryJson(found, items))).toEqual({
      version: 1,
      on: '2026-03-21',
      resting: 1,
      unresolved: [
        {
          id: 'aaaaaa',
          title: 'They misunderstood me about my sister',
          status: 'planned',
          session: '2026-03-12',
          age_days: 9,
          size: 7,
          big: true,
          kinds: ['misread'],
          feelings: ['small'],
          sentence: sentences['aaaaaa'],
          path: '/notes/2026-03-12-aaaaaa.md',
        },
        {
          id: 'bbbbbb',
          title: 'Dismissed when I talked about work',
          status: 'not-addressed',
          session: '2026-02-20',
          age_days: 29,
          size: 5,
          big: false,
          kinds: ['misread'],
          feelings: [],
          path: '/notes/2026-02-20-bbbbbb.md',
        },
        {
          id: 'cccccc',
          title: 'Long silence',
          status: 'open',
          session: '2026-03-05',
          age_days: 16,
          size: 3,
          big: false,
          kinds: [],
          feelings: [],
          path: '/notes/2026-03-05-cccccc.md',
        },
        {
          id: 'dddddd',
          status: 'open',
          session: '2025-03-01',
          age_days: 385,
          big: false,
          kinds: [],
          feelings: [],
          path: '/notes/2025-03-01-dddddd.md',
        },
      ],
    });
  });

  it('has an empty list if nothing is unresolved', () => {
    const { found, items } = report([]);
    expect(JSON.parse(summaryJson(found, items))).toEqual({
      version: 1,
      on: '2026-03-21',
      resting: 0,
      unresolved: [],
    });
  });
});

describe('on a terminal', () => {
  it('has columns at a width of 80', () => {
    const { found, items } = report(moments.filter(({ head }) => head.id !== 'dddddd'));
    expect(summaryPage(found, items, { labels, words, style, layout: layoutOf(80) })).toBe(`To bring up (1)
  12 Mar  They misunderstood me about my sister        7 - big  9 days   aaaaaa
          (second of its kind)
          “When you moved on, I felt small. - [ ] Can we go back?”

Said, but not heard (1)
  20 Feb  Dismissed when I talked about work           5        4 weeks  bbbbbb

Kept for now (1)
   5 Mar  Long silence                                 3        16 days  cccccc`);
  });

  const wide: readonly Moment[] = [
    ...moments,
    momentOf('ffffff', '2025-12-12', {
      status: 'planned',
      size: 10,
      title: `他没有听我说${'然后看了表'.repeat(12)}`,
      kinds: ['misread'],
    }),
    momentOf('gggggg', '2024-01-30', { status: 'eased', size: 9, title: 'x'.repeat(60) }),
    momentOf('hhhhhh', '2026-03-20', { status: 'raised', size: 8, title: '😀 '.repeat(30) }),
  ];

  it.each([100, 80, 60, 40])('keeps within %i columns', width => {
    const found = summarize(wide, today);
    const items = found.items.map(item => ({
      item,
      sentence:
        item.head.id === 'bbbbbb' ? undefined : `${'我不知道怎么说。'.repeat(9)} and ${'word '.repeat(20)}`,
    }));
    const page = summaryPage(found, items, { labels, words, style, layout: layoutOf(width) });
    expect(tooWide(page, width)).toEqual([]);
    expect(page.match(/x/g)).toHaveLength(60);
    for (const { item } of items)
      expect(page).toMatch(
        item.big
          ? new RegExp(`${item.head.size} - big|size ${item.head.size}, big`)
          : String(item.head.size ?? ''),
      );
  });

  it('loses nothing of a title or a sentence when it is narrow', () => {
    const { found, items } = report();
    const text = summaryPage(found, items, { labels, words, style, layout: layoutOf(40) }).replace(
      /\s+/g,
      ' ',
    );
    for (const word of 'They misunderstood me about my sister Dismissed when I talked work Long silence moved small back 9 days 12 months'.split(
      ' ',
    ))
      expect(text).toContain(word);
  });
});

describe('how often it came up', () => {
  it('is written in words up to five, then in digits', () => {
    const many = Array.from({ length: 7 }, (_, at) =>
      momentOf(`id${at}`, `2026-03-0${at + 1}`, { kinds: ['joke'], title: 'The joke' }),
    );
    const lines = summaryPlain(
      summarize(many, today).items.map(item => ({ item })),
      labels,
      words,
    )
      .split('\n')
      .slice(1);
    expect(lines.map(line => line.replace(/ \(2026.*/, ''))).toEqual([
      'The joke',
      ...['second', 'third', 'fourth', 'fifth'].map(nth => `The joke (${nth} of its kind)`),
      'The joke (6 of its kind so far)',
      'The joke (7 of its kind so far)',
    ]);
  });
});
