import * as fc from 'fast-check';
import { marked } from 'marked';
import { expect, test } from 'vitest';
import type { Section } from '../../../src/core/notes/reflection.ts';
import {
  escapeAnswer,
  formatNote,
  formatSections,
  parseSections,
  unescapeAnswer,
} from '../../../src/storage/format/note-text.ts';
import { hostile, noteOf } from '../support.ts';

const answers = fc
  .oneof(
    fc
      .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 12 })), {
        maxLength: 6,
      })
      .map(lines => lines.join('\n')),
    fc
      .array(
        fc.constantFrom(
          '#',
          ' ',
          '\\',
          '-',
          '=',
          '`',
          '~',
          '<',
          '!',
          '%',
          '$',
          '\n',
          '\r',
          'a',
          '[',
          ']',
          ':',
          '\t',
          '"',
          'script>',
        ),
        { maxLength: 30 },
      )
      .map(all => all.join('')),
  )
  .map(text => text.replace(/\r+\n/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd'));

const section = fc.record({
  level: fc.constantFrom<2 | 3>(2, 3),
  heading: fc.constantFrom('What happened', 'One sentence', 'Prepared on 2026-03-19'),
  text: answers,
});

test('reads answers back exactly as they were typed', () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 5 }), sections => {
      expect(parseSections(formatNote(noteOf(sections)))).toEqual(sections);
    }),
    { numRuns: 3000 },
  );
});

test('reads every hostile string back, alone and among others', () => {
  for (const one of hostile) {
    const text = one.replace(/\p{Surrogate}/gu, '\ufffd');
    // A CR before a line end is CRLF, which has its own test.
    const sections: Section[] = [
      { level: 2, heading: 'A', text },
      { level: 2, heading: 'B', text: `x\n${text}` },
      { level: 3, heading: 'C', text: `${text}${text.endsWith('\r') ? '' : '\n'}x` },
    ];
    expect(parseSections(formatNote(noteOf(sections)))).toEqual(sections);
  }
});

test('unescaping reverses escaping, even for lines that were already escaped', () => {
  fc.assert(
    fc.property(answers, text => {
      expect(unescapeAnswer(escapeAnswer(text))).toBe(text);
    }),
    { numRuns: 3000 },
  );
  expect(escapeAnswer('## x')).toBe('\\## x');
  expect(escapeAnswer('  \\## x')).toBe('  \\\\## x');
  expect(escapeAnswer('#tag and - a list\n- one')).toBe('#tag and - a list\n- one');
});

test('a Markdown reader sees our headings and no others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ level: fc.constant<2>(2), heading: fc.constantFrom('A', 'B'), text: answers }), {
        minLength: 1,
        maxLength: 4,
      }),
      sections => {
        const body = formatSections(sections);
        const seen = marked.lexer(body).flatMap(token => (token.type === 'heading' ? [token.text] : []));
        expect(seen).toEqual(sections.map(({ heading }) => heading));
      },
    ),
    { numRuns: 3000 },
  );
});

test('a lone surrogate becomes U+FFFD and CRLF becomes LF', () => {
  const read = parseSections(formatNote(noteOf([{ level: 2, heading: 'A', text: 'a\r\nb \ud800 c' }])));
  expect(read[0]?.text).toBe('a\nb \ufffd c');
});

test('reads a file with CRLF line ends like one with LF', () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 3 }), sections => {
      const text = formatNote(noteOf(sections)).replaceAll('\n', '\r\n');
      expect(parseSections(text)).toEqual(sections);
    }),
  );
});

test('appending does not change the sections before', () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 3 }), fc.array(section, { maxLength: 3 }), (first, later) => {
      expect(parseSections(formatNote(noteOf(first)) + formatSections(later))).toEqual([...first, ...later]);
    }),
  );
});

test('reads a note written by hand without the blank lines of the format', () => {
  expect(parseSections('---\nrupture: 1\n---\n# T\nintro\n## A\ntext\n## B\n\n\n\ntwo\n\n\n### C')).toEqual([
    { level: 2, heading: 'A', text: 'text' },
    { level: 2, heading: 'B', text: '\n\ntwo\n' },
    { level: 3, heading: 'C', text: '' },
  ]);
});

test('writes the format of the design', () => {
  expect(
    formatNote(
      noteOf([
        { level: 2, heading: 'What happened', text: 'I was tired.' },
        { level: 2, heading: 'Prepared on 2026-03-19', text: '' },
        { level: 3, heading: 'How I start', text: 'So.' },
      ]),
    ),
  ).toBe(`---
rupture: 1
id: k3f9qa
session: 2026-03-12
created: 2026-03-12T19:04:55.120-05:00
status: open
title: They got me wrong about my sister
kinds: [misread, "other: the fan was loud"]
size: 5
history:
  - 2026-03-12 open 5
---

# They got me wrong about my sister

## What happened

I was tired.

## Prepared on 2026-03-19

### How I start

So.
`);
});
