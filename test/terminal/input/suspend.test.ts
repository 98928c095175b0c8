import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { stopGroup } from '../../../src/terminal/input/suspend.ts';

/**
 * A process that nothing stops, with what it was sent and how often it went on; `gone` resolves when it goes
 * on.
 */
function stopping(): {
  readonly self: EventEmitter;
  readonly sent: unknown[];
  readonly resumed: () => number;
  readonly gone: Promise<void>;
} {
  const sent: unknown[] = [];
  const self = Object.assign(new EventEmitter(), { kill: (...told: unknown[]) => sent.push(told) });
  let count = 0;
  const gone = new Promise<void>(resolve => {
    stopGroup(self, () => {
      count += 1;
      resolve();
    });
  });
  return { self, sent, resumed: () => count, gone };
}

describe('a process group that is told to stop', () => {
  test('goes on when it is woken, once', async () => {
    const { self, sent, resumed } = stopping();
    expect([sent, resumed()]).toEqual([[[0, 'SIGTSTP']], 0]);
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
    // One that was told later has waited to its end: so has this one.
    await stopping().gone;
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
  });

  test('goes on by itself where nothing stops it, once', async () => {
    const { self, resumed, gone } = stopping();
    expect(resumed()).toBe(0);
    await gone;
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
  });
});
