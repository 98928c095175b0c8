type Kill = (pid: number, signal: 0) => unknown;

/** Whether a process is running. Signal 0 only checks that the process exists; it does nothing to it. */
export function isAlive(kill: Kill, pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that the process exists and belongs to another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
