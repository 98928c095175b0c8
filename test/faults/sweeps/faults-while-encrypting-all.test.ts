import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import { shimHere } from '../harness/fault.ts';
import { carelessSealing, turning } from '../harness/encryption-scenarios.ts';
import { row, sweep } from '../harness/sweep.ts';

let rupture: string;
beforeAll(async () => {
  // With a thousandth of scrypt's work per passphrase, because each point unlocks.
  ({ quick: rupture } = await openPacked());
});

test.skipIf(shimHere() === undefined).each(turning)(
  '$name: whatever one file operation does, every note can be read',
  async scenario => {
    const swept = await sweep(rupture, shimHere() ?? '', scenario);
    row(scenario.name, swept);
    expect(swept.failures).toEqual([]);
    expect(swept.points).toBeGreaterThan(0);
  },
);

test.skipIf(shimHere() === undefined)('detects careless encryption (control)', async () => {
  const swept = await sweep(rupture, shimHere() ?? '', carelessSealing, {
    instead: [process.execPath, fileURLToPath(new URL('../careless.mjs', import.meta.url))],
  });
  row(carelessSealing.name, swept);
  expect(swept.failures.length).toBeGreaterThan(0);
});
