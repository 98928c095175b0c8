import * as fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Marked } from '../../../src/core/search/search.ts';
import {
  listJson,
  searchJson,
  listMarkdown,
  listPage,
  listPlain,
  listTasks,
  rowOf,
} from '../../../src/report/pages/list-report.ts';
import type { ListRow } from '../../../src/report/pages/list-report.ts';
import { markPlain, shortened, textOf } from '../../../src/report/text/mark-matches.ts';
import { dayOf, momentOf } from '../../core/support.ts';
import { hostile } from '../../storage/support.ts';
import { labels, layoutOf, style, tooWide, words } from '../support.ts';

const today = dayOf('2026-03-21');
const rows: readonly ListRow[] = [
  rowOf(
    momentOf('aaaaaa', '2026-03-12', {
      status: 'planned',
      title: 'They misunderstood me about my sister',
      size: 7,
    }),
    words,
    'When you moved on,\nI felt small.',
  ),
  rowOf(momentOf('bbbbbb', '2026-03-05', { status: undefined }), words),
  rowOf(
    momentOf('cccccc', '2025-12-20', {
      status: 'repaired',
      title: 'The # joke',
      size: 2,
      keys: { history: ['2025-12-20 open 6', '2026-01-03 repaired 2'] },
    }),
    words,
  ),
  rowOf(
    momentOf('dddddd', '2025-12-19', {
      status: 'not-addressed',
      title: '1. and `code`',
      restUntil: dayOf('2026-04-01'),
    }),
    words,
  ),
];
const found: readonly ListRow[] = [
  {
    ...(rows[0] ?? rowOf(momentOf('x', '2026-03-01'), words)),
    lines: [
      [
        { text: '# not a ', isMatch: false },
        { text: 'heading', isMatch: true },
      ],
      [
        { text: `${'before '.repeat(40)}`, isMatch: false },
        { text: '姐姐', isMatch: true },
        { text: ' after'.repeat(40), isMatch: false },
      ],
    ],
  },
];

describe('on a terminal', () => {
  it('has the day, the title, the status and the size in columns', () => {
    expect(listPage(rows, today, { labels, words, style, layout: layoutOf(80) }))
      .toBe(`       12 Mar  They misunderstood me       To bring up          7 - big  aaaaaa
               about my sister
        5 Mar  A moment on 5 March         No hard moment                bbbbbb
  20 Dec 2025  The # joke                  Worked through       2        cccccc
  19 Dec 2025  1. and \`code\`               Said, but not heard           dddddd`);
  });

  it('puts a long foreign id on the line below, without changing other rows', () => {
    const long = 'x'.repeat(64);
    const given = [
      momentOf(long, '2026-03-12', { status: 'open', title: 'One' }),
      momentOf('bbbbbb', '2026-03-05', { status: 'open', title: 'Two' }),
    ];
    const page = listPage(
      given.map(moment => rowOf(moment, words)),
      today,
      { labels, words, style, layout: layoutOf(80) },
    );
    expect(page.split('\n')[0]).toMatch(/12 Mar {2}One +Kept for now$/);
    expect(
      page
        .split('\n')
        .slice(1, -1)
        .map(line => line.trim())
        .join(''),
    ).toBe(long);
    expect(page.split('\n').at(-1)).toMatch(/5 Mar {2}Two +Kept for now +bbbbbb$/);
  });

  it('has day, status and size above the title where it is narrow', () => {
    expect(listPage(rows.slice(0, 2), today, { labels, words, style, layout: layoutOf(40) }))
      .toBe(`  12 Mar · To bring up · size 7, big ·
  aaaaaa
    They misunderstood me about my
    sister
  5 Mar · No hard moment · bbbbbb
    A moment on 5 March`);
  });

  it.each([100, 80, 60, 40])('keeps within %i columns, and loses no word of a line that was found', width => {
    const wide = [
      ...rows,
      ...found,
      rowOf(
        momentOf('e', '2024-01-01', { title: `他没有听我说${'然后看了表'.repeat(12)}`, size: 10 }),
        words,
      ),
      rowOf(momentOf('f', '2024-01-01', { title: 'x'.repeat(90) }), words),
    ];
    const page = listPage(wide, today, { labels, words, style, layout: layoutOf(width) });
    expect(tooWide(page, width)).toEqual([]);
    expect(page).toContain('[姐姐]');
    expect(page).toContain('# not a [heading]');
    expect(page.match(/x/g)).toHaveLength(90);
  });

  it('marks a match with brackets where there is no bold, and with both where there is', () => {
    const bold = { ...style, strong: (text: string) => `<b>${text}</b>` };
    expect(listPage(found, today, { labels, words, style: bold, layout: layoutOf(80) })).toContain(
      '# not a <b>[heading]</b>',
    );
  });
});

