import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/core/notes/answer.ts';
import { interview } from '../../../src/core/interview/interview.ts';
import type { Response, InterviewStart } from '../../../src/core/interview/interview.ts';
import { sequence, shipped, sit } from '../support.ts';

const small = sequence(`
  - {ask: a, kind: select, words: a?, heading: A, options: [{key: x, label: x}, {key: y, label: y}, {key: hush, label: hush, stores: false}]}
  - {ask: why_x, kind: text, words: why?, heading: X, when: {a: x}}
  - {ask: why_y, kind: text, words: why?, heading: Y, when: {a: y}}
  - {ask: z, kind: text, words: z?, heading: Z}
`);

describe('saving', () => {
  it('saves after every answer and every skip, before the next question', async () => {
    const { kept, asked } = await sit(small, { answers: { a: 'x', z: 'last' } });
    expect(asked).toEqual(['a', 'why_x', 'z']);
    expect(kept.map(state => Object.fromEntries(state))).toEqual([
      { a: 'x' },
      { a: 'x', why_x: null },
      { a: 'x', why_x: null, z: 'last' },
    ]);
  });

  it('continues where a draft stopped', async () => {
    const { asked, outcome } = await sit(small, {
      state: new Map([
        ['a', 'x'],
        ['why_x', 'since'],
      ]),
      answers: { z: 'last' },
    });
    expect(asked).toEqual(['z']);
    expect(outcome.answers).toMatchObject({ a: 'x', why_x: 'since', z: 'last' });
  });

  it('stores nothing if the option says so, and shows no note for it', async () => {
    const { outcome, kept, said } = await sit(small, { answers: { a: 'hush' } });
    expect(outcome.answers).not.toHaveProperty('a');
    expect(kept[0]?.get('a')).toBeNull();
    expect(said).toEqual([]);
    const { outcome: rather } = await sit(await shipped('reflect'), {
      mode: 'quick',
      answers: { kinds: ['rather-not'] },
    });
    expect(rather.answers).not.toHaveProperty('kinds');
  });

  it('treats no picks and only blanks as skipped', async () => {
    const reflect = await shipped('reflect');
    const { outcome } = await sit(reflect, {
      mode: 'quick',
      answers: { sit: 'fine', good_moment: ' \n ', held_back: 'yes', what: '' },
    });
    expect(Object.keys(outcome.answers).filter(key => ['good_moment', 'what'].includes(key))).toEqual([]);
    expect(
      (await sit(reflect, { mode: 'quick', answers: { kinds: [] } })).outcome.answers,
    ).not.toHaveProperty('kinds');
  });
});

describe('going back', () => {
  it('asks the previous question with its answer', async () => {
    const { asked, before } = await sit(small, {
      acts: { a: ['x'], why_x: ['one', 'two'], z: ['BACK', 'end'] },
    });
    expect(asked).toEqual(['a', 'why_x', 'z', 'why_x', 'z']);
    expect(before['why_x']).toBe('one');
  });

  it('goes two back by going back twice, and stays at the first', async () => {
    const { asked } = await sit(small, {
      acts: { a: ['x', 'BACK', 'x'], why_x: ['BACK', 'one'], z: ['end'] },
    });
    expect(asked).toEqual(['a', 'why_x', 'a', 'a', 'why_x', 'z']);
  });

  it('returns to an answered question that was left with unfinished text', async () => {
    const asked: string[] = [];
    const replies: Response[] = [
      { is: 'back', typed: 'and more' },
      { is: 'answer', answer: 'y' },
      { is: 'skip' },
      { is: 'answer', answer: 'last, and more' },
    ];
    const state = new Map([
      ['a', 'x'],
      ['why_x', 'since'],
      ['z', 'last'],
    ]);
    const { answers } = await interview(
      { template: small, state, hidden: [], again: 'z' },
      {
        facts: () => Promise.resolve({}),
        minutes: () => 0,
        save: () => Promise.resolve(true),
        showMessages: () => Promise.resolve(),
        ask: ({ key }) => {
          asked.push(key);
          return Promise.resolve(key === 'why_x' ? { is: 'back' } : (replies.shift() ?? { is: 'finish' }));
        },
      },
    );
    expect(asked).toEqual(['z', 'why_x', 'a', 'why_y', 'z']);
    expect(answers['z']).toBe('last, and more');
  });

  it('goes back across a condition: a changed answer takes effect immediately', async () => {
    const { asked, outcome } = await sit(small, {
      acts: { a: ['x', 'y'], why_x: ['BACK'], why_y: ['since'], z: ['end'] },
    });
    expect(asked).toEqual(['a', 'why_x', 'a', 'why_y', 'z']);
    expect(outcome.answers).toMatchObject({ a: 'y', why_y: 'since', z: 'end' });
  });

  it('drops later answers that are no longer on the path, and restores them if they are again', async () => {
    const { asked, outcome } = await sit(small, {
      acts: { a: ['x', 'y', 'x'], why_x: ['one', 'BACK'], why_y: ['BACK'], z: ['BACK', 'end'] },
    });
    expect(asked).toEqual(['a', 'why_x', 'z', 'why_x', 'a', 'why_y', 'a', 'z']);
    expect(outcome.answers).toMatchObject({ a: 'x', why_x: 'one' });
    expect(outcome.trail.map(({ key }) => key)).not.toContain('why_y');
  });

  it('does not count an answer that a change has taken off the path', async () => {
    const { outcome } = await sit(small, {
      state: new Map([
        ['a', 'y'],
        ['why_x', 'left over'],
        ['why_y', null],
        ['z', 'end'],
      ]),
    });
    expect(outcome.answers).not.toHaveProperty('why_x');
    expect(outcome.trail.map(({ key }) => key)).toEqual(['a', 'why_y', 'z']);
  });

  it('asks a question again and continues to the end with all other answers', async () => {
    const { asked, before, outcome } = await sit(small, {
      state: new Map([
        ['a', 'x'],
        ['why_x', 'since'],
        ['z', 'end'],
      ]),
      again: 'why_x',
      answers: { why_x: 'because' },
    });
    expect(asked).toEqual(['why_x']);
    expect(before['why_x']).toBe('since');
    expect(outcome).toMatchObject({ endReason: 'finish', answers: { a: 'x', why_x: 'because', z: 'end' } });
  });
});

