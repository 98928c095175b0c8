import { describe, expect, it } from 'vitest';
import { retryWhileBusy } from '../../../src/storage/fs/retry-busy.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Does work that fails so often first; gives how often it was tried and how long was waited, in milliseconds.
 */
function tryWith(
  code: string,
  times: number,
  windows: boolean,
): { readonly tries: number; readonly waited: number; readonly end: string } {
  let [tries, waited] = [0, 0];
  const work = (): string => {
    tries++;
    if (tries <= times) throw failure(code);
    return 'done';
  };
  try {
    return {
      end: retryWhileBusy(work, windows, ms => {
        waited += ms;
      }),
      tries,
      waited,
    };
  } catch (error) {
    return { end: error instanceof Error ? error.message : '', tries, waited };
  }
}

describe('a file that another program holds', () => {
  it.each(['EBUSY', 'EPERM', 'EACCES'])('is waited for on Windows (%s)', code => {
    expect(tryWith(code, 4, true)).toEqual({ end: 'done', tries: 5, waited: 5 + 10 + 20 + 40 });
  });

  it("is waited for no longer than two seconds and a step, and then the system's own word is told", () => {
    const { end, waited, tries } = tryWith('EPERM', Infinity, true);
    expect([end, waited >= 2000, waited <= 2200, tries > 10]).toEqual(['EPERM', true, true, true]);
  });

  it('is waited for elsewhere where it is busy, and not where it is not allowed', () => {
    expect(tryWith('EBUSY', 1, false)).toMatchObject({ end: 'done', tries: 2 });
    expect(tryWith('EPERM', 1, false)).toEqual({ end: 'EPERM', tries: 1, waited: 0 });
    expect(tryWith('EACCES', 1, false)).toEqual({ end: 'EACCES', tries: 1, waited: 0 });
  });

  it.each(['ENOENT', 'EEXIST', 'ENOSPC'])('is not what %s means', code => {
    expect(tryWith(code, 1, true)).toEqual({ end: code, tries: 1, waited: 0 });
  });
});
