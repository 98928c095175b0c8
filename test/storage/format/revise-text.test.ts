import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { reviseText } from '../../../src/storage/format/revise-text.ts';
import { formatNote, parseSections } from '../../../src/storage/format/note-text.ts';
import { readYaml } from '../../../src/storage/format/yaml.ts';
import { hostile, noteOf } from '../support.ts';
import type { Revision } from '../../../src/world/world.ts';

const revise = (text: string, revision: Partial<Revision>): string => {
  const revised = reviseText(text, { front: {}, append: [], ...revision }, 'n.md', readYaml);
  if (revised === undefined) throw new Error('unsure');
  return revised;
};

const byHand = `---
rupture: 1
id: 'k3f9qa'   # do not touch
# a comment of mine
session: 2026-03-12

tags:
  - therapy
  - mine   # yes
status:   open     # still
size: 7
title: >-
  a folded
  title
history:
    - 2026-03-12 open 7   # first
mine: {a: 1}
---
# By hand

## What happened
text`;

/** Returns the number of lines that only one of the two texts has. */
function changedLines(before: string, after: string): { readonly gone: number; readonly come: number } {
  const one = before.split('\n');
  const two = after.split('\n');
  const rest = [...two];
  let gone = 0;
  for (const line of one) {
    const at = rest.indexOf(line);
    if (at < 0) gone += 1;
    else rest.splice(at, 1);
  }
  return { gone, come: rest.length };
}

test('a change of status in a file written by hand changes its line and adds one to the history', () => {
  for (const text of [byHand, byHand.replaceAll('\n', '\r\n'), `\ufeff${byHand}`]) {
    const revised = revise(text, { front: { status: 'planned' }, history: '2026-03-19 planned 5' });
    expect(changedLines(text, revised)).toEqual({ gone: 1, come: 2 });
    expect(revised).toContain('status:   planned     # still');
    expect(revised).toMatch(/- 2026-03-12 open 7 {3}# first\r?\n {4}- 2026-03-19 planned 5\r?\nmine/);
    expect(revised.endsWith('text')).toBe(true);
    expect(/[^\r]\n/.test(revised)).toBe(!text.includes('\r'));
  }
});

test('a revision that changes nothing returns the same text', () => {
  expect(revise(byHand, {})).toBe(byHand);
  expect(revise(byHand, { front: { status: 'open', size: 7, nothing: undefined } })).toBe(byHand);
});

test('replaces a folded title with a single line', () => {
  const revised = revise(byHand, { front: { title: 'New: one' } });
  expect(revised).toContain('title: "New: one"\nhistory:');
});

test('inserts new keys in the order of the format, and unknown ones before the history', () => {
  const text = formatNote(noteOf([]));
  const revised = revise(text, { front: { next: 'planned', with: 'Ada', own: ['a'] } });
  expect(
    revised
      .split('\n')
      .map(line => line.split(':')[0])
      .slice(1, 12),
  ).toEqual([
    'rupture',
    'id',
    'session',
    'created',
    'status',
    'title',
    'with',
    'kinds',
    'size',
    'next',
    'own',
  ]);
});

test('removes a key with all its lines', () => {
  expect(revise(byHand, { front: { tags: undefined } })).toBe(
    byHand.replace('tags:\n  - therapy\n  - mine   # yes\n', ''),
  );
  expect(revise(byHand, { front: { history: undefined } })).not.toContain('history');
});

test('sets the value of an empty key and begins a missing history', () => {
  const text = '---\nrupture: 1\nid: abc\nsession: 2026-03-12\nstatus:\nsize: # none yet\n---\n';
  const revised = revise(text, { front: { status: 'open', size: 3 }, history: '2026-03-12 open 3' });
  expect(revised).toBe(
    '---\nrupture: 1\nid: abc\nsession: 2026-03-12\nstatus: open\nsize: 3 # none yet\nhistory:\n  - 2026-03-12 open 3\n---\n',
  );
});

test('extends a history on one line in that line', () => {
  const text = '---\nrupture: 1\nid: abc\nsession: 2026-03-12\nhistory: [2026-03-12 open 3] # x\n---\n';
  expect(revise(text, { history: '2026-03-19 planned' })).toContain(
    'history: [2026-03-12 open 3, "2026-03-19 planned"] # x\n',
  );
});

test('refuses front matter in braces instead of breaking it', () => {
  const text = '---\n{rupture: 1, id: abc, session: 2026-03-12, status: open}\n---\n';
  expect(revise(text, { front: { status: 'raised' } })).toContain('status: raised}');
  expect(() => revise(text, { front: { size: 3 } })).toThrow('storage.cannot-revise');
});

test('changes at most two lines of the front matter and nothing in the body', () => {
  const texts = fc.constantFrom(
    byHand,
    `\ufeff${byHand}`,
    byHand.replaceAll('\n', '\r\n'),
    formatNote(noteOf([{ level: 2, heading: 'A', text: 'x\n' }])),
    formatNote(noteOf([])).trimEnd(),
  );
  const change = fc.record({
    front: fc.oneof(
      fc.record({ status: fc.constantFrom('open', 'planned', 'eased') }),
      fc.record({ size: fc.integer({ min: 0, max: 10 }) }),
      fc.record({ with: fc.constantFrom(...hostile.filter(text => text !== '')) }),
      fc.record({ kinds: fc.array(fc.constantFrom('misread', 'other: x, y')) }),
      fc.record({ size: fc.constant(undefined) }),
    ),
    history: fc.option(fc.constant('2026-03-19 planned 5'), { nil: undefined }),
  });
  fc.assert(
    fc.property(texts, change, (text, revision) => {
      const revised = revise(text, revision);
      const { gone, come } = changedLines(text, revised);
      expect(gone).toBeLessThanOrEqual(1);
      expect(come).toBeLessThanOrEqual(2);
    }),
    { numRuns: 500 },
  );
});

test('appends sections and keeps everything before, byte for byte', () => {
  const section = fc.record({
    level: fc.constantFrom<2 | 3>(2, 3),
    heading: fc.constant('Prepared on 2026-03-19'),
    text: fc.constantFrom(...hostile.filter(text => !/\p{Surrogate}/u.test(text))),
  });
  const texts = fc.constantFrom(
    byHand,
    byHand.replaceAll('\n', '\r\n'),
    `${byHand}\n\n\n`,
    formatNote(noteOf([])),
    formatNote(noteOf([{ level: 2, heading: 'A', text: 'x\n' }])),
  );
  fc.assert(
    fc.property(texts, fc.array(section, { maxLength: 3 }), (text, append) => {
      const revised = revise(text, { append });
      expect(revised.startsWith(text)).toBe(true);
      expect(parseSections(revised)).toEqual([...parseSections(text), ...append]);
    }),
    { numRuns: 500 },
  );
});
