import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFile, SourceName } from '../../../src/core/import/entry/entry.ts';
import { sourceNames } from '../../../src/core/import/entry/entry.ts';
import { jsonFault } from '../../../src/core/import/entry/json-fault.ts';
import { prepareEntry } from '../../../src/core/import/imported-note.ts';
import { readSource, readSourceAs, sourceNamed } from '../../../src/core/import/read-source.ts';
import { clockAt } from '../../support/world.ts';
import { readingIn } from './support.ts';

const reading = readingIn();
const around = { hasFolder: () => false };
const fixtures = fileURLToPath(new URL('../../fixtures/import', import.meta.url));

function fileOf(path: string, text: string): SourceFile {
  return { path, root: 'v', text, body: text, time: 0 };
}

interface Read {
  readonly day: string;
  readonly title: string;
  readonly body: string;
  readonly created?: string;
}

/** Reads a text as a source, and returns what each entry would become. */
function read(
  path: string,
  text: string,
  source?: SourceName,
  zone = 'America/New_York',
): readonly (Read | 'left out')[] {
  const own = readingIn(zone);
  const found =
    source === undefined
      ? readSource(fileOf(path, text), around, own)
      : readSourceAs(source, fileOf(path, text), around, own);
  return (found?.entries ?? []).map(entry => {
    const needs = {
      now: clockAt()(),
      reading: own,
      fileTime: Date.UTC(2026, 0, 20, 12),
      source: found?.source ?? 'markdown',
      otherwise: () => 'A moment',
    };
    const ready = entry.leftOut === undefined ? prepareEntry(entry, needs) : undefined;
    return ready === undefined
      ? 'left out'
      : {
          day: ready.when.day,
          title: ready.title,
          body: ready.body,
          ...(ready.when.created === undefined ? {} : { created: ready.when.created }),
        };
  });
}

describe('jrnl', () => {
  it('keeps the text of an entry, and splits only where another starts', () => {
    const text = readFileSync(join(fixtures, 'jrnl/journal.txt'), 'utf8');
    expect(read('journal.txt', text).map(one => (one === 'left out' ? one : one.body))).toEqual([
      'Dr. Weber was late again.\nI waited in the corridor, and nobody said sorry.\n\n[2024-01-01] is the day it began, I think.\n@therapy @late/again',
      'It was one line. And a second sentence on it.',
      'The fan\nIt was loud.\n\n    [2025-04-12 18:00] this is indented, so it is mine',
    ]);
  });

  it('keeps headings and code in its Markdown', () => {
    const text = readFileSync(join(fixtures, 'jrnl/journal.md'), 'utf8');
    expect(read('journal.md', text).map(one => (one === 'left out' ? one : one.body))).toEqual([
      'Dr. Weber was late again.\n\nI waited in the corridor, and nobody said sorry.\n\n#### A heading of mine\n\n```\n### 2025-03-03 09:30 no entry\n```',
      'One line.\n\nAnd a second sentence on it.',
      'The fan\n\nIt was loud.',
    ]);
  });

  it('turns tags and stars into keys', () => {
    const [first, second] =
      readSource(
        fileOf('j.txt', '[2025-03-02 09:30] A. *\n@one #two @one\n\n[2025-03-02 09:31] a*b\n'),
        around,
        reading,
      )?.entries ?? [];
    expect([first?.extra, first?.carried, second?.extra, second?.carried]).toEqual([
      { tags: ['one', 'two'] },
      [{ key: 'starred', lines: 'starred: true\n' }],
      { tags: [] },
      [],
    ]);
  });

  it.each([
    ['[02.03.2025 09:30] A b.\nc\n[03.03.2025 09:30] D e.\n', ['2025-03-02', '2025-03-03']],
    ['[2025-03-02 09:30:15 PM] A b.\n[2025-03-03 09:30:15 AM] D e.\n', ['2025-03-02', '2025-03-03']],
    ['[Sunday, March 2 2025 09:30] A b.\n', []],
  ])('with other time formats: %j', (text, days) => {
    expect(read('j.txt', text).map(one => (one === 'left out' ? one : one.day))).toEqual(days);
  });
});

