import { afterEach, expect, test, vi } from 'vitest';
import { hasPrograms, reportMissing } from './needs.ts';

afterEach(() => vi.unstubAllEnvs());

test('a program that is installed is found, whatever a missing one would mean', () => {
  vi.stubEnv('RUPTURE_NEEDS_ALL', '1');
  expect(hasPrograms('these tests', 'sh', 'cat')).toBe(true);
});

test('a missing program leaves its tests out where nothing demands it', () => {
  vi.stubEnv('RUPTURE_NEEDS_ALL', '');
  expect(hasPrograms('these tests', 'sh', 'no-such-program')).toBe(false);
});

test('a missing program is a failure where everything is demanded, and the failure names it', () => {
  vi.stubEnv('RUPTURE_NEEDS_ALL', '1');
  expect(() => hasPrograms('these tests', 'sh', 'no-such-program')).toThrow(
    'these tests cannot run: no-such-program is missing (install it).',
  );
  expect(() => reportMissing('what Taskwarrior reads', 'task')).toThrow(
    'what Taskwarrior reads cannot run: task is missing (Debian: apt-get install taskwarrior).',
  );
});
