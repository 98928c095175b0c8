import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPatterns, kindToLookAt, textsUnder } from '../../../src/core/patterns/patterns.ts';
import type { Patterns } from '../../../src/core/patterns/patterns.ts';
import { onceEach, pairsOf } from '../../../src/core/patterns/patterns-count.ts';
import type { Tally } from '../../../src/core/patterns/patterns-count.ts';
import { statuses } from '../../../src/core/notes/status.ts';
import type { FrontValue, Head, Section } from '../../../src/core/notes/reflection.ts';
import type { Moment } from '../../../src/core/search/summary.ts';
import { dayOf, momentOf } from '../support.ts';

type Row = Partial<Head> & { readonly day?: string };

/** Makes moments on consecutive days, oldest first, unless a row has its own day. */
function shelf(...rows: readonly Row[]): readonly Moment[] {
  return rows.map(({ day, ...head }, at) =>
    momentOf(`m${at}`, day ?? `2026-01-${String(at + 1).padStart(2, '0')}`, head),
  );
}

function keys(front: Readonly<Record<string, FrontValue>>): Row {
  return { keys: front };
}

const history = (...lines: readonly string[]): Row => keys({ history: lines });
const counted = ({ of, counts }: Tally): readonly string[] =>
  counts.map(({ pick, n }) => `${pick} ${n}/${of}`);
const rest: readonly Row[] = [{}, {}, {}];
const named = (kind: string, times = 3): readonly Row[] =>
  Array.from({ length: times }, () => ({ kinds: [kind] }));
const section = (heading: string, text: string): Section => ({ level: 3, heading, text });
const tallies = (found: Patterns): readonly Tally[] => [
  found.kinds,
  found.feelings,
  found.shapes,
  found.urges,
  found.echoes,
  found.raised.outcomes,
];

