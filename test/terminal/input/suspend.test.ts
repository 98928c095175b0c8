import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { stopGroup } from '../../../src/terminal/input/suspend.ts';

/**
 * A fake process that never stops, with the signals sent to it and how often it resumed; `gone` resolves when
 * it resumes.
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

describe('a process group that receives a stop signal', () => {
  test('resumes once when it is continued', async () => {
    const { self, sent, resumed } = stopping();
    expect([sent, resumed()]).toEqual([[[0, 'SIGTSTP']], 0]);
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
    // A later suspension has run to its end, so this one has too.
    await stopping().gone;
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
  });

  test('resumes once by itself if nothing stops it', async () => {
    const { self, resumed, gone } = stopping();
    expect(resumed()).toBe(0);
    await gone;
    self.emit('SIGCONT');
    expect(resumed()).toBe(1);
  });
});
