// The other programs of the bench: what of them is on the machine, with stores of made-up entries, in folders
// of their own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sentence =
  'They wrote something down, and I kept wondering what it was. When I stopped, nobody said anything for a while, and I could hear the fan. ';

/**
 * Gives the lines to time: of each program that is here, adding one, listing and searching, for each number
 * of entries.
 */
export function othersHere(place, counts, env) {
  return [taskwarrior, jrnl, nb].flatMap(other =>
    isHere(other.program, env)
      ? counts.flatMap(count => other.lines(ready(join(place, `${other.program}-${count}`)), count, env))
      : [],
  );
}

const taskwarrior = {
  program: 'task',
  lines: (folder, count, env) => {
    const own = { ...env, TASKDATA: folder, TASKRC: join(folder, 'rc') };
    writeFileSync(own.TASKRC, 'confirmation=off\nverbose=nothing\n');
    const entries = each(count).map(index => ({
      description: `Moment ${index}`,
      status: index % 7 === 0 ? 'pending' : 'completed',
      entry: stamp(index),
      ...(index % 7 === 0 ? {} : { end: stamp(index) }),
      annotations: [{ entry: stamp(index), description: textOf(index) }],
    }));
    run('task', ['import', '-'], own, JSON.stringify(entries));
    return lines('taskwarrior', 'task', count, own, {
      add: ['add', 'They moved on'],
      list: ['next'],
      search: ['clock', 'list'],
    });
  },
};

const jrnl = {
  program: 'jrnl',
  lines: (folder, count, env) => {
    const own = { ...env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const config = join(folder, 'jrnl.yaml');
    writeFileSync(
      config,
      `journals:\n  default: ${join(folder, 'journal.txt')}\neditor: ''\nencrypt: false\ndefault_hour: 9\ndefault_minute: 0\ntimeformat: '%Y-%m-%d %H:%M'\nlinewrap: 79\nindent_character: '|'\ncolors:\n  date: none\n  title: none\n  body: none\n  tags: none\nhighlight: false\ntagsymbols: '@'\ntemplate: false\nversion: v4.0\n`,
    );
    writeFileSync(
      join(folder, 'journal.txt'),
      each(count)
        .map(index => `[${day(index)} 19:04] Moment ${index}\n${textOf(index)}\n`)
        .join('\n'),
    );
    return lines('jrnl', 'jrnl', count, own, {
      add: ['--config-file', config, 'They moved on.'],
      list: ['--config-file', config, '-n', '100000', '--short'],
      search: ['--config-file', config, '-contains', 'clock'],
    });
  },
};

const nb = {
  program: 'nb',
  lines: (folder, count, env) => {
    const own = { ...env, NB_DIR: folder, NBRC_PATH: join(folder, '.nbrc'), NB_AUTO_SYNC: '0' };
    run('nb', ['add', '--title', 'first', '--content', 'first'], own);
    const home = join(folder, 'home');
    const names = each(count).map(index => `${index}.md`);
    for (const [index, name] of names.entries())
      writeFileSync(join(home, name), `# Moment ${index}\n\n${textOf(index)}\n`);
    run('nb', ['index', 'reconcile'], own);
    return lines('nb', 'nb', count, own, {
      add: ['add', '--content', 'They moved on.'],
      list: ['list', '--all', '--no-color'],
      search: ['search', 'clock', '--no-color'],
    });
  },
};

function lines(name, program, count, env, { add, list, search }) {
  const said = count.toLocaleString('en');
  return [
    ['add one', add],
    ['list', list],
    ['search a word', search],
  ].map(([what, args]) => ({ name, what: `${what}, ${said} entries`, program, args, env }));
}

function each(count) {
  return Array.from({ length: count }, (_, index) => index);
}

function textOf(index) {
  return `${sentence.repeat(12)}${index % 7 === 0 ? 'They looked at the clock.' : ''}`;
}

function day(index) {
  return new Date(Date.UTC(2006, 0, 2) + (index % 7000) * 86_400_000).toISOString().slice(0, 10);
}

function stamp(index) {
  return `${day(index).replaceAll('-', '')}T190455Z`;
}

function ready(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function isHere(program, env) {
  return spawnSync(program, ['--version'], { env, stdio: 'ignore' }).error === undefined;
}

function run(program, args, env, input = '') {
  const { status, stderr } = spawnSync(program, args, { env, input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${status}\n${stderr}`);
}