describe('findPatterns', () => {
  it.each<[string, readonly Row[], (found: Patterns) => unknown, unknown]>([
    ['moments are those with a status', [{}, {}, {}, { status: undefined }], found => found.moments, 3],
    [
      'sessions are days, with or without a hard moment',
      [{}, {}, {}, { status: undefined }],
      found => found.sessions,
      4,
    ],
    [
      'two moments of one day are one session',
      [{ day: '2026-01-01' }, { day: '2026-01-01' }, {}],
      found => found.sessions,
      2,
    ],
    [
      'two people on one day are two sessions',
      [
        { day: '2026-01-01', with: 'B' },
        { day: '2026-01-01', with: 'M' },
        { day: '2026-01-01', with: 'b' },
      ],
      found => found.sessions,
      2,
    ],
    [
      'a note without a name belongs to the session of its day',
      [{ day: '2026-01-01', with: 'B' }, { day: '2026-01-01' }, { day: '2026-01-01' }],
      found => found.sessions,
      1,
    ],
    [
      'kinds, over those that named any',
      [{ kinds: ['misread'] }, { kinds: ['misread', 'bored'] }, {}],
      found => counted(found.kinds),
      ['misread 2/2', 'bored 1/2'],
    ],
    [
      'a kind once a moment',
      [{ kinds: ['bored', 'bored'] }, ...rest],
      found => counted(found.kinds),
      ['bored 1/1'],
    ],
    [
      'equal counts in the order in which they were named last',
      [{ kinds: ['joke'] }, { kinds: ['bored'] }, { kinds: ['blunt'] }],
      found => counted(found.kinds),
      ['blunt 1/3', 'bored 1/3', 'joke 1/3'],
    ],
    [
      'own words as themselves, in any case',
      [{ kinds: ['other: The fan'] }, { kinds: ['other: the  fan'] }, { kinds: ['other: a door'] }],
      found => counted(found.kinds),
      ['other: the  fan 2/3', 'other: a door 1/3'],
    ],
    [
      '"rather not say" as no answer',
      [{ kinds: ['rather-not'] }, ...rest],
      found => counted(found.kinds),
      [],
    ],
    [
      'feelings',
      [{ feelings: ['small', 'angry'] }, { feelings: ['small'] }, {}],
      found => counted(found.feelings),
      ['small 2/2', 'angry 1/2'],
    ],
    [
      'shapes, written as one text',
      [keys({ shape: 'again' }), keys({ shape: 'again' }), keys({ shape: 'one-moment' })],
      found => counted(found.shapes),
      ['again 2/3', 'one-moment 1/3'],
    ],
    [
      'urges, "none of these" among the answers only',
      [keys({ urges: ['quiet'] }), keys({ urges: ['none'] }), {}],
      found => counted(found.urges),
      ['quiet 1/2'],
    ],
    [
      'echoes, "no one" among the answers only',
      [keys({ echo: ['parent', 'work'] }), keys({ echo: ['none'] }), keys({ echo: 'parent' })],
      found => counted(found.echoes),
      ['parent 2/3', 'work 1/3'],
    ],
    [
      'how often someone came to mind',
      [keys({ echo: ['parent'] }), keys({ echo: ['none'] }), keys({ echo: ['not-sure'] })],
      found => found.echoes.someone,
      1,
    ],
    [
      'how often more than one did',
      [keys({ echo: ['parent', 'work'] }), keys({ echo: ['parent'] }), keys({ echo: ['work', 'work'] })],
      found => found.echoes.several,
      1,
    ],
    [
      'kinds and echoes of one moment',
      [
        { kinds: ['bored'], keys: { echo: ['parent'] } },
        { kinds: ['bored', 'joke'], keys: { echo: ['parent'] } },
        { kinds: ['joke'] },
      ],
      found => found.echoes.pairs,
      [
        { kind: 'bored', echo: 'parent', n: 2 },
        { kind: 'joke', echo: 'parent', n: 1 },
      ],
    ],
    [
      'what is worked through, newest first',
      [{ status: 'repaired' }, {}, { status: 'repaired' }],
      found => found.repaired.map(({ head }) => head.id),
      ['m2', 'm0'],
    ],
    [
      'what was brought up, and what became of it',
      [{ status: 'eased' }, { status: 'repaired' }, { status: 'not-addressed' }, { status: 'planned' }],
      found => counted(found.raised.outcomes),
      ['repaired 1/3', 'eased 1/3', 'not-addressed 1/3'],
    ],
    [
      'what was brought up once and is let go now',
      [
        { ...history('2026-01-01 open', '2026-01-02 raised', '2026-01-03 let-go'), status: 'let-go' },
        ...rest,
      ],
      found => counted(found.raised.outcomes),
      ['let-go 1/1'],
    ],
    [
      'what is let go without having been brought up as not brought up',
      [{ ...history('2026-01-01 open', '2026-01-03 let-go'), status: 'let-go' }, ...rest],
      found => found.raised.outcomes.of,
      0,
    ],
    [
      'the middle of two sizes as their mean',
      [
        { ...history('2026-01-01 open 8', '2026-01-02 repaired 1'), status: 'repaired', size: 1 },
        { ...history('2026-01-01 open 5', '2026-01-02 eased 2'), status: 'eased', size: 2 },
        {},
      ],
      found => found.raised.size,
      { of: 2, before: 6.5, after: 1.5 },
    ],
    [
      'the middle of three sizes as one of them',
      ([8, 9, 2] as const).map(size => ({
        ...history(`2026-01-01 open ${size}`, '2026-01-02 repaired 1'),
        status: 'repaired' as const,
        size: 1,
      })),
      found => found.raised.size,
      { of: 3, before: 8, after: 1 },
    ],
    [
      'no middle of a single one',
      [{ ...history('2026-01-01 open 8', '2026-01-02 repaired 1'), status: 'repaired', size: 1 }, ...rest],
      found => found.raised.size,
      undefined,
    ],
    [
      'no size before where there was none',
      [
        { ...history('2026-01-01 open', '2026-01-02 repaired 1'), status: 'repaired', size: 1 },
        { ...history('2026-01-02 raised 1'), status: 'raised', size: 1 },
        {},
      ],
      found => found.raised.size,
      undefined,
    ],
    [
      'what is kept and was not brought up',
      [{}, { status: 'planned' }, { ...history('2026-01-01 raised'), status: 'open' }, { status: 'let-go' }],
      found => found.kept.n,
      2,
    ],
    [
      'sizes then and now of those',
      [
        { ...history('2026-01-01 open 5', '2026-01-08 open 4'), size: 4 },
        { ...history('2026-01-01 open 7', '2026-01-08 open 8'), size: 8 },
        {},
      ],
      found => found.kept.size,
      { of: 2, before: 6, after: 6 },
    ],
    [
      'sizes over a gap in the history',
      [
        {
          ...history('2026-01-01 open 7', '2026-01-08 planned', '2026-01-09 planned 3'),
          status: 'planned',
          size: 3,
        },
        ...rest,
      ],
      found => found.sizes.map(({ before, now, sizes }) => [before, now, sizes.length]),
      [[7, 3, 2]],
    ],
    [
      'a size that was changed by hand as the newest',
      [{ ...history('2026-01-01 open 7'), size: 2 }, ...rest],
      found => found.sizes.map(({ before, now }) => [before, now]),
      [[7, 2]],
    ],
    [
      'a status that was changed by hand as brought up',
      [{ ...history('2026-01-01 open 7'), status: 'repaired', size: 2 }, ...rest],
      found => found.raised.outcomes.of,
      1,
    ],
    [
      'no run of a single size',
      [{ ...history('2026-01-01 open 7'), size: 7 }, ...rest],
      found => found.sizes,
      [],
    ],
    [
      'lines of a history that can be read, and no others',
      [
        {
          ...history(
            'gone 4',
            '2026-01-01 open 7',
            '2026-01-02 open 11',
            '2026-02-31 open 2',
            '2026-01-03 open 3',
          ),
          size: 3,
        },
        ...rest,
      ],
      found => found.sizes.map(({ sizes }) => sizes.map(({ size }) => size)),
      [[7, 3]],
    ],
    [
      'where a good moment may be',
      [{ status: undefined }, keys({ sit: 'fine' }), keys({ sit: 'mixed' }), keys({ sit: 'bothered' }), {}],
      found => found.maybeGood.map(({ head }) => head.id),
      ['m2', 'm1', 'm0'],
    ],
    [
      'a moment made of a pattern among what was brought up, and nowhere else',
      [{ kinds: ['joke'], status: 'repaired', template: 'patterns' }, { kinds: ['joke'] }, {}, {}],
      found => [found.moments, found.sessions, counted(found.kinds), found.repaired.length],
      [3, 3, ['joke 1/1'], 1],
    ],
  ])('%s', (_name, rows, look, expected) => {
    expect(look(findPatterns(shelf(...rows)))).toEqual(expected);
  });

  it('counts nothing but moments and sessions below three moments', () => {
    const found = findPatterns(
      shelf({ kinds: ['joke'], status: 'repaired' }, { kinds: ['joke'] }, { status: undefined }),
    );
    expect([found.moments, found.sessions]).toEqual([2, 3]);
    expect([
      found.repaired,
      found.maybeGood,
      counted(found.kinds),
      found.raised.moments,
      found.sizes,
      found.kept.n,
    ]).toEqual([[], [], [], [], [], 0]);
  });

  it('filters by day, and by therapist ignoring case', () => {
    const all = shelf(
      { kinds: ['joke'], with: 'B' },
      { kinds: ['joke'], with: 'b' },
      { kinds: ['joke'], with: 'M' },
      { kinds: ['joke'], with: 'B' },
    );
    expect(findPatterns(all, { with: 'B' }).moments).toBe(3);
    expect(findPatterns(all, { since: dayOf('2026-01-02') }).moments).toBe(3);
  });

  it('includes notes that are set aside only on request', () => {
    const all = shelf(
      { kinds: ['line'], status: 'set-aside' },
      { kinds: ['joke'] },
      { kinds: ['joke'] },
      { kinds: ['joke'] },
    );
    expect(counted(findPatterns(all).kinds)).toEqual(['joke 3/3']);
    expect(counted(findPatterns(all, { includeSetAside: true }).kinds)).toEqual(['joke 3/4', 'line 1/4']);
  });
});

