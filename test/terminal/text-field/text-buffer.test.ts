import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as text from '../../../src/terminal/text-field/text-buffer.ts';
import { layRows, moveRows, viewText } from '../../../src/terminal/text-field/text-view.ts';
import { widthOf } from '../../../src/terminal/text/width.ts';

/** A simple model of the same text: a string and a position. */
interface Model {
  readonly text: string;
  readonly at: number;
}

function edges(of: string): number[] {
  return [...Array.from(new Intl.Segmenter().segment(of), ({ index }) => index), of.length];
}
function snap(model: Model): Model {
  return { text: model.text, at: edges(model.text).find(edge => edge >= model.at) ?? model.text.length };
}
const before = ({ text: of, at }: Model): number => edges(of).findLast(edge => edge < at) ?? 0;
const after = ({ text: of, at }: Model): number => edges(of).find(edge => edge > at) ?? of.length;
const cut = (of: string, from: number, to: number): Model =>
  snap({ text: of.slice(0, from) + of.slice(to), at: from });
const startOf = ({ text: of, at }: Model): number => of.slice(0, at).lastIndexOf('\n') + 1;
const endOf = ({ text: of, at }: Model): number =>
  of.indexOf('\n', at) === -1 ? of.length : of.indexOf('\n', at);

type Operation = readonly [string, (buffer: text.TextBuffer) => text.TextBuffer, (model: Model) => Model];

const moves: readonly Operation[] = [
  ['left', text.left, model => ({ ...model, at: before(model) })],
  ['right', text.right, model => ({ ...model, at: after(model) })],
  ['home', text.lineStart, model => ({ ...model, at: startOf(model) })],
  ['end', text.lineEnd, model => ({ ...model, at: endOf(model) })],
  ['start of all', text.textStart, model => ({ ...model, at: 0 })],
  ['end of all', text.textEnd, model => ({ ...model, at: model.text.length })],
  ['delete back', text.deleteBack, model => cut(model.text, before(model), model.at)],
  ['delete forward', text.deleteForward, model => cut(model.text, model.at, after(model))],
  [
    'kill to start',
    text.killToStart,
    model =>
      startOf(model) === model.at
        ? cut(model.text, before(model), model.at)
        : cut(model.text, startOf(model), model.at),
  ],
  [
    'kill to end',
    text.killToEnd,
    model =>
      endOf(model) === model.at
        ? cut(model.text, model.at, after(model))
        : cut(model.text, model.at, endOf(model)),
  ],
];

const pieces = [
  'a',
  ' ',
  'word',
  '\n',
  'é',
  '\u0301',
  '漢',
  '👩',
  '\u200d',
  '👧',
  '🇩',
  '🇪',
  'नि',
  'two\nlines',
  '\n\n',
  'ي',
];
const operation = fc.oneof(
  fc.constantFrom(...moves),
  fc.constantFrom(...pieces).map((piece): Operation => [
    JSON.stringify(piece),
    buffer => text.insert(buffer, piece),
    model =>
      snap({
        text: model.text.slice(0, model.at) + piece + model.text.slice(model.at),
        at: model.at + piece.length,
      }),
  ]),
);

function offsetOf(buffer: text.TextBuffer): number {
  return buffer.lines.slice(0, buffer.row).reduce((sum, line) => sum + line.length + 1, 0) + buffer.col;
}

