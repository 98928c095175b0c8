import { describe, expect, it } from 'vitest';
import { languages } from 'shipped:templates';
import type { Answer, Answers } from '../../../src/core/notes/answer.ts';
import { checkDemo } from '../../../src/core/language/check-demo.ts';
import type { DemoNote } from '../../../src/core/language/demo.ts';
import { placeDemo } from '../../../src/core/language/demo.ts';
import { addDays, daysBetween, parseDay, parseInstant } from '../../../src/core/dates/day.ts';
import type { Fault } from '../../../src/core/template/located.ts';
import { isUnresolved } from '../../../src/core/notes/status.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { formatNote, parseSections } from '../../../src/storage/format/note-text.ts';
import { clockAt } from '../../support/world.ts';
import { listOf, mapOf, readYaml, textsUnder } from '../../templates/templates.ts';
import type { DataMap } from '../../templates/templates.ts';
import { located, shipped, sit } from '../support.ts';

const year: readonly DemoNote[] = (await languages['en']?.demo())?.value ?? [];
const written = listOf(readYaml('en/demo.yaml')['notes']).map(mapOf);
const hard = year.filter(({ history }) => history.length > 0 && history.at(-1)?.status !== 'set-aside');
const statusOf = ({ history }: DemoNote): string => history.at(-1)?.status ?? 'none';
const sequences: Readonly<Record<string, Template>> = Object.fromEntries(
  await Promise.all(
    ['reflect', 'let-go', 'safety', 'prep', 'follow-up'].map(
      async name => [name, await shipped(name)] as const,
    ),
  ),
);
const headings = {
  dated: (part: string, day: string) => `${part} on ${day}`,
  otherwise: (day: string) => `A moment on ${day}`,
};
const place = (instant?: string) => placeDemo(year, clockAt(instant)(), headings);

/** Returns a note's answers from the file, without keys that are not questions. */
function answersOf(note: DataMap, but: readonly string[]): Answers {
  const all = Object.entries(note).filter(([key]) => !but.includes(key));
  return Object.fromEntries(
    all.map(([key, value]) => [key, Array.isArray(value) ? value.map(String) : (value as Answer)] as const),
  );
}

