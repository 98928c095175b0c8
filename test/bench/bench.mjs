// npm run bench [-- --quick | -n N] [--only WORD] [--instructions] [--certs] [--node FILE …] [--against]:
// measures what each command costs as a whole process, relative to a bare `node -e 0` of the same run. Prints
// a table for each Node (this one, and those of --node) and asserts nothing. The environment is minimal:
// NODE_EXTRA_CA_CERTS alone can triple the cost of a bare Node and make every ratio look better; --certs
// keeps its value. --instructions counts instructions with valgrind instead of measuring time. --against also
// times jrnl, nb and taskwarrior, as far as they are installed.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { otherProgramLines } from './against.mjs';
import { printInstructions } from './instructions.mjs';
import { copyReordered, makeJournal, makeNotes } from './notes.mjs';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    n: { type: 'string', short: 'n' },
    only: { type: 'string' },
    instructions: { type: 'boolean' },
    certs: { type: 'boolean' },
    node: { type: 'string', multiple: true },
    against: { type: 'boolean' },
  },
});
const rounds = Number(flags.n ?? (flags.quick ? 5 : 15));
const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'bin/rupture.js');
const meter = fileURLToPath(new URL('meter.cjs', import.meta.url));

const workFolder = mkdtempSync(join(tmpdir(), 'rupture-bench-'));
process.on('exit', () => rmSync(workFolder, { recursive: true, force: true }));
const meterFile = join(workFolder, 'meter');
const env = {
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  HOME: join(workFolder, 'home'),
  RUPTURE_CONFIG_DIR: join(workFolder, 'config'),
  TMPDIR: join(workFolder, 'tmp'),
  RUPTURE_METER: meterFile,
};
if (flags.certs && process.env.NODE_EXTRA_CA_CERTS) env.NODE_EXTRA_CA_CERTS = process.env.NODE_EXTRA_CA_CERTS;
for (const path of [env.HOME, env.RUPTURE_CONFIG_DIR, env.TMPDIR]) mkdirSync(path);
const notes = {};
// Separate folders for the commands that add notes, so that no summary counts the added ones.
const additions = {};
for (const count of [100, 1000, 10_000]) {
  for (const [folders, name] of [
    [notes, 'notes'],
    [additions, 'additions'],
  ])
    makeNotes((folders[count] = join(workFolder, `${name}-${count}`)), count);
}
// Long notes: text that a command does not show should cost nothing.
const long = join(workFolder, 'notes-long');
makeNotes(long, 1000, { letters: 8000 });
// The same notes with front matter as other programs write it.
const reordered = {};
for (const count of [1000, 10_000])
  copyReordered(notes[count], (reordered[count] = join(workFolder, `reordered-${count}`)));
const quiet = join(workFolder, 'quiet');
makeNotes(quiet, 100, { planned: false });
const passphrase = join(workFolder, 'passphrase');
writeFileSync(passphrase, 'correct horse battery staple\n');
/** Copies a folder of notes, encrypts the copy with the program, and returns its path. */
function encryptedCopyOf(folder) {
  const copy = `${folder}-sealed`;
  cpSync(folder, copy, { recursive: true });
  const { status, stderr } = withPassphrase([program, 'encrypt', 'on', '--folder', copy]);
  if (status !== 0) throw new Error(stderr);
  return copy;
}
/** Writes a jrnl journal of `count` entries and returns its path. */
function journalOf(count) {
  const path = join(workFolder, `journal-${count}.txt`);
  makeJournal(path, count);
  return path;
}
let freshFolders = 0;
let node = process.execPath;
const single = join(workFolder, 'notes-1');
makeNotes(single, 1);
const someId = readdirSync(notes[100])[50].slice(11, 17);

