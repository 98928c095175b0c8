import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../../../src/report/text/json-text.ts';

test('any value reads back the same, and no character of it controls a terminal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({
          unit: fc.constantFrom('\u001b', '\u009b', '\u007f', '\u202e', '\u2066', '\u200d', '"', '\\', 'a'),
        }),
      ),
      text => {
        const written = jsonText({ [text]: [text] }, 2);
        expect(JSON.parse(written)).toEqual({ [text]: [text] });
        expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      },
    ),
  );
});

test('joiners stay as they are', () => {
  expect(jsonText({ a: '👩\u200d💻' })).toBe('{"a":"👩\u200d💻"}');
});
