import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { openPacked } from '../../support/packed.ts';
import { startPty } from '../../support/pty.ts';
import { keys, openHand, questions } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

/** The marker word in every text that a person enters here. */
const secret = 'quagga';

/** Returns the files and names below a folder that contain the word, with those of the notes folder apart. */
function leaksIn({ root, folder }: Home): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name);
    if (path === folder || path.startsWith(`${folder}/`) || path.startsWith(join(root, 'given'))) return [];
    const isHit = entry.name.includes(secret) || (entry.isFile() && readFileSync(path).includes(secret));
    return isHit ? [path.slice(root.length + 1)] : [];
  });
}

/** Returns what other accounts can see of a running program and its child processes. */
function seenOf(pid: number): string {
  const pids = [pid, ...childrenOf(pid)];
  return pids.flatMap(one => ['cmdline', 'environ'].map(name => read(`/proc/${one}/${name}`))).join('\n');
}

function childrenOf(pid: number): readonly number[] {
  const own = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return own.flatMap(one => [one, ...childrenOf(one)]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Answers every text question of a sequence with its own word. */
function textsOf(home: Home, name: string): Readonly<Record<string, string>> {
  const { steps }: { steps: readonly { ask?: string; kind?: string }[] } = parse(
    home.run(['templates', 'show', name]).out,
  );
  return Object.fromEntries(
    steps.flatMap(({ ask, kind }) =>
      ask !== undefined && kind === 'text' ? [[ask, `The ${secret} of ${ask}, and more.`]] : [],
    ),
  );
}

function give(home: Home, name: string, answers: object): string {
  mkdirSync(join(home.root, 'given'), { recursive: true });
  const path = join(home.root, 'given', name);
  writeFileSync(path, JSON.stringify(answers));
  return path;
}

/** Expects folders with 0700 and files with 0600, except the test's own files. */
function wideIn({ root }: Home): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name);
    if (path.startsWith(join(root, 'given'))) return [];
    const mode = statSync(path).mode & 0o777;
    return mode === (entry.isDirectory() ? 0o700 : 0o600)
      ? []
      : [`${mode.toString(8)} ${path.slice(root.length + 1)}`];
  });
}

