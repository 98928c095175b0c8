import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { shimHere } from '../harness/fault.ts';
import { filesBelow, ids, words } from '../harness/person.ts';
import type { Scenario } from '../harness/scenarios.ts';
import { row, sweep } from '../harness/sweep.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const says = (home: Home, path: string, text: string): boolean =>
  (filesBelow(home.folder).get(path) ?? '').includes(text);
const careless = (kind: string, more: Pick<Scenario, 'done' | 'changes'>): Scenario => ({
  name: `careless ${kind} (control)`,
  args: home => [kind, home.folder, words.now],
  ...more,
});
const controls = [
  careless('add', { done: home => says(home, '2026-03-12-kzzzz9.md', words.now) }),
  careless('change', {
    done: home => says(home, `2026-03-06-${ids.open}.md`, words.now),
    changes: [words.open],
  }),
  careless('delete', {
    done: home => says(home, '.rupture/trash/kbbbb3.md', words.open),
    changes: [words.open],
  }),
];

test.skipIf(shimHere() === undefined).each(controls)('detects $name', async scenario => {
  const swept = await sweep(rupture, shimHere() ?? '', scenario, {
    instead: [process.execPath, fileURLToPath(new URL('../careless.mjs', import.meta.url))],
  });
  row(scenario.name, swept);
  expect(swept.failures.length).toBeGreaterThan(0);
});

test.skipIf(shimHere() === undefined)(
  "a careless reader, to which a file that can't be read is an empty one, is caught (control of reading)",
  async () => {
    const scenario = careless('reader', {
      done: home => says(home, `2026-03-06-${ids.open}.md`, words.now),
      changes: [words.open],
    });
    const swept = await sweep(rupture, shimHere() ?? '', scenario, {
      instead: [process.execPath, fileURLToPath(new URL('../careless.mjs', import.meta.url))],
      reads: true,
    });
    row(scenario.name, swept);
    expect(swept.failures.length).toBeGreaterThan(0);
  },
);