describe('in Markdown', () => {
  it('has an item per moment, and no title starts a block', () => {
    expect(
      listMarkdown([...rows.slice(1), ...found], labels, words)
        .split('\n')
        .slice(0, 5),
    ).toEqual([
      '- A moment on 5 March (bbbbbb, 2026-03-05, No hard moment)',
      '- The # joke (cccccc, 2025-12-20, Worked through, size 2)',
      '- 1\\. and \\`code\\` (dddddd, 2025-12-19, Said, but not heard)',
      '- They misunderstood me about my sister (aaaaaa, 2026-03-12, To bring up, size 7, big)',
      '  - \\# not a **heading**',
    ]);
  });

  it('keeps every title and every line that was found in one item, whatever they hold', () => {
    const some = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(some, some, some, (title, before, match) => {
        const line: Marked = [
          { text: before.replaceAll('\n', ' '), isMatch: false },
          { text: `x${match.replaceAll('\n', ' ')}`, isMatch: true },
        ];
        const text = listMarkdown(
          [{ ...rowOf(momentOf('a', '2026-03-01', { title: `${title}.` }), words), lines: [line] }],
          labels,
          words,
        );
        const html = marked.parse(text, { async: false });
        expect([
          html.match(/<li>/g)?.length,
          html.match(/<h\d|<pre|<blockquote|<hr|<table|<script|<ol/g),
        ]).toEqual([2, null]);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe('as to-dos', () => {
  it('unresolved moments are open, the others done, with dates at the end', () => {
    expect(listTasks(rows, labels, words).split('\n')).toEqual([
      '- [ ] They misunderstood me about my sister (aaaaaa, 2026-03-12, To bring up, size 7, big) ➕ 2026-03-12',
      '  > When you moved on,',
      '  > I felt small.',
      '- [x] The # joke (cccccc, 2025-12-20, Worked through, size 2) ➕ 2025-12-20 ✅ 2026-01-03',
      '- [ ] 1\\. and \\`code\\` (dddddd, 2025-12-19, Said, but not heard) ➕ 2025-12-19 🛫 2026-04-01',
    ]);
  });

  it('is read by the rule of Obsidian Tasks: date fields from the end of the line, until something is none', () => {
    const hard = rowOf(
      momentOf('a', '2026-03-01', { title: 'ends 📅 2026-12-01', restUntil: dayOf('2026-04-01') }),
      words,
    );
    let rest = listTasks([hard], labels, words);
    const fields: string[] = [];
    for (
      let at = /\s*([➕🛫✅📅⏳❌] ?\d{4}-\d\d-\d\d)$/u.exec(rest);
      at !== null;
      at = /\s*([➕🛫✅📅⏳❌] ?\d{4}-\d\d-\d\d)$/u.exec(rest)
    ) {
      fields.push(at[1] ?? '');
      rest = rest.slice(0, at.index);
    }
    expect(fields).toEqual(['🛫 2026-04-01', '➕ 2026-03-01']);
    expect(rest).toBe('- [ ] ends 📅\u200b 2026-12-01 (a, 2026-03-01, Kept for now)');
  });
});

describe('as plain text and JSON', () => {
  it('has brackets around matches', () => {
    expect(listPlain(found, labels, words).split('\n').slice(0, 2)).toEqual([
      'They misunderstood me about my sister (2026-03-12, To bring up, size 7, big, aaaaaa)',
      '  # not a [heading]',
    ]);
  });

  it('is front matter and path, and whole lines for a search', () => {
    const one = momentOf('a', '2026-03-01', { keys: { rupture: 1, id: 'a', path: 'mine', tags: ['x'] } });
    expect(JSON.parse(listJson([rowOf(one, words)]))).toEqual({
      version: 1,
      reflections: [{ id: 'a', tags: ['x'], path: one.path }],
    });
    const [line] = JSON.parse(searchJson(found)).reflections[0].matches.slice(1);
    expect(line).toBe(`${'before '.repeat(40)}姐姐${' after'.repeat(40)}`);
  });
});

describe('a long line', () => {
  const piece = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 400 }), isMatch: fc.boolean() });

  it('is shortened to the text around its matches, which all stay', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), pieces => {
        const short = shortened(pieces);
        expect(short.filter(({ isMatch }) => isMatch)).toEqual(pieces.filter(({ isMatch }) => isMatch));
        expect(
          Math.max(0, ...short.filter(({ isMatch }) => !isMatch).map(({ text }) => text.length)),
        ).toBeLessThan(220);
        expect(textOf(short).isWellFormed()).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
    expect(markPlain(shortened(found[0]?.lines[1] ?? []))).toMatch(/^….{80,100} \[姐姐\] .{80,100}…$/);
  });
});
