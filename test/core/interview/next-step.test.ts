import { describe, expect, it } from 'vitest';
import { progressOf, nextStep } from '../../../src/core/interview/next-step.ts';
import { sequence, shipped, sit } from '../support.ts';
import type { Run } from '../../../src/core/interview/run.ts';

const text = (id: string, more = ''): string =>
  `  - {ask: ${id}, kind: text, words: ${id}?, heading: ${id}${more === '' ? '' : `, ${more}`}}\n`;
const select = (id: string, keys: readonly string[], more = ''): string =>
  `  - {ask: ${id}, kind: select, words: ${id}?, heading: ${id}, options: [${keys.map(key => `{key: ${key}, label: ${key}}`).join(', ')}]${more === '' ? '' : `, ${more}`}}\n`;

const clocked = (then: string): string =>
  `${text('a')}${text('b')}${text('c')}${text('d')}offers:\n  - {ask: up, kind: select, words: up?, saved: false, counts: false, after_minutes: 10, modes: [full], options: [{key: next, label: n}, {key: longer, label: l}], then: [{when: {up: next}, go: ${then}}]}\n`;

const late = (put: number): number => (put >= 2 ? 10 : 9.9);

const laterOn = (put: number): number => (put >= 6 ? 11 : 3);

describe('conditions and modes', () => {
  const small = sequence(
    select('sit', ['fine', 'bad']) +
      text('why_fine', 'when: {sit: fine}') +
      text('long', 'modes: [full]') +
      text('last'),
  );

  it('asks a question only if its condition is true', async () => {
    expect((await sit(small, { answers: { sit: 'bad' } })).asked).toEqual(['sit', 'long', 'last']);
    expect((await sit(small, { answers: { sit: 'fine' } })).asked).toEqual([
      'sit',
      'why_fine',
      'long',
      'last',
    ]);
  });

  it('omits questions of another mode', async () => {
    expect((await sit(small, { mode: 'quick' })).asked).toEqual(['sit', 'last']);
  });

  it('returns a heading once, with the question after it, and none for an omitted question', async () => {
    const parted = sequence(
      `  - part: One\n${text('a')}  - {part: Two, modes: [quick]}\n  - {part: Three, when: {a: x}}\n${text('b')}  - part: Last\n`,
    );
    const { parts, outcome } = await sit(parted, { answers: { a: 'x' } });
    expect(parts).toEqual({ a: ['One'], b: ['Three'] });
    expect(outcome.endReason).toBe('finish');
    const end = nextStep({
      template: parted,
      facts: {},
      state: new Map([
        ['a', null],
        ['b', null],
      ]),
      minutes: 0,
      hidden: [],
    });
    expect(end.is === 'end' && end.parts.map(part => part.words)).toEqual(['Last']);
  });

  it('uses an answer only after its question: a later answer decides nothing before it', async () => {
    const looking = sequence(text('early', 'when: {late: {answered: true}}') + text('late'));
    expect((await sit(looking, { answers: { late: 'x' } })).asked).toEqual(['late']);
  });
});

describe('jumps', () => {
  const jumping = sequence(
    select(
      'a',
      ['on', 'out', 'other'],
      'then: [{when: {a: on}, go: d}, {when: {a: out}, go: {end: keep}}, {when: {a: other}, go: {open: safety}}]',
    ) +
      text('b') +
      '  - {go: {end: later}, when: {b: stop}}\n' +
      text('c') +
      text('d'),
    { safety: sequence(text('s')) },
  );

  it('continues at a later question', async () => {
    expect((await sit(jumping, { answers: { a: 'on' } })).asked).toEqual(['a', 'd']);
  });

  it('ends as the jump says, with the sequence to open next', async () => {
    expect((await sit(jumping, { answers: { a: 'out' } })).outcome).toMatchObject({ endReason: 'keep' });
    expect((await sit(jumping, { answers: { a: 'other' } })).outcome).toMatchObject({
      endReason: 'open',
      opens: 'safety',
    });
    expect((await sit(jumping, { answers: { b: 'stop' } })).outcome.endReason).toBe('later');
  });

  it('does not jump if the question is skipped', async () => {
    expect((await sit(jumping)).asked).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes the first jump whose condition is true', async () => {
    const two = sequence(text('a', 'then: [{go: c}, {go: d}]') + text('b') + text('c') + text('d'));
    expect((await sit(two)).asked).toEqual(['a', 'c', 'd']);
  });
});

