import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { patience } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Place, Ran, Setting } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(join(place.home, 'tmp'));
});
afterEach(() => place.remove());

/** Returns every path below a folder, with its mode, time and content. */
function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(entry => {
      const path = join(entry.parentPath, entry.name);
      const { mode, mtimeMs } = statSync(path);
      return `${path} ${mode.toString(8)} ${mtimeMs} ${entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''}`;
    })
    .sort();
}

const demo = (args: readonly string[], setting: Partial<Setting> = {}): Promise<Ran> =>
  run(['demo', ...args], { place, input: '', env: { TMPDIR: join(place.home, 'tmp') }, ...setting });

/** A person's own notes, a draft, and settings. */
async function live(): Promise<void> {
  await run(['reflect', '-m', "Mine and nobody else's."], { place, input: '' });
  await run(['config', 'set', 'with', 'Dr M'], { place, input: '' });
  await run(['config', 'set', 'mode', 'full'], { place, input: '' });
}

describe('demo', () => {
  it('runs any command on the fictional year', async () => {
    const summary = await demo(['summary']);
    expect(summary.exit).toBe(0);
    expect(summary.out).toMatch(/^## To bring up \(2\)\n\n- \[ \] Near the end they said/);
    expect(summary.err).toBe(
      'Made-up notes. Nothing of this is kept.\n1 resting. --include-resting shows it.\n',
    );
    expect((await demo(['summary', '--count'])).out).toBe('10\n');
    const shown = await demo(['show', 'last']);
    expect(shown.out).toContain('session: 2026-03-10\n');
    expect(shown.out).toContain(
      '\n## One sentence\n\nWhen you said my slot may go, I said no problem. It is one.\n',
    );
  });

  it('can read every note, and the one kept apart only on request', async () => {
    const all = await demo(['summary', '--include-set-aside', '--include-resting', '--format', 'json']);
    expect(all.err).toBe('Made-up notes. Nothing of this is kept.\n');
    expect(JSON.parse(all.out).unresolved).toHaveLength(12);
  });

  it('knows dated parts as show does', async () => {
    const { prepared, followed_up: followed } = JSON.parse(
      (await demo(['show', 'dht7wq', '--format', 'json'])).out,
    );
    expect(prepared.map(({ on }: { on: string }) => on)).toEqual(['2025-12-22', '2026-01-12']);
    expect(followed[0]).toEqual({
      on: '2025-12-23',
      answers: {
        came_up: 'I said it',
        response: 'Explained what they meant · Changed the subject',
        second_step: 'Ask for time to think',
        owned_by: 'No one',
        closeness: 'Further away',
        helped: "Glad I said scared. I don't say scared.",
      },
    });
  });

  it('without a command shows the first screen, and explains itself', async () => {
    const { out, err, exit } = await run(['--no-color', 'demo'], {
      place,
      input: '',
      outIsTerminal: true,
      env: { TMPDIR: join(place.home, 'tmp') },
    });
    expect(exit).toBe(0);
    expect(out).toMatch(/^ {2}2 to bring up · 4 kept for now · 4 not settled +last session: Tue 10 March\n/);
    expect(err).toBe(
      'A made-up year of notes, gone when this ends. Any command runs on it: rupture\ndemo summary, rupture demo show last.\n',
    );
  });

  it('saves nothing beyond the run', async () => {
    const { out, exit } = await demo(['reflect', '-m', 'They moved on.']);
    expect(exit).toBe(0);
    expect(out).toMatch(/tmp\/rupture-demo-\w+\/notes\/2026-03-12-\w{6}\.md\n$/);
    expect(readdirSync(join(place.home, 'tmp'))).toEqual([]);
  });

  it('asks as usual, without the introduction of a first run', async () => {
    const { screens, exit } = await demo(['let-go', 'uek32a'], {
      input: undefined,
      script: [
        ['ready', answer(true)],
        ['let_go_reason', answer('okay-now')],
        ['size', answer(1)],
        ['last_word', skip],
      ],
    });
    expect(exit).toBe(0);
    expect(screens[0]?.id).toBe('ready');
  });

  it('passes flags on unchanged, including global flags', async () => {
    expect((await demo(['summary', '--limit', '1', '--format', 'plain'])).out.split('\n')).not.toHaveLength(
      1,
    );
    const before = await run(['--plain', 'demo', 'show', 'last'], {
      place,
      input: '',
      outIsTerminal: true,
      env: { TMPDIR: join(place.home, 'tmp') },
    });
    const preload = await demo(['show', 'last', '--plain'], { outIsTerminal: true });
    expect(before.out).toBe(preload.out);
    expect(before.out).not.toContain('\u001b');
  });

  it('shows its own help, and that of the command behind it', async () => {
    expect((await demo(['--help'])).out).toMatch(/^Usage: rupture demo /);
    expect((await demo(['show', '--help'])).out).toMatch(/^Usage: rupture show /);
    expect((await run(['--help'], { place, input: '' })).out).toMatch(
      /^ {2}demo \[command\.\.\.\] +Any command on a made-up year/m,
    );
  });
});

describe('misuse', () => {
  it.each(['demo', 'config', 'where'])('%s makes no sense in it', async command => {
    const { exit, out, err } = await demo([command, 'summary']);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err.split('\n')[0]).toBe(`rupture demo can't run “${command}”.`);
    expect(readdirSync(join(place.home, 'tmp'))).toEqual([]);
  });

  it.each<[readonly string[], number, string]>([
    [['sumary'], 2, 'There is no command “sumary”.'],
    [['summary', '--formt', 'json'], 2, 'There is no flag --formt here.'],
    [['show'], 2, 'rupture show needs <id>.'],
    [['mark', 'last', 'mended'], 2, 'There is no status “mended”.'],
    [['reflect', '--answers', 'none.yaml'], 1, 'none.yaml'],
    [['summary', '--folder', '/tmp'], 2, "demo and --folder can't be used together."],
  ])('of the command behind it passes through: %j', async (args, exit, says) => {
    const ran = await demo(args);
    expect({ exit: ran.exit, out: ran.out }).toEqual({ exit, out: '' });
    expect(ran.err).toContain(says);
    expect(readdirSync(join(place.home, 'tmp'))).toEqual([]);
  });

  it('refuses --folder before it too', async () => {
    const { exit, err } = await run(['--folder', place.folder, 'demo', 'summary'], { place, input: '' });
    expect(exit).toBe(2);
    expect(err).toContain("demo and --folder can't be used together.");
  });

  it('a folder that is called demo is no demo', async () => {
    const { out } = await run(['--folder', 'demo', 'where'], { place, input: '' });
    expect(out).toBe(`${join(place.home, 'demo')}\n`);
  });
});

