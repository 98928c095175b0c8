import { readFileSync } from 'node:fs';

/**
 * Returns a text `BOOT_ID/TICKS` that identifies a process on this machine: the boot, and the clock ticks
 * from boot to the start of the process. PIDs are reused; this text is not. Returns undefined when the
 * process does not exist, or the system has no `/proc`.
 */
export function processStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may contain spaces and brackets; the start time is the twentieth field
    // after it.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return start === undefined
      ? undefined
      : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${start}`;
  } catch {
    // No such process, or no `/proc`: callers then compare PIDs alone.
    return undefined;
  }
}