describe('includes', () => {
  const inner = sequence(
    select('a', ['x', 'y'], 'then: [{when: {a: x}, go: c}]') +
      '  - {go: c, when: {a: y}}\n' +
      text('b') +
      text('c'),
  );

  it('asks an included question once, however often it is included', async () => {
    const twice = sequence(`  - include: inner\n${text('between')}  - include: inner\n`, { inner });
    expect((await sit(twice)).asked).toEqual(['a', 'b', 'c', 'between']);
  });

  it('jumps within the same inclusion, not back to an earlier one', async () => {
    const twice = sequence(
      `${select('q', ['one', 'two'])}  - {include: inner, when: {q: one}}\n${text('between')}  - {include: inner, when: {q: two}}\n${text('end')}`,
      { inner },
    );
    expect((await sit(twice, { answers: { q: 'one', a: 'x' } })).asked).toEqual([
      'q',
      'a',
      'c',
      'between',
      'end',
    ]);
    expect((await sit(twice, { answers: { q: 'two', a: 'x' } })).asked).toEqual([
      'q',
      'between',
      'a',
      'c',
      'end',
    ]);
    expect((await sit(twice, { answers: { q: 'two', a: 'y' } })).asked).toEqual([
      'q',
      'between',
      'a',
      'c',
      'end',
    ]);
  });

  it('applies its condition and modes to every included step', async () => {
    const under = sequence(
      `${select('q', ['yes', 'no'])}  - {include: inner, when: {q: yes}, modes: [full]}\n`,
      { inner },
    );
    expect((await sit(under, { answers: { q: 'no' } })).asked).toEqual(['q']);
    expect((await sit(under, { answers: { q: 'yes' }, mode: 'quick' })).asked).toEqual(['q']);
    expect((await sit(under, { answers: { q: 'yes' } })).asked).toEqual(['q', 'a', 'b', 'c']);
  });
});

describe('a repeated question', () => {
  const rounds =
    text('before') +
    select(
      'step',
      ['note', 'look', 'leave', 'done'],
      'until: done, then: [{when: {step: leave}, go: {end: undo}}]',
    ) +
    text('note', 'when: {step: note}') +
    text('after');

  it('repeats until it is skipped, or its last option is picked', async () => {
    const template = sequence(rounds);
    expect(
      (await sit(template, { acts: { step: ['look'], 'step#2': ['look'], 'step#3': ['done'] } })).asked,
    ).toEqual(['before', 'step', 'step#2', 'step#3', 'after']);
    expect((await sit(template, { acts: { step: ['look'] } })).asked).toEqual([
      'before',
      'step',
      'step#2',
      'after',
    ]);
    expect((await sit(template)).asked).toEqual(['before', 'step', 'after']);
  });

  it('asks dependent questions in each round', async () => {
    const { asked } = await sit(sequence(rounds), {
      acts: { step: ['note'], 'step#2': ['look'], 'step#3': ['note'], 'step#4': ['done'] },
    });
    expect(asked).toEqual(['before', 'step', 'note', 'step#2', 'step#3', 'note#3', 'step#4', 'after']);
  });

  it('has no answer after it was skipped', async () => {
    const { asked, outcome } = await sit(sequence(`${rounds}${text('look', 'when: {step: look}')}`), {
      acts: { step: ['look'], 'step#2': ['SKIP'] },
    });
    expect(asked).toEqual(['before', 'step', 'step#2', 'after']);
    expect(outcome.answers).not.toHaveProperty('step');
  });

  it('is left immediately by a jump to an end or a later question', async () => {
    expect(
      (await sit(sequence(rounds), { acts: { step: ['look'], 'step#2': ['leave'] } })).outcome.endReason,
    ).toBe('undo');
    const on = sequence(rounds.replace('{end: undo}', 'after'));
    expect((await sit(on, { acts: { step: ['look'], 'step#2': ['leave'] } })).asked).toEqual([
      'before',
      'step',
      'step#2',
      'after',
    ]);
  });

  it('takes the jump of a question within a round', async () => {
    const inner = sequence(
      rounds.replace(
        'when: {step: note}',
        'when: {step: note}, then: [{when: {note: {answered: true}}, go: {end: help}}]',
      ),
    );
    expect((await sit(inner, { acts: { step: ['note'] }, answers: { note: 'x' } })).outcome.endReason).toBe(
      'help',
    );
  });

  it('keeps its rounds when it is included under a condition', async () => {
    const outer = sequence(`${select('q', ['yes', 'no'])}  - {include: inner, when: {q: yes}}\n`, {
      inner: sequence(rounds),
    });
    const { asked } = await sit(outer, {
      answers: { q: 'yes' },
      acts: { step: ['note'], 'step#2': ['done'] },
    });
    expect(asked).toEqual(['q', 'before', 'step', 'note', 'step#2', 'after']);
  });

  it('goes back from a round into the previous round', async () => {
    const { asked, before } = await sit(sequence(rounds), {
      acts: { step: ['note'], note: ['words', 'other words'], 'step#2': ['BACK', 'done'] },
    });
    expect(asked).toEqual(['before', 'step', 'note', 'step#2', 'note', 'step#2', 'after']);
    expect(before['note']).toBe('words');
  });

  it('ends at its last option if several may be picked', async () => {
    const several = sequence(rounds.replace('kind: select', 'kind: multi'));
    expect(
      (await sit(several, { acts: { step: [['look']], 'step#2': [['look', 'done']], 'step#3': ['SKIP'] } }))
        .asked,
    ).toEqual(['before', 'step', 'step#2', 'after']);
  });
});

