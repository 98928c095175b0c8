import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/errors.ts';
import { findMoment } from '../../../src/core/search/find-note.ts';
import { sentenceOf } from '../../../src/core/search/newest-sentence.ts';
import { isUnresolved, parseStatus, statuses } from '../../../src/core/notes/status.ts';
import { summarize } from '../../../src/core/search/summary.ts';
import type { Moment, SummaryFilter } from '../../../src/core/search/summary.ts';
import { dayOf, instantOf, momentOf } from '../support.ts';

const today = dayOf('2026-03-21');
const ids = (moments: readonly Moment[], filter?: SummaryFilter): string =>
  summarize(moments, today, filter)
    .items.map(({ head }) => head.id)
    .join(' ');

const writtenAt = (time: string) => ({ created: instantOf(`2026-03-01T${time}:00Z`) });

const timesOf = (moments: readonly Moment[]) =>
  Object.fromEntries(summarize(moments, today).items.map(({ head, times: count }) => [head.id, count]));

const sectionOf = (heading: string, text: string) => ({ level: 2, heading, text }) as const;

describe('the unresolved moments', () => {
  it('are sorted by status, then size (largest first), then age (oldest first)', () => {
    expect(
      ids([
        momentOf('eased', '2026-01-01', { status: 'eased', size: 10 }),
        momentOf('open-none', '2026-01-01'),
        momentOf('open-new', '2026-03-05', { size: 3 }),
        momentOf('open-old', '2026-03-01', { size: 3 }),
        momentOf('open-big', '2026-03-10', { size: 8 }),
        momentOf('open-zero', '2026-03-10', { size: 0 }),
        momentOf('raised', '2026-03-01', { status: 'raised' }),
        momentOf('unheard', '2026-03-01', { status: 'not-addressed' }),
        momentOf('planned', '2026-03-01', { status: 'planned', size: 1 }),
      ]),
    ).toBe('planned unheard raised open-big open-old open-new open-zero open-none eased');
  });

  it('are sorted by time of writing, then id, within a day', () => {
    expect(
      ids([
        momentOf('late', '2026-03-01', writtenAt('12:00')),
        momentOf('early', '2026-03-01', writtenAt('09:00')),
        momentOf('b', '2026-03-01'),
        momentOf('a', '2026-03-01'),
      ]),
    ).toBe('a b early late');
  });

  it('exclude moments that are worked through, let go, kept apart or without a hard moment', () => {
    expect(ids(statuses.map(status => momentOf(status, '2026-03-01', { status })))).toBe(
      'planned not-addressed raised open eased',
    );
    expect(ids([momentOf('good', '2026-03-01', { status: undefined })])).toBe('');
  });

  it('include those kept apart only on request, at the end', () => {
    expect(
      ids(
        [
          momentOf('apart', '2026-03-01', { status: 'set-aside', size: 10 }),
          momentOf('eased', '2026-03-01', { status: 'eased' }),
        ],
        { includeSetAside: true },
      ),
    ).toBe('eased apart');
  });

  it('exclude and count resting moments, which return on their day', () => {
    const moments = [
      momentOf('rests', '2026-03-01', { restUntil: dayOf('2026-03-22') }),
      momentOf('back', '2026-03-01', { restUntil: today }),
      momentOf('gone', '2026-03-01', { status: 'let-go', restUntil: dayOf('2026-04-01') }),
    ];
    expect(summarize(moments, today)).toMatchObject({
      on: today,
      resting: 1,
      items: [{ head: { id: 'back' }, resting: false }],
    });
    expect(summarize(moments, today, { includeResting: true })).toMatchObject({
      resting: 1,
      items: [{ head: { id: 'back' } }, { head: { id: 'rests' }, resting: true }],
    });
  });

  it('are big from seven, and have the days since the session', () => {
    const { items } = summarize(
      [
        momentOf('a', '2026-03-12', { size: 7 }),
        momentOf('b', '2026-03-21', { size: 6 }),
        momentOf('c', '2026-03-21'),
      ],
      today,
    );
    expect(items.map(({ big, ageDays }) => ({ big, ageDays }))).toEqual([
      { big: true, ageDays: 9 },
      { big: false, ageDays: 0 },
      { big: false, ageDays: 0 },
    ]);
  });

  it('can be filtered by day, person, status and number', () => {
    const moments = [
      momentOf('a', '2026-03-01', { with: 'M', size: 5 }),
      momentOf('b', '2026-03-10', { with: 'm', size: 4 }),
      momentOf('c', '2026-03-15', { status: 'planned' }),
    ];
    expect(ids(moments, { since: dayOf('2026-03-10') })).toBe('c b');
    expect(ids(moments, { with: 'M' })).toBe('a b');
    expect(ids(moments, { statuses: ['planned'] })).toBe('c');
    expect(ids(moments, { limit: 2 })).toBe('c a');
  });
});

