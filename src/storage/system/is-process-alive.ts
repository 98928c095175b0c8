type Kill = (pid: number, signal: 0) => unknown;

/** Says whether a process runs: signal 0 is sent to nobody, and fails where there is none. */
export function isAlive(kill: Kill, pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    // There is one, of another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
