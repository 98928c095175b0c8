/** The part of `process` that is needed to stop it. */
export interface Stoppable {
  readonly once: (event: 'SIGCONT', listener: () => void) => unknown;
  readonly kill: (pid: number, signal: string) => unknown;
}

/** Milliseconds; longer than a system takes to stop a program that can be stopped. */
const patienceMs = 100;

/**
 * Stops the whole process group, so that a wrapper around Node stops too and the shell takes over the
 * terminal; calls `resumed` once when the process continues. If no shell could take over (the program is the
 * terminal's only one), the system does not stop the process and nobody wakes it: then this calls `resumed`
 * after a moment.
 */
export function stopGroup(self: Stoppable, resumed: () => void): void {
  let isOver = false;
  const goOn = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(waiting);
    resumed();
  };
  const waiting = setTimeout(goOn, patienceMs);
  self.once('SIGCONT', goOn);
  self.kill(0, 'SIGTSTP');
}
