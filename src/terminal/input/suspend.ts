/** What of the process is needed to stop it. */
export interface Stoppable {
  readonly once: (event: 'SIGCONT', listener: () => void) => unknown;
  readonly kill: (pid: number, signal: string) => unknown;
}

/** Longer than a system takes to stop a program that can be stopped. */
const patienceMs = 100;

/**
 * Stops the whole process group, so that a wrapper around Node stops too and the shell takes the terminal
 * over; calls back once when it goes on. Where no shell could take over (a terminal's only program), the
 * system does not stop it and nobody wakes it: then it goes on by itself.
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
