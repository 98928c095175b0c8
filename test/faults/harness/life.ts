import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { endOf, keys, openHand, patience, questions } from '../../e2e/support/hand.ts';
import type { Hand } from '../../e2e/support/hand.ts';
import type { Home, Ran } from '../../e2e/support/home.ts';
import type { Pty } from '../../support/pty.ts';
import { passphrase } from './given.ts';

export interface LifeNeeds {
  readonly home: Home;
  /** A folder in memory for the test's own files. */
  readonly aside: string;
  readonly sealed: boolean;
  /** Called after every step, with its name and all words written so far. */
  readonly after: (step: string, words: readonly string[]) => void;
}

const hasVim = spawnSync('vim', ['--version']).status === 0;

/**
 * Does everything that a person does with notes; each text has its own word. Returns the words.
 */
export async function live({ home, aside, sealed, after }: LifeNeeds): Promise<readonly string[]> {
  const words: string[] = [];
  const say = (name: string): string => {
    words.push(`Quill${name.replaceAll('_', '')}feather`);
    return `They said ${words.at(-1)} to me.`;
  };
  const texts = (...names: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(names.map(name => [name, say(name)]));
  const secret = join(aside, 'passphrase');
  writeFileSync(secret, `${passphrase}\n`, { mode: 0o600 });
  const run = (args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): Ran =>
    sealed
      ? home.start(
          'bash',
          [
            '-c',
            'path=$1; shift; exec "$0" "$@" 3< "$path"',
            home.rupture,
            secret,
            '--passphrase-fd',
            '3',
            ...args,
          ],
          { input, env },
        )
      : home.run(args, { input, env });
  const step = (
    name: string,
    args: readonly string[],
    {
      input,
      env,
      code = 0,
    }: {
      readonly input?: unknown;
      readonly env?: Readonly<Record<string, string>>;
      readonly code?: number;
    } = {},
  ): string => {
    const ran = run(
      args,
      typeof input === 'string' ? input : input === undefined ? '' : JSON.stringify(input),
      env,
    );
    expect([name, ran.code, ran.code === code ? '' : ran.err]).toEqual([name, code, '']);
    after(name, words);
    return ran.out;
  };
  const onTerminal = async (
    name: string,
    args: readonly string[],
    code: number,
    work: (pty: Pty, hand: Hand) => Promise<void>,
    { env, asks = sealed }: { readonly env?: Readonly<Record<string, string>>; readonly asks?: boolean } = {},
  ): Promise<void> => {
    const pty = home.onTerminal(args, { env });
    if (asks) {
      await pty.waitFor('Passphrase of your notes', patience);
      pty.write(`${passphrase}${keys.enter}`);
    }
    await work(pty, openHand(pty));
    expect([name, await endOf(pty)]).toEqual([name, code]);
    after(name, words);
  };
  const half = async (pty: Pty, text: string): Promise<void> => {
    const before = draftsOf(home);
    pty.write(text);
    await pty.waitUntil(() => draftsOf(home) !== before, 'a draft of what is typed', patience);
  };

  if (sealed) step('encrypt on', ['encrypt', 'on']);
  await onTerminal(
    'reflect, left with Ctrl-C',
    ['reflect'],
    130,
    async (pty, hand) => {
      await hand.choose(questions.start, 'Yes');
      await hand.choose(questions.sit, 'Something is bothering me');
      await hand.sees(questions.what);
      await half(pty, say('half'));
      pty.write(keys.ctrlC);
    },
    { asks: false },
  );
  await onTerminal('reflect --resume', ['reflect', '--resume'], 0, async (pty, hand) => {
    await hand.sees('│ They said Quillhalf');
    pty.write(keys.enter);
    await hand.sees(/│ They said Quillhalf.*\n\s*│/);
    pty.write(say('later'));
    await hand.sees('Quilllater');
    pty.write(keys.enter);
    await hand.sees(/Quilllater.*\n\s*│/);
    pty.write(keys.enter);
    await hand.tick(questions.kinds, 'They misunderstood me');
    await hand.tick(questions.feelings, 'hurt');
    await hand.scale(questions.size, 7);
    await hand.choose(questions.next, 'Keep it here for now');
    await hand.choose(questions.keep, 'Keep');
  });
  await onTerminal(
    'reflect, killed',
    ['reflect'],
    0,
    async (pty, hand) => {
      await hand.choose(questions.sit, 'Something is bothering me');
      await hand.sees(questions.what);
      await half(pty, say('killed'));
      pty.kill('SIGKILL');
    },
    { asks: false },
  );
  step('reflect --discard', ['reflect', '--discard']);
  const quick = idIn(step('reflect -m -', ['reflect', '-m', '-'], { input: say('message') }));
  step('reflect --more', ['reflect', '--more', quick], { input: `\n\n29 ${say('more')}\n\n` });
  const whole = idIn(
    step('reflect --full --answers', ['reflect', '--full', '--answers', '-'], {
      input: {
        sit: 'mixed',
        kinds: ['misread', { other: say('other_kind') }],
        urges: ['switch'],
        size: 7,
        shape: 'build-up',
        strain_from: 'between',
        safe: 'yes',
        look_back: 'yes',
        echo: ['parent'],
        next: 'planned',
        ...texts(
          'good_moment',
          'what',
          'detail',
          'meant',
          'own_view',
          'about_me',
          'guess',
          'theirs',
          'mine',
          'like_unlike',
          'meant_for',
          'one_line',
        ),
      },
    }),
  );
  step('prep', ['prep', whole, '--card', '-', '--answers', '-'], {
    input: {
      more: 'more',
      ease: 5,
      on_side: 5,
      ...texts('wanted', 'opening_line', 'if_they_start', 'anchor', 'hope'),
    },
  });
  step('follow-up', ['follow-up', whole, '--answers', '-'], {
    input: {
      came_up: 'i-said-it',
      response: ['listened'],
      size: 4,
      status: 'eased',
      more: 'more',
      surprise: 'good',
      ...texts('surprise_note', 'helped', 'carry'),
    },
  });
  step('let-go', ['let-go', quick, '--answers', '-'], {
    input: { ready: true, let_go_reason: 'learned', size: 2, ...texts('last_word') },
  });
  step('mark --note', ['mark', quick, 'raised', '--note', '-'], { input: say('note') });

  // A person's own vim settings could keep a backup, a history and registers.
  writeFileSync(
    join(home.root, 'home', '.vimrc'),
    `set backup writebackup swapfile undofile viminfo='100,<50\n`,
  );
  if (hasVim) {
    await onTerminal(
      'edit with vim',
      ['edit', quick],
      0,
      async pty => {
        await pty.waitFor('rupture: 1', patience);
        pty.write(`Go${say('vim')}\u001b`);
        await pty.waitFor('Quillvim', patience);
        pty.write('yy:wq\r');
      },
      { env: { EDITOR: 'vim' } },
    );
  }
  const editor = (script: string): Readonly<Record<string, string>> => {
    const path = join(aside, 'editor');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o700);
    return { EDITOR: path };
  };
  step('edit with a script', ['edit', quick], { env: editor(`echo '${say('script')}' >> "$1"`) });
  step('edit, no moment came back', ['edit', quick], {
    env: editor(`echo '${say('aside')}' > "$1"`),
    code: 1,
  });
  step('edit, the editor fails', ['edit', quick], {
    env: editor(`echo '${say('failed')}' >> "$1"; exit 3`),
    code: 1,
  });

  step('delete', ['delete', quick, '--yes']);
  step('trash list', ['trash', 'list']);
  step('trash restore', ['trash', 'restore', quick]);
  step('mark again', ['mark', quick, 'open', '--note', '-'], { input: say('undone') });
  step('undo', ['undo']);
  writeFileSync(
    join(aside, 'refused.json'),
    JSON.stringify({
      version: 1,
      files: [{ path: '../2026-03-01-kaaaaa.md', text: say('refused_is_kept_nowhere') }],
    }),
  );
  words.pop();
  step('import refused', ['import', join(aside, 'refused.json')], { code: 1 });
  mkdirSync(join(aside, 'notes'), { recursive: true });
  writeFileSync(join(aside, 'notes', '2026-02-01 walk.md'), `${say('imported')}\n`);
  step('import', ['import', join(aside, 'notes')]);
  for (const args of [
    ['summary'],
    ['list'],
    ['search', 'said'],
    ['patterns'],
    ['show', quick],
    ['export', 'json'],
    ['export', 'html'],
    ['summary', '--format', 'json'],
  ])
    step(args.join(' '), args);
  expect([0, 1]).toContain(run(['doctor']).code);
  after('doctor', words);
  if (sealed) step('encrypt rotate', ['encrypt', 'rotate']);
  step('delete --forever', ['delete', quick, '--forever', '--yes']);
  return words;
}

/** Returns the drafts' contents, to detect a change. */
function draftsOf({ folder }: Home): string {
  const drafts = join(folder, '.rupture', 'drafts');
  return existsSync(drafts)
    ? readdirSync(drafts)
        .filter(name => /\.json(?:\.age)?$/.test(name))
        .map(name => `${name} ${readFileSync(join(drafts, name)).toString('base64')}`)
        .join('\n')
    : '';
}

function idIn(path: string): string {
  const id = /-([a-z0-9]{6})\.md/.exec(path)?.[1];
  if (id === undefined) throw new Error(`no note: ${path}`);
  return id;
}
