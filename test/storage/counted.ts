import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { vi } from 'vitest';

/** Disk operations by path: how often a file was opened and a folder was listed. */
export interface Counted {
  readonly opened: ReadonlyMap<string, number>;
  readonly listed: ReadonlyMap<string, number>;
}

/** Runs some work and counts its disk operations. */
export async function counted(work: () => Promise<unknown>): Promise<Counted> {
  const spies = [vi.spyOn(fs, 'openSync'), vi.spyOn(fs, 'readdirSync')] as const;
  // From here on, named imports see the spies.
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
