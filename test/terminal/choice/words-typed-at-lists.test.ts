import { describe, expect, test } from 'vitest';
import { choicePrompt } from '../../../src/terminal/choice/choice-prompt.ts';
import type { Answer } from '../../../src/core/notes/answer.ts';
import type { Screen } from '../../../src/world/world.ts';
import { option, screen, screensByName } from '../screens.ts';
import { answerTo, linesOf, press, theme } from '../voice.ts';

const named = (name: string): Screen => screensByName[name] ?? screen('text');
type Details = Partial<Screen>;
const choice = (name: string, details: Details = {}) => choicePrompt({ ...named(name), ...details }, theme);
const replyTo = (name: string, keys: readonly string[], details: Details = {}) =>
  press(choice(name, details), keys).settled;
const answered = (answer: Answer, words: string) => ({ is: 'reply', reply: { is: 'answer', answer, words } });
const labelled = (...labels: readonly string[]) => labels.map(label => option(label, label));

describe('words typed at a list', () => {
  test('appear on a separate line below it, including spaces', () => {
    const { pose: promptState } = press(choice('kinds'), [...'He hugged me at the end']);
    expect(linesOf(promptState)).toContain('\n  │ He hugged me at the end\n');
    expect(linesOf(promptState)).not.toContain('◉');
  });
  test('filter the options by any part of the label, including those behind "Show all"', () => {
    const { pose: promptState } = press(choice('kinds'), [...'QUIET']);
    expect(linesOf(promptState)).toContain('They stayed quiet when I wanted words');
    expect(linesOf(promptState)).toContain('They spoke when I needed quiet');
    expect(linesOf(promptState)).not.toContain('bored');
  });
  test('are found whatever their case, accents and apostrophes', () => {
    expect(answerTo(choice('sit'), [...'i can’t', 'enter'])).toBe('not-sure');
    const options = labelled('Trop café', 'Rien');
    expect(answerTo(choice('sit', { options }), [...'CAFE', 'enter'])).toBe('Trop café');
  });
  test('choose with Enter the only match, or with an arrow one of several', () => {
    expect(answerTo(choice('sit'), [...'tense', 'enter'])).toBe('strained');
    expect(answerTo(choice('list'), [...'no', 'enter'])).toBe(false);
    const several = press(choice('sit'), [...'ing ', 'enter']).pose;
    expect(linesOf(several)).toContain('2 lines have your words.');
    expect(answerTo(several, ['down', 'down', 'enter'])).toBe('line');
  });
  test('choose none of several that begin with them, since a sentence may continue', () => {
    const { pose: promptState, settled } = press(choice('kinds'), [...'They', 'enter']);
    expect(settled).toBeUndefined();
    expect(linesOf(promptState)).not.toMatch(/◉|›/);
    expect(linesOf(promptState)).toContain('│ They');
  });
  test('choose the option with exactly that label, even if others contain it', () => {
    const options = labelled('Yes', 'Not sure', 'No');
    expect(answerTo(choice('sit', { options }), [...'no', 'enter'])).toBe('No');
  });
  test('become own words if the question allows them, and are shown before the next Enter continues', () => {
    const one = press(choice('care'), [...'a walk, and tea', 'enter']).pose;
    expect(linesOf(one)).toContain('› My own: a walk, and tea');
    expect(linesOf(one)).toContain('Enter goes on.');
    expect(answerTo(one, ['enter'])).toBe('other: a walk, and tea');
    expect(answerTo(one, [...'then rest', 'enter', 'enter'])).toBe('other: a walk, and tea then rest');
    expect(answerTo(choice('kinds'), [...'It was late', 'enter', 'enter'])).toEqual(['other: It was late']);
  });
  test('are saved with the answer if nothing else takes them; Enter alone chooses nothing', () => {
    const text = 'He was late, 10 minutes.';
    const typed = press(choice('sit', { wordsTo: 'What happened' }), [...text]).pose;
    expect(linesOf(typed)).toContain('Enter keeps this for “What happened”');
    const { pose: promptState, settled } = press(typed, ['enter', 'enter', 'enter', 'space']);
    expect(settled).toBeUndefined();
    expect(linesOf(press(typed, ['enter']).pose)).toContain('This question takes a choice');
    expect(linesOf(promptState)).toContain(`Kept for “What happened”: ${text}`);
    expect(press(promptState, ['down', 'down', 'enter']).settled).toEqual(answered('mixed', text));
    expect(press(promptState, ['tab']).settled).toEqual({ is: 'reply', reply: { is: 'skip', words: text } });
    expect(press(typed, ['ctrl-d']).settled).toEqual({ is: 'reply', reply: { is: 'finish', words: text } });
    expect(press(typed, ['down', 'enter']).settled).toEqual(answered('fine', text));
  });
  test('stay if nothing would save them, whatever key is pressed, until they are deleted', () => {
    const typed = press(choice('keep'), [...'wait, one more']).pose;
    for (const keys of [['enter'], ['enter', 'enter'], ['down', 'enter'], ['tab'], ['ctrl-d']]) {
      const { pose: promptState, settled } = press(typed, keys);
      expect(settled).toBeUndefined();
      expect(linesOf(promptState)).toContain('│ wait, one more');
    }
    const { pose: refused } = press(typed, ['enter']);
    expect(linesOf(refused)).toContain('This question takes a choice. Esc clears what you typed.');
    expect(answerTo(typed, ['escape', 'enter'])).toBe('keep');
  });
  test('can be deleted with Backspace and Esc, even after Enter has moved them', () => {
    expect(answerTo(choice('sit'), ['down', ...'xy', 'backspace', 'backspace', 'enter'])).toBe('mixed');
    expect(answerTo(choice('sit'), ['down', ...'xy', 'escape', 'enter'])).toBe('mixed');
    const aside = press(choice('sit', { wordsTo: '' }), [...'not this', 'enter']).pose;
    expect(linesOf(aside)).toContain('Kept with your answers: not this');
    for (const key of ['backspace', 'escape']) {
      expect(linesOf(press(aside, [key]).pose)).toContain('│ not this');
    }
    expect(linesOf(press(aside, ['escape', 'escape']).pose)).not.toContain('not this');
  });
  test('may be a paste with line ends', () => {
    const text = 'Hé said:\n\n漢字, 3 times';
    const keys = [{ is: 'paste', text }, 'enter', 'down', 'enter'] as const;
    expect(press(choice('sit', { wordsTo: '' }), keys).settled).toEqual(answered('fine', text));
  });
  test('are in the draft as text, even if they look like an option key', () => {
    const { pose: promptState } = press(choice('feelings'), ['space', ...'so angry']);
    expect(promptState.partialText).toBe('hurt\nso angry');
    const back = { is: 'back', typed: 'hurt\nso angry' };
    expect(press(promptState, ['shift-tab']).settled).toEqual({ is: 'reply', reply: back });
    expect(press(choice('feelings'), [...'angry']).pose.partialText).toBe(' angry');
    const again = choice('feelings', { given: 'hurt\n angry' });
    expect(linesOf(again)).toContain('│ angry');
    expect(again.partialText).toBe('hurt\n angry');
  });
  test('help alone shows people to reach', () => {
    expect(linesOf(press(choice('sit'), [...'help']).pose)).toContain('Enter shows people to reach');
    expect(replyTo('sit', [...'help', 'enter'])?.is).toBe('help');
    expect(replyTo('sit', [...'help me', 'enter'], { wordsTo: '' })).toBeUndefined();
  });
});

