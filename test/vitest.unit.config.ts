import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tests = join(root, 'test');

/**
 * What a test in this list never imports, not even through a helper: what starts a program or a terminal, and
 * `main`, which runs a whole command.
 */
const isHeavy = (name: string): boolean =>
  name === 'node:child_process' || name === '@lydell/node-pty' || name.endsWith('/src/main.ts');

/** For the path of each test file and helper read so far: whether it is heavy. */
const known = new Map<string, boolean>();

function isHeavyFile(path: string): boolean {
  const before = known.get(path);
  if (before !== undefined) return before;
  known.set(path, false);
  const imports = [...readFileSync(path, 'utf8').matchAll(/\bfrom '([^']+)'/g)].map(([, name = '']) => name);
  const heavy = imports.some(name => {
    if (isHeavy(name)) return true;
    const file = join(dirname(path), name);
    return name.startsWith('.') && file.startsWith(tests) && existsSync(file) && isHeavyFile(file);
  });
  known.set(path, heavy);
  return heavy;
}

/**
 * `npm run test:unit`: the test files, wherever they lie, that need no built program, no other program, no
 * terminal and no whole command. They share their modules: loading those takes most of the time.
 */
export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    include: readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .map(name => join(tests, name))
      .filter(path => path.endsWith('.test.ts') && !isHeavyFile(path))
      .map(path => relative(root, path)),
    exclude: ['test/e2e/**', 'test/apps/**', 'test/faults/**', 'test/fuzz/**'],
    globalSetup: [],
    isolate: false,
    pool: 'threads',
  },
});
