import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { Lexer } from 'marked';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../../../src/core/dates/day.ts';
import type { FrontValue, Section } from '../../../src/core/notes/reflection.ts';
import { exportCsv } from '../../../src/report/export/export-csv.ts';
import { exportMarkdown } from '../../../src/report/export/export-markdown.ts';
import type { ExportNote } from '../../../src/report/export/export-note.ts';
import { lowerHeadings } from '../../../src/report/text/lower-headings.ts';
import { formatNote, parseSections } from '../../../src/storage/format/note-text.ts';
import { hostile } from '../../storage/support.ts';
import { choices, labels, words } from '../support.ts';
import { hasPrograms } from '../../support/needs.ts';

const fields = { 'What happened': 'what', 'One sentence': 'one_line' };
const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom(...hostile, ...'#-=`~<>!"\n\r,;'), { maxLength: 8 })
    .map(parts => parts.join('\n')),
);

function noteOf(
  sections: readonly Section[],
  keys: Readonly<Record<string, FrontValue>> = {},
  title = 'A title',
): ExportNote {
  const session = parseDay('2026-03-12');
  if (session === undefined) throw new Error('no day');
  const written = formatNote({ id: 'k3f9qa', session, title, front: {}, sections });
  return {
    path: '2026-03-12-k3f9qa.md',
    text: written,
    sections: parseSections(written),
    head: {
      id: 'k3f9qa',
      session,
      title,
      kinds: [],
      feelings: [],
      keys: { id: 'k3f9qa', session, title, ...keys },
    },
  };
}

/** An independent reader of RFC 4180. */
function readCsv(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (let at = 0; at < csv.length;) {
    let cell = '';
    if (csv[at] === '"') {
      for (at++; ; at++) {
        if (at >= csv.length) throw new Error('an open quote');
        if (csv[at] === '"' && csv[at + 1] !== '"') break;
        if (csv[at] === '"') at++;
        cell += csv[at];
      }
      at++;
    } else {
      while (at < csv.length && csv[at] !== ',' && csv[at] !== '\r') {
        if (csv[at] === '"' || csv[at] === '\n') throw new Error('a bare sign');
        cell += csv[at++];
      }
    }
    rows.at(-1)?.push(cell);
    if (csv[at] === ',') {
      at++;
      continue;
    }
    if (csv.slice(at, at + 2) !== '\r\n') throw new Error(`no line end at ${at}`);
    at += 2;
    if (at < csv.length) rows.push([]);
  }
  return rows;
}

const csvOf = (notes: readonly ExportNote[]): string => [...exportCsv(notes, fields)].join('');
const cellOf = (csv: string, column: string): string => {
  const [head = [], row = []] = readCsv(csv);
  return row[head.indexOf(column)] ?? 'no such cell';
};

describe('csv', () => {
  it('has a header and a row per moment, all of the same length, ending in CRLF', () => {
    const csv = csvOf([
      noteOf([{ level: 2, heading: 'What happened', text: 'a, "b"\nc' }], {
        kinds: ['misread', 'other: it; was'],
        size: 5,
      }),
    ]);
    const rows = readCsv(csv);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toHaveLength(rows[0]?.length ?? 0);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect([cellOf(csv, 'what'), cellOf(csv, 'kinds'), cellOf(csv, 'size'), cellOf(csv, 'path')]).toEqual([
      'a, "b"\nc',
      'misread; other: it; was',
      '5',
      '2026-03-12-k3f9qa.md',
    ]);
  });

  it('keeps texts under other headings in the last column, and both texts of one question', () => {
    const csv = csvOf([
      noteOf([
        { level: 2, heading: 'What happened', text: 'one' },
        { level: 2, heading: 'My own', text: 'two' },
        { level: 3, heading: 'What happened', text: 'three' },
      ]),
    ]);
    expect([cellOf(csv, 'what'), cellOf(csv, 'other_texts')]).toEqual(['one\n\nthree', 'My own\ntwo']);
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '\n=1', '＝1'])(
    'puts an apostrophe before %j',
    formula => {
      expect(cellOf(csvOf([noteOf([], { title: formula })]), 'title')).toBe(`'${formula}`);
    },
  );

  it('preserves any text, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(text, text, (title, what) => {
        const note = noteOf([{ level: 2, heading: 'What happened', text: what }], { title });
        const csv = csvOf([note]);
        const kept = note.sections[0]?.text ?? '';
        expect(cellOf(csv, 'title').replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')).toBe(
          title.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''),
        );
        expect(cellOf(csv, 'what').replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')).toBe(
          kept.trim() === '' ? '' : kept.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''),
        );
        for (const row of readCsv(csv))
          for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
      { numRuns: 300 },
    );
  });

  it.skipIf(!hasPrograms('what the csv module of Python reads', 'python3'))(
    'is read by the csv module of Python as it is by us',
    () => {
      const csv = csvOf(
        hostile
          .filter(one => !one.includes('\0'))
          .map(one => noteOf([{ level: 2, heading: 'What happened', text: one }], { title: one })),
      );
      const read = spawnSync(
        'python3',
        [
          '-c',
          'import csv,io,json,sys\nprint(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode("utf-8"), newline=""), strict=True))))',
        ],
        { input: csv, encoding: 'utf8', maxBuffer: 1e8 },
      );
      expect(read.stderr).toBe('');
      expect(JSON.parse(read.stdout)).toEqual(readCsv(csv));
    },
  );
});