describe("what is the person's", () => {
  it('is as it was: notes, drafts, settings and the list of folders', async () => {
    await live();
    const before = treeOf(place.home);
    for (const args of [
      [],
      ['summary'],
      ['show', 'last'],
      ['reflect', '-m', 'x'],
      ['mark', 'last', 'eased'],
      ['help-now'],
      ['learn'],
      ['sumary'],
      ['show', 'zzzzzz'],
      ['reflect', '--answers', 'none.yaml'],
      ['config'],
    ])
      await demo(args);
    // The folder for what is temporary has had something in it for a moment.
    const without = (tree: readonly string[]): readonly string[] =>
      tree.filter(line => !line.startsWith(`${join(place.home, 'tmp')} `));
    expect(without(treeOf(place.home))).toEqual(without(before));
  });

  it('is not read either: broken settings and an invalid folder do no harm', async () => {
    mkdirSync(place.config);
    writeFileSync(join(place.config, 'config.json'), '{"language": ');
    writeFileSync(place.folder, 'no folder');
    expect((await run(['summary'], { place, input: '' })).exit).toBe(1);
    expect((await demo(['summary', '--count'])).out).toBe('10\n');
  });

  it('is still missing if it was missing', async () => {
    await demo(['reflect', '-m', 'x']);
    expect(readdirSync(place.home)).toEqual(['tmp']);
  });
});