describe('how often a kind was named', () => {
  it('counts moments up to this one, in session order, including resolved moments', () => {
    expect(
      timesOf([
        momentOf('third', '2026-03-03', { kinds: ['misread', 'joke'] }),
        momentOf('first', '2026-03-01', { kinds: ['misread'] }),
        momentOf('second', '2026-03-02', { kinds: ['misread'], status: 'repaired' }),
        momentOf('other', '2026-03-04', { kinds: ['blunt'] }),
      ]),
    ).toEqual({ third: 3, first: 1, other: 1 });
  });

  it('does not count moments kept apart, "something else", or kinds that could not be named', () => {
    expect(
      timesOf([
        momentOf('a', '2026-03-01', {
          kinds: ['misread', 'other: x', 'unclear', 'repeat'],
          status: 'set-aside',
        }),
        momentOf('b', '2026-03-02', { kinds: ['misread', 'other: x'] }),
        momentOf('c', '2026-03-03', { kinds: ['other: x', 'unclear', 'repeat'] }),
        momentOf('d', '2026-03-04', { kinds: ['other: x', 'unclear', 'repeat'] }),
      ]),
    ).toEqual({ b: 1, c: 1, d: 1 });
  });

  it('counts a kind once in a moment that names it twice', () => {
    expect(timesOf([momentOf('a', '2026-03-01', { kinds: ['misread', 'misread'] })])).toEqual({ a: 1 });
  });
});

describe('finding a moment', () => {
  const moments = [
    momentOf('k3f9qa', '2026-03-12', { created: instantOf('2026-03-12T19:00:00-05:00') }),
    momentOf('k3zzzz', '2026-03-01', { created: instantOf('2026-03-13T00:30:00Z') }),
    momentOf('m2', '2026-03-02', { created: instantOf('2026-03-02T09:00:00Z') }),
    momentOf('m2bbbb', '2026-03-03'),
    momentOf('Abc', '2026-03-04'),
  ];
  const problem = (text: string, among: readonly Moment[] = moments): Problem | undefined => {
    try {
      findMoment(among, text);
      return undefined;
    } catch (error) {
      return error instanceof Problem ? error : undefined;
    }
  };

  it.each([
    ['k3f9qa', 'k3f9qa'],
    ['k3f', 'k3f9qa'],
    ['K3F', 'k3f9qa'],
    ['m2', 'm2'],
    ['m2b', 'm2bbbb'],
    ['Abc', 'Abc'],
    ['ab', 'Abc'],
  ])('%s means %s', (text, id) => {
    expect(findMoment(moments, text).head.id).toBe(id);
  });

  it('last is the most recently written moment, not the newest session', () => {
    expect(findMoment(moments, 'last').head.id).toBe('k3zzzz');
    expect(findMoment(moments.slice(2), 'last').head.id).toBe('Abc');
  });

  it('names the candidates by id and day if several match', () => {
    expect(problem('k3')).toMatchObject({
      key: 'cli.ambiguous-id',
      exit: 2,
      params: { id: 'k3', near: 'k3f9qa (2026-03-12), k3zzzz (2026-03-01)' },
    });
  });

  it('names moments near to an unknown name', () => {
    expect(problem('k3f9qq')).toMatchObject({
      key: 'cli.unknown-id-near',
      exit: 2,
      params: { near: 'k3f9qa (2026-03-12)' },
    });
    expect(problem('k4')).toMatchObject({
      key: 'cli.unknown-id-near',
      exit: 2,
      params: { near: 'k3zzzz (2026-03-01), k3f9qa (2026-03-12)' },
    });
    expect(problem('w')).toMatchObject({ key: 'cli.unknown-id', exit: 2 });
    expect(problem('wwwwwwww')).toMatchObject({ key: 'cli.unknown-id', exit: 2 });
    expect(problem('')).toMatchObject({ exit: 2 });
  });

  it('reports that there are no moments yet', () => {
    expect(problem('last', [])).toMatchObject({ key: 'cli.no-moments', exit: 2 });
  });
});

describe('the sentence to say', () => {
  it('is the last text under a heading that has one', () => {
    expect(
      sentenceOf(
        [
          sectionOf('One sentence', ' First. '),
          sectionOf('What happened', 'x'),
          sectionOf("How I'll start", 'Second.\n'),
          sectionOf('One sentence', ' '),
        ],
        ['One sentence', "How I'll start"],
      ),
    ).toBe('Second.');
    expect(sentenceOf([sectionOf('What happened', 'x')], ['One sentence'])).toBeUndefined();
  });
});

describe('a status', () => {
  it('is read only in its exact spelling', () => {
    expect(parseStatus('not-addressed')).toBe('not-addressed');
    expect(['Open', 'not_addressed', '', 'not-sure'].map(parseStatus)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(isUnresolved(undefined)).toBe(false);
  });
});