const depths = (markdown: string): readonly string[] =>
  new Lexer({ gfm: true })
    .lex(markdown)
    .flatMap((token: Token) => (token.type === 'heading' ? [`${token['depth']} ${token['text']}`] : []));
const documentOf = (notes: readonly ExportNote[]): string =>
  [...exportMarkdown(notes, { status: labels, kinds: {}, feelings: {}, choices }, words)].join('');

describe('markdown', () => {
  it('is a single document with the moments and their parts', () => {
    const notes = [
      noteOf([
        { level: 2, heading: 'What happened', text: 'x' },
        { level: 2, heading: 'Prepared on 2026-03-19', text: '' },
        { level: 3, heading: 'How', text: 'y' },
      ]),
    ];
    expect(depths(documentOf(notes))).toEqual([
      '1 My moments',
      '2 A title',
      '3 What happened',
      '3 Prepared on 2026-03-19',
      '4 How',
    ]);
  });

  it('keeps its outline with any answer', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), texts => {
        const notes = texts.map(one =>
          noteOf([
            { level: 2, heading: 'What happened', text: one },
            { level: 2, heading: 'One sentence', text: one },
          ]),
        );
        expect(depths(documentOf(notes))).toEqual([
          '1 My moments',
          ...texts.flatMap(() => ['2 A title', '3 What happened', '3 One sentence']),
        ]);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps the next moment separate after any text written by hand', () => {
    const byHand = [
      '```\n# not closed',
      '~~~~ x\n~~~',
      '<!-- open',
      '<script>\n# x',
      '<pre>',
      '<?php',
      '<![CDATA[',
      '<!DOCTYPE',
      '# one\n## two\n### three\n###### six',
      'a\n===',
      'a\nb\n---',
      '> # quoted',
      '- x\n---',
      '<!-- a --> b',
      '<!-- a\n# in it\n-->\n# after',
      '    # code',
      '#',
      'a\r# b',
    ];
    for (const body of byHand) {
      const note = { ...noteOf([]), text: `---\nrupture: 1\n---\n\n# A title\n\n${body}` };
      const found = depths(documentOf([note, note]));
      expect({ body, ones: found.filter(one => /^[12]/.test(one)) }).toEqual({
        body,
        ones: ['1 My moments', '2 A title', '2 A title'],
      });
    }
  });

  it('lowers every heading by one, to three at least and six at most, and leaves code alone', () => {
    expect(lowerHeadings('# a\n## b\n### c\n###### d\n```\n# code\n```\ne\nf\n===\n#no')).toBe(
      '### a\n### b\n#### c\n###### d\n```\n# code\n```\n### e f\n#no',
    );
  });

  it('lists each choice on its own line, in the order of the questions', () => {
    const kept = {
      care: 'other: call *Ada*',
      sit: 'bothered',
      outside: 3,
      since: ['wince', 'guarded'],
      mood: 'low',
      tags: ['a'],
    };
    expect(documentOf([noteOf([], kept)])).toContain(
      "*Thu 12 March 2026 · k3f9qa*\\\n*How it was: Something is bothering me*\\\n*From outside: 3*\\\n*Since then: I cringe when I remember it, It's harder to open up*\\\n*Something kind: call \\*Ada\\**\n",
    );
  });

  it('escapes unintended Markdown in a title', () => {
    expect(documentOf([noteOf([], {}, 'a *b* <img> [c](d) ##')])).toContain(
      '\n## a \\*b\\* \\<img> \\[c\\](d) \\##\n',
    );
  });
});