describe('the demo', () => {
  it('has some forty-five sessions with two gaps, the last one a few days ago', () => {
    expect(year).toHaveLength(45);
    const days = year.filter(note => statusOf(note) !== 'set-aside').map(({ day }) => day);
    const gaps = days.slice(1).map((day, at) => (days[at] ?? 0) - day);
    expect(gaps.filter(gap => gap > 14)).toEqual([35, 28]);
    expect(new Set(gaps.map(gap => gap % 7))).toEqual(new Set([0]));
    expect(days.at(-1)).toBeLessThan(7);
  });

  it('is plausible', () => {
    const counts: Record<string, number> = {};
    for (const note of year) counts[statusOf(note)] = (counts[statusOf(note)] ?? 0) + 1;
    expect(counts).toEqual({
      none: 24,
      repaired: 6,
      eased: 2,
      'not-addressed': 1,
      'let-go': 3,
      open: 5,
      raised: 1,
      planned: 2,
      'set-aside': 1,
    });
    expect(hard.filter(({ restsFor }) => restsFor !== undefined).map(statusOf)).toEqual(['open']);
    expect(
      hard.filter(note => statusOf(note) === 'planned' && note.parts.some(({ is }) => is === 'prepared')),
    ).toHaveLength(1);
    expect(
      hard.filter(
        ({ parts }) =>
          parts.some(({ is }) => is === 'prepared') && parts.some(({ is }) => is === 'followed_up'),
      ).length,
    ).toBeGreaterThan(5);
    expect(new Set(hard.flatMap(({ front }) => front['kinds'] ?? [])).size).toBeGreaterThan(15);
  });

  it('has unique ids, and days in order', () => {
    expect(new Set(year.map(({ id }) => id)).size).toBe(year.length);
    expect(year.map(({ day }) => day)).toEqual(year.map(({ day }) => day).toSorted((a, b) => b - a));
  });

  it.each(hard.map(note => [`${note.id} (${note.day} days ago)`, note] as const))(
    '%s: history, sizes and parts agree',
    (_name, note) => {
      const { history, parts, front } = note;
      const days = history.map(({ day }) => day);
      expect(days[0]).toBe(note.day);
      expect(days).toEqual(days.toSorted((a, b) => b - a));
      expect(days.at(-1)).toBeGreaterThan(0);
      const sizes = history.flatMap(({ size }) => size ?? []);
      expect(sizes).toHaveLength(history.length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));

      const began = {
        planned: ['planned'],
        open: ['open'],
        'not-sure': ['open'],
        raised: ['raised', 'repaired', 'eased', 'not-addressed'],
      }[String(front['next'])];
      expect(began).toContain(history[0]?.status);
      expect(front['let_go_reason'] !== undefined).toBe(statusOf(note) === 'let-go');
      expect(note.restsFor === undefined || isUnresolved(history.at(-1)?.status)).toBe(true);

      expect(parts.map(({ day }) => day)).toEqual(parts.map(({ day }) => day).toSorted((a, b) => b - a));
      const met = year.map(({ day }) => day);
      for (const { is, day } of parts) {
        const status = history.find(change => change.day === day)?.status;
        const fitting = {
          prepared: ['planned'],
          followed_up: ['raised', 'eased', 'repaired', 'not-addressed', 'planned'],
          noted: [history[0]?.status],
        }[is];
        expect(fitting).toContain(status);
        expect(is !== 'followed_up' || met.includes(day)).toBe(true);
      }
      // Later outcomes are in a dated part, unless the moment was let go.
      const told = new Set([note.day, ...parts.map(({ day }) => day)]);
      expect(history.filter(({ day, status }) => !told.has(day) && status !== 'let-go')).toEqual([]);
    },
  );
});

describe('the answers in the demo', () => {
  it.each(written.map(note => [String(note['id']), note] as const))(
    '%s follows the questions',
    async (_id, note) => {
      const history = listOf(note['history']).map(String);
      const [first = ''] = history;
      const isApart = first.endsWith('set-aside');
      const isFull = ['shape', 'detail', 'since', 'noticed'].some(key => key in note);
      const later = note['next'] === 'let-go' ? [] : ['let_go_reason', 'last_word'];
      const answers = answersOf(note, ['id', 'day', 'at', 'with', 'history', 'parts', 'rests_for', ...later]);
      const [, status = '', size = ''] = first.split(' ');
      const steering = isApart
        ? {}
        : {
            look_back: 'echo' in note ? 'yes' : 'skip',
            fresh: 'go-on',
            line_check: 'no',
            ...(size === '' ? {} : { size: Number(size) }),
            ...(note['next'] === 'raised' ? { status } : {}),
          };
      const { outcome } = await sit(await shipped(isApart ? 'safety' : 'reflect'), {
        mode: isFull ? 'full' : 'quick',
        earlier: 1,
        answers: { ...answers, ...steering },
        acts: isApart ? { safety_step: ['note'], 'safety_step#2': ['done'] } : {},
      });
      expect(outcome.answers).toMatchObject(answers);
    },
  );

  const parts = written.flatMap(note =>
    listOf(note['parts'])
      .map(mapOf)
      .map(part => ({ note, part })),
  );

  it.each(
    parts
      .filter(({ part }) => 'prepared' in part)
      .map(
        ({ note, part }) => [`${String(note['id'])}, ${String(part['prepared'])} days ago`, part] as const,
      ),
  )('a preparation (%s) too', async (_name, part) => {
    const answers = answersOf(part, ['prepared']);
    const { outcome } = await sit(await shipped('prep'), { answers: { ...answers, starter: 'own' } });
    expect(outcome.answers).toMatchObject(answers);
  });

  it.each(
    parts
      .filter(({ part }) => 'followed_up' in part)
      .map(
        ({ note, part }) =>
          [`${String(note['id'])}, ${String(part['followed_up'])} days ago`, note, part] as const,
      ),
  )('a follow-up (%s) too', async (_name, note, part) => {
    const answers = answersOf(part, ['followed_up']);
    const [, status = '', size = ''] =
      listOf(note['history'])
        .map(String)
        .find(line => line.startsWith(`${String(part['followed_up'])} `))
        ?.split(' ') ?? [];
    const { outcome } = await sit(await shipped('follow-up'), {
      answers: { ...answers, size: Number(size), status, more: 'more', see_options: 'go-on', safe: 'yes' },
    });
    expect(outcome.answers).toMatchObject(answers);
  });
});

