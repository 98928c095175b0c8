import { beforeAll, expect, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import { shimHere } from '../harness/fault.ts';
import { asking, changing, moving } from '../harness/scenarios.ts';
import { row, sweep } from '../harness/sweep.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

test.skipIf(shimHere() === undefined).each([...asking, ...changing, ...moving])(
  "$name: a file that can't be opened for reading takes nothing with it",
  async scenario => {
    const swept = await sweep(rupture, shimHere() ?? '', scenario, { reads: true });
    row(`reading: ${scenario.name}`, swept);
    expect(swept.failures).toEqual([]);
  },
);
