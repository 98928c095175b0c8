import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/core/notes/answer.ts';
import type { Composition } from '../../../src/core/interview/compose.ts';
import { compose, formatChange, statusOf } from '../../../src/core/interview/compose.ts';
import { frontKeys } from '../../../src/core/notes/reflection.ts';
import type { NewReflection } from '../../../src/core/notes/reflection.ts';
import type { Status } from '../../../src/core/notes/status.ts';
import type { Sitting } from '../support.ts';
import { dayOf, instantOf, sequence, shipped, sit } from '../support.ts';

const otherwise = 'A moment on 12 March';

async function note(
  answers: Answers,
  over: Partial<Composition> = {},
  sitting: Sitting = {},
  name = 'reflect',
): Promise<NewReflection> {
  const { outcome } = await sit(await shipped(name), { answers, ...sitting });
  return compose({
    id: 'k3f9qa',
    session: dayOf('2026-03-12'),
    today: dayOf('2026-03-14'),
    created: instantOf('2026-03-14T19:04:55.120-05:00'),
    path: outcome.trail,
    answers: outcome.answers,
    otherwise,
    ...over,
  });
}

const whole: Answers = {
  sit: 'bothered',
  what: 'They moved on. I said nothing.',
  shape: 'again',
  strain_from: 'both',
  kinds: ['misread', 'other: the fan'],
  detail: 'How fast.',
  meant: 'Not that.',
  feelings: ['small', 'angry'],
  size: 7,
  since: ['guarded'],
  urges: ['quiet'],
  noticed: 'maybe',
  look_back: 'yes',
  echo: ['parent'],
  touches: 'yes',
  next: 'planned',
  one_line: 'When you moved on, I felt small.',
  care: 'air',
};

