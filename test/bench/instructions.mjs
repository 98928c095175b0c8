// Counts the instructions of each command with valgrind. On a busy machine, where times vary by a factor of
// two, these counts vary by 2 %. They do not include work of the disk.
import { spawnSync } from 'node:child_process';
import { spawn } from '@lydell/node-pty';

const counting = [
  '--tool=cachegrind',
  '--cache-sim=no',
  '--cachegrind-out-file=/dev/null',
  '--smc-check=all-non-file',
];

/**
 * Prints a table in millions of instructions. `run` is `{ node, env, cwd }`. Leaves out rows that need a
 * passphrase: almost all of their instructions derive the key.
 */
export async function printInstructions(rows, program, run) {
  if (spawnSync('valgrind', ['--version']).status !== 0) {
    console.log('valgrind is not on this machine.');
    return;
  }
  const bare = countIn(['-e', '0'], run);
  console.log(`| what | million instructions | over a bare Node (${bare.toFixed(0)}) |\n| --- | --- | --- |`);
  for (const { what, args, terminal, until, passphrase } of rows) {
    if (passphrase) continue;
    const count =
      terminal || until !== undefined
        ? await countOnTerminal([program, ...args], until, run)
        : countIn([program, ...args], run);
    console.log(`| ${what} | ${count.toFixed(0)} | +${(count - bare).toFixed(0)} |`);
  }
}

function countIn(args, { node, env, cwd }) {
  const { stderr } = spawnSync('valgrind', [...counting, node, ...args], {
    env,
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  return countOf(stderr, args);
}

/**
 * Returns the millions of instructions of a run on a terminal. With `until`, sends Ctrl-C two seconds after
 * that text appears; the count includes the exit.
 */
function countOnTerminal(args, until, { node, env, cwd }) {
  return new Promise((resolve, reject) => {
    const child = spawn('valgrind', [...counting, node, ...args], {
      name: 'xterm-256color',
      cols: 80,
      rows: 24,
      env: { ...env, TERM: 'xterm-256color' },
      cwd,
    });
    let output = '';
    let isEnded = until === undefined;
    child.onData(data => {
      output += data;
      if (isEnded || !output.includes(until)) return;
      isEnded = true;
      setTimeout(() => child.write('\u0003'), 2000);
    });
    child.onExit(() => {
      try {
        resolve(countOf(output, args));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Returns valgrind's count in millions of instructions. Throws if its output has none. */
function countOf(output, args) {
  const [, count] = /I *refs: *([\d,]+)/.exec(output) ?? [];
  if (count === undefined) throw new Error(`${args.join(' ')}: ${output.slice(-500)}`);
  return Number(count.replaceAll(',', '')) / 1e6;
}