describe('finishing here', () => {
  it('saves all answers of the path', async () => {
    const { outcome, asked } = await sit(small, { acts: { a: ['x'], why_x: ['one'], z: ['FINISH'] } });
    expect(asked).toEqual(['a', 'why_x', 'z']);
    expect(outcome).toMatchObject({ endReason: 'input-ended', answers: { a: 'x', why_x: 'one' } });
  });

  it('saves the answers after a question that is asked again', async () => {
    const { outcome } = await sit(small, {
      acts: { a: ['x', 'FINISH'], why_x: ['BACK'] },
      state: new Map([['z', 'end']]),
    });
    expect(outcome).toMatchObject({ endReason: 'input-ended', answers: { a: 'x' } });
    const changed = await sit(small, {
      state: new Map([
        ['a', 'x'],
        ['why_x', 'one'],
        ['z', 'end'],
      ]),
      again: 'a',
      acts: { a: ['FINISH'] },
    });
    expect(changed.outcome.answers).toMatchObject({ a: 'x', why_x: 'one', z: 'end' });
  });
});

describe('the text after an answer', () => {
  const talking = sequence(`
  - ask: a
    kind: multi
    words: a?
    heading: A
    options: [{key: x, label: x, reply: Reply x., page: px}, {key: y, label: y, reply: Reply y.}, {key: other, label: other, asks_words: true, reply: Reply other.}]
    notes: [{id: n, when: {a: x}, words: Note x.}, {id: m, words: Note always.}]
  - {ask: b, kind: text, words: b?, heading: B, notes: [{id: o, when: {a: x}, words: Note of a.}]}
pages: {px: [One.]}
`);

  it('is the replies, then the notes whose conditions are true, then the pages', async () => {
    expect((await sit(talking, { answers: { a: ['x', 'y'], b: 'z' } })).said).toEqual([
      ['a', { is: 'note', words: 'x\nReply x.' }],
      ['a', { is: 'note', words: 'y\nReply y.' }],
      ['a', { is: 'note', words: 'Note x.' }],
      ['a', { is: 'note', words: 'Note always.' }],
      ['a', { is: 'page', name: 'px' }],
      ['b', { is: 'note', words: 'Note of a.' }],
    ]);
  });

  it('is nothing after a skip', async () => {
    expect((await sit(talking)).said).toEqual([]);
  });

  it('comes for "Something else" in own words too', async () => {
    expect(
      (await sit(talking, { answers: { a: ['other: the fan'] } })).said.map(([, aside]) => aside),
    ).toEqual([
      { is: 'note', words: 'Reply other.' },
      { is: 'note', words: 'Note always.' },
    ]);
  });

  const notes: readonly (readonly [string, Record<string, string | number | string[]>, string])[] = [
    [
      'N5 after an echo',
      { look_back: 'yes', echo: ['parent'] },
      "An echo doesn't make this moment less real. Both can be true.",
    ],
    [
      'N6 when they did not notice',
      { noticed: 'no' },
      'They may not know yet. Whether they find out is up to you.',
    ],
    [
      'N7 when it keeps replaying',
      { since: ['replay'] },
      'The rest is short, and ends with something you can do.',
    ],
    [
      'N10 after what it seemed to say',
      { size: 5, about_me: 'too much' },
      "That's how it felt, and it isn't a fact about you. You can leave it here.",
    ],
    [
      'N11 when it is the topic alone',
      { strain_from: 'topic' },
      'Maybe the work itself is hard right now. You can tell them that too.',
    ],
  ];
  it.each(notes)('reflect says %s', async (_name, answers, note) => {
    const { said } = await sit(await shipped('reflect'), { answers: { sit: 'bothered', ...answers } });
    expect(said.map(([, aside]) => (aside.is === 'note' ? aside.words : ''))).toEqual([note]);
  });

  it.each<readonly [string, Answers, boolean]>([
    ['after thinking of skipping, where safety was not in doubt', { urges: ['skip'] }, true],
    ['after "Yes, I feel safe"', { urges: ['stop'], safe: 'yes' }, true],
    ['not where the question about safety was left out', { urges: ['stop'] }, false],
    ['not after "Not sure"', { urges: ['stop'], safe: 'not-sure' }, false],
    ['not after "No"', { urges: ['switch'], safe: 'no', unsafe_how: 'not-sure' }, false],
    ['not where it felt unsafe', { feelings: ['unsafe'], safe: 'yes', urges: ['skip'] }, false],
  ])(
    'reflect mentions distance only after the answer about safety (N3): %s',
    async (_name, answers, isSaid) => {
      const { parts, asked } = await sit(await shipped('reflect'), {
        answers: { sit: 'bothered', ...answers },
      });
      const isDistance = (words: string): boolean =>
        words.startsWith('It makes sense to want some distance.');
      const before = Object.keys(parts).filter(key => parts[key]?.some(isDistance));
      const last = Math.max(asked.indexOf('safe'), asked.indexOf('urges'));
      expect(before.map(key => asked.indexOf(key) > last)).toEqual(isSaid ? [true] : []);
    },
  );
});