describe('own words', () => {
  test('are not unticked by a space in the next line of a sentence', () => {
    const { pose: promptState } = press(choice('feelings'), [...'heavy', 'enter', 'space', ...'and tired']);
    expect(linesOf(promptState)).toContain('│  and tired');
    expect(answerTo(promptState, ['enter', 'enter'])).toEqual(['other: heavy and tired']);
  });
  test('return when their option is unticked and ticked again', () => {
    const { pose: promptState } = press(choice('feelings'), [
      ...'heavy',
      'enter',
      'up',
      'down',
      'space',
      'space',
    ]);
    expect(linesOf(promptState)).toMatch(/│ heavy/);
  });
  test('of a single choice stay when an arrow leaves them, and are saved with another chosen option', () => {
    const { pose: promptState } = press(choice('care', { wordsTo: '' }), [
      'down',
      'enter',
      ...'a walk',
      'down',
    ]);
    expect(linesOf(promptState)).toContain('My own: a walk');
    expect(press(promptState, ['enter']).settled).toEqual(answered('none', 'a walk'));
  });
});

describe('Enter in a list of several', () => {
  test('ticks the option that an arrow moved to, shows it, and continues when pressed again', () => {
    const { pose: promptState, settled } = press(choice('feelings'), ['down', 'right', 'enter']);
    expect(settled).toBeUndefined();
    expect(linesOf(promptState)).toContain('◉ unlovable');
    expect(linesOf(promptState)).toContain('Enter goes on.');
    expect(answerTo(promptState, ['enter'])).toEqual(['unlovable']);
  });
  test('skips an untouched list, and a list whose ticks were removed', () => {
    expect(answerTo(choice('kinds'), ['enter'])).toBe('skip');
    expect(answerTo(choice('kinds'), ['down', 'space', 'space', 'enter'])).toBe('skip');
  });
  test('adds nothing to the ticked options', () => {
    expect(answerTo(choice('kinds'), ['space', 'down', 'enter'])).toEqual(['misread']);
  });
  test('chooses the highlighted option if one pick is enough', () => {
    const one = choice('kinds', { oneIsEnough: true });
    expect(answerTo(one, ['enter'])).toEqual(['misread']);
    expect(answerTo(one, ['down', 'enter'])).toEqual(['not-getting-it']);
    expect(answerTo(one, ['space', 'down', 'space', 'enter'])).toEqual(['misread', 'not-getting-it']);
  });
  test('asks for own words if the highlighted option takes them', () => {
    const keys = ['end', 'left', 'enter', ...'heavy', 'enter', 'enter'];
    expect(answerTo(choice('feelings'), keys)).toEqual(['other: heavy']);
  });
});

test('a single choice with an option to skip has no other way to skip', () => {
  const options = [option('skip', 'Not now', { stores: false }), option('yes', 'Yes')];
  expect(linesOf(choice('sit', { options }))).not.toContain('Skip');
});

describe('words that a list has released or refused', () => {
  test('stay when their option is unticked, and are saved with the answer', () => {
    const own = [...'my stomach was in a knot', 'enter', 'up', 'down', 'space'];
    const { pose: promptState } = press(choice('feelings', { wordsTo: '' }), own);
    expect(linesOf(promptState)).not.toContain('◉');
    expect(linesOf(promptState)).toContain('my stomach was in a knot');
    const { settled } = press(promptState, ['enter']);
    expect(settled).toEqual({ is: 'reply', reply: { is: 'skip', words: 'my stomach was in a knot' } });
    expect(answerTo(promptState, ['space', 'enter', 'enter'])).toEqual(['other: my stomach was in a knot']);
  });
  test('do not claim to choose an option if Enter refuses them', () => {
    const { pose: promptState } = press(choice('sit', { wordsTo: undefined }), [...'ok i guess', 'down']);
    expect(linesOf(promptState)).not.toContain('Enter takes the marked line');
  });
});
