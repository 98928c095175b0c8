import { languages } from 'shipped:templates';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/core/notes/answer.ts';
import { holds } from '../../../src/core/template/condition.ts';
import {
  isAnyNotSafe,
  noteSafety,
  safetyKeys,
  saidBefore,
  saysNotSafe,
} from '../../../src/core/notes/not-safe.ts';
import type { Head } from '../../../src/core/notes/reflection.ts';
import { dayOf, momentOf } from '../support.ts';

const today = dayOf('2026-03-12');

function head(session: string, over: Partial<Head> = {}): Head {
  return momentOf('k3f9qa', session, over).head;
}

/** Whether the fact is set, as a condition sees it. */
function isSet(answers: Answers): boolean {
  const known = { ...answers };
  noteSafety(known);
  return known['not_safe'] === 'yes';
}

describe('saysNotSafe', () => {
  it.each<[string, Answers]>([
    ['not able to be open without getting hurt', { safe: 'no', unsafe_how: 'cannot-open' }],
    ['not safe with them, and not sure how', { safe: 'no', unsafe_how: 'not-sure' }],
    ['not safe with them, and no word on how', { safe: 'no' }],
    ['not sure to be safe with them', { safe: 'not-sure' }],
    ['it will be used against me', { worries: ['too-small', 'used-against-me'] }],
    ['the feeling unsafe', { feelings: ['sad', 'unsafe'] }],
    ['the feeling unsafe, though safe with them', { feelings: ['unsafe'], safe: 'yes' }],
    ['a moment that holds the feeling unsafe', { was_feelings: ['unsafe'] }],
    ['not raised because it did not feel safe', { in_the_way: 'unsafe' }],
    ['punished for raising it', { response: ['punished'] }],
    ['a line that may have been crossed', { line_check: 'maybe' }],
    ['closeness that is kept secret', { kinds: ['secret-closeness'] }],
  ])('%s', (_name, answers) => {
    expect([saysNotSafe(answers), isSet(answers)]).toEqual([true, true]);
  });

  it.each<[string, Answers]>([
    ['nothing answered', {}],
    ['safe with them', { safe: 'yes' }],
    ['not safe in oneself, or at home', { safe: 'no', unsafe_how: 'in-myself' }],
    ['punished, and safe with them all the same', { response: ['punished'], safe: 'yes' }],
    ['other worries', { worries: ['fight', 'none'] }],
    ["words of one's own that begin like a key", { feelings: ['other: unsafe'] }],
  ])('is not %s', (_name, answers) => {
    expect(isSet(answers)).toBe(false);
  });

  it('keeps an earlier answer until "Yes, I feel safe with them", and a note set aside beyond that', () => {
    expect(isSet({ was_not_safe: 'said' })).toBe(true);
    expect(isSet({ was_not_safe: 'said', safe: 'yes' })).toBe(false);
    expect(isSet({ was_not_safe: 'apart', safe: 'yes' })).toBe(true);
    expect(isSet({ not_safe: 'yes' })).toBe(false);
  });
});

describe('safetyKeys', () => {
  it('records the day of an answer and removes the opposite key', () => {
    expect(safetyKeys({ safe: 'no', unsafe_how: 'cannot-open' }, today)).toEqual({
      not_safe: today,
      felt_safe: undefined,
    });
    expect(safetyKeys({ safe: 'yes' }, today)).toEqual({ felt_safe: today, not_safe: undefined });
    expect(safetyKeys({ safe: 'yes', worries: ['used-against-me'] }, today)).toEqual({
      not_safe: today,
      felt_safe: undefined,
    });
  });

  it('is empty if the note says it already, or nothing was answered', () => {
    expect(safetyKeys({ feelings: ['unsafe'], was_kinds: ['secret-closeness'] }, today)).toEqual({});
    expect(safetyKeys({ feelings: ['sad'], was_not_safe: 'said' }, today)).toEqual({});
  });
});