const add = 'They moved on before I was done. I did not say that it stung.';
const rows = [
  { what: '`--version`', args: ['--version'], budget: 1.3, aim: 1.15 },
  { what: '`--help`', args: ['--help'], budget: 1.3, aim: 1.15 },
  { what: '`help-now`', args: ['help-now'], budget: 1.3, aim: 1.15 },
  {
    what: '`reflect`, first question on screen',
    args: ['reflect', '--folder', quiet],
    until: 'How did it go with your therapist?',
    budget: 1.6,
    aim: 1.4,
  },
  ...[100, 1000, 10_000].map(count => ({
    what: `\`reflect -m TEXT\`, ${withSeparators(count)} notes`,
    args: ['reflect', '-m', add, '--folder', additions[count]],
    budget: 1.5,
    aim: 1.3,
  })),
  { what: '`summary`, 100 notes', args: ['summary', '--folder', notes[100]], budget: 1.5, aim: 1.3 },
  { what: '`summary`, 1,000 notes', args: ['summary', '--folder', notes[1000]], budget: 2, aim: 1.6 },
  { what: '`summary`, 1,000 notes of 40 KB', args: ['summary', '--folder', long], budget: 2, aim: 1.6 },
  {
    what: '`summary`, 10,000 notes',
    args: ['summary', '--folder', notes[10_000]],
    budget: 4.5,
    aim: 3,
    memory: [60, 30],
  },
  ...[1000, 10_000].map(count => ({
    what: `\`summary\`, ${withSeparators(count)} notes, properties in any order`,
    args: ['summary', '--folder', reordered[count]],
  })),
  {
    what: '`search`, 1,000 notes, properties in any order',
    args: ['search', 'clock', '--folder', reordered[1000]],
  },
  // Both rows include the cost of the passphrase; their difference is the cost of a thousand notes.
  {
    what: '`summary`, 1 sealed note',
    args: ['summary', '--folder', encryptedCopyOf(single)],
    passphrase: true,
  },
  {
    what: '`summary`, 1,000 sealed notes',
    args: ['summary', '--folder', encryptedCopyOf(notes[1000])],
    passphrase: true,
  },
  ...[1000, 10_000].map(count => ({
    what: `\`search\` a word of one note in seven, ${withSeparators(count)} notes`,
    args: ['search', 'clock', '--folder', notes[count]],
    budget: count === 1000 ? 2.2 : 4,
    aim: count === 1000 ? 1.9 : 3,
  })),
  { what: '`patterns`, 1,000 notes', args: ['patterns', '--folder', notes[1000]], budget: 2.5, aim: 2 },
  // Each run imports into an empty folder. The time per entry must not grow with the number of entries.
  ...[500, 5000].map(count => ({
    what: `\`import\` of ${withSeparators(count)} entries of jrnl`,
    args: ['import', journalOf(count)],
    entries: count,
    rounds: 2,
  })),
  {
    what: '`show` on a terminal',
    args: ['show', someId, '--folder', notes[100]],
    terminal: true,
    budget: 1.8,
    aim: 1.5,
  },
];

// Commands over the hostile corpus (damaged and malicious files of every kind), in case one of these files is
// expensive to read.
const hostile = join(workFolder, 'hostile');
cpSync(fileURLToPath(new URL('../fixtures/hostile', import.meta.url)), hostile, { recursive: true });
for (const [what, ...args] of [['summary'], ['list'], ['search', 'moved'], ['doctor'], ['export', 'json']])
  rows.push({
    what: `\`${what}\`, the hostile corpus`,
    args: [what, ...args, '--folder', hostile],
    exits: [0, 1],
    ms: 500,
    memory: [150],
  });

const chosen = rows.filter(({ what }) => what.includes(flags.only ?? ''));
for (const executable of [process.execPath, ...(flags.node ?? [])]) {
  node = executable;
  if (flags.instructions) {
    await printInstructions(chosen, program, { node, env, cwd: workFolder });
    continue;
  }
  const results = [];
  for (const row of chosen) results.push(await timed(row));
  print(results);
}
console.log(`\nInstalled size: ${installedMb().toFixed(2)} MB (budget 3, aim 1.5).`);
if (flags.against) timeOtherPrograms();

