import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { canTrace } from '../../e2e/support/traced.ts';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { openPerson, words } from '../harness/person.ts';
import { asking, changing, moving } from '../harness/scenarios.ts';
import type { Scenario } from '../harness/scenarios.ts';
import { filesBelow } from '../harness/encrypted-files.ts';
import { faultsAfter } from '../harness/verify.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const swept = [...asking, ...changing, ...moving].filter(({ name }) =>
  [
    'reflect -m TEXT',
    'reflect, line by line',
    'prep --answers',
    'mark --note',
    'edit',
    'delete',
    'trash restore',
    'undo of a change',
    'import a folder',
  ].includes(name),
);

interface Failed {
  readonly syncs: number;
  readonly tried: number;
  readonly failures: readonly string[];
}

async function failEachSync(scenario: Scenario, instead?: readonly string[]): Promise<Failed> {
  const home = await openPerson(rupture, scenario.setUp);
  const before = filesBelow(home.folder);
  const traced = (
    ...flags: readonly string[]
  ): { readonly ran: ReturnType<Home['run']>; readonly synced: readonly string[] } => {
    home.again();
    const traces = mkdtempSync(`${home.root}.trace-`);
    const program = instead ?? [home.rupture];
    const ran = home.start(
      'strace',
      [
        '-ff',
        '-qq',
        '-y',
        '-e',
        'trace=fsync,fdatasync',
        ...flags,
        '-o',
        join(traces, 'of'),
        ...program,
        ...scenario.args(home),
      ],
      { input: scenario.input, env: scenario.env?.(home) },
    );
    const lines = readdirSync(traces)
      .flatMap(name => readFileSync(join(traces, name), 'utf8').split('\n'))
      .filter(line => line.includes('sync('));
    rmSync(traces, { recursive: true, force: true });
    return { ran, synced: lines };
  };
  const { synced } = traced();
  const failures: string[] = [];
  let tried = 0;
  for (let at = 1; at <= synced.length; at += isWhole ? 1 : 3) {
    tried += 1;
    const { ran, synced: seen } = traced('-e', `inject=fsync,fdatasync:error=EIO:when=${at}`);
    const failed = seen.find(line => line.includes('(INJECTED)')) ?? '';
    const path = /<([^>]*)>/.exec(failed)?.[1] ?? '';
    const isEssential = !/\/(?:folders|\.folders\.|config)/.test(path);
    // After a failed fsync a file may read as written without being on disk; a second fsync would succeed.
    const times = seen.filter(
      line =>
        line.includes(`<${path}>`) && !path.endsWith('rupture') && /\.(?:tmp|md|json|jsonl)>/.test(line),
    ).length;
    if (times > 1) failures.push(`${scenario.name}: sync ${at}: ${path} was synced again after a failure`);
    if (ran.code === 0 && isEssential && failed !== '')
      failures.push(
        `${scenario.name}: sync ${at}: the sync of ${path.replace(home.root, '')} failed, and all was said to be well`,
      );
    for (const what of await faultsAfter(home, scenario, before, ran, { wasKilled: false }))
      failures.push(`${scenario.name}: sync ${at} (${path.replace(home.root, '')}): ${what}`);
  }
  return { syncs: synced.length, tried, failures };
}

const row = (name: string, { syncs, tried, failures }: Failed): void => {
  process.stdout.write(
    `fsync, ${name.padEnd(33)} ${String(syncs).padStart(4)} syncs, ${String(tried).padStart(4)} of them failed once ${String(failures.length).padStart(4)} failures\n`,
  );
};

test.skipIf(!canTrace).each(swept)(
  '$name: a failed sync is never called saved, and never tried again on the same file',
  async scenario => {
    const failed = await failEachSync(scenario);
    row(scenario.name, failed);
    expect(failed.syncs).toBeGreaterThan(0);
    expect(failed.failures).toEqual([]);
  },
);

test.skipIf(!canTrace)('control: detects a program that ignores a failed sync', async () => {
  const careless: Scenario = {
    name: 'careless sync (control)',
    args: home => ['sync', home.folder, words.now],
    done: home => filesBelow(home.folder).has('2026-03-12-kzzzz9.md'),
  };
  const failed = await failEachSync(careless, [
    process.execPath,
    fileURLToPath(new URL('../careless.mjs', import.meta.url)),
  ]);
  row(careless.name, failed);
  expect(failed.failures.length).toBeGreaterThan(0);
});
