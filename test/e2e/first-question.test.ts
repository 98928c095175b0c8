import { cpSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { startPty } from '../support/pty.ts';
import type { Pty } from '../support/pty.ts';
import { endOf, keys, openHand, patience, questions } from './support/hand.ts';
import { openHome, openLived } from './support/home.ts';
import type { Home } from './support/home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  packed = await openPacked();
});

/** Returns the home with its own copy of the program, whose files a test may change. */
function withCopy(home: Home): { readonly home: Home; readonly dist: string } {
  const copy = join(home.root, 'program');
  cpSync(packed.folder, copy, { recursive: true });
  const rupture = join(copy, 'bin', 'rupture.js');
  return {
    home: { ...home, rupture, command: (args, more) => withProgram(home.command(args, more), rupture) },
    dist: join(copy, 'dist'),
  };
}

function withProgram(
  [file, args]: ReturnType<Home['command']>,
  rupture: string,
): ReturnType<Home['command']> {
  return [file, args.map(arg => (arg === packed.rupture ? rupture : arg))];
}

// Preloaded: blocks the program for a second after the first write that shows a question.
const slowly = `
const { WriteStream } = require('node:tty');
const write = WriteStream.prototype.write;
let isDone = false;
WriteStream.prototype.write = function (...given) {
  const result = write.apply(this, given);
  const shows = /› Mostly good|│/.test(String(given[0]));
  if (shows && !isDone) {
    isDone = true;
    for (const end = Date.now() + 1000; Date.now() < end;);
  }
  return result;
};
`;

/** Returns a home whose program reads no key in the first second after it shows a question. */
function slowed(home: Home): Home {
  const file = join(home.root, 'slowly.cjs');
  writeFileSync(file, slowly);
  return {
    ...home,
    command: (args, more) => home.command(args, { ...more, NODE_OPTIONS: `--require ${file}` }),
  };
}

function open(home: Home, args: readonly string[]): Pty {
  const [file, list] = home.command(args, { TERM: 'xterm-256color' });
  const pty = startPty(file, list, { rows: 40, cwd: home.root });
  onTestFinished(async () => {
    pty.kill('SIGKILL');
    await pty.exited;
  });
  return pty;
}

/** Returns a home with a draft whose next question takes typed text. */
async function withDraft(): Promise<Home> {
  const home = openLived(packed.rupture);
  const pty = open(home, ['reflect']);
  const hand = openHand(pty);
  await hand.choose(questions.sit, 'Something is bothering me');
  await hand.sees(questions.what);
  hand.press(keys.ctrlC);
  expect(await endOf(pty)).toBe(130);
  return home;
}

describe('before the program reads keys', () => {
  test('typed keys are handled one by one later', async () => {
    const pty = open(slowed(openLived(packed.rupture)), ['reflect']);
    await pty.waitFor('› Mostly good', patience);
    for (const key of [keys.down, keys.down, keys.enter]) pty.write(key);
    expect(await pty.waitFor(/Something is bothering me\s*\n[^]*2 of about/, patience)).toContain(
      questions.what,
    );
  });

  test('letters followed by Enter are not taken as a paste', async () => {
    const pty = open(slowed(openLived(packed.rupture)), ['reflect']);
    await pty.waitFor('› Mostly good', patience);
    pty.write('\u001b[B');
    pty.write('\rx');
    await pty.waitFor(/Some good, some hard\s*\n[^]*2 of about/, patience);
    expect(pty.screen()).not.toContain('Pasted');
  });

  test('a text stays whole when Esc follows it', async () => {
    const pty = open(slowed(await withDraft()), ['reflect', '--resume']);
    await pty.waitFor('│', patience);
    pty.write('I said no.\u001b');
    expect(await pty.waitFor('I said no.', patience)).toContain('│ I said no.');
  });

  test.each([
    ['Ctrl-C', keys.ctrlC, 130],
    ['the end of the terminal', undefined, 129],
  ])('%s ends the program as usual', async (_name, key, code) => {
    const home = slowed(await withDraft());
    const pty = open(home, ['reflect', '--resume']);
    await pty.waitFor('│', patience);
    pty.write('I said no.');
    if (key === undefined) pty.hangUp();
    else pty.write(key);
    expect((await pty.exited).code).toBe(code);
    expect(home.drafts()).toHaveLength(1);
  });

  test('Ctrl-C saves the text', async () => {
    const home = slowed(await withDraft());
    const pty = open(home, ['reflect', '--resume']);
    await pty.waitFor('│', patience);
    pty.write(`I said no.${keys.ctrlC}`);
    expect(await endOf(pty)).toBe(130);
    expect(JSON.stringify(home.drafts())).toContain('I said no.');
  });

  test('Ctrl-Z stops the program once, and it resumes', async () => {
    const home = slowed(openLived(packed.rupture));
    const [file, list] = home.command(['reflect'], { TERM: 'xterm-256color' });
    const pty = startPty('bash', ['--norc', '--noprofile', '-i'], {
      rows: 40,
      cwd: home.root,
      env: { PS1: 'shell> ', HISTFILE: '/dev/null' },
    });
    onTestFinished(async () => {
      pty.kill('SIGKILL');
      await pty.exited;
    });
    await pty.waitFor('shell>');
    pty.write(`${[file, ...list].map(word => `'${word}'`).join(' ')}\r`);
    await pty.waitFor('› Mostly good', patience);
    pty.write('\u001a');
    await pty.waitFor(/Stopped[^]*shell>/, patience);
    pty.write('fg\r');
    await pty.waitFor(/Stopped[^]*› Mostly good/, patience);
    pty.write(keys.down);
    await pty.waitFor(/› Some good, some hard/, patience);
    expect(pty.screen().split('Stopped').length).toBe(2);
  });
});

describe('a program whose files are removed after its first question', () => {
  test.each([[[]], [['--plain']]])(
    '%s still keeps what is written, and shows people to reach',
    async flags => {
      const { home, dist } = withCopy(openHome(packed.rupture));
      const first = home.run([...flags, 'reflect', '-m', 'They moved on.']);
      expect(first.code).toBe(0);
      const pty = open(home, [...flags, 'reflect']);
      const plain = flags.length > 0;
      const answer = (text: string, key: string): void => pty.write(plain ? `${text}\r` : key);
      await pty.waitFor(questions.sit, patience);
      await pty.waitFor(plain ? '\n>' : '› Mostly good', patience);
      // The whole program is loaded by now, so it reacts to the first key.
      if (!plain) {
        pty.write(keys.down);
        await pty.waitFor('› Some good, some hard', patience);
        pty.write('\u001b[A');
        await pty.waitFor('› Mostly good', patience);
      }
      renameSync(dist, `${dist}.gone`);
      answer(':help', '\u0007');
      await pty.waitFor('Please reach a person now', patience);
      await pty.waitFor('Links checked', patience);
      if (!plain) pty.write(keys.escape);
      await pty.waitFor(/Links checked[^]*How did it go with your therapist/, patience);
      answer('1', keys.enter);
      await pty.waitFor("Was there a good moment you'd like to remember?", patience);
      pty.write('They remembered her name.\r');
      if (!plain) await pty.waitFor('│ They remembered her name.', patience);
      pty.write('\r');
      await pty.waitFor('Was there anything you held back', patience);
      answer('1', keys.enter);
      await pty.waitFor(questions.keep, patience);
      answer('1', keys.enter);
      expect(await endOf(pty)).toBe(0);
      expect(home.notes()).toHaveLength(2);
      expect(pty.screen()).not.toContain('Something went wrong');
    },
  );
});
