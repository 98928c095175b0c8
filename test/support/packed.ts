import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which the packed program is installed once per run, when a test first needs it. */
    packed: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A `globalSetup` of vitest: provides a folder for the packed program and removes it at the end. Packs
 * nothing until a test calls `openPacked`.
 */
export function setup(project: TestProject): () => void {
  const place = mkdtempSync(join(tmpdir(), 'rupture-packed-'));
  project.provide('packed', place);
  return () => rmSync(place, { recursive: true, force: true });
}

export interface Packed {
  /** The command as `npm install` put it there. */
  readonly rupture: string;
  /**
   * The same program, with a passphrase that takes a thousandth of the work to try: for tests that unlock
   * often.
   */
  readonly quick: string;
  /** The folder of the installed package. */
  readonly folder: string;
  /** The names of all installed packages. */
  readonly packages: readonly string[];
}

/**
 * Packs the built project and installs it once per run: the first test file to create the folder does the
 * work, the others wait.
 */
export async function openPacked(): Promise<Packed> {
  const place = inject('packed');
  const done = join(place, 'done');
  let mine = true;
  try {
    mkdirSync(join(place, 'prefix'));
  } catch {
    mine = false;
  }
  if (mine) {
    let failure = '';
    try {
      install(place);
    } catch (error) {
      failure = String(error);
    }
    writeFileSync(`${done}-`, failure);
    renameSync(`${done}-`, done);
  }
  for (const start = performance.now(); !existsSync(done);) {
    if (performance.now() - start > 120_000) throw new Error('the packed program was waited for in vain');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  const failed = readFileSync(done, 'utf8');
  if (failed !== '') throw new Error(failed);
  const modules = join(place, 'prefix', 'node_modules');
  const folder = join(modules, 'rupture-cli');
  return {
    rupture: join(modules, '.bin', 'rupture'),
    quick: join(folder, 'bin', 'quick.js'),
    folder,
    packages: packagesIn(modules),
  };
}

function install(place: string): void {
  if (!existsSync(join(root, 'dist', 'rupture.cjs')))
    throw new Error('there is no dist/: npm run build comes first');
  // With its own npm cache, so that the machine's cache can't replace what the package lacks.
  const env = { ...process.env, npm_config_cache: join(place, 'cache'), npm_config_update_notifier: 'false' };
  const npm = (args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('npm', args, {
      cwd: root,
      env,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${status}\n${stdout}${stderr}`);
    return stdout;
  };
  const told: readonly { filename: string }[] = JSON.parse(
    npm(['pack', '--ignore-scripts', '--json', '--pack-destination', place]),
  );
  const file = join(place, told[0]?.filename ?? '');
  npm([
    'install',
    '--prefix',
    join(place, 'prefix'),
    '--no-audit',
    '--no-fund',
    '--offline',
    '--ignore-scripts',
    file,
  ]);
  writeFileSync(join(place, 'prefix', 'node_modules', 'rupture-cli', 'bin', 'quick.js'), quickProgram, {
    mode: 0o755,
  });
}

/** Like `bin/rupture.js`, with scrypt's work at 2^8 in place of 2^18. */
const quickProgram = `#!/usr/bin/env node
const { main, openMachine, openWorld } = require('../dist/rupture.cjs');

const machine = openMachine(process);
void main(process.argv.slice(2), (globals) => openWorld(machine, globals, { cost: 8 })).then((exit) => {
  process.exitCode = exit;
});
`;

function packagesIn(modules: string): readonly string[] {
  return readdirSync(modules)
    .filter(name => !name.startsWith('.'))
    .flatMap(name =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map(one => `${name}/${one}`) : [name],
    );
}
