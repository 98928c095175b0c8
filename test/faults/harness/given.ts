import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home, Ran, RunOptions } from '../../e2e/support/home.ts';
import type { Scenario } from './scenarios.ts';

export const passphrase = 'correct horse battery staple';
export const nextPassphrase = 'another horse without a stable';
/** The passphrases that may protect a key in these tests. */
export const known: readonly string[] = [passphrase, nextPassphrase];

/** Runs a command with its scenario's passphrases on a separate descriptor. */
export function runGiven(
  home: Home,
  { passphrases }: Pick<Scenario, 'passphrases'>,
  args: readonly string[],
  options: RunOptions,
): Ran {
  if (passphrases === undefined) return home.run(args, options);
  const path = join(home.root, 'passphrases');
  writeFileSync(path, passphrases.map(line => `${line}\n`).join(''), { mode: 0o600 });
  return home.start(
    'bash',
    ['-c', 'path=$1; shift; exec "$0" "$@" 3< "$path"', home.rupture, path, '--passphrase-fd', '3', ...args],
    options,
  );
}
