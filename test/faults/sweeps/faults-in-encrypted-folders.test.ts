import { beforeAll, expect, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import { shimHere } from '../harness/fault.ts';
import { sealed } from '../harness/encryption-scenarios.ts';
import { row, sweep } from '../harness/sweep.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

test.skipIf(shimHere() === undefined).each(sealed)(
  '$name: whatever one file operation does, every note can be read',
  async scenario => {
    const swept = await sweep(rupture, shimHere() ?? '', scenario);
    row(scenario.name, swept);
    expect(swept.failures).toEqual([]);
    expect(swept.points).toBeGreaterThan(0);
  },
);
