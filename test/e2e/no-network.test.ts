import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { openLived } from './support/home.ts';
import { life, openUnlived } from './support/life.ts';
import { canTrace, traced } from './support/traced.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  packed = await openPacked();
});

// In addition to the commands of commands.test.ts.
const lines = [
  'summary --format json',
  'show last',
  'learn mending',
  'learn --sources',
  'mark last eased',
  'config path',
  'config get mode',
];

describe.runIf(canTrace)('no network', () => {
  test('is used by any command of a typical life', () => {
    const at = openUnlived(packed.rupture);
    const called = life.filter(({ line, input }) =>
      traced(
        { ...at, env: { ...at.env, EDITOR: 'true --wait' } },
        '%network',
        [packed.rupture, ...line.split(' ').filter(Boolean)],
        { input },
      ).includes('AF_INET'),
    );
    expect(called).toEqual([]);
  });

  test.each(lines)('rupture %s', line => {
    expect(traced(openLived(packed.rupture), '%network', [packed.rupture, ...line.split(' ')])).not.toMatch(
      /AF_INET/,
    );
  });

  test('control: detects a program that uses the network', () => {
    expect(
      traced(openLived(packed.rupture), '%network', [
        process.execPath,
        '-e',
        "require('node:net').connect(9, '127.0.0.1').on('error', () => {})",
      ]),
    ).toMatch(/AF_INET/);
  });
});
