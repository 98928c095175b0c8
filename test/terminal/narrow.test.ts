import * as fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { Marked } from 'marked';
import { expect, test } from 'vitest';
import { LatePattern } from '../../src/terminal/late-pattern.ts';
import { narrowWidth } from '../../src/terminal/narrow.ts';
import { quickTokenizer } from '../../src/terminal/render-markdown.ts';
import { markdown } from '../support/markdown.ts';

test('what is told to be narrow takes as many columns as the package says, and one a letter', () => {
  let told = 0;
  for (let code = 0; code < 0x10000; code += 1) {
    const letter = String.fromCharCode(code);
    if (narrowWidth(letter) === undefined) continue;
    told += 1;
    expect([letter, narrowWidth(letter), letter.normalize()]).toEqual([letter, stringWidth(letter), letter]);
  }
  expect(told).toBeGreaterThan(600);
});

test('so it is of whole lines, with colours in them', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '\u001b[1m',
      '\u001b[22m',
      '\u001b[38;5;12m',
      '\u001b[0m',
      '\u001b',
      '\u001b]8;;x\u0007',
      '漢',
      '👍',
      '\ufe0f',
      '\u20e3',
      '\u0301',
      '\t',
      '\n',
      '#',
      '©',
    ),
    fc.string({ unit: fc.constantFrom(...' abcé’…•›-') }),
  );
  let told = 0;
  fc.assert(
    fc.property(
      fc.array(part).map(parts => parts.join('')),
      line => {
        const width = narrowWidth(line);
        if (width !== undefined && line !== '') told += 1;
        expect(width ?? stringWidth(line)).toBe(stringWidth(line));
      },
    ),
    { seed: 3, numRuns: 3000 },
  );
  expect(told).toBeGreaterThan(200);
});

test('a late pattern does what the pattern does, and is made no earlier', () => {
  for (const [source, flags] of [
    ['b+', ''],
    ['(b)(.)?', 'g'],
    ['\\p{L}', 'gu'],
    ['^b', 'y'],
  ] as const) {
    const [late, real] = [new LatePattern(source, flags), new RegExp(source, flags)];
    const all = (pattern: RegExp | LatePattern): unknown[] => {
      const said: unknown[] = [pattern.source, pattern.flags];
      for (const text of ['abba b', 'none', '']) {
        said.push(
          pattern.exec(text)?.slice(),
          pattern.lastIndex,
          pattern.exec(text)?.slice(),
          pattern.lastIndex,
        );
        pattern.lastIndex = 0;
        said.push(
          pattern.test(text),
          text.replace(pattern, '[$&]'),
          text.split(pattern),
          text.search(pattern),
        );
        pattern.lastIndex = 0;
        said.push(text.match(pattern)?.slice());
        if (flags.includes('g')) said.push([...text.matchAll(pattern as RegExp)].map(match => match.slice()));
      }
      return said;
    };
    expect(all(late)).toEqual(all(real));
  }
  const broken = new LatePattern('(');
  expect(() => broken.test('x')).toThrow(SyntaxError);
  expect(new LatePattern(/a/gi)).toMatchObject({ source: 'a', flags: 'gi' });
});

test('what marked need not look for is not there', () => {
  fc.assert(
    fc.property(markdown, text => {
      expect(new Marked({ tokenizer: quickTokenizer }).lexer(text)).toEqual(new Marked().lexer(text));
    }),
    { seed: 9, numRuns: 20_000 },
  );
}, 60_000);

test('a heading below another paragraph is not looked for above it', () => {
  const found = (text: string): unknown => quickTokenizer.lheading?.call(undefined as never, text);
  expect(['One\n===\n', 'One\ntwo\n   ---', 'One\n\nTwo\n===\n', 'One\n \t\nTwo\n===\n'].map(found)).toEqual([
    false,
    false,
    undefined,
    undefined,
  ]);
});