describe('Day One', () => {
  const entry = (fields: object): string =>
    JSON.stringify({ metadata: { version: '1.0' }, entries: [{ uuid: 'A', text: 'Words.', ...fields }] });

  it.each([
    ['America/Los_Angeles', '2024-03-12'],
    ['Pacific/Auckland', '2024-03-13'],
    ['GMT-0500', '2024-03-12'],
    ['nowhere', '2024-03-13'],
    ['', '2024-03-13'],
  ])('uses the day in the time zone of the entry: %s', (timeZone, day) => {
    expect(
      read(
        'Journal.json',
        entry({ creationDate: '2024-03-13T02:30:00Z', timeZone }),
        undefined,
        'Europe/Berlin',
      ),
    ).toMatchObject([{ day }]);
  });

  it('restores the typed text, and leaves code unchanged', () => {
    const typed =
      String.raw`1\. They said\: \"it\'s fine\" \- \*really\*\! \[x\] C:\\temp \n` +
      '\n```\na\\.b\n```\n`c\\.d` e\\.';
    expect(read('Journal.json', entry({ creationDate: '2024-03-13T02:30:00Z', text: typed }))).toMatchObject([
      {
        body:
          String.raw`1. They said: "it's fine" - *really*! [x] C:\temp \n` + '\n```\na\\.b\n```\n`c\\.d` e.',
      },
    ]);
  });
});

describe('Org', () => {
  const entries = (text: string): readonly string[] =>
    read('v.org', text).map(one => (one === 'left out' ? one : `${one.day} ${one.title}`));
  it.each([
    [
      'a heading an entry',
      '* [2024-03-12 Tue 19:04] One\nx\n** Part\ny\n* <2024-03-13 Wed> Two\nz\n',
      ['2024-03-12 One', '2024-03-13 Two'],
    ],
    ['a stamp below the heading', '* One\n[2024-03-12 Tue]\nx\n', ['2024-03-12 One']],
    [
      'a tree of days',
      '* 2024\n** 2024-03 March\n*** 2024-03-12 Tuesday\n**** One\nx\n**** Two\ny\n',
      ['2024-03-12 One', '2024-03-12 Two'],
    ],
    ['days in words', '* Tuesday, 12 March 2024\n** 19:04 One\nx\n', ['2024-03-12 One']],
    ['a property', '* One\n:PROPERTIES:\n:CREATED: 20240312\n:END:\nx\n', ['2024-03-12 One']],
    [
      'a plan, if nothing else gives the day',
      '* One\nSCHEDULED: <2024-03-12 Tue 10:00>\nx\n* Two\nDEADLINE: <2031-03-12 Wed>\n[2024-03-14 Thu]\nx\n',
      ['2024-03-12 One', '2024-03-14 Two'],
    ],
    [
      'a page with sections',
      '#+title: One page\n#+date: 2024-03-12\n* Part\nx\n* Other\ny\n',
      ['2024-03-12 One page'],
    ],
    [
      'text before the headings',
      '#+title: 2024-03-12\nBefore.\n* One\nx\n',
      ['2024-03-12 Before', '2024-03-12 One'],
    ],
    ['no heading', '#+date: <2024-03-12 Tue>\nJust words here. More.\n', ['2024-03-12 Just words here']],
  ])('%s', (_what, text, expected) => {
    expect(entries(text)).toEqual(expected);
  });

  it('keeps all lines of an entry', () => {
    const text =
      '* TODO [#A] One :a:b:\n:PROPERTIES:\n:ID: x\n:END:\nwords\n** DONE Part\n#+begin_src org\n* not one\n#+end_src\n';
    expect(read('v.org', text)).toMatchObject([{ title: 'One', body: text.slice(2).trimEnd() }]);
  });
});

