// Times other programs (jrnl, nb, taskwarrior) for comparison, as far as they are installed. Each gets
// made-up entries in folders of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sentence =
  'They wrote something down, and I kept wondering what it was. When I stopped, nobody said anything for a while, and I could hear the fan. ';

/**
 * Returns the command lines to time: for each installed program and each number of entries in `counts`, to
 * add an entry, to list all, and to search. Writes the entries below `folder`.
 */
export function otherProgramLines(folder, counts, env) {
  return [taskwarrior, jrnl, nb].flatMap(other =>
    isInstalled(other.program, env)
      ? counts.flatMap(count =>
          other.lines(makeFolder(join(folder, `${other.program}-${count}`)), count, env),
        )
      : [],
  );
}

const taskwarrior = {
  program: 'task',
  lines: (folder, count, env) => {
    const programEnv = { ...env, TASKDATA: folder, TASKRC: join(folder, 'rc') };
    writeFileSync(programEnv.TASKRC, 'confirmation=off\nverbose=nothing\n');
    const entries = indexes(count).map(index => ({
      description: `Moment ${index}`,
      status: index % 7 === 0 ? 'pending' : 'completed',
      entry: stamp(index),
      ...(index % 7 === 0 ? {} : { end: stamp(index) }),
      annotations: [{ entry: stamp(index), description: textOf(index) }],
    }));
    run('task', ['import', '-'], programEnv, JSON.stringify(entries));
    return lines('taskwarrior', 'task', count, programEnv, {
      add: ['add', 'They moved on'],
      list: ['next'],
      search: ['clock', 'list'],
    });
  },
};

const jrnl = {
  program: 'jrnl',
  lines: (folder, count, env) => {
    const programEnv = { ...env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const config = join(folder, 'jrnl.yaml');
    writeFileSync(
      config,
      `journals:\n  default: ${join(folder, 'journal.txt')}\neditor: ''\nencrypt: false\ndefault_hour: 9\ndefault_minute: 0\ntimeformat: '%Y-%m-%d %H:%M'\nlinewrap: 79\nindent_character: '|'\ncolors:\n  date: none\n  title: none\n  body: none\n  tags: none\nhighlight: false\ntagsymbols: '@'\ntemplate: false\nversion: v4.0\n`,
    );
    writeFileSync(
      join(folder, 'journal.txt'),
      indexes(count)
        .map(index => `[${day(index)} 19:04] Moment ${index}\n${textOf(index)}\n`)
        .join('\n'),
    );
    return lines('jrnl', 'jrnl', count, programEnv, {
      add: ['--config-file', config, 'They moved on.'],
      list: ['--config-file', config, '-n', '100000', '--short'],
      search: ['--config-file', config, '-contains', 'clock'],
    });
  },
};

const nb = {
  program: 'nb',
  lines: (folder, count, env) => {
    const programEnv = { ...env, NB_DIR: folder, NBRC_PATH: join(folder, '.nbrc'), NB_AUTO_SYNC: '0' };
    run('nb', ['add', '--title', 'first', '--content', 'first'], programEnv);
    const home = join(folder, 'home');
    const names = indexes(count).map(index => `${index}.md`);
    for (const [index, name] of names.entries())
      writeFileSync(join(home, name), `# Moment ${index}\n\n${textOf(index)}\n`);
    run('nb', ['index', 'reconcile'], programEnv);
    return lines('nb', 'nb', count, programEnv, {
      add: ['add', '--content', 'They moved on.'],
      list: ['list', '--all', '--no-color'],
      search: ['search', 'clock', '--no-color'],
    });
  },
};

function lines(name, program, count, env, { add, list, search }) {
  const countText = count.toLocaleString('en');
  return [
    ['add one', add],
    ['list', list],
    ['search a word', search],
  ].map(([what, args]) => ({ name, what: `${what}, ${countText} entries`, program, args, env }));
}

function indexes(count) {
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

function makeFolder(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function isInstalled(program, env) {
  return spawnSync(program, ['--version'], { env, stdio: 'ignore' }).error === undefined;
}

function run(program, args, env, input = '') {
  const { status, stderr } = spawnSync(program, args, { env, input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${status}\n${stderr}`);
}
