import { describe, expect, it } from 'vitest';
import { retryWhileBusy } from '../../../src/storage/fs/retry-busy.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Runs work that first fails a number of times; returns the number of tries and the total wait in milliseconds.
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

describe('a file that another program has open', () => {
  it.each(['EBUSY', 'EPERM', 'EACCES'])('is retried on Windows (%s)', code => {
    expect(tryWith(code, 4, true)).toEqual({ end: 'done', tries: 5, waited: 5 + 10 + 20 + 40 });
  });

  it('is retried for at most two seconds and a step, then throws the error of the system', () => {
    const { end, waited, tries } = tryWith('EPERM', Infinity, true);
    expect([end, waited >= 2000, waited <= 2200, tries > 10]).toEqual(['EPERM', true, true, true]);
  });

  it('is retried on other systems if it is busy, but not if permission is denied', () => {
    expect(tryWith('EBUSY', 1, false)).toMatchObject({ end: 'done', tries: 2 });
    expect(tryWith('EPERM', 1, false)).toEqual({ end: 'EPERM', tries: 1, waited: 0 });
    expect(tryWith('EACCES', 1, false)).toEqual({ end: 'EACCES', tries: 1, waited: 0 });
  });

  it.each(['ENOENT', 'EEXIST', 'ENOSPC'])('is not retried after %s', code => {
    expect(tryWith(code, 1, true)).toEqual({ end: code, tries: 1, waited: 0 });
  });
});
