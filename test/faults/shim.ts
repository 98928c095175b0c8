import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the built shim, or why there is none. */
    shim: { readonly path?: string; readonly why: string };
  }
}

/** A `globalSetup` of vitest: builds the shim that makes file operations fail, and removes it in the end. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'rupture-shim-'));
  const path = join(folder, 'faulty.so');
  const source = fileURLToPath(new URL('shim/faulty.c', import.meta.url));
  const { status, stderr, error } =
    process.platform === 'linux'
      ? spawnSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', path, source, '-ldl'], {
          encoding: 'utf8',
        })
      : { status: 1, stderr: 'this is not Linux', error: undefined };
  project.provide(
    'shim',
    status === 0
      ? { path, why: '' }
      : { why: `the shim can't be built here (${error?.message ?? stderr.trim()})` },
  );
  return () => rmSync(folder, { recursive: true, force: true });
}