describe('offers by the clock', () => {
  it('asks once, between two questions, when the time has come, and continues', async () => {
    expect((await sit(sequence(clocked('d')), { minutes: late, answers: { up: 'longer' } })).asked).toEqual([
      'a',
      'b',
      'up',
      'c',
      'd',
    ]);
    expect((await sit(sequence(clocked('d')), { minutes: late })).asked).toEqual(['a', 'b', 'up', 'c', 'd']);
  });

  it('jumps where the offer says', async () => {
    expect((await sit(sequence(clocked('d')), { minutes: late, answers: { up: 'next' } })).asked).toEqual([
      'a',
      'b',
      'up',
      'd',
    ]);
  });

  it('ends where the offer says', async () => {
    const { asked, outcome } = await sit(sequence(clocked('{end: keep}')), {
      minutes: late,
      answers: { up: 'next', a: 'x' },
    });
    expect(asked).toEqual(['a', 'b', 'up']);
    expect(outcome).toMatchObject({ endReason: 'keep', answers: { a: 'x' } });
  });

  it('comes even if it leads to no question', async () => {
    const plain = sequence(clocked('d').replace(/, then: .*(?=}$)/m, ''));
    expect((await sit(plain, { minutes: late, answers: { up: 'next' } })).asked).toEqual([
      'a',
      'b',
      'up',
      'c',
      'd',
    ]);
  });

  it('does not come in another mode, nor after its target was reached', async () => {
    expect((await sit(sequence(clocked('d')), { minutes: late, mode: 'quick' })).asked).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    expect((await sit(sequence(clocked('d')), { minutes: put => (put >= 3 ? 10 : 0) })).asked).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('does not come before a question that is answered already', async () => {
    expect(
      (
        await sit(sequence(clocked('d')), {
          minutes: () => 60,
          state: new Map([
            ['a', 'x'],
            ['b', null],
          ]),
        })
      ).asked,
    ).toEqual(['up', 'c', 'd']);
  });

  it('asks N9 once, after ten minutes of the full shipped reflect, and `next` goes to what is next', async () => {
    const reflect = await shipped('reflect');
    const { asked } = await sit(reflect, { minutes: laterOn, answers: { sit: 'bothered', time_up: 'next' } });
    expect(asked).toEqual([
      'sit',
      'what',
      'shape',
      'strain_from',
      'kinds',
      'detail',
      'time_up',
      'next',
      'care',
    ]);
    const longer = await sit(reflect, { minutes: laterOn, answers: { sit: 'bothered', time_up: 'longer' } });
    expect(longer.asked.filter(key => key === 'time_up')).toHaveLength(1);
    expect(longer.asked.slice(5, 8)).toEqual(['detail', 'time_up', 'wanted']);
    expect(
      (await sit(reflect, { minutes: laterOn, mode: 'quick', answers: { sit: 'bothered' } })).asked,
    ).not.toContain('time_up');
  });
});

describe('hidden questions', () => {
  it('are not asked; safety questions are, whatever is hidden', async () => {
    const small = sequence(text('a') + text('b') + text('c', 'safety: true'));
    expect((await sit(small, { hidden: ['b', 'c'] })).asked).toEqual(['a', 'c']);
  });

  it('leave every safety question of the shipped sequences in its place', async () => {
    const reflect = await shipped('reflect');
    const hidden = [
      'safe',
      'unsafe_how',
      'see_options',
      'not_sure_then',
      'safe_now',
      'safe_now_then',
      'line_check',
      'outside',
    ];
    const { asked } = await sit(reflect, {
      mode: 'quick',
      hidden,
      answers: {
        sit: 'mixed',
        kinds: ['unclear'],
        line_check: 'no',
        feelings: ['unsafe', 'hopeless'],
        safe: 'not-sure',
        size: 9,
        safe_now: 'yes',
      },
    });
    expect(asked).toEqual([
      'sit',
      'what',
      'kinds',
      'line_check',
      'feelings',
      'safe',
      'not_sure_then',
      'size',
      'safe_now',
      'safe_now_then',
      'next',
    ]);
    expect(
      (
        await sit(await shipped('safety'), {
          hidden: ['line_kinds', 'safety_step', 'note'],
          acts: { safety_step: ['note'] },
        })
      ).asked,
    ).toEqual(['line_kinds', 'safety_step', 'note', 'safety_step#2']);
  });
});

describe('progress', () => {
  it('counts the answered questions and the usual remaining questions, and never exceeds the total', async () => {
    const { progress } = await sit(await shipped('reflect'), {
      mode: 'quick',
      answers: { sit: 'bothered', kinds: ['unclear'], line_check: 'no', next: 'planned' },
    });
    expect(progress.map(({ at, about }) => `${at}/${about}`)).toEqual([
      '1/7',
      '2/7',
      '3/7',
      '3/7',
      '4/7',
      '5/7',
      '6/7',
      '7/7',
    ]);
  });

  it('does not count safety questions and offers', async () => {
    const { asked, progress } = await sit(await shipped('reflect'), {
      mode: 'quick',
      answers: { kinds: ['unclear'], line_check: 'no', feelings: ['unsafe'], safe: 'yes', size: 8 },
      sessionIs: 'today',
    });
    expect(asked.filter((_key, index) => progress[index]?.counts === false)).toEqual([
      'line_check',
      'safe',
      'safe_now',
      'safe_now_then',
    ]);
    expect(progress.at(-1)).toMatchObject({ at: 6, about: 6 });
  });

  it('assumes the usual pick for remaining questions, if there is one', async () => {
    const usual = sequence(select('a', ['x', 'y'], 'usual: x') + text('b', 'when: {a: x}') + text('c'));
    expect((await sit(usual)).progress.map(({ at, about }) => `${at}/${about}`)).toEqual(['1/3', '2/2']);
  });

  it('counts the questions after a future offer', async () => {
    const offered = `${text('a')}${select('b', ['x', 'y'], 'usual: x')}${text('c')}${text('d')}offers:\n  - {ask: up, kind: select, words: up?, saved: false, counts: false, after_minutes: 0, when: {b: x}, options: [{key: on, label: n}, {key: end, label: l}], then: [{when: {up: end}, go: {end: keep}}]}\n`;
    expect((await sit(sequence(offered))).progress.map(({ at, about }) => `${at}/${about}`)).toEqual([
      '1/4',
      '2/4',
      '3/4',
      '4/4',
    ]);
    expect(
      (await sit(sequence(offered), { answers: { b: 'x' } })).progress.map(
        ({ at, about }) => `${at}/${about}`,
      ),
    ).toEqual(['1/4', '2/4', '2/4', '3/4', '4/4']);
  });

  it('covers the whole path when a question in the middle is asked again', () => {
    const template = sequence(text('a') + text('b') + text('c') + text('d'));
    const run: Run = {
      template,
      facts: {},
      state: new Map([
        ['a', 'x'],
        ['b', 'x'],
        ['c', 'x'],
      ]),
      minutes: 0,
      hidden: [],
      again: 'b',
    };
    const next = nextStep(run);
    expect(next.is === 'ask' && progressOf(run, next)).toEqual({ at: 2, about: 4 });
  });
});