describe('a person’s words are in the notes folder and on the screen', () => {
  test('and nowhere else after every flow of the packed program, readable only by this account, whatever the umask', () => {
    const home = openHome(rupture);
    const editor = join(home.root, 'given', 'editor');
    const files = {
      reflect: give(home, 'reflect.json', {
        sit: 'bothered',
        kinds: ['misread', { other: `a ${secret} was loud` }],
        feelings: ['small'],
        size: 7,
        next: 'planned',
        ...textsOf(home, 'reflect'),
      }),
      fine: give(home, 'fine.json', { sit: 'fine', good_moment: `A ${secret} laughed.` }),
      prep: give(home, 'prep.json', textsOf(home, 'prep')),
      followUp: give(home, 'follow-up.json', { came_up: 'i-said-it', ...textsOf(home, 'follow-up') }),
      letGo: give(home, 'let-go.json', textsOf(home, 'let-go')),
    };
    writeFileSync(editor, `#!/bin/sh\necho 'A ${secret} by hand.' >> "$1"\n`);
    chmodSync(editor, 0o700);
    writeFileSync(join(home.root, 'given', 'page.md'), `# A ${secret} page\n\nMore of it.\n`);
    const lines: readonly (readonly [string, string?])[] = [
      [`rupture reflect --full --answers ${files.reflect}`],
      [`rupture reflect --answers ${files.fine}`],
      ['rupture reflect -m -', `The ${secret} moved on.\n`],
      ['rupture reflect', `3\nThe ${secret} moved on.\n\n1\n1\n7\n2\n1\n`],
      [`rupture prep last --answers ${files.prep} --card given/card.md`],
      [`rupture prep last --answers ${files.prep} --card - > /dev/null`],
      [`rupture follow-up last --answers ${files.followUp}`],
      [`rupture let-go last --answers ${files.letGo}`],
      ['rupture reopen last'],
      [`EDITOR='${editor}' rupture edit last`],
      ['rupture list'],
      ['rupture summary'],
      ['rupture show last'],
      ['rupture patterns'],
      ['rupture export json > given/export.json'],
      ['rupture export html --to given/page.html'],
      ['rupture import given/page.md'],
      ['rupture import given/export.json'],
      ['rupture config set with Ada'],
      ['rupture config set therapist_word them'],
      ['rupture templates new monday'],
      ['rupture templates new reflect'],
      ['rupture delete last --yes'],
      ['rupture trash list'],
      ['rupture undo'],
      ['rupture delete last --yes'],
      ['rupture trash restore last'],
      ['rupture delete last --yes'],
      ['rupture trash empty --yes'],
      ['rupture mark last eased --size 2'],
      ['rupture doctor'],
      ['rupture demo summary'],
      ['rupture demo patterns'],
      ['rupture completion bash'],
      ['rupture __complete bash show ""'],
    ];
    const ended = lines.map(([line, input = '']) => {
      const { code, err } = home.shell(`umask 000; ${line}`, { input });
      return { line, code, err: code === 0 || line.includes('doctor') ? '' : err };
    });
    // Answers to no question of prep are saved beside the notes, and doctor names them.
    expect(ended).toEqual(
      lines.map(([line]) => ({ line, code: line === 'rupture doctor' ? 1 : 0, err: '' })),
    );
    expect(leaksIn(home)).toEqual([]);
    expect(wideIn(home)).toEqual([]);
    // The word was written at all.
    expect(
      readdirSync(home.folder, { recursive: true, encoding: 'utf8' }).filter(
        name => name.endsWith('.md') && readFileSync(join(home.folder, name)).includes(secret),
      ).length,
    ).toBeGreaterThanOrEqual(4);
    for (const name of ['card.md', 'export.json', 'page.html'])
      expect(existsSync(join(home.root, 'given', name))).toBe(true);
    expect((statSync(join(home.root, 'given', 'card.md')).mode & 0o777).toString(8)).toBe('600');
  });

  test('and no error quotes them', () => {
    const home = openHome(rupture);
    expect(home.run(['reflect', '-m', '-'], { input: `The ${secret} moved on.` }).code).toBe(0);
    const [name = ''] = home.notes();
    const note = readFileSync(join(home.folder, name), 'utf8');
    const broken = [
      note.replace('status: open', `status: ${secret}`),
      note.replace('title: ', `size: ${secret}\ntitle: `),
      note.replace('title: ', 'title: "'),
      note.replace('session: ', `session: ${secret} `),
      note.replace('id: ', `id: ${secret}/../`),
      note.replace('\n---\n', '\n'),
      note.replace('title: ', `kinds: {a: ${secret}}\ntitle: `),
      note.replace('title: ', `a: &a ${secret}\nb: *a\ntitle: `),
      note.replace('title: ', `a: !!js/function "${secret}"\ntitle: `),
    ];
    for (const [at, text] of broken.entries()) writeFileSync(join(home.folder, `broken-${at}.md`), text);
    mkdirSync(join(home.folder, 'templates'));
    writeFileSync(
      join(home.folder, 'templates', 'mine.yaml'),
      `template: 1\nname: mine\nsteps:\n  - ask: a\n    kind: text\n    words: "${secret}\n`,
    );
    writeFileSync(join(home.root, 'config', 'config.json'), `{"with": "${secret}`);
    writeFileSync(join(home.root, 'tmp', 'nothing'), '');
    const answers = [
      `{"what": ["${secret}"]}`,
      `sit: bothered\nwhat: {a: ${secret}}\n`,
      `sit: [${secret}\n`,
      `- ${secret}\n`,
      `what: &a ${secret}\n`,
      `what: "${secret}\n`,
    ];
    const failures: readonly (readonly [string, string?])[] = [
      ['list'],
      ['summary'],
      ['search moved'],
      ['patterns'],
      ['export json'],
      ['show last'],
      ['doctor'],
      ['reflect'],
      ['config list'],
      ['prep last'],
      ['edit last'],
      ['mark last eased'],
      ['templates list'],
      ...answers.map((text): [string, string] => ['reflect --answers -', text]),
      [
        'import -',
        `{"version": 1, "files": [{"path": "../x.md", "text": "${secret}"}, {"path": 5, "text": "${secret}"}]}`,
      ],
      ['import -', `{"a": "${secret}`],
      ['reflect -m -', `${secret} `.repeat(400_000)],
    ];
    const run = (line: string, input = ''): readonly [string, boolean] => [
      line,
      home.run(line.split(' '), { input }).err.includes(secret),
    ];
    expect(failures.map(([line, input]) => run(line, input)).filter(([, isHit]) => isHit)).toEqual([]);
    writeFileSync(join(home.root, 'config', 'config.json'), '{}');
    expect(failures.map(([line, input]) => run(line, input)).filter(([, isHit]) => isHit)).toEqual([]);
    const full = home.shell('ulimit -f 0; rupture reflect -m -', { input: `The ${secret} moved on again.` });
    expect([full.code === 0, full.err.includes(secret)]).toEqual([false, false]);
    // The test itself has put files there that contain the word.
    expect(leaksIn(home)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')(
    'while it runs, no other account sees it, nor when it is killed in the middle',
    async () => {
      const home = openHome(rupture);
      const editor = join(home.root, 'given-editor');
      writeFileSync(editor, '#!/bin/sh\necho ready; sleep 8\n');
      chmodSync(editor, 0o700);
      const pty = home.onTerminal(['reflect'], { env: { EDITOR: editor } });
      const hand = openHand(pty);
      await hand.choose(questions.start, 'Yes');
      await hand.choose(questions.sit, 'Something is bothering me');
      await hand.sees(questions.what);
      hand.press(`The ${secret} moved on.`);
      await hand.sees(secret);
      expect(['reflect', secret].map(word => seenOf(pty.pid).includes(word))).toEqual([true, false]);
      hand.press('\u000f');
      await hand.sees('ready');
      expect(childrenOf(pty.pid).length).toBeGreaterThan(0);
      expect(seenOf(pty.pid).includes(secret)).toBe(false);
      pty.kill('SIGKILL');
      await pty.exited;
      expect(leaksIn(home)).toEqual([]);
      const again = openHand(home.onTerminal(['reflect']));
      await again.sees(secret);
      again.press(keys.ctrlC);
    },
  );
});

describe('controls', () => {
  test('detect a copy in a temporary folder, a word in a file name, and a word on a command line', async () => {
    const home = openHome(rupture);
    writeFileSync(join(home.root, 'tmp', 'copy'), `The ${secret}.`);
    writeFileSync(join(home.root, 'cache', `${secret}.md`), '');
    expect(leaksIn(home)).toEqual([join('cache', `${secret}.md`), join('tmp', 'copy')].toSorted());
    const careless = startPty('sh', ['-c', `echo ready; sleep 20; : ${secret}`], {});
    await careless.waitFor('ready');
    expect(seenOf(careless.pid).includes(secret)).toBe(true);
    careless.kill('SIGKILL');
    await careless.exited;
    chmodSync(join(home.root, 'tmp', 'copy'), 0o644);
    expect(wideIn(home)).toContain(`644 ${join('tmp', 'copy')}`);
    process.stderr.write('control: a copy, a name, a command line and a wide mode were caught\n');
  });
});