describe('placeDemo', () => {
  it.each(['2026-03-12T19:04:55.000-05:00', '2028-02-29T00:00:01.000+13:00', '2027-01-01T23:59:59.999Z'])(
    'on %s, every day is in the past, except the day to rest until',
    instant => {
      const today = clockAt(instant)().day;
      for (const { front, session } of place(instant)) {
        const days = [
          session,
          ...listOf(front['history'] as readonly string[] | undefined).map(line => String(line).slice(0, 10)),
        ].map(text => parseDay(text));
        expect(days.every(day => day !== undefined && day < today)).toBe(true);
        const created = String(front['created']);
        expect(parseInstant(created)?.slice(0, 10)).toBe(session);
        expect(created.slice(23)).toBe(instant.slice(23));
      }
      const rests = place(instant)
        .flatMap(({ front }) => front['rest_until'] ?? [])
        .map(String);
      expect(rests).toEqual([addDays(today, 24)]);
    },
  );

  it('takes status and size from the end of the history, and the title from its text', () => {
    const placed = place();
    const found = placed.find(({ id }) => id === 'dht7wq');
    expect(found).toMatchObject({
      title: "Said I've been awake from four every night since dad fell",
      session: '2025-12-16',
      front: {
        status: 'not-addressed',
        size: 6,
        history: [
          '2025-12-16 planned 8',
          '2025-12-22 planned 7',
          '2025-12-23 not-addressed 7',
          '2026-01-12 planned 6',
          '2026-01-13 not-addressed 6',
        ],
      },
    });
    expect(
      placed.find(({ front }) => front['sit'] === 'fine' && front['status'] === undefined)?.title,
    ).toMatch(/^A moment on /);
    expect(daysBetween(placed.at(-1)?.session ?? clockAt()().day, clockAt()().day)).toBe(2);
  });

  it('parses back to what was written', () => {
    for (const note of place()) expect(parseSections(formatNote(note))).toEqual(note.sections);
    const sections = place()
      .find(({ id }) => id === 'dht7wq')
      ?.sections.filter(({ level }) => level === 2)
      .map(({ heading }) => heading);
    expect(sections).toEqual([
      'What happened',
      'What part stayed with me',
      'What I want understood',
      'From outside',
      'What it seemed to say about me',
      'My guess',
      'What they did',
      "What I did, or didn't say",
      'The same, and different',
      'Who else I would say it to',
      'One sentence',
      'prepared on 2025-12-22',
      'followed_up on 2025-12-23',
      'prepared on 2026-01-12',
      'followed_up on 2026-01-13',
    ]);
  });

  it('writes choices in dated parts as labels', () => {
    const [part] = year.find(({ id }) => id === 'dht7wq')?.parts ?? [];
    expect(part?.sections.find(({ heading }) => heading === 'What worries me')?.text).toBe(
      "They'll get defensive · It'll waste the session",
    );
  });
});

