import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import { passphrase } from '../support/sealed.ts';
import { keys, openHand, patience, questions } from './support/hand.ts';
import type { Home } from './support/home.ts';
import { openSealedHome, withPassphrase } from './support/encrypted-home.ts';
import { canTrace, traced } from './support/traced.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const secret = 'the clock on the wall';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const home = (): Promise<Home> => openSealedHome(rupture, secret);

// Commands with their input; those in one row run one after another in the same folder.
const runs: readonly (readonly (readonly [line: string, input?: string])[])[] = [
  [['summary'], ['list'], ['search clock'], ['patterns'], ['show last'], ['export json'], ['doctor']],
  [
    ['reflect -m -', 'again'],
    ['reflect', `3\n${secret}\n`],
    ['reflect --more last', `\n\n29 ${secret}\n`],
    ['prep last --answers -', 'opening_line: Can we go back?'],
    ['follow-up last --answers -', '{came_up: i-said-it, size: 3, status: eased}'],
  ],
  [
    ['mark last raised --note -', 'note'],
    ['let-go last --answers -', '{let_go_reason: learned, size: 2}'],
    ['reopen last'],
    ['edit last'],
    ['undo'],
    ['delete last --yes'],
    ['trash list'],
    ['undo'],
  ],
  [
    ['encrypt status'],
    ['encrypt trust'],
    ['encrypt rotate'],
    ['encrypt off --yes'],
    ['encrypt on'],
    ['import notes'],
    ['delete --all --forever --yes'],
  ],
];

describe.runIf(canTrace)('no network in an encrypted folder', () => {
  test.each(runs.map(steps => [steps.map(([line]) => line).join(', '), steps] as const))(
    '%s',
    async (_name, steps) => {
      const at = await home();
      const editor = join(at.root, 'editor');
      writeFileSync(editor, '#!/bin/sh\necho more >> "$1"\n');
      chmodSync(editor, 0o700);
      mkdirSync(join(at.root, 'notes'));
      writeFileSync(join(at.root, 'notes', '2026-02-01 walk.md'), 'a walk\n');
      for (const [line, input] of steps) {
        const trace = traced(
          { ...at, env: { ...at.env, EDITOR: editor } },
          '%network',
          withPassphrase(at, line.split(' ')),
          { input },
        );
        expect([line, trace.includes('AF_INET')]).toEqual([line, false]);
      }
    },
  );

  test('locked, and with another passphrase', async () => {
    const at = await home();
    expect(traced(at, '%network', [rupture, 'summary'], { codes: [4] })).not.toMatch(/AF_INET/);
    const other = withPassphrase(at, ['summary']);
    writeFileSync(join(at.root, 'pass'), 'something else\n');
    expect(traced(at, '%network', other, { codes: [4] })).not.toMatch(/AF_INET/);
  });
});

/**
 * Returns which of the words are in a process's arguments or environment, where other accounts and other
 * programs of this account can read them.
 */
function seenOf(pid: number, words: readonly string[]): readonly string[] {
  const all = ['cmdline', 'environ']
    .map(name => readFileSync(`/proc/${pid}/${name}`))
    .map(bytes => bytes.toString('utf8'));
  expect(all[0]).not.toBe('');
  return words.filter(word => all.some(text => text.includes(word)));
}

describe.runIf(process.platform === 'linux')('a command that waits for input in an encrypted folder', () => {
  test('has neither the passphrase nor a word of a note in its arguments or environment', async () => {
    const at = await home();
    const words = [passphrase, passphrase.slice(0, 12), secret, 'half a sentence'];
    const summary = at.onTerminal(['summary']);
    await summary.waitFor('Passphrase of your notes', patience);
    summary.write(passphrase);
    expect(seenOf(summary.pid, words)).toEqual([]);
    summary.write(keys.enter);
    await summary.waitFor('clock', patience);
    await summary.exited;

    const first = at.onTerminal(['reflect']);
    const hand = openHand(first);
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees(questions.what);
    first.write('half a sentence');
    await hand.sees('half a sentence');
    expect(seenOf(first.pid, words)).toEqual([]);
    first.write(keys.ctrlC);
    expect((await first.exited).code).toBe(130);

    const second = at.onTerminal(['reflect', '--resume']);
    await second.waitFor('Passphrase of your notes', patience);
    second.write(`${passphrase}${keys.enter}`);
    await second.waitFor('│ half a sentence', patience);
    expect(seenOf(second.pid, words)).toEqual([]);
    second.write(keys.ctrlC);
    await second.exited;
  });

  test('control: detects a passphrase in an argument or in the environment', async () => {
    const dummy = spawn(
      process.execPath,
      ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)', passphrase],
      { env: { NOTE: secret }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    onTestFinished(() => {
      dummy.kill('SIGKILL');
    });
    await new Promise(resolve => dummy.stdout.once('data', resolve));
    expect(seenOf(dummy.pid ?? 0, [passphrase, secret, 'something else'])).toEqual([passphrase, secret]);
  });
});
