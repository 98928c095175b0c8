/**
 * Sleeps so many milliseconds without giving way to anything else in this process: what waits holds no lock
 * yet.
 */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
