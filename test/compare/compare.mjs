// node test/compare/compare.mjs OLD NEW: runs two built programs side by side and compares their output and
// the files that they write, byte for byte. OLD and NEW are folders with `dist/` and `templates/`, such as
// two worktrees. Runs every line of test/transcripts, the help of every command, and the demo on terminals of
// two widths. Prints each difference, and exits with 1 if there is any.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';

const here = dirname(fileURLToPath(import.meta.url));
const transcripts = join(here, '..', 'transcripts');
const runner = join(here, 'run-fixed.cjs');
const [oldProgram, newProgram] = process.argv.slice(2).map(folder => programIn(resolve(folder)));
if (newProgram === undefined) throw new Error('usage: node test/compare/compare.mjs OLD NEW');

let compared = 0;
let different = 0;
for (const name of readdirSync(transcripts).sort()) {
  const homes = [oldProgram, newProgram].map(() => mkdtempSync(join(tmpdir(), 'rupture-compare-')));
  turnsOf(readFileSync(join(transcripts, name), 'utf8')).forEach((turn, at) => {
    const [before, after] = [oldProgram, newProgram].map((program, index) =>
      runTurn(program, homes[index], turn, at),
    );
    compare(`${name}: ${turn.line}`, before, after);
  });
  const [before, after] = homes.map(home => JSON.stringify(filesIn(home), undefined, 1));
  compare(`${name}: the files at the end`, before, after);
  for (const home of homes) rmSync(home, { recursive: true, force: true });
}

const help = spawnSync(process.execPath, [runner, newProgram, '--help'], { encoding: 'utf8' }).stdout;
const commands = [...help.matchAll(/^ {2}([a-z-]+)(?: |$)/gm)].map(([, command]) => command);
const demoLines = [
  'summary',
  'list',
  'search moved',
  'patterns',
  'show last',
  'trash',
  'where',
  'config list',
  'learn',
];
const lines = [
  '--help',
  '--version',
  'help-now',
  'learn saying-it',
  ...commands.map(command => `${command} --help`),
  ...demoLines.map(line => `demo ${line}`),
  ...demoLines.slice(0, 4).map(line => `demo ${line} --format json`),
];
const empty = mkdtempSync(join(tmpdir(), 'rupture-compare-'));
for (const line of lines) {
  for (const columns of [60, 80]) {
    const screens = [];
    for (const program of [oldProgram, newProgram]) {
      screens.push(await onTerminal(program, empty, line.split(' '), columns));
    }
    compare(`${line} at ${columns} columns`, ...screens);
  }
}
rmSync(empty, { recursive: true, force: true });
print(`${compared} compared, ${different} different.`);
process.exitCode = different === 0 ? 0 : 1;

function print(text) {
  process.stdout.write(`${text}\n`);
}

function programIn(folder) {
  const paths = ['rupture.cjs', 'rupture.js'].map(name => join(folder, 'dist', name));
  const found = paths.find(path => existsSync(path));
  if (found === undefined) throw new Error(`${folder} holds no built program`);
  return found;
}

/**
 * Returns the command lines of a transcript (those that begin with `$`), each with its words and its input.
 */
function turnsOf(text) {
  const rows = text.split('\n');
  return rows.flatMap((row, at) => {
    if (!row.startsWith('$ ')) return [];
    const [line, marker] = row.slice(2).split(' <<');
    const end = marker === undefined ? at : rows.indexOf(marker, at + 1);
    const found = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)];
    const words = found.map(([, double, single, bare]) => double ?? single ?? bare);
    const input = rows
      .slice(at + 1, end)
      .map(typed => `${typed}\n`)
      .join('');
    return [{ line, words, input }];
  });
}

function runTurn(program, home, { words: [name, ...args], input }, at) {
  if (name === 'write') {
    mkdirSync(dirname(join(home, args[0])), { recursive: true });
    writeFileSync(join(home, args[0]), input);
  }
  if (name !== 'rupture') return '';
  // `3< FILE` opens a file for the command on descriptor 3.
  const redirection = args.findIndex(arg => /^\d<$/.test(arg));
  const shell = redirection < 0 ? '"$@"' : `"$@" ${args[redirection]} "${join(home, args[redirection + 1])}"`;
  const programArgs = redirection < 0 ? args : args.slice(0, redirection);
  const command = [process.execPath, runner, program, ...programArgs];
  const { status, stdout, stderr } = spawnSync('sh', ['-c', shell, 'sh', ...command], {
    cwd: home,
    input,
    encoding: 'utf8',
    env: { ...fixedEnv(home), RUPTURE_SEED: String(at + 1) },
  });
  return withoutKeys([`exit ${status}`, stdout, stderr].join('\n').replaceAll(home, '~'));
}

function fixedEnv(home) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    RUPTURE_FOLDER: join(home, 'notes'),
    RUPTURE_CONFIG_DIR: join(home, 'config'),
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    NODE_DISABLE_COMPILE_CACHE: '1',
    RUPTURE_SEED: '1',
  };
}

/** Returns every file below a folder with its mode and its bytes, without parts that differ between runs. */
function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.map(name => {
    const stat = statSync(join(folder, name));
    const text = stat.isFile() ? readFileSync(join(folder, name), 'latin1') : '';
    const shown = withoutProcess(withoutKeys(text)).replaceAll(folder, '~');
    return [withoutProcess(name), stat.mode.toString(8), shown];
  });
}

/** Removes process ids and process start times (in the undo log and in drafts). */
function withoutProcess(text) {
  return text
    .replace(/(undo\/\d+)-\d+/g, '$1')
    .replace(/"pid":\d+/g, '"pid"')
    .replace(/"start":"[^"]*"/g, '"start"');
}

/** Replaces keys, hashes and encrypted content with fixed words. */
function withoutKeys(text) {
  if (text.startsWith('age-encryption.org/')) return 'encrypted';
  return text.replace(/\bage1[a-z0-9]{58}\b/g, 'age1…').replace(/^[0-9a-f]{64}$/gm, 'hash');
}

/**
 * Returns the output of a command on a terminal, with its exit code at the end. The shell stays open until
 * all output has arrived.
 */
function onTerminal(program, home, args, columns) {
  const env = { ...fixedEnv(home), TERM: 'xterm-256color' };
  const screen = { name: 'xterm-256color', cols: columns, rows: 400 };
  const command = [
    '-c',
    '"$@"; printf "exit %s\\036" "$?"; read end',
    'sh',
    process.execPath,
    runner,
    program,
    ...args,
  ];
  return new Promise(resolveOutput => {
    const child = spawn('sh', command, { ...screen, env, cwd: home });
    let shown = '';
    child.onData(data => {
      shown += data;
      if (!shown.endsWith('\u001e')) return;
      child.kill('SIGKILL');
      resolveOutput(shown.replaceAll(/rupture-demo-\w+/g, 'rupture-demo'));
    });
  });
}

function compare(what, before, after) {
  compared += 1;
  if (before === after) return;
  different += 1;
  const [a, b] = [before, after].map(text => text.split('\n'));
  const at = a.findIndex((line, row) => line !== b[row]);
  print(`${what}\n  - ${a[at] ?? '(ends)'}\n  + ${b[at] ?? '(ends)'}`);
}