describe('kindToLookAt', () => {
  it.each<[string, readonly Row[], string | undefined]>([
    ['is the one named most', [...named('joke'), ...named('bored', 4)], 'bored'],
    ['is there from three on', [...named('joke', 2), {}], undefined],
    ['may be in own words', named('other: the fan'), 'other: the fan'],
    ['is never a crossed line', named('line'), undefined],
    ['is never about who one is', named('identity'), undefined],
    [
      'is never a kind that names nothing',
      [...named('unclear'), ...named('other'), ...named('repeat')],
      undefined,
    ],
    [
      'is not a kind of notes that are kept apart',
      [...named('joke', 2), { kinds: ['joke'], status: 'set-aside' }, {}],
      undefined,
    ],
    [
      'changes once there is a pattern note of the first',
      [...named('joke', 4), ...named('bored'), { kinds: ['joke'], status: 'raised', template: 'patterns' }],
      'bored',
    ],
    [
      'waits while a pattern waits to be brought up',
      [...named('joke', 4), ...named('bored'), { kinds: ['joke'], status: 'planned', template: 'patterns' }],
      undefined,
    ],
  ])('%s', (_name, rows, expected) => {
    expect(kindToLookAt(shelf(...rows), { includeSetAside: true })?.pick).toBe(expected);
  });
});