async function timed(row) {
  const own = [];
  const bare = [];
  for (let round = 0; round < Math.min(rounds, row.rounds ?? rounds); round += 1) {
    bare.push(await measure({ terminal: row.terminal || row.until !== undefined }, ['-e', '0']));
    const folder =
      row.entries === undefined ? [] : ['--folder', join(workFolder, `fresh-${(freshFolders += 1)}`)];
    own.push(await measure(row, [program, ...row.args, ...folder]));
  }
  // Compare pair by pair, because a shared machine can be twice as slow a minute later.
  return {
    row,
    own: median(own),
    bare: median(bare),
    pairs: median(
      own.map(({ cpu, wall }, at) => ({ cpu: cpu / bare[at].cpu, wall: wall / bare[at].wall, rss: NaN })),
    ),
  };
}

function print(results) {
  const { stdout: version } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  console.log(
    `Node ${version.trim()}, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0].model.trim()}), ${rounds} rounds each, medians of the ratios pair by pair. 1.0 is \`node -e 0\` on the same stage: ${results[0].bare.cpu.toFixed(0)} ms of CPU, ${results[0].bare.wall.toFixed(0)} ms, ${results[0].bare.rss.toFixed(0)} MB.\n`,
  );
  console.log(
    '| what | CPU | wall | budget | aim | CPU over bare | peak MB | over bare |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const { row, own, bare, pairs } of results) {
    const { cpu } = pairs;
    const over = own.rss - bare.rss;
    const isOver = row.ms === undefined ? cpu > row.budget : own.wall - bare.wall > row.ms;
    const hasBudget = row.budget !== undefined || row.ms !== undefined;
    const verdict = !hasBudget ? '' : isOver ? ' **over**' : cpu > row.aim ? '' : ' ✓';
    const perEntry = (what, digits) => ((own[what] - bare[what]) / row.entries).toFixed(digits);
    const each =
      row.entries === undefined ? '' : `: ${perEntry('cpu', 2)} ms of CPU and ${perEntry('wall', 1)} ms each`;
    console.log(
      `| ${row.what}${each} | ${cpu.toFixed(2)}${verdict} | ${pairs.wall.toFixed(2)} | ${row.budget ?? (row.ms === undefined ? '' : `+${row.ms} ms`)} | ${row.aim ?? ''} | +${(own.cpu - bare.cpu).toFixed(0)} ms | ${Number.isNaN(own.rss) ? '' : own.rss.toFixed(0)} | ${Number.isNaN(over) ? '' : `+${over.toFixed(0)}${row.memory ? ` (${row.memory.map(mb => `+${mb}`).join(', aim ')})` : ''}`} |`,
    );
  }
  console.log('');
}

/** Times the same work in other programs with the same number of entries, also relative to a bare Node. */
function timeOtherPrograms() {
  node = process.execPath;
  const bare = average(Array.from({ length: rounds }, () => measureTree(node, ['-e', '0'], env)));
  const found = otherProgramLines(join(workFolder, 'others'), [100, 1000, 10_000], env);
  if (found.length === 0) console.log('\nNone of jrnl, nb and taskwarrior is on this machine.');
  else console.log('\n| other | what | CPU | wall |\n| --- | --- | --- | --- |');
  for (const { name, what, program: other, args, env: programEnv } of found) {
    const own = average(Array.from({ length: rounds }, () => measureTree(other, args, programEnv)));
    console.log(
      `| ${name} | ${what} | ${(own.cpu / bare.cpu).toFixed(2)} | ${(own.wall / bare.wall).toFixed(2)} |`,
    );
  }
}

// Averages instead of medians: the kernel reports the CPU time of ended processes only in steps of 10 ms.
function average(measurements) {
  return Object.fromEntries(
    ['wall', 'cpu'].map(key => [
      key,
      measurements.reduce((sum, measured) => sum + measured[key], 0) / measurements.length,
    ]),
  );
}

