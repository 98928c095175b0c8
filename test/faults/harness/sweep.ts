import { readFileSync, rmSync } from 'node:fs';
import { expect } from 'vitest';
import { learnKeys } from './encrypted-files.ts';
import { known, runGiven } from './given.ts';
import type { Home } from '../../e2e/support/home.ts';
import { faultyEnv, isWhole, describeFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { filesBelow, openPerson } from './person.ts';
import type { Scenario } from './scenarios.ts';
import { faultsAfter } from './verify.ts';

// The files on disk do not depend on the error's name, so a second run finishes only one of the errors, and
// the lasting faults.
function finishesAfter({ wrong, stays }: Fault): boolean {
  return (
    !isWhole ||
    stays === true ||
    wrong === 'kill' ||
    (typeof wrong === 'object' && 'errno' in wrong && wrong.errno === 'EIO')
  );
}

/** The result of one command over all of its points. */
export interface Swept {
  readonly operations: number;
  readonly points: number;
  readonly failures: readonly string[];
}

const errnos = ['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EMFILE'] as const;
/** Lasting faults: a full disk, or a disk remounted read-only. */
const staying = ['ENOSPC', 'EROFS'] as const;

/** Errors of opening a file for reading. */
function unreadableAt(at: number, path: string): readonly Fault[] {
  const all = (['EIO', 'EACCES', 'EMFILE'] as const).map((errno): Fault => ({ wrong: { errno }, at }));
  if (isWhole) return all;
  // Few commands read drafts, the trash or the undo log, and each at few points.
  return at % 3 === 1 || path.includes('/.rupture/') ? all.slice(at % 3, (at % 3) + 1) : [];
}

/** Returns the faults for one point: all of them, or in the sample a kill and an error in turn. */
function faultsAt(at: number): readonly Fault[] {
  const errors = [
    ...errnos.map((errno): Fault => ({ wrong: { errno }, at })),
    ...staying.map((errno): Fault => ({ wrong: { errno }, at, stays: true })),
  ];
  const all: readonly Fault[] = [{ wrong: 'kill', at }, { wrong: { short: 10 }, at }, ...errors];
  if (isWhole) return all;
  const one = errors[Math.floor(at / 3) % errors.length];
  return at % 3 !== 1 || one === undefined
    ? []
    : [{ wrong: 'kill', at }, one, ...(at % 9 === 1 ? [{ wrong: { short: 10 }, at }] : [])];
}

export interface SweepOptions {
  readonly instead?: readonly [string, ...string[]];
  readonly reads?: boolean;
}

/**
 * Runs a command once to count its file operations, then once for every point and every fault, each time from
 * the same folder. `instead` is a program to run in place of ours; with `reads`, opening files for reading
 * fails.
 */
export async function sweep(
  rupture: string,
  shim: string,
  scenario: Scenario,
  { instead, reads = false }: SweepOptions = {},
): Promise<Swept> {
  const home = await openPerson(rupture, scenario.setUp);
  await learnKeys(home.folder, known);
  const before = filesBelow(home.folder);
  const log = `${home.root}.log`;
  const run = (fault?: Fault): ReturnType<Home['run']> => {
    home.again();
    rmSync(log, { force: true });
    const args = scenario.args(home);
    const env = {
      ...scenario.env?.(home),
      ...faultyEnv(shim, home.root, log, fault, reads ? 'read' : undefined),
    };
    return instead === undefined
      ? runGiven(home, scenario, args, { input: scenario.input, env })
      : home.start(instead[0], [...instead.slice(1), ...args], { input: scenario.input, env });
  };
  const whole = run();
  await learnKeys(home.folder, known);
  expect({ code: whole.code, done: scenario.done(home) }, `${scenario.name}\n${whole.err}`).toEqual({
    code: scenario.name.includes('no moment') ? 1 : 0,
    done: true,
  });
  const operations = readFileSync(log, 'utf8').trimEnd().split('\n');
  const failures: string[] = [];
  let points = 0;
  for (let at = 1; at <= operations.length; at += 1) {
    for (const fault of reads ? unreadableAt(at, operations[at - 1] ?? '') : faultsAt(at)) {
      points += 1;
      const ran = run(fault);
      if (!(await learnKeys(home.folder, known)))
        failures.push(`${scenario.name}: ${describeFault(fault)}: the key does not open`);
      for (const what of await faultsAfter(home, scenario, before, ran, {
        wasKilled: fault.wrong === 'kill',
        finishes: finishesAfter(fault),
      }))
        failures.push(
          `${scenario.name}: ${describeFault(fault)} (${operations[at - 1]?.replace(home.root, '')}): ${what}`,
        );
    }
  }
  rmSync(log, { force: true });
  return { operations: operations.length, points, failures };
}

/** Prints a row of the suite's result table. */
export function row(name: string, { operations, points, failures }: Swept): void {
  process.stdout.write(
    `${name.padEnd(40)} ${String(operations).padStart(4)} operations ${String(points).padStart(5)} points ${String(failures.length).padStart(4)} failures\n`,
  );
}