it('returns the trimmed, non-empty texts under a heading', () => {
  expect(
    textsUnder(
      [
        section('What helped', ' a\n'),
        section('Other', 'b'),
        section('What helped', ' '),
        section('What helped', 'c'),
      ],
      'What helped',
    ),
  ).toEqual(['a', 'c']);
});

describe('any notes', () => {
  const pick = fc.constantFrom(
    'misread',
    'joke',
    'other: A',
    'other: a',
    'none',
    'not-sure',
    'rather-not',
    '__proto__',
    'constructor',
  );
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom(...statuses), fc.integer({ min: 0, max: 12 }))
      .map(([status, size]) => `2026-01-02 ${status} ${size}`),
    fc.string(),
  );
  const row = fc.record({
    day: fc.integer({ min: 1, max: 9 }).map(date => `2026-01-0${date}`),
    status: fc.option(fc.constantFrom(...statuses), { nil: undefined }),
    kinds: fc.array(pick, { maxLength: 4 }),
    feelings: fc.array(pick, { maxLength: 4 }),
    size: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    keys: fc.record(
      {
        echo: fc.array(pick, { maxLength: 3 }),
        urges: fc.array(pick, { maxLength: 3 }),
        shape: fc.oneof(pick, fc.constant(null)),
        history: fc.array(line, { maxLength: 5 }),
      },
      { requiredKeys: [] },
    ),
  });
  const rows = fc.array(row, { maxLength: 25 });

  it('never counts more than the total', () => {
    fc.assert(
      fc.property(rows, made => {
        const found = findPatterns(shelf(...made));
        for (const { of, counts } of tallies(found)) {
          expect(of).toBeLessThanOrEqual(found.moments);
          for (const { n } of counts) expect(n > 0 && n <= of).toBe(true);
        }
        for (const { counts } of [found.kinds, found.feelings, found.shapes, found.urges, found.echoes]) {
          const numbers = counts.map(({ n }) => n);
          expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
        }
        expect(found.echoes.several).toBeLessThanOrEqual(found.echoes.someone);
        expect(found.echoes.someone).toBeLessThanOrEqual(found.echoes.of);
        expect(found.sessions).toBeLessThanOrEqual(made.length);
        expect(found.kept.n + found.raised.moments.length).toBeLessThanOrEqual(found.moments);
      }),
    );
  });

  it('does not depend on the order of files', () => {
    fc.assert(
      fc.property(rows, made => {
        const all = shelf(...made);
        expect(findPatterns(all.toReversed())).toEqual(findPatterns(all));
      }),
    );
  });

  it('ignores notes that are set aside completely', () => {
    fc.assert(
      fc.property(rows, made => {
        const all = shelf(...made);
        expect(findPatterns(all)).toEqual(
          findPatterns(all.filter(({ head }) => head.status !== 'set-aside')),
        );
      }),
    );
  });
});

describe('a note with thousands of picks', () => {
  const own = (n: number, word: string): readonly string[] =>
    Array.from({ length: n }, (_one, at) => `other: ${word}${at}`);

  it('is counted once for each pick', () => {
    // Compared with each other they took many minutes, and a test has 20 s.
    const kinds = own(30_000, 'w');
    expect(onceEach(kinds)).toHaveLength(30_000);
    expect(pairsOf([{ kinds, echoes: own(30_000, 'e') }])).toHaveLength(100 * 100);
    // Every kind is one of a pattern's, so each is looked up among all of them.
    const all = shelf(...Array.from({ length: 3 }, () => ({ kinds })), {
      kinds,
      status: 'raised',
      template: 'patterns',
    });
    expect(kindToLookAt(all)).toBeUndefined();
  });

  it('pairs only the first hundred kinds and echoes', () => {
    const pairs = pairsOf([{ kinds: own(400, 'w'), echoes: own(400, 'e') }]);
    expect(pairs.length).toBe(100 * 100);
    expect(pairs.at(-1)).toEqual({ kind: 'other: w99', echo: 'other: e99', n: 1 });
  });

  it('keeps the first spelling of each pick, in order', () => {
    expect(onceEach(['other: B', 'a', 'other:  b', ' a', 'other: c', 'a'])).toEqual([
      'other: B',
      'a',
      'other: c',
    ]);
  });
});
