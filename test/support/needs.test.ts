import { afterEach, expect, test, vi } from 'vitest';
import { hasPrograms, reportMissing } from './needs.ts';

afterEach(() => vi.unstubAllEnvs());

test('finds an installed program, with or without RUPTURE_NEEDS_ALL', () => {
  vi.stubEnv('RUPTURE_NEEDS_ALL', '1');
  expect(hasPrograms('these tests', 'sh', 'cat')).toBe(true);
});

test('skips the tests of a missing program unless all programs are required', () => {
  vi.stubEnv('RUPTURE_NEEDS_ALL', '');
  expect(hasPrograms('these tests', 'sh', 'no-such-program')).toBe(false);
});

test('fails and names the missing program if all programs are required', () => {
  vi.stubEnv('RUPTURE_NEEDS_ALL', '1');
  expect(() => hasPrograms('these tests', 'sh', 'no-such-program')).toThrow(
    'these tests cannot run: no-such-program is missing (install it).',
  );
  expect(() => reportMissing('what Taskwarrior reads', 'task')).toThrow(
    'what Taskwarrior reads cannot run: task is missing (Debian: apt-get install taskwarrior).',
  );
});