describe('saidBefore', () => {
  const unsafe = head('2026-02-01', { keys: { not_safe: '2026-03-01' } });

  it.each<[string, readonly Head[], string | undefined]>([
    ['nothing', [head('2026-02-01')], undefined],
    ['that it is not safe', [unsafe, head('2026-03-02')], 'said'],
    [
      'that it was not, and is now',
      [unsafe, head('2026-02-02', { keys: { felt_safe: '2026-03-02' } })],
      undefined,
    ],
    [
      'that it was, and is not now',
      [unsafe, head('2026-02-02', { keys: { felt_safe: '2026-02-28' } })],
      'said',
    ],
    ['both on one day', [unsafe, head('2026-02-02', { keys: { felt_safe: '2026-03-01' } })], 'said'],
    ['the feeling unsafe', [head('2026-02-01', { feelings: ['unsafe'] })], 'said'],
    [
      'the feeling unsafe, and safe with them',
      [head('2026-02-01', { feelings: ['unsafe'], keys: { felt_safe: '2026-02-01' } })],
      undefined,
    ],
    [
      'that it was not, in a moment that was worked through',
      [head('2026-02-01', { status: 'repaired', keys: { not_safe: '2026-02-01' } })],
      'said',
    ],
    [
      'the feeling unsafe, in a moment that is easier',
      [head('2026-02-01', { status: 'eased', feelings: ['unsafe'] })],
      'said',
    ],
    [
      'that it was not, in a moment that was let go, and is now',
      [
        head('2026-02-01', { status: 'let-go', keys: { not_safe: '2026-02-01' } }),
        head('2026-02-02', { keys: { felt_safe: '2026-02-02' } }),
      ],
      undefined,
    ],
    [
      'a note that is set aside, despite later answers',
      [
        head('2026-02-01', { status: 'set-aside' }),
        head('2026-03-01', { keys: { felt_safe: '2026-03-01' } }),
      ],
      'apart',
    ],
    ['an invalid day', [head('2026-02-01', { keys: { not_safe: 'soon' } })], undefined],
  ])('%s', (_name, heads, said) => {
    expect(saidBefore(heads, undefined)).toBe(said);
  });

  it('applies to that therapist, and wherever the name is missing', () => {
    const named = head('2026-02-01', { with: 'Tina', keys: { not_safe: '2026-02-01' } });
    const said = (heads: readonly Head[], ...names: readonly (string | undefined)[]): readonly unknown[] =>
      names.map(name => saidBefore(heads, name));
    expect(said([named], 'Max', ' tina ', undefined)).toEqual([undefined, 'said', 'said']);
    expect(said([unsafe], 'Max', undefined)).toEqual(['said', 'said']);
    expect(isAnyNotSafe([head('2026-03-01', { with: 'Max' })], [named])).toBe(false);
    expect(isAnyNotSafe([head('2026-03-01')], [named])).toBe(true);
  });

  it('is overridden only by a later note about the same therapist; a note without a name overrides no other', () => {
    const named = head('2026-02-01', { with: 'Tina', keys: { not_safe: '2026-02-01' } });
    const felt = (who?: string): Head => head('2026-02-02', { with: who, keys: { felt_safe: '2026-02-02' } });
    const then = (heads: readonly Head[], name?: string): unknown => saidBefore(heads, name);
    expect([then([named, felt('Tina')], 'Tina'), then([named, felt('Tina')])]).toEqual([
      undefined,
      undefined,
    ]);
    expect([then([named, felt()], 'Tina'), then([named, felt()])]).toEqual(['said', undefined]);
    expect(
      then([unsafe, head('2026-03-02', { with: 'Tina', keys: { felt_safe: '2026-03-02' } })], 'Tina'),
    ).toBeUndefined();
    expect(then([named, felt('Max')], 'Tina')).toBe('said');
  });

  it.each<[string, Partial<Head>]>([
    ['its history', { keys: { history: ['2026-02-01 set-aside 8', '2026-02-09 open 8'] } }],
    ['how it began', { status: 'planned', keys: { sit: 'line' } }],
  ])('stays once the note was set aside, by %s', (_how, over) => {
    const back = head('2026-02-01', over);
    const later = head('2026-03-01', { keys: { felt_safe: '2026-03-01' } });
    expect([saidBefore([back, later], undefined), isAnyNotSafe([back], [back])]).toEqual(['apart', true]);
  });
});

describe('the closing line', () => {
  const closingOf = async (answers: Answers): Promise<string> => {
    const closings = (await languages['en']?.closings())?.value ?? [];
    return closings.find(({ when }) => holds(when, { answers, asked: new Set<string>() }))?.words ?? '';
  };

  it.each([
    ['open', "It's saved, and you don't have to say anything to them."],
    ['planned', "It's saved, and you don't have to say anything to them."],
    ['raised', "It's saved. You don't have to say anything more to them."],
    ['not-addressed', "It's saved. You don't have to say anything more to them."],
    ['repaired', "It's saved. You don't have to say anything more to them."],
    ['eased', "It's saved. You don't have to say anything more to them."],
  ])('does not ask the person to speak up if it is not safe: %s', async (status, words) => {
    const said = await closingOf({ status, not_safe: 'yes', how: 'say', size: 9 });
    expect(said).toBe(`${words} \`rupture help-now\` shows people you can reach.`);
  });

  it.each(['repaired', 'eased'])('has its own words after an answer that it feels safe: %s', async status => {
    const said = await closingOf({ status, not_safe: 'yes', safe: 'yes' });
    expect(said).toMatch(status === 'repaired' ? /worked it through/ : /easier/);
  });

  const noFault = "How they answered isn't your fault, and you don't have to do anything more.";

  it.each(['raised', 'not-addressed'])('does not praise after anger or denial: %s', async status => {
    for (const response of [['punished'], ['denied', 'listened']]) {
      const said = await closingOf({ status, came_up: 'i-said-it', response, safe: 'yes' });
      expect(said).toBe(`You said it. ${noFault}`);
    }
  });

  it.each(['repaired', 'eased'])('does not praise after anger or denial alone: %s', async status => {
    const of = (response: readonly string[]): Promise<string> =>
      closingOf({ status, came_up: 'i-said-it', response, safe: 'yes' });
    expect(await of(['punished'])).toBe(`You said it. ${noFault}`);
    expect(await of(['denied'])).toBe("It's saved.");
    for (const mended of ['listened', 'asked', 'glad', 'owned', 'sorry', 'changed']) {
      expect(await of(['denied', mended])).toMatch(/worked it through|easier/);
    }
  });

  it.each([
    ['i-said-it', 'You said it'],
    ['part', 'You said it'],
    ['they-did', 'It came up'],
    [undefined, 'It came up'],
  ])('mentions who raised it only if the person said so: %s', async (came, words) => {
    const who: Answers = came === undefined ? {} : { came_up: came };
    expect(await closingOf({ ...who, status: 'raised', response: ['punished'], safe: 'yes' })).toBe(
      `${words}. ${noFault}`,
    );
    expect(await closingOf({ ...who, status: 'not-addressed' })).toContain(`${words}, and `);
  });

  it('accepts "worked through" with a therapist who owned it or said sorry', async () => {
    const answers = { status: 'repaired', came_up: 'they-did', response: ['denied', 'sorry'] };
    expect(await closingOf(answers)).toMatch(/worked it through/);
    expect(await closingOf({ ...answers, response: ['punished', 'sorry'], not_safe: 'yes' })).not.toMatch(
      /worked/,
    );
  });
});