describe('a text that is typed', () => {
  test('has the text and cursor of a simple model after any keys', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), operations => {
        let buffer = text.openText();
        let model: Model = { text: '', at: 0 };
        for (const [, change, expected] of operations) {
          buffer = change(buffer);
          model = expected(model);
          expect(text.textOf(buffer)).toBe(model.text);
          expect(offsetOf(buffer)).toBe(model.at);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('a single key deletes an emoji family', () =>
    expect(text.textOf(text.deleteBack(text.openText('a👨‍👩‍👧‍👦')))).toBe('a'));
  test('CR and CRLF of a paste become line ends', () =>
    expect(text.openText('a\r\nb\rc\n').lines).toEqual(['a', 'b', 'c', '']));
  test('a single key deletes a word', () =>
    expect(text.textOf(text.deleteWordBack(text.openText('one two, ')))).toBe('one '));
  test('moves by the starts and ends of words', () => {
    const buffer = text.wordLeft(text.openText('one two'));
    expect(buffer.col).toBe(4);
    expect(text.wordRight(text.textStart(buffer)).col).toBe(3);
  });
});

describe('a displayed text', () => {
  const line = fc
    .array(fc.constantFrom('a', 'word ', 'longer-than-most', ' ', '漢字', '👨‍👩‍👧', '\t', '\u001b', 'é'), {
      maxLength: 30,
    })
    .map(parts => parts.join(''));

  test('its rows have every character once, in order, and fit the width', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 8, max: 40 }),
        (lines, width) => {
          const rows = layRows(lines, width);
          expect(
            lines.map((_, index) =>
              rows
                .filter(row => row.line === index)
                .map(row => lines[index]?.slice(row.from, row.to))
                .join(''),
            ),
          ).toEqual(lines);
          const buffer = text.openText(lines.join('\n'));
          for (const shown of viewText(buffer, { width, height: 100 }).rows)
            expect(widthOf(shown)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the cursor is always visible', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.array(fc.constantFrom(-1, 1, -8, 8)),
        fc.integer({ min: 1, max: 6 }),
        (lines, steps, height) => {
          let buffer = text.openText(lines.join('\n'));
          let top = 0;
          for (const step of steps) {
            buffer = moveRows(buffer, step, 20);
            const seen = viewText(buffer, { width: 20, height, top });
            top = seen.top;
            expect(seen.rows.length).toBeLessThanOrEqual(height);
            expect(seen.cursor.row).toBeGreaterThanOrEqual(0);
            expect(seen.cursor.row).toBeLessThan(height);
            expect(seen.cursor.col).toBeLessThanOrEqual(20);
            expect(text.boundaries(text.lineOf(buffer))).toContain(buffer.col);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('wraps whole words', () =>
    expect(viewText(text.openText('They said I like being needed'), { width: 12, height: 9 }).rows).toEqual([
      'They said I',
      'like being',
      'needed',
    ]));

  test('up and down keep the column across a short line', () => {
    const start = text.place(['a long line', 'ab', 'another one'], 0, 8);
    const down = moveRows(moveRows(start, 1, 40), 1, 40);
    expect([down.row, down.col]).toEqual([2, 8]);
  });

  test('wide characters put the cursor two columns on', () =>
    expect(viewText(text.openText('漢字'), { width: 20, height: 2 }).cursor).toEqual({ row: 0, col: 4 }));

  test('the cache of a long line does not grow with the keys', () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const kept = (): number => {
      if (typeof collect === 'function') collect();
      return process.memoryUsage().heapUsed;
    };
    let buffer = text.openText('wörd '.repeat(2000));
    viewText(buffer, { width: 70, height: 12 });
    const first = kept();
    for (let count = 0; count < 500; count += 1) {
      buffer = text.insert(buffer, 'x');
      viewText(buffer, { width: 70, height: 12 });
    }
    // Five million letters, of which the cache has about a hundred thousand; all would take 300 MB.
    expect(kept() - first).toBeLessThan(60_000_000);
  });

  // Measuring all lines at each key would take minutes, longer than the test's limit.
  test('a key in a text of many lines measures only its own line', () => {
    let buffer = text.openText(
      Array.from({ length: 20_000 }, (_, index) => `${index} `.padEnd(50, 'wörd ')).join('\n'),
    );
    for (let count = 0; count < 60; count += 1) {
      buffer = text.insert(buffer, 'x');
      viewText(buffer, { width: 70, height: 12 });
    }
    expect(text.lineOf(buffer)).toMatch(/^19999 .*x{60}$/);
  });
});
