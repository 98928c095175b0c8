import { describe, expect, test } from 'vitest';
import { textPrompt } from '../../../src/terminal/prompts/text-prompt.ts';
import { screen } from '../screens.ts';
import { answerTo, key, linesOf, press, theme } from '../voice.ts';
import type { Key } from '../../../src/terminal/prompt/prompt-state.ts';

const text = (given = '') => textPrompt(screen('text', { given }), theme, { editor: true, oneLine: false });
const ctrl = (name: string): Key => ({ is: 'key', name, ctrl: true, alt: false, shift: false, text: '' });
const alt = (name: string): Key => ({ is: 'key', name, ctrl: false, alt: true, shift: false, text: '' });
const [undo, redo, yank] = [ctrl('_'), ctrl('^'), ctrl('y')];

/** Returns the answer by Ctrl-D after these keys. */
const after = (given: string, keys: readonly (string | Key)[]): unknown =>
  answerTo(text(given), [...keys, 'ctrl-d']);

describe('a text from which words were deleted', () => {
  test.each<[string, readonly (string | Key)[], string]>([
    ['Ctrl-U', [ctrl('u')], 'one two three'],
    ['Ctrl-W', [ctrl('w')], 'one two three'],
    ['Ctrl-W three times', [ctrl('w'), ctrl('w'), ctrl('w')], 'one two three'],
    ['Ctrl-K', ['home', ctrl('k')], 'one two three'],
    ['Alt-D twice', ['home', alt('d'), alt('d')], 'one two three'],
    ['Alt-Backspace', [alt('backspace')], 'one two three'],
    ['Ctrl-U inside', [ctrl('left'), ctrl('u')], 'one two three'],
  ])('%s can be restored with Ctrl-Y and Ctrl-_', (_, keys, whole) => {
    expect(after(whole, [...keys, yank])).toBe(whole);
    expect(after(whole, [...keys, ...keys.map(() => undo)])).toBe(whole);
    expect(after(whole, [...keys, 'x', ...keys.map(() => undo), undo])).toBe(whole);
  });

  test('lines come back with their ends', () => {
    const whole = 'one\ntwo\nthree';
    const kills = Array.from({ length: 5 }, () => ctrl('u'));
    expect(after(whole, kills)).toBe('finish');
    expect(after(whole, [...kills, yank])).toBe(whole);
    expect(after(whole, [...kills, ...kills.map(() => undo)])).toBe(whole);
  });

  test('Ctrl-Y inserts the words at the cursor, as often as pressed', () => {
    expect(after('one two', [ctrl('w'), 'home', yank, yank])).toBe('twotwoone ');
    expect(after('one two', [ctrl('w'), 'x', ctrl('w'), yank])).toBe('one x');
  });

  test('a hint says so until the next key', () => {
    const { pose: promptState } = press(text('one two'), [ctrl('u')]);
    expect(linesOf(promptState)).toContain('Ctrl-Y brings that back.');
    expect(linesOf(press(promptState, ['a']).pose)).not.toContain('Ctrl-Y');
    expect(linesOf(press(text(), [ctrl('u')]).pose)).not.toContain('Ctrl-Y');
  });
});

describe('a text that was changed', () => {
  test('Ctrl-_ undoes a word, a paste or an edit in the editor; Ctrl-^ redoes it', () => {
    expect(after('', [...'one two', undo])).toBe('one ');
    expect(after('', [...'one two', undo, redo])).toBe('one two');
    expect(after('a', [{ is: 'paste', text: 'b\nc' }, undo])).toBe('a');
    expect(after('ab', ['backspace', 'backspace', undo, undo])).toBe('ab');
    const { settled } = press(text('before'), ['ctrl-o']);
    expect(settled?.is === 'edit' && answerTo(settled.back('after'), [undo, 'ctrl-d'])).toBe('before');
  });

  test('with nothing to undo stays unchanged', () => {
    expect(after('as it was', [undo, redo, yank, key('left')])).toBe('as it was');
  });
});
