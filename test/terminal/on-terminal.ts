import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startPty } from '../support/pty.ts';
import type { Pty, PtyOptions } from '../support/pty.ts';

const root = new URL('../..', import.meta.url).pathname;

export interface Asking {
  readonly pty: Pty;
  /** The results so far: replies, unfinished texts, endings. */
  readonly replies: () => readonly Record<string, unknown>[];
  /** Only the answers, in order. */
  readonly answers: () => readonly unknown[];
}

export interface Bench {
  readonly folder: string;
  /** The asking program and its words file, to start it from a shell. */
  readonly program: string;
  readonly words: string;
  readonly ask: (names: readonly string[], options?: PtyOptions) => Asking;
  readonly remove: () => void;
}

/** Bundles the programs of this folder once; each `ask` starts the asking one on a terminal of its own. */
export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'rupture-terminal-'));
  const program = join(folder, 'asking.js');
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  await build({
    entryPoints: ['asking', 'writing'].map(name => join(root, `test/terminal/${name}.ts`)),
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);",
    },
  });
  const words = join(root, 'templates/en/words/terminal.yaml');
  let count = 0;
  return {
    folder,
    program,
    words,
    ask: (names, options = {}) => {
      count += 1;
      const file = join(folder, `replies-${count}`);
      writeFileSync(file, '');
      const env = { REPLIES: file, WORDS: words, PRIVATE: folder, ...options.env };
      const pty = startPty(process.execPath, [program, ...names], { ...options, env });
      const replies = (): Record<string, unknown>[] =>
        readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .filter(Boolean)
          .map(line => JSON.parse(line));
      return {
        pty,
        replies,
        answers: () =>
          replies()
            .filter(response => response['is'] === 'answer')
            .map(response => response['answer']),
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