const notesIn = async (...texts: readonly string[]) =>
  (
    await note(
      {},
      { status: 'set-aside' },
      {
        acts: Object.fromEntries([
          ['safety_step', ['note']],
          ...texts.flatMap((text, at) => [
            [`safety_step#${at + 1}`, ['note']],
            [`note${at === 0 ? '' : `#${at + 1}`}`, [text]],
          ]),
        ]),
      },
      'safety',
    )
  ).sections;

describe('the front matter', () => {
  it('has its keys in the order of the format, without empty keys', async () => {
    const { front } = await note(whole, { with: 'M', template: 'mine' });
    expect(Object.keys(front)).toEqual(frontKeys.filter(key => key in front));
    expect(front).toEqual({
      id: 'k3f9qa',
      session: '2026-03-12',
      created: '2026-03-14T19:04:55.120-05:00',
      status: 'planned',
      title: 'They moved on',
      with: 'M',
      sit: 'bothered',
      kinds: ['misread', 'other: the fan'],
      feelings: ['small', 'angry'],
      size: 7,
      shape: 'again',
      strain_from: 'both',
      since: ['guarded'],
      urges: ['quiet'],
      noticed: 'maybe',
      echo: ['parent'],
      touches: 'yes',
      next: 'planned',
      care: 'air',
      template: 'mine',
      history: ['2026-03-14 planned 7'],
    });
  });

  it('puts keys of a person’s own sequence after the known keys, before the history', async () => {
    const own = sequence(
      '  - {ask: walked, kind: select, words: w?, heading: W, options: [{key: x, label: x}]}\n  - {ask: sure, kind: confirm, words: s?, heading: S}\n',
    );
    const { outcome } = await sit(own, { answers: { walked: 'x', sure: false } });
    const { front } = compose({
      id: 'k3f9qa',
      session: dayOf('2026-03-12'),
      today: dayOf('2026-03-12'),
      created: instantOf('2026-03-12T09:00:00Z'),
      path: outcome.trail,
      answers: outcome.answers,
      otherwise,
      template: 'walk',
    });
    expect(Object.keys(front)).toEqual([
      'id',
      'session',
      'created',
      'status',
      'title',
      'template',
      'walked',
      'sure',
      'history',
    ]);
    expect(front).toMatchObject({ walked: 'x', sure: 'no' });
  });

  it('has no text and no answer that only steers', async () => {
    const { front, sections } = await note({
      ...whole,
      kinds: ['unclear'],
      line_check: 'no',
      urges: ['stop'],
      safe: 'yes',
      wanted: 'Time.',
    });
    for (const key of ['line_check', 'safe', 'look_back', 'what', 'wanted', 'one_line', 'safe_now', 'fresh'])
      expect(front).not.toHaveProperty(key);
    expect(JSON.stringify(sections)).not.toContain('stop');
  });

  it('omits answers that are no longer on the path', async () => {
    const { front, sections } = await note({
      ...whole,
      sit: 'fine',
      held_back: 'no',
      good_moment: 'A joke.',
    });
    expect(Object.keys(front)).toEqual(['id', 'session', 'created', 'title', 'sit', 'held_back']);
    expect(sections).toEqual([{ level: 2, heading: 'A moment to keep', text: 'A joke.' }]);
  });

  it('has only the days and the id without answers', async () => {
    expect((await note({})).front).toEqual({
      id: 'k3f9qa',
      session: '2026-03-12',
      created: '2026-03-14T19:04:55.120-05:00',
      status: 'open',
      title: otherwise,
      history: ['2026-03-14 open'],
    });
  });
});

describe('the history', () => {
  it('begins with the day of writing, the status, and the size if given', async () => {
    expect((await note({ sit: 'bothered', next: 'open' })).front['history']).toEqual(['2026-03-14 open']);
    expect((await note({ sit: 'bothered', size: 0, next: 'open' })).front['history']).toEqual([
      '2026-03-14 open 0',
    ]);
  });

  it('has the last size', async () => {
    const { front } = await note({
      sit: 'bothered',
      size: 7,
      next: 'raised',
      'follow-up/size': 3,
      status: 'eased',
    });
    expect(front).toMatchObject({ size: 3, history: ['2026-03-14 eased 3'] });
    expect(
      (await note({ sit: 'bothered', next: 'raised' }, {}, { acts: { size: [7] } })).front,
    ).toMatchObject({ size: 7 });
  });

  it('is missing without a status', async () => {
    expect((await note({ sit: 'fine', held_back: 'no' })).front).not.toHaveProperty('history');
  });

  it('is written as day, status, size', () => {
    expect(formatChange({ day: dayOf('2026-03-19'), status: 'planned', size: 5 })).toBe(
      '2026-03-19 planned 5',
    );
    expect(formatChange({ day: dayOf('2026-03-19'), status: 'let-go' })).toBe('2026-03-19 let-go');
  });
});

describe('the status', () => {
  const rules: readonly (readonly [string, Answers, Status | undefined])[] = [
    ['nothing answered', {}, 'open'],
    ['bring it up', { sit: 'bothered', next: 'planned' }, 'planned'],
    ['keep it', { next: 'open' }, 'open'],
    ['not sure', { next: 'not-sure' }, 'open'],
    ['talked about it, no more said', { next: 'raised' }, 'raised'],
    ['talked about it, worked through', { next: 'raised', status: 'repaired' }, 'repaired'],
    ['talked about it, not heard', { next: 'raised', status: 'not-addressed' }, 'not-addressed'],
    ['let go', { next: 'let-go', let_go_reason: 'eased' }, 'let-go'],
    ['let go, rests', { next: 'let-go', let_go_reason: 'afraid', rest_or_go: 'rest' }, 'open'],
    ['let go after all', { next: 'let-go', let_go_reason: 'afraid', rest_or_go: 'let-go' }, 'let-go'],
    ['let go, still big, kept', { next: 'let-go', still_big: 'keep' }, 'open'],
    ['let go, still big, gone', { next: 'let-go', still_big: 'let-go' }, 'let-go'],
    ['mostly good', { sit: 'fine' }, undefined],
    ['mostly good, nothing held back', { sit: 'fine', held_back: 'no' }, undefined],
    ['mostly good, a bit held back', { sit: 'fine', held_back: 'a-bit' }, 'open'],
    ['mostly good, held back, to bring up', { sit: 'fine', held_back: 'yes', next: 'planned' }, 'planned'],
  ];
  it.each(rules)('%s', (_name, answers, status) => {
    expect(statusOf(answers)).toBe(status);
  });

  it('keeps the day to rest until, and is not let-go', async () => {
    const { front } = await note({
      sit: 'bothered',
      next: 'let-go',
      let_go_reason: 'afraid',
      rest_or_go: 'rest',
      rest_until: '2026-05-01',
    });
    expect(front).toMatchObject({ status: 'open', rest_until: '2026-05-01', let_go_reason: 'afraid' });
  });

  it('is the command’s, whatever the answers', async () => {
    expect((await note({ sit: 'line' }, { status: 'set-aside' })).front).toMatchObject({
      status: 'set-aside',
      history: ['2026-03-14 set-aside'],
    });
  });
});

describe('the title', () => {
  const rules: readonly (readonly [string, Answers, string])[] = [
    [
      'the first sentence of what happened',
      { what: 'They left early. I stayed.', kinds: ['misread'] },
      'They left early',
    ],
    ['the first kind, if there is no text', { kinds: ['bored', 'misread'] }, 'They seemed bored or far away'],
    [
      'the first kind, if the text has no words',
      { what: '...', kinds: ['misread'] },
      'They misunderstood me',
    ],
    ["the person's own kind", { kinds: ['other: the fan was loud. Very.'] }, 'the fan was loud'],
    ["the kind's label, where the own words say nothing", { kinds: ['other'] }, 'Something else'],
    [
      'the good moment of a good session',
      { sit: 'fine', good_moment: 'They asked again. Kindly.', held_back: 'no' },
      'They asked again',
    ],
    ['the day, where there is nothing', { size: 4 }, otherwise],
    ['the day, after rather not say', { kinds: ['rather-not'] }, otherwise],
  ];
  it.each(rules)('is %s', async (_name, answers, title) => {
    expect(await note({ sit: 'bothered', ...answers }, {}, { mode: 'quick' })).toMatchObject({
      title,
      front: { title },
    });
  });
});

describe('the texts', () => {
  it('are sections in the order of the questions, exactly as they were typed', async () => {
    const { sections } = await note({ ...whole, what: '  # not a heading\n\n---\n ', theirs: 'Nothing.' });
    expect(sections).toEqual([
      { level: 2, heading: 'What happened', text: '  # not a heading\n\n---\n ' },
      { level: 2, heading: 'What part stayed with me', text: 'How fast.' },
      { level: 2, heading: 'What I meant', text: 'Not that.' },
      { level: 2, heading: 'What they did', text: 'Nothing.' },
      { level: 2, heading: 'One sentence', text: 'When you moved on, I felt small.' },
    ]);
  });

  it('have neither heading nor key if empty', async () => {
    expect((await note({ sit: 'bothered', what: ' \n ', one_line: '' })).sections).toEqual([]);
  });

  it('keep every note of a repeated question, but an unchanged or extended note once', async () => {
    expect(await notesIn('On Tuesday.', 'And on Thursday.')).toEqual([
      { level: 2, heading: 'A dated note', text: 'On Tuesday.\n\nAnd on Thursday.' },
    ]);
    expect(await notesIn('On Tuesday.', 'On Tuesday.')).toMatchObject([{ text: 'On Tuesday.' }]);
    expect(await notesIn('On Tuesday.', 'On Tuesday. And Thursday.')).toMatchObject([
      { text: 'On Tuesday. And Thursday.' },
    ]);
    expect(await notesIn('On Tuesday.', '')).toMatchObject([{ text: 'On Tuesday.' }]);
  });
});
