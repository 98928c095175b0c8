import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choicePrompt } from '../../../src/terminal/choice/choice-prompt.ts';
import { scalePrompt } from '../../../src/terminal/prompts/scale-prompt.ts';
import { textPrompt } from '../../../src/terminal/prompts/text-prompt.ts';
import { widthOf } from '../../../src/terminal/text/width.ts';
import type { Screen } from '../../../src/world/world.ts';
import { option, screen, screensByName } from '../screens.ts';
import { answerTo, key, linesOf, press, theme } from '../voice.ts';

const named = (name: string): Screen => screensByName[name] ?? screen('text');
const choice = (name: string, details: Partial<Screen> = {}) =>
  choicePrompt({ ...named(name), ...details }, theme);
const text = (details: Partial<Screen> = {}, oneLine = false) =>
  textPrompt(screen('text', details), theme, { editor: true, oneLine });
const poseOf = (of: Screen) =>
  of.kind === 'scale'
    ? scalePrompt(of, theme)
    : of.kind === 'text' || of.kind === 'day'
      ? textPrompt(of, theme, { editor: true, oneLine: of.kind === 'day' })
      : choicePrompt(of, theme);

const scale = (details: Partial<Screen> = {}) => scalePrompt({ ...named('size'), ...details }, theme);

describe('every question', () => {
  test.each(Object.keys(screensByName))(
    '%s: Tab skips, Shift-Tab goes back, Ctrl-G shows people to reach',
    name => {
      const of = named(name);
      expect(answerTo(poseOf(of), ['tab'])).toBe(of.skippable ? 'skip' : undefined);
      expect(answerTo(poseOf({ ...of, canGoBack: true }), ['shift-tab'])).toBe('back');
      expect(answerTo(poseOf({ ...of, canGoBack: false }), ['shift-tab'])).toBeUndefined();
      expect(answerTo(poseOf(of), ['ctrl-g'])).toBe('help');
    },
  );

  test.each([
    [80, 24],
    [60, 20],
    [40, 12],
    [30, 8],
  ])('fits a screen of %i columns and %i rows after any keys', (columns, rows) => {
    const keys = fc.array(
      fc.constantFrom(
        'up',
        'down',
        'left',
        'right',
        'space',
        'end',
        'home',
        'pagedown',
        'a',
        'T',
        '漢',
        'backspace',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(screensByName)), keys, (name, pressed) => {
        const { pose: promptState } = press(poseOf(named(name)), pressed, { columns, rows });
        const { lines, cursor } = promptState.view({ columns, rows });
        expect(lines.length).toBeLessThan(rows + (rows < 12 ? 6 : 0));
        for (const line of lines) expect(widthOf(line)).toBeLessThan(Math.max(columns, 40));
        expect(cursor.row).toBeLessThan(lines.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('Enter with Shift or Alt', () => {
  test('begins a new line in a text, even an empty line', () => {
    expect(answerTo(text(), [...'a', 'alt-enter', 'alt-enter', ...'b', 'enter', 'enter'])).toBe('a\n\nb');
    expect(answerTo(text(), ['alt-enter', 'alt-enter'])).toBeUndefined();
    expect(press(text(), [...'a', 'alt-enter']).pose.partialText).toBe('a');
  });
  test('acts like Enter in a one-line answer', () => {
    expect(answerTo(text({}, true), [...'today', 'alt-enter'])).toBe('today');
    expect(answerTo(choice('sit'), ['down', 'alt-enter'])).toBe('mixed');
    expect(answerTo(choice('care'), ['down', 'enter', ...'a walk', 'alt-enter'])).toBe('other: a walk');
    expect(answerTo(scale(), [...'7', 'alt-enter'])).toBe(7);
  });
});

describe('a single choice', () => {
  test('starts on its first option', () => expect(answerTo(choice('sit'), ['enter'])).toBe('fine'));
  test('arrows choose', () => expect(answerTo(choice('sit'), ['down', 'down', 'enter'])).toBe('bothered'));
  test('ends with a way to skip', () => expect(answerTo(choice('sit'), ['end', 'enter'])).toBe('skip'));
  test('a letter goes to the first option that begins with it', () => {
    expect(answerTo(choice('sit'), ['i', 'enter'])).toBe('strained');
    // Only inside of labels.
    expect(linesOf(press(choice('sit'), ['h']).pose)).not.toContain('›');
  });
  test('starts on the previous choice', () =>
    expect(answerTo(choice('sit', { given: 'strained' }), ['enter'])).toBe('strained'));
  test('has no way to skip if an answer is required', () =>
    expect(linesOf(choice('keep'))).not.toContain('Skip'));
  test('the person can say it in words of their own', () =>
    expect(answerTo(choice('care'), ['down', 'enter', ...'a walk', 'enter'])).toBe('other: a walk'));
  test('without words, "Something else" is the answer', () =>
    expect(answerTo(choice('care'), ['down', 'enter', 'enter'])).toBe('other'));
  test('the help keeps the unfinished text', () => {
    const { settled } = press(choice('care'), ['down', 'enter', ...'a wa', 'ctrl-g']);
    expect(settled?.is === 'help' && linesOf(settled.promptState)).toContain('│ a wa');
  });
  test('puts options side by side if they fit', () => {
    expect(linesOf(choice('keep'))).toContain('› Keep');
    expect(
      linesOf(choice('keep'))
        .split('\n')
        .find(line => line.includes('Keep   ')),
    ).toMatch(/Add more .* Change an answer .* Don't keep/);
    expect(answerTo(choice('keep'), ['right', 'right', 'enter'])).toBe('change');
  });
  test('Ctrl-D finishes', () => expect(answerTo(choice('sit'), ['ctrl-d'])).toBe('finish'));
  test('a hostile label shows its bytes', () =>
    expect(linesOf(choice('sit', { options: [option('a', 'x\u001b[2Jy')] }))).toContain('x\\u{1b}[2Jy'));
});

describe('yes or no', () => {
  test('starts on yes', () => expect(answerTo(choice('list'), ['enter'])).toBe(true));
  test('a letter is enough to go there', () => expect(answerTo(choice('list'), ['n', 'enter'])).toBe(false));
  test('starts on No if that is the default, and on the previous answer if there is one', () => {
    expect(linesOf(choice('list', { given: false }))).toMatch(/› No\n {4}Yes/);
    expect(linesOf(choice('list', { given: false, kept: true }))).toMatch(/ {4}Yes\n {2}› No/);
  });
  test('starts on the previous answer', () =>
    expect(answerTo(choice('list', { given: false }), ['enter'])).toBe(false));
});

describe('several choices', () => {
  test('Space picks, Enter continues, and picks keep their order', () =>
    expect(answerTo(choice('kinds'), ['down', 'space', 'up', 'space', 'enter'])).toEqual([
      'not-getting-it',
      'misread',
    ]));
  test('nothing picked and Enter skips', () => expect(answerTo(choice('kinds'), ['enter'])).toBe('skip'));
  test('shows no count of zero, but what Enter does', () => {
    const start = choice('kinds', { limit: undefined });
    expect(linesOf(start)).toContain('Enter goes on');
    expect(linesOf(start)).not.toMatch(/\d picked/);
    expect(linesOf(press(start, ['space']).pose)).toContain('1 picked');
  });
  test('explains the limit, and loses nothing', () => {
    const { pose: promptState } = press(choice('kinds'), [
      'space',
      'down',
      'space',
      'down',
      'space',
      'down',
      'space',
    ]);
    expect(linesOf(promptState)).toContain('3 at most here. Press Space on one to free it.');
    expect(linesOf(promptState)).toContain('3 of 3');
    expect(answerTo(promptState, ['enter'])).toEqual(['misread', 'not-getting-it', 'bored']);
  });
  test('a long list shows its first part, and all of it when asked', () => {
    const start = choice('kinds');
    expect(linesOf(start, 80, 60)).not.toContain('I felt judged by');
    expect(linesOf(start, 80, 60)).not.toContain("I wasn't believed");
    const { pose: promptState } = press(start, ['end', 'up', 'enter'], { rows: 60 });
    expect(linesOf(promptState, 80, 60)).toContain("I wasn't believed");
    expect(linesOf(promptState, 80, 60)).toContain('› ◯ They explained me in a way that felt off');
  });
  test('picks from the hidden part stay visible', () =>
    expect(linesOf(choice('kinds', { given: ['silent'] }), 80, 60)).toContain('◉ They stayed quiet'));
  test('an exclusive option unticks the others, and they untick it', () => {
    const { pose: promptState } = press(choice('kinds'), ['space', 'end', 'space']);
    expect(answerTo(promptState, ['enter'])).toEqual(['rather-not']);
    expect(answerTo(promptState, ['home', 'space', 'enter'])).toEqual(['misread']);
  });
  test('own words are asked for in place', () => {
    const { pose: promptState } = press(choice('feelings'), ['end', 'left', 'space', ...'heavy']);
    expect(linesOf(promptState)).toContain('│ heavy');
    expect(answerTo(promptState, ['enter', 'enter'])).toEqual(['other: heavy']);
    expect(linesOf(press(promptState, ['enter']).pose)).toContain('◉ something else: heavy');
    expect(answerTo(promptState, ['enter', 'home', 'space', 'enter'])).toEqual(['other: heavy', 'hurt']);
  });
  test('own words are in the draft, and return with the ticks after going back', () => {
    const { pose: promptState } = press(choice('feelings'), ['space', 'end', 'left', 'space', ...'so heavy']);
    expect(promptState.partialText).toBe('hurt\nother: so heavy');
    expect(press(promptState, ['enter']).pose.partialText).toBe('hurt\nother: so heavy');
    expect(press(promptState, ['shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back', typed: 'hurt\nother: so heavy' },
    });
    expect(answerTo(promptState, ['tab'])).toEqual(['hurt', 'other: so heavy']);
    expect(answerTo(choice('feelings', { given: 'hurt\nother: so heavy' }), ['enter'])).toEqual([
      'hurt',
      'other: so heavy',
    ]);
    expect(press(promptState, ['escape']).pose.partialText).toBe('hurt');
    expect(press(choice('feelings'), []).pose.partialText).toBeUndefined();
  });
  test('ticks are in the draft, and return after going back', () => {
    const { pose: promptState } = press(choice('feelings'), ['space', 'right', 'space']);
    expect(promptState.partialText).toBe('hurt\ndisappointed');
    expect(press(promptState, ['shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back', typed: 'hurt\ndisappointed' },
    });
    expect(answerTo(choice('feelings', { given: 'hurt\ndisappointed' }), ['enter'])).toEqual([
      'hurt',
      'disappointed',
    ]);
    expect(press(promptState, ['space', 'left', 'space']).pose.partialText).toBeUndefined();
    expect(press(press(promptState, ['space', 'left', 'space']).pose, ['shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back' },
    });
  });
  test('words typed into the list go to the option for own words, and tick nothing else', () => {
    expect(answerTo(choice('feelings'), [...'tight', 'space', ...'chest', 'enter', 'enter'])).toEqual([
      'other: tight chest',
    ]);
    expect(answerTo(choice('feelings'), ['space', ...'sick', 'enter', 'enter', 'enter'])).toEqual([
      'hurt',
      'other: sick',
    ]);
    expect(
      answerTo(choice('kinds'), [...'they', 'space', ...'ate', 'space', ...'it', 'enter', 'enter']),
    ).toEqual(['other: they ate it']);
    expect(press(choice('feelings'), [...'tight', 'space', 'escape', 'enter']).settled).toEqual({
      is: 'reply',
      reply: { is: 'skip' },
    });
    const given = ['hurt', 'sad', 'lonely', 'angry'];
    const full = press(choice('feelings', { given }), [...'tight', 'enter']).pose;
    expect(linesOf(full)).toMatch(/4 at most here/);
    expect(linesOf(full)).toContain('│ tight');
    const keys = [...'tight', 'enter', 'down', 'up', 'space', 'backspace', 'enter', 'enter'];
    const kept = ['sad', 'lonely', 'angry', 'other: tight'];
    expect(answerTo(choice('feelings', { given, wordsTo: '' }), keys)).toEqual(kept);
  });
  test('Enter ticks the only match for the letters, and continues when pressed again', () => {
    expect(answerTo(choice('feelings'), [...'disap', 'enter', 'enter'])).toEqual(['disappointed']);
    expect(answerTo(choice('feelings'), [...'appoint', 'enter', 'enter'])).toEqual(['disappointed']);
    expect(answerTo(choice('kinds'), [...'they', 'space', ...'mis', 'enter', 'enter'])).toEqual(['misread']);
    expect(answerTo(choice('kinds'), [...'they stayed quiet', 'enter', 'enter'])).toEqual(['silent']);
  });
  test('own words of a single choice are saved too', () => {
    const { pose: promptState } = press(choice('care'), ['down', 'enter', ...'tea']);
    expect(promptState.partialText).toBe('other: tea');
    expect(answerTo(promptState, ['tab'])).toBe('other: tea');
    expect(press(promptState, ['shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back', typed: 'other: tea' },
    });
    expect(linesOf(press(choice('care', { given: 'other: tea' }), ['enter']).pose)).toContain('│ tea');
  });
  test('an earlier text that names no option ticks nothing, and counts as typed words', () => {
    const { pose: promptState } = press(choice('feelings', { given: 'no such' }), []);
    expect(linesOf(promptState)).toContain('│ no such');
    expect(linesOf(promptState)).not.toContain('◉');
    expect(answerTo(choice('feelings', { given: 'no such', kept: true }), ['enter'])).toBe('skip');
  });
  test('help typed at a list shows people to reach with Enter, the focus where it was', () => {
    const { settled } = press(choice('care'), ['down', ...'Help', 'enter']);
    expect(settled?.is === 'help' && linesOf(settled.promptState)).toContain('› My own');
    expect(answerTo(choice('feelings'), [...'helpless', 'enter', 'enter'])).toEqual(['other: helpless']);
  });
  test('Tab keeps the shown answer: the previous picks, new picks, or none', () => {
    const before = choice('kinds', { given: ['bored', 'misread'], kept: true });
    expect(
      [['tab'], ['space', 'tab'], ['space', 'down', 'down', 'space', 'tab'], ['space', 'space', 'tab']].map(
        keys => answerTo(before, keys),
      ),
    ).toEqual([['bored', 'misread'], ['bored'], 'skip', ['bored', 'misread']]);
    const { pose: promptState } = press(
      choice('kinds', { given: ['misread'], kept: true, skippable: false }),
      ['space', 'tab'],
    );
    expect(linesOf(promptState)).toContain('This one needs an answer.');
  });
  test('Escape deletes own words', () =>
    expect(answerTo(choice('feelings'), ['end', 'left', 'space', 'x', 'escape', 'enter'])).toBe('skip'));
  test('shows the number of hidden options in words', () => {
    const view = linesOf(choice('kinds'), 40, 16);
    expect(view).toMatch(/… \d+ more below/);
    expect(linesOf(press(choice('kinds'), ['end'], { columns: 40, rows: 16 }).pose, 40, 16)).toMatch(
      /… \d+ more above/,
    );
  });
  test('keeps the focus visible on a small screen', () => {
    let { pose: promptState } = press(choice('kinds'), []);
    for (let step = 0; step < 14; step += 1) {
      expect(linesOf(promptState, 40, 12)).toContain('›');
      ({ pose: promptState } = press(promptState, ['down'], { columns: 40, rows: 12 }));
    }
  });
});

describe('a scale', () => {
  test('has no number until the person chooses', () => {
    expect(linesOf(scale())).toContain('Nothing chosen yet');
    expect(answerTo(scale(), ['enter'])).toBe('skip');
  });
  test.each([
    [['7'], 7],
    [['1', '0'], 10],
    [['1'], 1],
    [['1', '2'], 2],
    [['1', 'right', '0'], 0],
    [['end'], 10],
    [['home', 'right'], 1],
    [['right', 'right'], 1],
    [['5', 'left'], 4],
    [['0', 'left'], 0],
  ])('%j answers %i', (keys, value) => {
    expect(answerTo(scale(), [...keys, 'enter'])).toBe(value);
  });
  test('Backspace deletes the number', () =>
    expect(answerTo(scale(), ['5', 'backspace', 'enter'])).toBe('skip'));
  test('Tab keeps the shown answer: the previous number, a new number, or none', () => {
    const before = scale({ given: 7, kept: true });
    expect(
      [['tab'], ['5', 'tab'], ['backspace', 'tab'], ['backspace', '7', 'tab']].map(keys =>
        answerTo(before, keys),
      ),
    ).toEqual([7, 5, 'skip', 7]);
    expect(answerTo(scale(), ['5', 'tab'])).toBe(5);
    const { pose: promptState } = press(scale({ given: 7, kept: true, skippable: false }), [
      'backspace',
      'tab',
    ]);
    expect(linesOf(promptState)).toContain('This one needs a number.');
  });
  test('shows the number with the nearest anchor', () => {
    expect(linesOf(press(scale(), ['7']).pose)).toContain(
      '7, between "it stays with me" and "hard to think about much else"',
    );
    expect(linesOf(press(scale(), ['8']).pose)).toContain('8, "hard to think about much else"');
  });
  test('puts the mark under its number on wide and narrow screens', () => {
    for (const columns of [80, 40]) {
      for (const value of ['0', '4', '9']) {
        const lines = linesOf(press(scale(), [value]).pose, columns).split('\n');
        const row = lines.findIndex(line => line.includes('●'));
        expect(lines[row - 1]?.[lines[row]?.indexOf('●') ?? -1]).toBe(value);
      }
    }
  });
  test('starts on the previous number', () => expect(answerTo(scale({ given: 3 }), ['enter'])).toBe(3));
  test('help and Enter shows people to reach, and the number is still there', () => {
    const { settled } = press(scale(), [...'7Help', 'enter']);
    expect(settled?.is === 'help' && answerTo(settled.promptState, ['enter'])).toBe(7);
    expect(linesOf(press(scale(), [...'help']).pose)).toMatch(
      /│ help\n {2}Enter shows people to reach · Esc clears what you typed$/,
    );
  });
  test('shows words below it; they choose no number and skip nothing', () => {
    const { pose: promptState, settled } = press(scale(), [
      ...'About 7,',
      'space',
      ...'I guess',
      'enter',
      'tab',
      'ctrl-d',
    ]);
    expect(settled).toBeUndefined();
    expect(linesOf(promptState)).toMatch(
      /Nothing chosen yet\n {2}│ About 7, I guess\n {2}This one needs a number\.\n {2}Esc clears what you typed$/,
    );
    expect(promptState.partialText).toBe('About 7, I guess');
    expect(press(promptState, ['shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back', typed: 'About 7, I guess' },
    });
    expect(linesOf(scale({ given: 'About 7, I guess' }))).toContain('│ About 7, I guess');
    expect(answerTo(promptState, ['escape', '7', 'enter'])).toBe(7);
    expect(
      answerTo(promptState, [
        { is: 'key', name: '7', ctrl: false, alt: true, shift: false, text: '\u001b7' },
        'enter',
      ]),
    ).toBe(7);
    expect(linesOf(press(scale(), [{ is: 'paste', text: 'as big\nas it gets' }]).pose)).toContain(
      '│ as big as it gets',
    );
  });
});

describe('a text', () => {
  test('Enter adds a line, Enter on an empty last line ends', () =>
    expect(answerTo(text(), [...'a b', 'enter', 'c', 'enter', 'enter'])).toBe('a b\nc'));
  test('Enter on nothing skips', () => expect(answerTo(text(), ['enter'])).toBe('skip'));
  test('treats only blanks as nothing', () => expect(answerTo(text(), ['space', 'enter'])).toBe('skip'));
  test('the last line may have blanks; the hint for Enter is right for the cursor’s line', () => {
    expect(answerTo(text(), ['a', 'enter', 'space', 'space', 'enter'])).toBe('a');
    const ends = 'Enter on an empty line ends';
    const { pose: promptState } = press(text({ given: 'a\n\nb' }), []);
    expect(linesOf(promptState)).toContain(ends);
    const { pose: above, settled } = press(promptState, ['up', 'enter']);
    expect(settled).toBeUndefined();
    expect(linesOf(above)).not.toContain(ends);
    expect(linesOf(above)).toContain('Ctrl-D goes on');
    expect(answerTo(above, ['ctrl-d'])).toBe('a\n\n\nb');
  });
  test('says how to finish if Ctrl-D does', () => {
    for (const columns of [80, 60]) {
      expect(linesOf(text(), columns, 20)).toContain('Ctrl-D finishes');
      expect(linesOf(scale(), columns, 20)).toMatch(/Enter goes on · Ctrl-D finishes$/);
    }
    expect(linesOf(press(text(), ['a']).pose)).not.toContain('Ctrl-D');
    expect(linesOf(press(scale(), ['3']).pose)).not.toContain('Ctrl-D');
    expect(linesOf(text({ bare: true }))).not.toContain('Ctrl-D');
  });
  test('an empty line in the middle is a line', () =>
    expect(answerTo(text({ given: 'a\nb' }), ['up', 'end', 'enter', 'enter', 'ctrl-d'])).toBe('a\n\n\nb'));
  test('Ctrl-D ends a text, and on nothing means finish', () => {
    expect(answerTo(text(), ['a', 'ctrl-d'])).toBe('a');
    expect(answerTo(text(), ['ctrl-d'])).toBe('finish');
  });
  test('a paste is one text, blank lines and all', () =>
    expect(answerTo(text(), [{ is: 'paste', text: 'a\r\n\r\nb\rc\n漢字' }, 'ctrl-d'])).toBe(
      'a\n\nb\nc\n漢字',
    ));
  test('help as the whole answer shows people to reach; inside an answer it is a word', () => {
    expect(answerTo(text(), [...'help', 'enter'])).toBe('help');
    expect(answerTo(text(), [...'Help', 'ctrl-d'])).toBe('help');
    expect(answerTo(text(), [...'help me', 'ctrl-d'])).toBe('help me');
  });
  test('after Ctrl-G the text is still there', () => {
    const { settled } = press(text(), [...'half', 'ctrl-g']);
    expect(settled?.is === 'help' && answerTo(settled.promptState, ['ctrl-d'])).toBe('half');
  });
  test('an earlier text can be changed', () =>
    expect(answerTo(text({ given: 'one two' }), ['backspace', 'ctrl-d'])).toBe('one tw'));
  test('the editor gets the text, and its text comes back', () => {
    const { settled } = press(text(), [...'draft', 'ctrl-o']);
    expect(settled?.is === 'edit' && settled.text).toBe('draft');
    expect(settled?.is === 'edit' && answerTo(settled.back('from the editor'), ['ctrl-d'])).toBe(
      'from the editor',
    );
    expect(settled?.is === 'edit' && linesOf(settled.back('draft', 'It ended badly.'))).toContain(
      'It ended badly.',
    );
  });
  test('Tab keeps an earlier answer, and skips a text that is only offered', () => {
    expect(answerTo(text({ given: 'They sighed.', kept: true, canGoBack: true }), ['tab'])).toBe(
      'They sighed.',
    );
    expect(answerTo(text({ given: 'They sighed.' }), ['tab'])).toBe('skip');
    expect(answerTo(choice('kinds', { given: ['bored', 'misread'], kept: true }), ['tab'])).toEqual([
      'bored',
      'misread',
    ]);
    expect(answerTo(scale({ given: 7, kept: true }), ['tab'])).toBe(7);
    expect(answerTo(scale({ given: 7 }), ['tab'])).toBe('skip');
  });

  test('Tab does not bring back a text that was emptied', () => {
    expect(answerTo(text({ given: 'So.', kept: true }), ['backspace', 'backspace', 'backspace', 'tab'])).toBe(
      'skip',
    );
    expect(
      linesOf(press(text({ given: 'x', kept: true, skippable: false }), ['backspace', 'tab']).pose),
    ).toContain('This one needs an answer.');
  });
  test('a help word in place of the earlier text keeps that text', () => {
    const { settled } = press(text({ given: 'So', kept: true }), [
      'backspace',
      'backspace',
      ...'help',
      'enter',
    ]);
    expect(settled?.is === 'help' && answerTo(settled.promptState, ['tab'])).toBe('So');
  });

  test('no key loses words: Tab continues with them, Shift-Tab saves them for later', () => {
    expect(answerTo(text(), ['a', 'tab'])).toBe('a');
    expect(press(text(), ['a', 'shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back', typed: 'a' },
    });
    expect(press(text({ given: 'as it was' }), ['shift-tab']).settled).toEqual({
      is: 'reply',
      reply: { is: 'back' },
    });
  });
  test('a day is a single line', () =>
    expect(answerTo(text({}, true), [...'last tuesday', 'enter'])).toBe('last tuesday'));
  test('a required text says so', () =>
    expect(linesOf(press(text({ skippable: false }), ['enter']).pose)).toContain(
      'This one needs an answer.',
    ));
  test('a long text scrolls in a window', () => {
    const { pose: promptState } = press(text(), [
      { is: 'paste', text: Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n') },
    ]);
    expect(linesOf(promptState, 80, 24)).toMatch(/… \d+ lines above/);
    expect(linesOf(promptState, 80, 24)).toContain('line 59');
    expect(
      linesOf(
        press(
          promptState,
          Array.from({ length: 59 }, () => key('up')),
        ).pose,
        80,
        24,
      ),
    ).toContain('line 0');
  });
});