describe('the language of the demo', () => {
  const texts = written.flatMap(note =>
    textsUnder(note, String(note['id'])).filter(
      ({ words }) => words.includes(' ') && !/^\d+ [a-z-]+/.test(words),
    ),
  );

  it('has short texts, no two alike', () => {
    expect(texts.length).toBeGreaterThan(120);
    expect(texts.filter(({ words }) => words.split(' ').length > 45)).toEqual([]);
    const own = texts.map(({ words }) => words).filter(words => words.split(' ').length > 8);
    expect(new Set(own).size).toBe(own.length);
  });

  it('names nobody, no place to turn to, and no theory of people', () => {
    expect(texts.filter(({ words }) => /https?:|www\.|@|\d{4,}/.test(words))).toEqual([]);
    expect(
      texts.filter(({ words }) =>
        /disorder|attachment|transference|projection|narcissis|toxic|gaslight|red flag|personalit|rupture|alliance|trigger|boundar/i.test(
          words,
        ),
      ),
    ).toEqual([]);
    // Initials at most: a capital within a sentence is "I", one of them, or the first word of what somebody
    // said.
    const capitals = texts.flatMap(({ at, words }) =>
      [...words.matchAll(/(?<=[a-z,;] )[A-Z][a-z]+/g)].map(([name]) => `${at}: ${name}`),
    );
    expect(capitals).toEqual([]);
  });
});

const faultsOf = (text: string): readonly string[] => {
  const faults: Fault[] = [];
  checkDemo(located(text), { sequence: name => sequences[name], separator: ', ' }, faults);
  return faults.map(
    ({ line, key, params }) =>
      `${line} ${key.replace('templates.', '')} ${String(params['key'] ?? params['id'])}`,
  );
};
const note = (...lines: readonly string[]): string =>
  [
    'demo: 1',
    'notes:',
    '  - id: kmq2dv',
    '    day: 9',
    '    at: "19:30"',
    ...lines.map(line => `    ${line}`),
    '',
  ].join('\n');

describe('a mistake in the demo', () => {
  it('is not reported for a valid demo', () => {
    expect(
      faultsOf(
        note(
          'sit: bothered',
          'kinds: [bored, "other: the fan was loud"]',
          'outside: It would get to anyone.',
          'history:',
          '  - 9 open 4',
          'parts:',
          '  - noted: 3',
          '    text: Still.',
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['another format', note().replace('demo: 1', 'demo: 2'), ['1 wrong-type demo']],
    ['a misspelt key', note('helt_back: no'), ['6 unknown-key-near helt_back']],
    ['a question that is never written', note('look_back: yes'), ['6 unknown-key look_back']],
    ['what the history says', note('status: open'), ['6 unknown-key status']],
    ['an option there is not', note('sit: great'), ['6 unknown-option great']],
    ['an option of several', note('kinds: [bored, boring]'), ['6 unknown-option boring']],
    ['one pick too many', note('kinds: [bored, joke, pace, mine]'), ['6 wrong-type kinds']],
    ['an exclusive pick beside another', note('feelings: [small, not-sure]'), ['6 wrong-type feelings']],
    ['something else, without words', note('kinds: [other]'), ['6 wrong-type kinds']],
    ['what stores nothing', note('kinds: [rather-not]'), ['6 unknown-option rather-not']],
    ['a picked option in place of a text', note('outside: [a]'), ['6 wrong-type outside']],
    ['an earlier moment there is not', note('repeat_of: aaaaaa'), ['6 unknown-option aaaaaa']],
    ['an id that is none', note().replace('kmq2dv', 'oil101'), ['3 wrong-type id']],
    ['an id twice', `${note()}  - id: kmq2dv\n    day: 2\n    at: "19:30"\n`, ['6 repeated-id kmq2dv']],
    ['no day', note().replace('    day: 9\n', ''), ['3 missing-key day']],
    ['an hour there is not', note().replace('19:30', '24:30'), ['5 wrong-type at']],
    ["a history that can't be read", note('history: [9 opened 4]'), ['6 wrong-type history']],
    [
      'a question of another sequence in a part',
      note('parts:', '  - prepared: 3', '    came_up: i-said-it'),
      ['8 unknown-key came_up'],
    ],
    [
      'a part of no sort',
      note('parts:', '  - mentioned: 3'),
      ['7 missing-key noted', '7 missing-key text', '7 unknown-key mentioned'],
    ],
  ])('is reported with its line: %s', (_mistake, text, expected) => {
    expect(faultsOf(text).toSorted()).toEqual(expected);
  });
});
