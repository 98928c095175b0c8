/**
 * Sleeps for `ms` milliseconds and blocks the whole process. Only for short waits.
 */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