describe('Markdown', () => {
  it.each([
    ['Created: 2024-03-12\n\nNothing but words.\n', '2024-03-12 Nothing but words'],
    ['# T me\n\nDate: @March 12, 2024\n\ne.\n', '2024-03-12 T me'],
    ['## 2024-03-12 Evening\n\nf.\n', '2024-03-12 Evening'],
    ['**Date:** 2024-03-12\n\nh\n', '2024-03-12 h'],
    ['- date:: [[2024-03-12]]\n- Words of the day.\n', '2024-03-12 Words of the day'],
    ['Title here\n==========\n\nTuesday, 12 March 2024\n\nx\n', '2024-03-12 Title here'],
    ['Words.\n\n    Created at: 2024-03-12T19:04:55+01:00\n', '2024-03-12 Words'],
    ['12 March 2024\n\nWords.\n', '2024-03-12 Words'],
    // A day mentioned in a sentence is not the note's day.
    [
      'Date: I told him on 3 March 2019 that I stop.\n',
      '2026-01-20 Date: I told him on 3 March 2019 that I stop',
    ],
    ['We met on 2019-03-03 and more.\n', '2026-01-20 We met on 2019-03-03 and more'],
    ['## What came of 2019-03-03\n\nx\n', '2026-01-20 What came of 2019-03-03'],
    ['```\ndate: 2024-03-12\n# no title\n```\nWords.\n', '2026-01-20 Words'],
    ['    # indented code\n\nReal words.\n', '2026-01-20 Real words'],
    ['![[fan.png]]\n#tag #other\n> [!note] A callout\n', '2026-01-20 A callout'],
    ['- [ ] **Ask** about [[K|them]]\n', '2026-01-20 Ask about them'],
    ['```\nonly code\n```\n', '2026-01-20 A moment'],
  ])('%j', (text, expected) => {
    expect(read('x.md', text).map(one => (one === 'left out' ? one : `${one.day} ${one.title}`))).toEqual([
      expected,
    ]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const texts: readonly string[] = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

describe('any file', () => {
  const short = fc.string({ unit: 'binary', maxLength: 5 });
  const damaged = fc.tuple(fc.constantFrom(...texts), fc.nat(), short).map(([text, at, more]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + more + text.slice(place + (at % 7));
  });
  const any = fc.oneof(
    fc.constantFrom(...texts),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json(),
    damaged,
  );

  it('never throws', () => {
    const path = fc.constantFrom(
      'a.md',
      'a.txt',
      'a.org',
      'a.json',
      'a',
      'todo.txt',
      '2024/03/12.md',
      'x.textbundle/text.md',
      'a 0123456789abcdef0123456789abcdef.md',
    );
    fc.assert(
      fc.property(any, path, fc.constantFrom(undefined, ...sourceNames), (text, name, source) => {
        const days = read(name, text, source).flatMap(one => (one === 'left out' ? [] : [one.day]));
        expect(days.filter(day => !/^\d{4}-\d{2}-\d{2}$/.test(day))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('reports JSON as cut off if more text could complete it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        expect(jsonFault(text)).toBeUndefined();
        const cut = text.slice(0, at % text.length);
        expect([undefined, 'cut']).toContain(jsonFault(cut)?.is);
        expect(jsonFault(cut) === undefined).toBe(isJson(cut));
      }),
    );
    expect([
      jsonFault('{"a": 1,\n}'),
      jsonFault('[1\n2]'),
      jsonFault('{"a": 1}\n]'),
      jsonFault('{\n"a: 1}'),
    ]).toEqual([
      { is: 'broken', line: 2 },
      { is: 'broken', line: 2 },
      { is: 'broken', line: 2 },
      { is: 'cut', line: 2 },
    ]);
  });

  it('is read quickly, even if it is long', () => {
    const start = process.cpuUsage();
    const long = 2 ** 17;
    for (const text of [
      '#'.repeat(long),
      `# ${' '.repeat(long)}#`,
      '**a'.repeat(long),
      '<!--'.repeat(long),
      ' '.repeat(long),
      '`'.repeat(long),
      '\n\n'.repeat(long),
      '[['.repeat(long),
      `@${'-'.repeat(long)}`,
      'a:: '.repeat(long),
      `* ${':a'.repeat(1000)}\n`.repeat(100),
      '* '.repeat(long),
      '```\n'.repeat(long),
      '{"a":'.repeat(long),
      `+++\n${'a = 1\n'.repeat(long / 8)}`,
      `---\n${'a: 1\n'.repeat(long / 8)}`,
    ])
      for (const name of ['a.md', 'a.txt', 'a.org']) read(name, text);
    expect(process.cpuUsage(start).user).toBeLessThan(15e6);
  });
});

it('accepts names of sources as people type them', () => {
  expect(['Day One', 'day-one', 'TODO.TXT', 'apple notes', 'Org', 'nothing'].map(sourceNamed)).toEqual([
    'dayone',
    'dayone',
    'todo.txt',
    'apple-notes',
    'org',
    undefined,
  ]);
});
