import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeControls, escapeControlsKeepingStyles } from '../../../src/terminal/text/escape-controls.ts';

const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const introducers = [
  '\u001b[',
  '\u001b]52;c;',
  '\u001bP',
  '\u001b_',
  '\u001b^',
  '\u001bX',
  '\u009b',
  '\u009d',
  '\u0090',
  '\u009f',
  '\u0007',
  '\r',
  '\b',
  '\u202e',
  '\u2066',
  '\u202a',
  '\u0000',
  '\u007f',
  '\u001b#8',
  '\u001bc',
];
const bodies = ['', '2J', '31m', 'aGVsbG8=', '0;title', '?1049h', '6n', '8;;http://example.org', '1;1H', 'x'];

describe('escapeControls', () => {
  test('no payload of two hundred leaves a control or direction byte', () => {
    const payloads = introducers.flatMap(start =>
      bodies.map(body => `a${start}${body}\u0007 b\u001b\\ \u2069`),
    );
    expect(payloads).toHaveLength(200);
    for (const payload of payloads) {
      expect(forbidden.test(payload)).toBe(true);
      expect(forbidden.test(escapeControls(payload))).toBe(false);
      expect(forbidden.test(escapeControlsKeepingStyles(payload))).toBe(false);
    }
  });

  test('makes any text harmless, and leaves harmless text unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(forbidden.test(escapeControls(text))).toBe(false);
        expect(/\p{Surrogate}/u.test(escapeControls(text))).toBe(false);
        expect(escapeControls(escapeControls(text))).toBe(escapeControls(text));
      }),
    );
  });

  test('shows the removed characters', () =>
    expect(escapeControls('a\u001b[31mb\rc')).toBe('a\\u{1b}[31mb\\u{d}c'));

  test('joiners, direction marks, tabs and line ends stay', () => {
    const text = 'a\tb\n👨‍👩‍👧 می‌خواهم \u200e\u200f\u061c';
    expect(escapeControls(text)).toBe(text);
  });

  test('a lone surrogate becomes the replacement character', () =>
    expect(escapeControls('a\ud800b')).toBe('a\ufffdb'));

  test('keeps our own styles, but no other colours', () => {
    expect(escapeControlsKeepingStyles('\u001b[36m\u001b[1mgo\u001b[22m\u001b[39m \u001b[8mhidden')).toBe(
      '\u001b[36m\u001b[1mgo\u001b[22m\u001b[39m \\u{1b}[8mhidden',
    );
  });
});
