import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Answer } from '../../src/core/notes/answer.ts';
import { daysBetween } from '../../src/core/dates/day.ts';
import type { Day } from '../../src/core/dates/day.ts';
import { interview, wordsOf } from '../../src/core/interview/interview.ts';
import {
  readDayAhead as readAhead,
  readPastDay as readPast,
  twoReadings,
} from '../../src/core/dates/read-day.ts';
import type { AskStep, Template } from '../../src/core/template/template.ts';
import { Problem } from '../../src/errors.ts';
import { openTemplates } from '../../src/storage/templates/templates.ts';
import { dayNames } from '../../src/cli/options/day-names.ts';
import { dayOf } from '../core/support.ts';
import { words } from '../report/support.ts';
import { openPlace, run } from '../support/world.ts';
import { anyText, mutated, runs } from './mutations.ts';

const shipped = fileURLToPath(new URL('../../templates/en', import.meta.url));
const place = openPlace();
afterAll(() => place.remove());
mkdirSync(join(place.folder, 'templates'), { recursive: true });

const small = [
  'template: 1\nname: x\nsteps:\n  - ask: one\n    kind: text\n    words: And?\n    heading: One\n    then:\n      - {when: {one: {answered: true}}, go: {step: three}}\n  - ask: two\n    kind: select\n    words: Which?\n    heading: Two\n    options:\n      - {key: a, label: A}\n      - {key: b, label: B, reply: Yes.}\n    when: {one: {answered: false}}\n  - part: Now\n  - ask: three\n    kind: scale\n    words: How big?\n    heading: Three\n    anchors: {0: none, 10: all}\n  - go: {end: keep}\n    when: {three: {at_least: 5}}\n  - ask: four\n    kind: multi\n    limit: 2\n    words: Which?\n    heading: Four\n    options: [{key: c, label: C}, {key: d, label: D, alone: true}]\n  - ask: five\n    kind: confirm\n    words: Sure?\n    heading: Five\n',
  'extends: reflect\nadd:\n  - after: what\n    ask: mine\n    kind: text\n    words: And then?\n    heading: And then\n    when: {sit: bothered}\n',
];
const sequences = [
  ...small,
  ...readdirSync(shipped)
    .filter(name => /^(?:reflect|prep|follow-up|let-go|safe-check)\.yaml$/.test(name))
    .map(name => readFileSync(join(shipped, name), 'utf8')),
];

/** Returns a random answer that fits the question. */
function answerTo({ question }: AskStep, pick: number): Answer | undefined {
  const { kind, options } = question;
  const option = options[pick % Math.max(1, options.length)];
  if (kind === 'text') return pick % 3 === 0 ? undefined : `Some words ${pick}.`;
  if (kind === 'scale') return pick % 11;
  if (kind === 'confirm') return pick % 2 === 0;
  if (kind === 'day') return '2026-03-20';
  if (option === undefined) return undefined;
  return kind === 'multi' ? [option.key] : option.key;
}

/** Runs a sequence with random answers; fails if it does not end. */
async function sitThrough(template: Template, picks: readonly number[]): Promise<string> {
  let asked = 0;
  const { endReason: how } = await interview(
    { template, state: new Map(), hidden: [] },
    {
      facts: () =>
        Promise.resolve({
          mode: (picks[0] ?? 0) % 2 === 0 ? 'full' : 'quick',
          session_is: 'today',
          earlier: 1,
        }),
      minutes: () => asked,
      ask: next => {
        asked += 1;
        if (asked > 2000) throw new Error('no end');
        expect(typeof wordsOf(next)).toBe('string');
        const pick = picks[asked % picks.length] ?? 0;
        if (pick % 13 === 12 && asked < 200) return Promise.resolve({ is: 'back' });
        const answer = answerTo(next.step, pick);
        return Promise.resolve(answer === undefined ? { is: 'skip' } : { is: 'answer', answer });
      },
      save: () => Promise.resolve(true),
      showMessages: () => Promise.resolve(),
    },
  );
  return how;
}

test('any text is a sequence that can be asked to its end, or its faults are named, without an exception', async () => {
  const templates = openTemplates('en', () => join(place.folder, 'templates'));
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        { weight: 4, arbitrary: mutated(small, 3) },
        { weight: 3, arbitrary: mutated(sequences, 2) },
        { weight: 1, arbitrary: anyText },
      ),
      fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 12 }),
      async (text, picks) => {
        const { faults } = await templates.check(text, 'x.yaml');
        const most = text.split('\n').length + 1;
        for (const { line, key } of faults) expect([key, line >= 1 && line <= most]).toEqual([key, true]);
        if (faults.length > 0) return;
        taken += 1;
        const name = /^extends:/m.test(text) ? 'reflect' : 'x';
        writeFileSync(join(place.folder, 'templates', `${name}.yaml`), text);
        try {
          expect(typeof (await sitThrough(await templates.sequence(name), picks))).toBe('string');
        } catch (error) {
          // A text that begins with `extends` in a comment is a sequence of its own.
          if (!(error instanceof Problem)) throw error;
        }
      },
    ),
    runs(150),
  );
  expect(taken).toBeGreaterThan(5);
});

const names = dayNames(words);
const readPastDay = (text: string, today: Day): Day | undefined => readPast(text, today, names);
const readDayAhead = (text: string, today: Day): Day | undefined => readAhead(text, today, names);

test('a text is read as a day or refused; a day that was read reads back the same', () => {
  const today = dayOf('2026-03-12');
  const said = [
    'yesterday',
    '3 days ago',
    'a week ago',
    'last tuesday',
    'the day before yesterday',
    '12 march',
    'march 12 2025',
    '2026-03-12',
    '24/12/2025',
    '3.4.2025',
    'in two weeks',
    'next friday',
    'tomorrow',
    'in 2 months',
  ];
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(mutated(said, 2), anyText, fc.string({ maxLength: 30 })), text => {
      for (const day of [readPastDay(text, today), readDayAhead(text, today)]) {
        if (day === undefined) continue;
        read += 1;
        expect(dayOf(day)).toBe(day);
        expect(daysBetween(day, today) >= 0 ? readPastDay(day, today) : readDayAhead(day, today)).toBe(day);
      }
      expect(twoReadings(text, today)?.map(dayOf).length ?? 2).toBe(2);
    }),
    runs(2000),
  );
  expect(read).toBeGreaterThan(100);
});

test('answers in a file are accepted, or refused before anything is written', async () => {
  const files = [
    'sit: bothered\nwhat: They moved on.\nkinds: [misread, {other: the fan was loud}]\nfeelings: [small]\nsize: 6\nnext: planned\none_line: Can we go back?\n',
    '{"sit": "fine", "good_moment": "They laughed."}\n',
    'sit: mixed\nwhat: |\n  One.\n  Two.\nsize: 0\nnoticed: maybe\n',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 4, arbitrary: mutated(files, 2) }, { weight: 1, arbitrary: anyText }),
      async text => {
        const own = openPlace();
        try {
          const { exit, out, err } = await run(['reflect', '--answers', '-'], { place: own, input: text });
          const notes = readdirSync(own.home).includes('notes')
            ? readdirSync(own.folder).filter(name => name.endsWith('.md'))
            : [];
          expect([exit, err.includes('Something went wrong'), notes.length, out !== '']).toEqual([
            exit === 0 ? 0 : exit === 1 ? 1 : 2,
            false,
            exit === 0 ? notes.length : 0,
            notes.length > 0,
          ]);
        } finally {
          own.remove();
        }
      },
    ),
    runs(60, { onDisk: true }),
  );
});
