import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { loadYamlReader } from '../../../src/storage/notebook/filter-by-text.ts';
import { scanNotes } from '../../../src/storage/notebook/note-index.ts';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { filesBelow, ids, openPerson } from '../harness/person.ts';
import { openSealed } from '../harness/encrypted-files.ts';
import { openChance, tell } from '../harness/tell.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const writers = ['a', 'b', 'c', 'd'];
const rounds = isWhole ? 60 : 6;
const said = (writer: string, round: number): string => `Said by ${writer} in round ${round}.`;

interface Came {
  /** What the program reported as saved. */
  readonly told: readonly string[];
  readonly killed: number;
}

/**
 * Four terminals run a program repeatedly; every second run is killed at most `longest` milliseconds after
 * its start.
 */
async function together(
  home: Home,
  longest: number,
  program: (text: string, round: number) => readonly [string, ...string[]],
): Promise<Came> {
  const told: string[] = [];
  let killed = 0;
  await Promise.all(
    writers.map(async (writer, at) => {
      const random = openChance(at + 1);
      for (let round = 0; round < rounds; round += 1) {
        const text = said(writer, round);
        const [name, ...args] = program(text, round);
        const child = spawn(name, args, { cwd: home.root, env: { ...home.env }, stdio: 'ignore' });
        const timer =
          round % 2 === 1 ? setTimeout(() => child.kill('SIGKILL'), random() * longest) : undefined;
        const code = await new Promise<number | null>(resolve => {
          child.on('close', resolve);
        });
        clearTimeout(timer);
        if (code === 0) told.push(text);
        else if (child.signalCode === 'SIGKILL') killed += 1;
        else throw new Error(`${text} ended with ${code}`);
      }
    }),
  );
  return { told, killed };
}

/** Roughly the time of a run, in milliseconds, while three others do the same. */
async function longestIn(home: Home): Promise<number> {
  const start = performance.now();
  home.run(['reflect', '-m', 'How long it takes.']);
  return (performance.now() - start) * 4;
}

const path = `2026-03-06-${ids.open}.md`;
const notesIn = (home: Home): string =>
  [...filesBelow(home.folder)]
    .filter(([name]) => name.endsWith('.md') && !name.startsWith('.'))
    .map(([, text]) => text)
    .join('\n');

test('four terminals that add and change, killed repeatedly: everything reported saved is there, and no run waits for a killed one', async () => {
  const home = await openPerson(rupture);
  const { told, killed } = await together(home, await longestIn(home), (text, round) =>
    round % 4 < 2 ? [rupture, 'reflect', '-m', text] : [rupture, 'mark', ids.open, 'raised', '--note', text],
  );
  const texts = notesIn(home);
  const lost = told.filter(text => !texts.includes(text));
  const twice = told.filter(text => texts.split(`\n${text}\n`).length > 2);
  const { unreadable } = await scanNotes(home.folder, {
    loadYamlReader,
    openSealed: one => Promise.resolve(openSealed(one)),
  });
  const last = home.run(['mark', ids.open, 'raised', '--note', 'The last word.']);
  tell('writers that are killed', {
    runs: writers.length * rounds,
    killed,
    'said to be kept': told.length,
    lost: lost.length,
  });
  expect({ lost, twice, unreadable, code: last.code }).toEqual({
    lost: [],
    twice: [],
    unreadable: [],
    code: 0,
  });
  expect(readFileSync(join(home.folder, path), 'utf8')).toContain('The last word.');
  // Kills that all come before the start or after the end would test nothing.
  expect(killed).toBeGreaterThan(0);
  expect(told.length).toBeGreaterThan((writers.length * rounds) / 2 - 1);
});

test('careless programs killed in parallel lose what they reported saved (control)', async () => {
  const home = await openPerson(rupture);
  const careless = fileURLToPath(new URL('../careless.mjs', import.meta.url));
  const { told, killed } = await together(home, 200, text => [
    process.execPath,
    careless,
    'slowly',
    home.folder,
    text,
  ]);
  const texts = notesIn(home);
  const lost = told.filter(text => !texts.includes(text));
  tell('writers that are killed: careless (control)', {
    runs: writers.length * rounds,
    killed,
    'said to be kept': told.length,
    lost: lost.length,
  });
  expect(lost.length).toBeGreaterThan(0);
});
