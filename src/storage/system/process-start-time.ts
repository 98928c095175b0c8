import { readFileSync } from 'node:fs';

/**
 * Says which run has this number on this machine: the boot and the moment it started, the same as long as it
 * runs. Undefined where the system does not tell, or nothing runs under it.
 */
export function processStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may hold spaces and brackets; the start is the twentieth field behind
    // it.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return start === undefined
      ? undefined
      : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${start}`;
  } catch {
    // No such run, or no such place: numbers alone have to do.
    return undefined;
  }
}
