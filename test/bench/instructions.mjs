// What each command costs in instructions, as valgrind counts them: on a busy machine, where time doubles and
// halves, these are the same to two parts in a hundred. They know nothing of the disk.
import { spawnSync } from 'node:child_process';
import { spawn } from '@lydell/node-pty';

const counting = [
  '--tool=cachegrind',
  '--cache-sim=no',
  '--cachegrind-out-file=/dev/null',
  '--smc-check=all-non-file',
];

/**
 * Prints a table, in millions. `run` has the node, the environment and the folder to run in. Rows that need a
 * passphrase are left out: what they do is reckoning.
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

/** With `until`, the run is ended by Ctrl-C when that text has come; what it does then is counted too. */
function countOnTerminal(args, until, { node, env, cwd }) {
  return new Promise((resolve, reject) => {
    const child = spawn('valgrind', [...counting, node, ...args], {
      name: 'xterm-256color',
      cols: 80,
      rows: 24,
      env: { ...env, TERM: 'xterm-256color' },
      cwd,
    });
    let said = '';
    let isEnded = until === undefined;
    child.onData(data => {
      said += data;
      if (isEnded || !said.includes(until)) return;
      isEnded = true;
      setTimeout(() => child.write('\u0003'), 2000);
    });
    child.onExit(() => {
      try {
        resolve(countOf(said, args));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Throws where valgrind has counted nothing. */
function countOf(said, args) {
  const [, count] = /I *refs: *([\d,]+)/.exec(said) ?? [];
  if (count === undefined) throw new Error(`${args.join(' ')}: ${said.slice(-500)}`);
  return Number(count.replaceAll(',', '')) / 1e6;
}
