import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import type { Home } from '../../e2e/support/home.ts';
import { isWhole } from '../harness/fault.ts';
import { ids, openPerson } from '../harness/person.ts';
import { filesBelow } from '../harness/encrypted-files.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const writers = ['a', 'b', 'c', 'd'];
const each = isWhole ? 200 : 10;

/**
 * Runs a program repeatedly in four terminals at once; returns how often a run reported that it failed.
 */
async function together(
  home: Home,
  program: (writer: string, round: number) => readonly string[],
): Promise<number> {
  let refused = 0;
  await Promise.all(
    writers.map(async writer => {
      for (let round = 0; round < each; round += 1) {
        const [name = '', ...args] = program(writer, round);
        const code = await new Promise<number | null>(resolve => {
          spawn(name, args, { cwd: home.root, env: { ...home.env }, stdio: 'ignore' }).on('close', resolve);
        });
        if (code !== 0) refused += 1;
      }
    }),
  );
  return refused;
}

const wanted = writers.flatMap(writer =>
  Array.from({ length: each }, (_, round) => `Said by ${writer} in round ${round}.`),
);
const path = `2026-03-06-${ids.open}.md`;
const row = (what: string, kept: number): void => {
  process.stdout.write(`writers, ${what.padEnd(30)} ${String(kept).padStart(5)} of ${wanted.length} kept\n`);
};

test('four terminals that repeatedly add a moment lose none', async () => {
  const home = await openPerson(rupture);
  const refused = await together(home, (writer, round) => [
    rupture,
    'reflect',
    '-m',
    `Said by ${writer} in round ${round}.`,
  ]);
  const texts = [...filesBelow(home.folder)]
    .filter(([name]) => name.endsWith('.md'))
    .map(([, text]) => text)
    .join('\n');
  const kept = wanted.filter(text => texts.includes(text)).length;
  row('adding', kept);
  expect([refused, kept]).toEqual([0, wanted.length]);
});

test('four terminals that repeatedly change the same moment lose no change', async () => {
  const home = await openPerson(rupture);
  const refused = await together(home, (writer, round) => [
    rupture,
    'mark',
    ids.open,
    'raised',
    '--note',
    `Said by ${writer} in round ${round}.`,
  ]);
  const text = readFileSync(join(home.folder, path), 'utf8');
  const kept = wanted.filter(one => text.includes(one)).length;
  row('changing one', kept);
  expect([refused, kept]).toEqual([0, wanted.length]);
});

test('four careless programs that change the same file lose changes (control)', async () => {
  const home = await openPerson(rupture);
  await together(home, (writer, round) => [
    process.execPath,
    fileURLToPath(new URL('../careless.mjs', import.meta.url)),
    'slowly',
    home.folder,
    `Said by ${writer} in round ${round}.`,
  ]);
  const text = readFileSync(join(home.folder, path), 'utf8');
  const kept = wanted.filter(one => text.includes(one)).length;
  row('careless (control)', kept);
  expect(kept).toBeLessThan(wanted.length);
});