const rupture = fileURLToPath(new URL('../../../bin/rupture.js', import.meta.url));

/** Returns what is left in the temporary folder. */
const left = (home: Home): readonly string[] => readdirSync(join(home.root, 'tmp'));

describe('the folder of a demo', () => {
  it("is the person's alone while it is there", () => {
    const home = openHome(rupture);
    const { out } = home.shell('umask 000; EDITOR= rupture demo reflect -m "$(printf x)" && true');
    expect(out).toContain(join(home.root, 'tmp'));
    const seen = spawnSync('strace', ['-f', '-qq', '-e', 'trace=mkdir,openat', rupture, 'demo', 'summary'], {
      env: home.env,
      encoding: 'utf8',
    });
    const made =
      seen.error === undefined
        ? [
            ...seen.stderr.matchAll(
              /mkdir\("[^"]*rupture-demo-[^"]*", (\d+)\) = 0|rupture-demo-[^"]*\.md", [^,]*O_CREAT[^,]*, (\d+)\)/g,
            ),
          ].map(([, folder, file]) => folder ?? file)
        : ['0700', '0600'];
    expect([...new Set(made)].sort()).toEqual(['0600', '0700']);
    expect(left(home)).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is gone after %s in the middle of a question', async (signal, code) => {
    const home = openHome(rupture);
    const pty = home.onTerminal(['demo', 'reflect']);
    await pty.waitFor('Which one would you like to come back to?', patience);
    expect(left(home)).toHaveLength(1);
    if (signal === 'SIGINT') pty.write('\u0003');
    else process.kill(pty.pid, signal);
    expect((await pty.exited).code).toBe(code);
    expect(left(home)).toEqual([]);
    expect(readdirSync(join(home.root, 'data'))).toEqual([]);
  });

  it('is gone after Ctrl-C with an unfinished answer, and when the terminal is closed', async () => {
    for (const end of ['ctrl-c', 'hang-up'] as const) {
      const home = openHome(rupture);
      const pty = home.onTerminal(['demo', 'reflect']);
      await pty.waitFor('Which one would you like to come back to?', patience);
      pty.write('\t');
      await pty.waitFor('How did it go with your therapist?', patience);
      pty.write('\t');
      await pty.waitFor('What happened?', patience);
      pty.write('half a sen');
      await pty.waitFor('half a sen', patience);
      if (end === 'ctrl-c') pty.write('\u0003');
      else pty.hangUp();
      await pty.exited;
      expect(left(home)).toEqual([]);
      expect(readdirSync(join(home.root, 'data'))).toEqual([]);
    }
  });

  it.each(['INT', 'TERM'] as const)('is gone after SIG%s while it waits for a pipe', signal => {
    const home = openHome(rupture);
    const { out } =
      home.shell(`set -m; sleep 20 | '${rupture}' demo reflect -m - & for i in $(seq 400); do ls '${home.root}/tmp' | grep -q . && break; sleep 0.05; done
      sleep 0.3; ls '${home.root}/tmp' | wc -l; kill -${signal} %1; wait; ls '${home.root}/tmp' | wc -l`);
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .map(line => line.trim()),
    ).toEqual(['1', '0']);
  });

  it('is gone if the reader closes the pipe', () => {
    const home = openHome(rupture);
    home.shell('rupture demo summary | true; rupture demo summary > /dev/full');
    expect(left(home)).toEqual([]);
  });

  it("that can't be created is reported, and nothing else happens", () => {
    const home = openHome(rupture);
    const { code, out, err } = home.run(['demo', 'summary'], { env: { TMPDIR: join(home.root, 'nowhere') } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(join(home.root, 'nowhere'));
  });
});
