import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Packed } from '../support/packed.ts';
import { openLived } from './home.ts';
import { canTrace, traced } from './traced.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let packed: Packed;
beforeAll(async () => {
  if (!canTrace) process.stderr.write('strace is not here, or may not look: what the kernel is asked for is not checked.\n');
  packed = await openPacked();
});

const lines = [
  '--version', '--help', '', 'help-now', 'where', 'summary', 'summary --format json', 'show last', 'learn', 'learn mending', 'learn --sources', 'mark last eased', 'reflect -m again',
  'reflect --answers a.yaml', 'reflect', 'config', 'config path', 'config set mode full', 'config get mode', 'config unset mode',
];

describe.runIf(canTrace)('no network', () => {
  test.each(lines)('rupture %s', (line) => {
    expect(traced(openLived(packed.rupture), '%network', [packed.rupture, ...line.split(' ').filter(Boolean)], { input: '3\nThey moved on.\n' })).not.toMatch(/AF_INET/);
  });

  test('a program that looks for a network is seen', () => {
    expect(traced(openLived(packed.rupture), '%network', [process.execPath, '-e', "require('node:net').connect(9, '127.0.0.1').on('error', () => {})"])).toMatch(/AF_INET/);
  });
});