/**
 * Runs any program and returns the wall time and the CPU time (ms) of its process and all processes that it
 * started. Another process starts it and reads these times from `/proc` (Linux only).
 */
function measureTree(command, args, processEnv) {
  const script = `const { spawnSync } = require('node:child_process'); const start = performance.now(); const { status } = spawnSync(process.argv[1], process.argv.slice(2), { stdio: ['ignore', 'ignore', 'inherit'] }); const wall = performance.now() - start;
    const times = require('node:fs').readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' '); process.stdout.write(JSON.stringify({ status, wall, cpu: (Number(times[13]) + Number(times[14])) * 10, rss: NaN }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, command, ...args], {
    env: processEnv,
    cwd: workFolder,
    encoding: 'utf8',
  });
  const measured = JSON.parse(stdout);
  if (measured.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${measured.status}\n${stderr}`);
  return measured;
}

async function measure({ terminal, until, exits = [0], passphrase: needsPassphrase }, args) {
  writeFileSync(meterFile, '');
  if (terminal || until !== undefined) return onTerminal(args, until);
  const start = performance.now();
  const { status, stderr } = needsPassphrase
    ? withPassphrase(['-r', meter, ...args])
    : spawnSync(node, ['-r', meter, ...args], { env, cwd: workFolder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const wall = performance.now() - start;
  if (!exits.includes(status))
    throw new Error(`${basename(args[0])} ${args.slice(1).join(' ')}: ${status}\n${stderr}`);
  return { wall, ...readMeter() };
}

/** Runs the program to its end, with the passphrase on file descriptor 3. */
function withPassphrase(args) {
  const fd = openSync(passphrase, 'r');
  try {
    return spawnSync(node, [...args, '--passphrase-fd', '3'], {
      env,
      cwd: workFolder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe', fd],
      maxBuffer: 1 << 28,
    });
  } finally {
    closeSync(fd);
  }
}

/**
 * Measures a run on a terminal to its end or, with `until`, to the moment when that text appears. Returns
 * wall and CPU time in ms and peak memory in MB.
 */
function onTerminal(args, until) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(node, ['-r', meter, ...args], {
      name: 'xterm-256color',
      cols: 80,
      rows: 24,
      env: { ...env, TERM: 'xterm-256color' },
      cwd: workFolder,
    });
    let seen = '';
    let reached;
    child.onData(data => {
      seen += data;
      if (until === undefined || reached !== undefined || !seen.includes(until)) return;
      reached = { wall: performance.now() - start, cpu: cpuOf(child.pid), rss: peakOf(child.pid) };
      child.kill('SIGKILL');
    });
    const timeout = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.onExit(({ exitCode }) => {
      clearTimeout(timeout);
      if (until === undefined && exitCode === 0) resolve({ wall: performance.now() - start, ...readMeter() });
      else if (reached !== undefined) resolve(reached);
      else reject(new Error(`${args.join(' ')}: ${exitCode}\n${seen}`));
    });
  });
}

function readMeter() {
  return JSON.parse(readFileSync(meterFile, 'utf8').trim().split('\n').at(-1));
}

/** Returns the CPU time (ms) of all threads of a running process; NaN except on Linux. */
function cpuOf(pid) {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`).map(task =>
      Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return tasks.reduce((sum, ns) => sum + ns, 0) / 1e6;
  } catch {
    return NaN;
  }
}

/** Returns the peak memory (MB) of a running process; NaN except on Linux. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return NaN;
  }
}

function median(measurements) {
  return Object.fromEntries(
    ['wall', 'cpu', 'rss'].map(key => [
      key,
      measurements.map(measured => measured[key]).sort((a, b) => a - b)[Math.floor(measurements.length / 2)],
    ]),
  );
}

function installedMb() {
  const { stdout } = spawnSync('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return JSON.parse(stdout)[0].unpackedSize / 1e6;
}

function withSeparators(count) {
  return count.toLocaleString('en');
}
