import { beforeAll, expect, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import { shimHere } from '../harness/fault.ts';
import { moving } from '../harness/scenarios.ts';
import { row, sweep } from '../harness/sweep.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

test.skipIf(shimHere() === undefined).each(moving)(
  '$name: whatever one file operation does, nothing is lost',
  async scenario => {
    const swept = await sweep(rupture, shimHere() ?? '', scenario);
    row(scenario.name, swept);
    expect(swept.failures).toEqual([]);
    expect(swept.points).toBeGreaterThan(0);
  },
);
