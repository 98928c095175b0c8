import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { vi } from 'vitest';

/** What was asked of the disk, by path: how often a file was opened and a folder was listed. */
export interface Counted {
  readonly opened: ReadonlyMap<string, number>;
  readonly listed: ReadonlyMap<string, number>;
}

/** Does some work and counts what it asks of the disk. */
export async function counted(work: () => Promise<unknown>): Promise<Counted> {
  const spies = [vi.spyOn(fs, 'openSync'), vi.spyOn(fs, 'readdirSync')] as const;
  // Imports by name see the spies from here on.
  syncBuiltinESMExports();
  try {
    await work();
    const [opened, listed] = spies.map(({ mock }) => timesOf(mock.calls.map(([path]) => String(path))));
    return { opened: opened ?? new Map(), listed: listed ?? new Map() };
  } finally {
    for (const spy of spies) spy.mockRestore();
    syncBuiltinESMExports();
  }
}

function timesOf(paths: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const path of paths) times.set(path, (times.get(path) ?? 0) + 1);
  return times;
}
