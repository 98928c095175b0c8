import { spawn } from '@lydell/node-pty';
import { rmSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import { endOf, isGivenBack, keys, openHand, patience, questions } from '../../e2e/support/hand.ts';
import { isRunning, openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { inLanes, tell } from '../harness/tell.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

/**
 * Unfinished texts: short, of several lines, and with wide and joined characters. `last` is what the screen
 * shows of the end.
 */
const texts: readonly { readonly typed: string; readonly last: string }[] = [
  { typed: 'half a thought', last: 'half a thought' },
  { typed: 'x', last: 'x' },
  { typed: keys.paste('first line\r\rthird line'), last: 'third line' },
  { typed: 'naïve, 静か, 👩‍👩‍👧, end', last: 'end' },
  { typed: `${'They moved on. '.repeat(40)}so it went`, last: 'so it went' },
];
const textOf = (typed: string): string => typed.replace(/\u001b\[20[01]~/g, '').replaceAll('\r', '\n');

interface Ending {
  readonly name: string;
  readonly code?: number;
  readonly end: (pty: ReturnType<Home['onTerminal']>) => Promise<void> | void;
}

const endings: readonly Ending[] = [
  { name: 'Ctrl-C', code: 130, end: pty => pty.write(keys.ctrlC) },
  { name: 'SIGTERM', code: 143, end: pty => void process.kill(pty.pid, 'SIGTERM') },
  { name: 'SIGHUP', code: 129, end: pty => void process.kill(pty.pid, 'SIGHUP') },
  // Only text typed in the last two seconds may be lost.
  {
    name: 'kill -9, two seconds after the last key',
    end: async pty => {
      await new Promise(resolve => setTimeout(resolve, 2500));
      process.kill(pty.pid, 'SIGKILL');
    },
  },
];

const onItsLine = (last: string): RegExp => new RegExp(`│.*${last}`);

/** Returns what is wrong with the draft. */
function wrongIn(home: Home, key: string, typed: string): string[] {
  const wrong: string[] = [];
  const [draft, other] = home.drafts();
  if (other !== undefined) wrong.push('there are two drafts');
  if (draft?.half?.key !== key || draft.half.text !== textOf(typed))
    wrong.push(`the draft holds ${JSON.stringify(draft?.half)}`);
  if (home.notes().length > 0) wrong.push('there is a note');
  return wrong;
}

/** Returns what is wrong with the draft, or with what the next run offers. */
async function wrongAfter(home: Home, key: string, typed: string, last: string): Promise<string[]> {
  const wrong = wrongIn(home, key, typed);
  const again = home.onTerminal(['reflect']);
  const hand = openHand(again);
  await hand
    .choose('You have an unfinished note.', 'Go on:')
    .then(() => hand.sees(onItsLine(last)))
    .catch((error: unknown) => wrong.push(`the next run: ${String(error)}`));
  again.kill('SIGKILL');
  await endOf(again);
  return wrong;
}

const rounds = Array.from(
  { length: isWhole ? 20 : 3 },
  (_, round) => texts[round % texts.length] ?? texts[0],
).flatMap(text => text ?? []);

test.each(endings)(
  '$name with a text half typed: it is in the draft, and the next run offers it',
  async ({ name, code, end }) => {
    const failures: unknown[] = [];
    await inLanes(2, rounds, async ({ typed, last }) => {
      const home = openHome(rupture);
      const pty = home.onTerminal(['reflect']);
      const hand = openHand(pty);
      await hand.choose(questions.start, 'Yes');
      await hand.choose(questions.sit, 'Something is bothering me');
      await hand.sees(questions.what);
      hand.press(typed);
      await hand.sees(onItsLine(last));
      await end(pty);
      const ended = await endOf(pty);
      const wrong = await wrongAfter(home, 'what', typed, last);
      if (code !== undefined && ended !== code) wrong.push(`exit ${ended}`);
      if (code !== undefined && !isGivenBack(pty.raw())) wrong.push('the terminal is not as it was');
      if (wrong.length > 0) failures.push({ typed, wrong });
      rmSync(home.root, { recursive: true, force: true });
    });
    tell(`endings: ${name}`, { runs: rounds.length, failures: failures.length });
    expect(failures).toEqual([]);
  },
);

test('a closed terminal with an unfinished text: it is in the draft, and the next run offers it', async () => {
  const failures: unknown[] = [];
  await inLanes(2, rounds, async ({ typed, last }) => {
    const home = openHome(rupture);
    const [file, args] = home.command(['reflect'], { TERM: 'xterm-256color' });
    // Without a screen model, which would keep the terminal's other end open.
    const terminal = spawn(file, [...args], { name: 'xterm-256color', cols: 80, rows: 40, cwd: home.root });
    let seen = '';
    terminal.onData(data => {
      seen += data;
    });
    const shown = (text: string, from = 0): Promise<void> =>
      vi.waitUntil(() => seen.includes(text, from), { timeout: patience, interval: 10 }).then(() => {});
    for (const label of ['› Yes', '› Mostly good']) {
      await shown(label);
      terminal.write(keys.enter);
    }
    await shown("Was there a good moment you'd like to remember?");
    const before = seen.length;
    terminal.write(typed);
    await shown(last, before);
    if ('destroy' in terminal && typeof terminal.destroy === 'function') terminal.destroy();
    await vi.waitUntil(() => !isRunning(terminal.pid), { timeout: patience });
    const wrong = await wrongAfter(home, 'good_moment', typed, last);
    if (wrong.length > 0) failures.push({ typed, wrong });
    rmSync(home.root, { recursive: true, force: true });
  });
  tell('endings: a closed terminal', { runs: rounds.length, failures: failures.length });
  expect(failures).toEqual([]);
});

test('detects a removed draft (control)', async () => {
  const home = openHome(rupture);
  const pty = home.onTerminal(['reflect']);
  const hand = openHand(pty);
  await hand.choose(questions.start, 'Yes');
  await hand.choose(questions.sit, 'Something is bothering me');
  await hand.sees(questions.what);
  hand.press('half a thought');
  await hand.sees(onItsLine('half a thought'));
  hand.press(keys.ctrlC);
  await endOf(pty);
  rmSync(`${home.folder}/.rupture/drafts`, { recursive: true });
  const wrong = wrongIn(home, 'what', 'half a thought');
  tell('endings: a draft that is removed (control)', { runs: 1, 'found lost': wrong.length });
  expect(wrong).toEqual(['the draft holds undefined']);
});