describe('without a person to ask', () => {
  const guarded = sequence(`
  - {ask: a, kind: select, words: a?, saved: false, unasked: px, options: [{key: x, label: x, page: py}, {key: y, label: y}], then: [{when: {a: y}, go: {end: help}}]}
  - {ask: b, kind: text, words: b?, heading: B}
pages: {px: [One.], py: [Two.]}
`);
  const pagesOf = async (said: Response, more: Partial<InterviewStart> = {}): Promise<readonly string[]> => {
    const pages: string[] = [];
    const outcome = await interview(
      { template: guarded, state: new Map(), hidden: [], ...more },
      {
        facts: () => Promise.resolve({}),
        minutes: () => 0,
        save: () => Promise.resolve(true),
        ask: next => Promise.resolve(next.key === 'a' ? said : { is: 'answer', answer: 'words' }),
        showMessages: lines => {
          for (const line of lines) if (line.is === 'page') pages.push(line.name);
          return Promise.resolve();
        },
      },
    );
    return [...pages, outcome.endReason, ...Object.keys(outcome.answers)];
  };

  it('shows a page for a file without the answer and at the end of the input', async () => {
    expect(await pagesOf({ is: 'skip', unasked: true })).toEqual(['px', 'finish', 'b']);
    expect(await pagesOf({ is: 'finish' })).toEqual(['px', 'input-ended']);
  });

  it('shows no page to a person who skips, and an option’s page to a person who picks it', async () => {
    expect(await pagesOf({ is: 'skip' })).toEqual(['finish', 'b']);
    expect(await pagesOf({ is: 'answer', answer: 'x' })).toEqual(['py', 'finish', 'a', 'b']);
  });

  it('the help page ends a person’s run, but not the run of a file', async () => {
    expect(await pagesOf({ is: 'answer', answer: 'y' })).toEqual(['help', 'a']);
    expect(await pagesOf({ is: 'answer', answer: 'y' }, { passesHelp: true })).toEqual(['finish', 'a', 'b']);
  });
});
