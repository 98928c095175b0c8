import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choicePrompt } from '../../../src/terminal/choice/choice-prompt.ts';
import { pagePrompt } from '../../../src/terminal/prompts/page-prompt.ts';
import { textPrompt } from '../../../src/terminal/prompts/text-prompt.ts';
import { widthOf } from '../../../src/terminal/text/width.ts';
import { startPty } from '../../support/pty.ts';
import { openBench } from '../on-terminal.ts';
import type { Asking, Bench } from '../on-terminal.ts';
import { screen, screensByName } from '../screens.ts';
import { answerTo, key, linesOf, press, theme } from '../voice.ts';

const short = 'Please reach a person now.\n\nSomeone near you.';
const long = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\n');
const question = textPrompt(screen('text'), theme, { editor: true, oneLine: false });
const half = press(question, [...'half a']).pose;
const small = { columns: 60, rows: 12 };

describe('a page in place of a question', () => {
  test('is complete if it fits, and says how to continue', () =>
    expect(linesOf(pagePrompt(short, theme, question))).toBe(
      '\n  Please reach a person now.\n\n  Someone near you.\n\n  Enter or Esc goes back to the question',
    ));

  test.each(['enter', 'escape', 'tab', 'shift-tab'])('%s returns to the unchanged question', name => {
    const { settled } = press(pagePrompt(short, theme, half), [name]);
    expect(settled?.is === 'closed' && linesOf(settled.promptState)).toBe(linesOf(half));
  });

  test('stays when the person types or pastes, and answers nothing', () => {
    const { pose: promptState, settled } = press(pagePrompt(short, theme, half), [
      ...' me, please',
      'ctrl-g',
      'backspace',
      { is: 'paste', text: 'x\ny\n' },
    ]);
    expect(settled).toBeUndefined();
    expect(linesOf(promptState)).toBe(linesOf(pagePrompt(short, theme, half)));
    expect(press(promptState, ['escape']).settled).toMatchObject({
      is: 'closed',
      promptState: { partialText: 'half a' },
    });
  });

  test('stays on help and Enter', () => {
    const { settled, pose: promptState } = press(pagePrompt(short, theme, half), [...'help', 'enter']);
    expect(settled).toBeUndefined();
    expect(press(promptState, ['enter']).settled?.is).toBe('closed');
  });

  test('between two questions shows people to reach for help and Enter, and for Ctrl-G', () => {
    for (const keys of [[...'Help', 'enter'], [...'xhelp', 'down', ...'help', 'enter'], ['ctrl-g']]) {
      const { settled } = press(pagePrompt(short, theme), keys);
      expect(settled?.is === 'help' && linesOf(settled.promptState)).toBe(linesOf(pagePrompt(short, theme)));
    }
    expect(press(pagePrompt(short, theme), [...'help me', 'enter']).settled?.is).toBe('closed');
  });

  test('a key combined with Escape also returns', () => {
    const { settled } = press(pagePrompt(short, theme, half), [
      { is: 'key', name: 'return', ctrl: false, alt: true, shift: false, text: '\u001b\r' },
    ]);
    expect(settled?.is).toBe('closed');
  });

  test('Ctrl-D goes to the question, and the draft has the unfinished text', () => {
    expect(answerTo(pagePrompt(short, theme, half), ['ctrl-d'])).toBe('half a');
    expect(answerTo(pagePrompt(short, theme, question), ['ctrl-d'])).toBe('finish');
    expect(pagePrompt(short, theme, half).partialText).toBe('half a');
    const owned = press(choicePrompt(screensByName['feelings'] ?? screen('multi'), theme), [
      'end',
      'left',
      'space',
      ...'so heavy',
    ]).pose;
    const { settled } = press(pagePrompt(short, theme, owned), ['ctrl-d']);
    expect(settled?.is === 'closed' && linesOf(settled.promptState)).toContain('◉ something else: so heavy');
  });

  test('longer than the screen starts at its top, and arrows scroll', () => {
    const page = pagePrompt(long, theme, question);
    const shown = (...keys: string[]): string =>
      linesOf(press(page, keys, small).pose, small.columns, small.rows);
    expect(shown()).toMatch(
      /^\n {2}line 1\n[^]*\n {2}line 7\n {2}… 33 lines below\n {2}Arrows show the rest\n {2}Enter or Esc goes back to the question$/,
    );
    expect(shown('down')).toMatch(/^ {2}… 1 line above\n {2}line 2\n/);
    expect(shown('pagedown', 'pagedown', 'up')).toContain('… 13 lines above\n  line 14\n');
    expect(shown('end')).toMatch(/^ {2}… 33 lines above\n[^]* {2}line 40\n\n/);
    // Extra presses at an end do not add up.
    expect(shown('end', 'down', 'down', 'up')).toContain('… 32 lines above');
    expect(shown('up', 'up', 'down')).toContain('… 1 line above');
    expect(shown('end', 'home')).toBe(shown());
  });

  test('fits every screen, whatever keys came before', () => {
    const keys = fc.array(fc.constantFrom('up', 'down', 'pageup', 'pagedown', 'home', 'end', 'a'), {
      maxLength: 20,
    });
    const size = fc.record({
      columns: fc.integer({ min: 30, max: 100 }),
      rows: fc.integer({ min: 7, max: 60 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(short, long, 'a long sentence '.repeat(60)),
        keys,
        size,
        size,
        (text, pressed, before, after) => {
          const { lines, cursor } = press(pagePrompt(text, theme), pressed, before).pose.view(after);
          expect(lines.length).toBeLessThan(after.rows);
          for (const line of lines) expect(widthOf(line)).toBeLessThan(after.columns);
          expect(cursor.row).toBe(lines.length - 1);
        },
      ),
    );
  });

  test('escapes foreign text', () =>
    expect(linesOf(pagePrompt('a\u001b[2Jb', theme))).toContain('a\\u{1b}[2Jb'));

  test('between two questions says so, and Enter, Escape and Ctrl-D continue', () => {
    const page = pagePrompt(short, theme);
    expect(linesOf(page)).toContain('\n\n  Enter or Esc goes on');
    for (const name of ['ctrl-d', 'enter', 'escape', 'tab'])
      expect(page.press(key(name), small).is).toBe('closed');
    for (const name of ['a', 'space', 'down', 'backspace'])
      expect(page.press(key(name), small).is).toBe('stay');
    expect(page.partialText).toBeUndefined();
  });
});

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.remove());

const page = `Please reach a person now.\n${Array.from({ length: 14 }, (_, index) => `Someone ${index + 1}.`).join('\n')}`;
const env = { PAGE: page };

/** Types unfinished text and opens the page over it. */
async function overHalf(typed: string): Promise<Asking> {
  const asking = bench.ask(['what']);
  const { pty } = asking;
  await pty.waitFor('What happened?');
  pty.write(typed);
  await pty.waitFor(`│ ${typed}`);
  pty.write('\u0007');
  await pty.waitFor('Esc goes back to the question');
  return asking;
}

describe('on a terminal', () => {
  test.each([
    [80, 24],
    [60, 20],
    [60, 12],
  ])(
    'at %i by %i its beginning is in sight until the person goes back, and picks are there again',
    async (columns, rows) => {
      const asking = bench.ask(['kinds'], { columns, rows, env });
      const { pty } = asking;
      await pty.waitFor('› ◯ They misunderstood me');
      pty.write(' ');
      await pty.waitFor('1 of 3');
      pty.write('\u0007');
      await pty.waitFor('Esc goes back to the question');
      expect(pty.inSight()).toContain('Please reach a person now.');
      expect(pty.screen()).not.toContain('Which of these');
      pty.write('\u001b');
      await pty.waitFor(/Someone 14\.[^]*Which of these is closest/);
      // The whole page is above the question.
      expect(pty.screen()).toContain(page.replaceAll('\n', '\n  '));
      expect(pty.screen()).not.toContain('Esc goes');
      expect(pty.screen()).toContain('› ◉ They misunderstood me');
      pty.write('\r');
      await pty.exited;
      expect(asking.answers()).toEqual([['misread']]);
    },
  );

  test('the unfinished text returns', async () => {
    const asking = await overHalf('half a');
    const { pty } = asking;
    pty.write('\u001b');
    await pty.waitFor(/Please reach a person now\.\n {2}Someone near you\.[^]*│ half a/);
    pty.write(' thought');
    await pty.waitFor('half a thought');
    pty.write('\u0004');
    await pty.exited;
    expect(asking.answers()).toEqual(['half a thought']);
  });

  test('help and Enter on a list show it, and Enter returns', async () => {
    const asking = bench.ask(['sit'], { rows: 12, env });
    const { pty } = asking;
    await pty.waitFor('› Mostly good');
    for (const letter of 'help') pty.write(letter);
    await pty.waitFor('Enter shows people to reach');
    pty.write('\r');
    await pty.waitFor('Esc goes back to the question');
    pty.write('\u001b[B');
    await pty.waitFor('… 1 line above');
    pty.write('\r');
    await pty.waitFor('› Mostly good');
    pty.write('\u001b[B');
    await pty.waitFor('› Some good, some hard');
    pty.write('\r');
    await pty.exited;
    expect(asking.answers()).toEqual(['mixed']);
  });

  test('after a resize it starts at its top', async () => {
    const { pty } = bench.ask(['what'], { env });
    await pty.waitFor('What happened?');
    pty.write('\u0007');
    await pty.waitFor('Esc goes back to the question');
    pty.resize(60, 12);
    await pty.waitFor(/… \d+ lines below/);
    expect(pty.inSight()).toContain('Please reach a person now.');
    pty.resize(80, 24);
    await pty.waitUntil(() => pty.inSight().includes('Someone 14.'), 'all of the page');
    expect(pty.inSight()).toContain('Please reach a person now.');
    pty.write('\u0003');
    await pty.exited;
  });

  test.each([
    ['Ctrl-C', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGHUP'],
    ['a closed terminal', 'SIGHUP'],
  ])('%s saves the unfinished text', async (how, ending) => {
    const asking = await overHalf('half a thought');
    const { pty } = asking;
    const before = asking.replies().length;
    if (how === 'Ctrl-C') pty.write('\u0003');
    else if (how === 'a closed terminal') pty.hangUp();
    else process.kill(pty.pid, how);
    await pty.waitUntil(() => asking.replies().length > before + 1, 'the ending');
    expect(asking.replies().slice(before)).toEqual([{ typing: 'half a thought' }, { cancelled: ending }]);
    if (how === 'a closed terminal') return;
    expect((await pty.exited).code).toBe(130);
    expect(pty.raw().lastIndexOf('\u001b[?2004l')).toBeGreaterThan(pty.raw().lastIndexOf('\u001b[?2004h'));
  });

  test('Ctrl-D ends the question, and the page stays above its line', async () => {
    const asking = await overHalf('half a thought');
    const { pty } = asking;
    pty.write('\u0004');
    await pty.exited;
    expect(asking.answers()).toEqual(['half a thought']);
    expect(pty.screen()).toContain(
      '\n\n  Please reach a person now.\n  Someone near you.\n\n  What happened?   half a thought\n',
    );
  });

  test('Ctrl-Z restores the terminal, and the page returns afterwards', async () => {
    const replies = join(bench.folder, 'replies-page');
    writeFileSync(replies, '');
    const pty = startPty('bash', ['--norc', '--noprofile', '-i'], {
      env: { PS1: 'shell> ', REPLIES: replies, WORDS: bench.words },
    });
    await pty.waitFor('shell>');
    pty.write(`"${process.execPath}" ${bench.program} what\r`);
    await pty.waitFor('What happened?');
    pty.write('half a thought');
    await pty.waitFor('│ half a thought');
    pty.write('\u0007');
    await pty.waitFor('Esc goes back to the question');
    pty.write('\u001a');
    await pty.waitFor(/Stopped[^]*shell>/);
    expect(readFileSync(replies, 'utf8')).toContain('{"typing":"half a thought"}');
    pty.write('fg\r');
    await pty.waitFor(/Stopped[^]*Please reach a person now\.[^]*Esc goes back to the question/);
    pty.write('\u001b');
    await pty.waitFor(/Stopped[^]*│ half a thought/);
    pty.write('\u0004');
    await pty.waitFor('It is written down.');
    pty.write('exit\r');
    await pty.exited;
    expect(readFileSync(replies, 'utf8')).toContain('{"is":"answer","answer":"half a thought"}');
  });

  test('between two questions the next one waits for it', async () => {
    const asking = bench.ask(['size', 'page', 'kinds'], { env });
    const { pty } = asking;
    await pty.waitFor('Nothing chosen yet');
    pty.write('7');
    await pty.waitFor('7, between');
    pty.write('\r');
    await pty.waitFor('Enter or Esc goes on');
    expect(pty.inSight()).toContain('How big is it for you right now?   7\n\n  Please reach a person now.');
    pty.write('\r');
    await pty.waitFor('› ◯ They misunderstood me');
    pty.write('\u0003');
    expect((await pty.exited).code).toBe(130);
  });

  test('between two questions help shows people to reach above it, and the page comes back', async () => {
    const asking = bench.ask(['page', 'size'], { env: { ...env, PAGE: 'A page.' } });
    const { pty } = asking;
    await pty.waitFor('Enter or Esc goes on');
    pty.write('help');
    pty.write('\r');
    await pty.waitFor('Enter or Esc goes back to the question');
    pty.write('\r');
    await pty.waitFor('Enter or Esc goes on');
    pty.write('\r');
    await pty.waitFor('Nothing chosen yet');
    for (const letter of 'help') pty.write(letter);
    pty.write('\r');
    await pty.waitFor('Enter or Esc goes back to the question');
    pty.write('\r');
    await pty.waitFor('Nothing chosen yet');
    pty.write('7\r');
    await pty.exited;
    expect(asking.answers()).toEqual([7]);
  });
});
