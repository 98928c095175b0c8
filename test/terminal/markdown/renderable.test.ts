import * as fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrapAnsi } from 'fast-wrap-ansi';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/terminal/markdown/render-markdown.ts';
import { isRenderable } from '../../../src/terminal/markdown/renderable.ts';
import { plainStyle } from '../../../src/terminal/output/styles.ts';
import { wrap } from '../../../src/terminal/text/wrap.ts';
import { openPlace, run } from '../../support/world.ts';

const size = 250_000;
const filled = (unit: string, length = size): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

// Rendering any of these takes longer than the test's limit.
const endless: Readonly<Record<string, string>> = {
  'an address without end': `${filled('a.')}@`,
  'a word and an @': `${filled('a')}@`,
  'emphasis in words': filled('_a_a'),
  'emphasis that opens': filled('**a'),
  'emphasis of two kinds': filled('a**b*c_'),
  'emphasis over lines': filled('_a_a\n'),
  'emphasis between letters without case': filled('中_中**'),
  'emphasis beside a mark': filled('$*\u0301'),
  underscores: filled('a_'),
  'brackets behind an address': `http://a${filled(')')}`,
  'signs behind an address': `http://a.b/${filled('?!.,')}`,
  'many columns': filled(`${'|a'.repeat(500)}\n`).replace('\n', `\n${'|-'.repeat(500)}\n`),
  'many rows': `|a|b|\n|-|-|\n${filled('|a|b|\n')}`,
  'one row': `${filled('|a', size / 2)}\n${filled('|-', size / 2)}\n`,
  'tables that begin on each line': filled('a\n|-|\n'),
  'lists within lists on a line': filled(`${'- '.repeat(200)}a\n`),
  'lists within lists': Array.from({ length: 700 }, (_, depth) => `${' '.repeat(2 * depth)}- a\n`).join(''),
  'quotes within quotes': `${'>'.repeat(50_000)} a`,
};

const paragraph =
  'They looked at the clock (again), and *then* moved on. I said: "it\'s fine", which it wasn\'t — see a.b@example.org or https://example.org/x_y. ';
const ordinary = Array.from(
  { length: 130 },
  (_, at) =>
    `## Part ${at}\n\n${paragraph.repeat(4)}\n\n- one thing, **strong**\n- another\n  - below it\n\n> ${paragraph}\n\n| a | b |\n|---|---|\n| c${at} | d |\n`,
).join('\n');

describe('a page on a terminal', () => {
  it.each(Object.entries(endless))(
    'is shown as it is written where it would take too long: %s',
    (_name, text) => {
      let isPlain = false;
      const shown = renderMarkdown(text, {
        width: 80,
        style: plainStyle,
        onPlain: () => {
          isPlain = true;
        },
      });
      expect([isPlain, isRenderable(text), isRenderable(`A few words.\n\n${text}\n\nAnd more.`)]).toEqual([
        true,
        false,
        false,
      ]);
      // The whole text, except the spaces at line breaks.
      expect(shown.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    },
  );

  it.each([
    ['a long note', ordinary],
    ['a paragraph without a line end', paragraph.repeat(400)],
    ['Chinese without a space', filled('他们看着时钟。我什么也没说，', 60_000)],
    ['a list without a blank line', '- **They** looked at the `clock`\n'.repeat(400)],
    ['a rule of dashes and spaces', `a\n\n${'- '.repeat(200)}\n\nb\n`],
    ['a long address', `https://example.org/${filled('abc/', 1800)}`],
  ])('is rendered if it is ordinary: %s', (_name, text) => {
    expect([text.length < 128 * 1024, isRenderable(text)]).toEqual([true, true]);
    let isPlain = false;
    renderMarkdown(text, {
      width: 80,
      style: plainStyle,
      onPlain: () => {
        isPlain = true;
      },
    });
    expect(isPlain).toBe(false);
  });

  it('lays out the tables of a long note', () => {
    expect(ordinary.length).toBeGreaterThan(100_000);
    expect(renderMarkdown(ordinary, { width: 80, style: plainStyle })).toMatch(/ c129 +d\n/);
  });

  it('keeps line ends in the middle, even a million', () => {
    expect(
      renderMarkdown(`a**${filled('\n', 1_000_000)}b`, { width: 80, style: plainStyle }).length,
    ).toBeGreaterThan(1_000_000);
  });

  it('reports unrendered Markdown in one line, and nothing otherwise', async () => {
    const place = openPlace();
    mkdirSync(place.folder);
    const write = (id: string, body: string): void =>
      writeFileSync(
        join(place.folder, `2026-03-01-${id}.md`),
        `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\nstatus: open\nsit: fine\n---\n\n# T\n\n${body}\n`,
      );
    write('aaaaaa', `${filled('a.', 900_000)}@`);
    write('bbbbbb', 'They looked at the clock.');
    const [long, short] = [
      await run(['show', 'aaaaaa'], { place, input: '', outIsTerminal: true }),
      await run(['show', 'bbbbbb'], { place, input: '', outIsTerminal: true }),
    ];
    expect([long.err, short.err]).toEqual([
      'Shown as it is written: laying this one out would take too long.\n',
      '',
    ]);
    place.remove();
  });
});

describe('wrapping', () => {
  it.each([' ', '    '])('terminates on a line without width: %j', gap => {
    const lines = wrap(filled(`\u0301${gap}`, 1_000_000), { width: 80 });
    expect(lines.join('').replaceAll(' ', '')).toBe('\u0301'.repeat(1_000_000 / (gap.length + 1)));
    expect(Math.max(...lines.map(line => line.length))).toBeLessThan(20_000);
  });

  it('breaks a very long line where the package would', () => {
    const part = fc.constantFrom(
      'word',
      'a',
      ' ',
      ' ',
      '  ',
      '中文',
      'e\u0301',
      '👩‍👩‍👧',
      'longerword'.repeat(12),
      '- ',
      '\u001b[1mstrong words\u001b[22m',
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 40, maxLength: 200 }),
        fc.integer({ min: 20, max: 120 }),
        (parts, width) => {
          const text = parts
            .join('')
            .trim()
            .repeat(Math.ceil(20_000 / parts.length));
          expect(wrap(text, { width })).toEqual(
            wrapAnsi(
              text.replace(/ {9,}/g, spaces => spaces.slice(0, width)),
              width,
              { hard: true },
            )
              .split('\n')
              .filter(line => line !== ''),
          );
        },
      ),
      { numRuns: 15, seed: 3 },
    );
  });
});
