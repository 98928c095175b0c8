import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stopGroup } from '../../src/terminal/suspend.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A process that nothing stops, with what it was sent and how often it went on. */
function stopping(): { readonly self: EventEmitter; readonly sent: unknown[]; readonly resumed: () => number } {
  const sent: unknown[] = [];
  const self = Object.assign(new EventEmitter(), { kill: (...told: unknown[]) => sent.push(told) });
  let count = 0;
  stopGroup(self, () => (count += 1));
  return { self, sent, resumed: () => count };
}

describe('a process group that is told to stop', () => {
  test('goes on when it is woken, once', () => {
    const { self, sent, resumed } = stopping();
    expect([sent, resumed()]).toEqual([[[0, 'SIGTSTP']], 0]);
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
    vi.advanceTimersByTime(60_000);
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
  });

  test('goes on by itself where nothing stops it, once', () => {
    const { self, resumed } = stopping();
    vi.advanceTimersByTime(99);
    expect(resumed()).toBe(0);
    vi.advanceTimersByTime(1);
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
  });
});
