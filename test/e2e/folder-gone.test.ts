import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import type { Pty } from '../support/pty.ts';
import { passphrase } from '../support/sealed.ts';
import { endOf, isGivenBack, keys, openHand, questions, type Hand } from './support/hand.ts';
import { openLived, type Home } from './support/home.ts';
import { openSealedHome } from './support/encrypted-home.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const words = 'They looked at the clock, twice.';
const gone = /is\s+not\s+there\s+now/;

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

/** Removes the notes folder in one step, like pulling out a disk. */
function takeAway({ folder, root }: Home): void {
  renameSync(folder, `${root}.kept`);
}

const flat = (text: string): string => text.replace(/[\s│]+/g, '');

function filesGiven({ root }: Home): readonly string[] {
  return readdirSync(join(root, 'home')).filter(name => name.startsWith('rupture-answers-'));
}

interface Given {
  readonly mode: number;
  readonly file: string;
  readonly screen: string;
}

/** Reads the answers that the program hands back: from the private file that the screen names, and the screen. */
function givenIn(home: Home, pty: Pty): Given {
  const [name = ''] = filesGiven(home);
  const path = join(home.root, 'home', name);
  expect(flat(pty.screen())).toContain(flat(path));
  expect([filesGiven(home).length, isGivenBack(pty.raw())]).toEqual([1, true]);
  const screen = flat(pty.screen().split('This is what you wrote').at(-1) ?? '');
  const file = readFileSync(path, 'utf8');
  // Each question is on its own line.
  const shown = pty
    .screen()
    .split('\n')
    .map(line => line.trim());
  expect(shown).toEqual(expect.arrayContaining(file.split('\n').filter(line => /^## .{1,60}$/.test(line))));
  return { mode: statSync(path).mode & 0o777, file, screen };
}

/** Returns the text of every file in the home except the program's settings. */
function onDisk({ root }: Home): string {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

interface Sequence {
  readonly args: readonly string[];
  readonly status: string;
  /** Answers up to a question that takes text, and waits until it shows. */
  readonly begin: (hand: Hand) => Promise<void>;
  /** Types an answer to that question without the final Enter. */
  readonly say: (hand: Hand) => Promise<void>;
  /** The answer that was typed. */
  readonly said: string;
  /** What the screen shows with the next question. */
  readonly next: string;
}

const typeText =
  (question: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.sees(question);
    hand.press(words);
    await hand.sees(`│ ${words}`);
    hand.press(keys.enter);
    await hand.sees(/twice\.\s*\n\s*│/);
  };

const ownWords =
  (question: string, label: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.point(question, label);
    hand.press(keys.enter);
    await hand.sees('│');
    hand.press(words);
    await hand.sees(words);
  };

const pick =
  (question: string, label: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.point(question, label);
    hand.press(' ');
    await hand.sees(`◉ ${label}`);
  };

const sequences: readonly (readonly [string, Sequence])[] = [
  [
    'reflect',
    {
      args: ['reflect'],
      status: 'open',
      said: words,
      say: typeText(questions.what),
      next: questions.kinds,
      begin: hand => hand.choose(questions.sit, 'Something is bothering me'),
    },
  ],
  [
    'prep',
    {
      args: ['prep', 'last'],
      status: 'open',
      said: words,
      begin: hand => hand.scale('How big is it today?', 5),
      say: typeText('What do you most want them'),
      next: 'What would help?',
    },
  ],
  [
    'follow-up',
    {
      args: ['follow-up', 'last'],
      status: 'planned',
      said: 'Explained it away',
      begin: hand => hand.choose('Did it come up?', 'I said it'),
      say: pick('How did they respond?', 'Explained it away'),
      next: 'How big is it now?',
    },
  ],
  [
    'let-go',
    {
      args: ['let-go', 'last'],
      status: 'open',
      said: words,
      begin: hand => hand.choose('Are you ready to let this one go?', 'Yes'),
      say: ownWords('What makes this a good time', 'Something else'),
      next: 'How big is it today?',
    },
  ],
];

interface Opened {
  readonly pty: Pty;
  readonly hand: Hand;
}

function open(home: Home, { args }: Sequence): Opened {
  const pty = home.onTerminal(args);
  return { pty, hand: openHand(pty) };
}

describe('the notes folder disappears', () => {
  test.each(sequences)('between two answers of %s', async (_name, sequence) => {
    const home = openLived(rupture);
    home.run(['mark', 'last', sequence.status]);
    const { pty, hand } = open(home, sequence);
    await sequence.begin(hand);
    await sequence.say(hand);
    takeAway(home);
    hand.press(keys.enter);
    await hand.sees(gone);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(givenIn(home, pty)).toEqual({
      mode: 0o600,
      file: expect.stringContaining(sequence.said),
      screen: expect.stringContaining(flat(sequence.said)),
    });
    expect(pty.screen()).not.toContain('Kept as a draft');
  });

  test.each(sequences)('at the last step of %s', async (_name, sequence) => {
    const home = openLived(rupture);
    home.run(['mark', 'last', sequence.status]);
    const { pty, hand } = open(home, sequence);
    await sequence.begin(hand);
    await sequence.say(hand);
    hand.press(keys.enter);
    await hand.sees(sequence.next);
    takeAway(home);
    hand.press(keys.ctrlD);
    expect(await endOf(pty)).toBe(1);
    expect(givenIn(home, pty)).toEqual({
      mode: 0o600,
      file: expect.stringContaining(sequence.said),
      screen: expect.stringContaining(flat(sequence.said)),
    });
    expect(pty.screen()).toMatch(gone);
  });

  test('in plain mode, between two answers and where the person ends the terminal', async () => {
    const home = openLived(rupture);
    const pty = home.onTerminal(['reflect', '--plain']);
    const hand = openHand(pty);
    await hand.sees(questions.sit);
    hand.press('3\r');
    await hand.sees(questions.what);
    hand.press(`${words}\r`);
    await hand.sees(words);
    takeAway(home);
    hand.press('\r');
    await hand.sees(gone);
    process.kill(pty.pid, 'SIGTERM');
    expect(await endOf(pty)).toBe(143);
    expect(givenIn(home, pty)).toMatchObject({
      mode: 0o600,
      file: expect.stringContaining(words),
      screen: expect.stringContaining(flat(words)),
    });
  });

  test('in plain mode, at the last question of all', async () => {
    const home = openLived(rupture);
    const pty = home.onTerminal(['reflect', '--plain']);
    const hand = openHand(pty);
    await hand.sees(questions.sit);
    hand.press('3\r');
    await hand.sees(questions.what);
    hand.press(`${words}\r`);
    await hand.sees(words);
    hand.press('\r');
    for (const question of [questions.kinds, questions.feelings, questions.size, questions.next]) {
      await hand.sees(question);
      hand.press('\r');
    }
    await hand.sees(questions.keep);
    takeAway(home);
    hand.press('\r');
    expect(await endOf(pty)).toBe(1);
    expect(givenIn(home, pty)).toMatchObject({
      mode: 0o600,
      file: expect.stringContaining(words),
      screen: expect.stringContaining(flat(words)),
    });
  });

  test('and the terminal closes: the file has the unfinished text', async () => {
    const home = openLived(rupture);
    const pty = home.onTerminal(['reflect']);
    const hand = openHand(pty);
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees(questions.what);
    takeAway(home);
    hand.press(words);
    await hand.sees(words);
    pty.hangUp();
    await pty.exited;
    const [name = ''] = filesGiven(home);
    expect(readFileSync(join(home.root, 'home', name), 'utf8')).toContain(words);
  });

  test('while a text from the editor waits that can not be saved as it is', async () => {
    const home = openLived(rupture);
    const editor = join(home.root, 'editor.sh');
    writeFileSync(editor, `#!/bin/sh\nsleep 1\nprintf 'no front matter: ${words}' > "$1"\n`, { mode: 0o700 });
    const pty = home.onTerminal(['edit', 'last'], { env: { EDITOR: editor } });
    const hand = openHand(pty);
    await hand.sees('What would you like to do?');
    takeAway(home);
    hand.press(keys.down);
    hand.press(keys.enter);
    expect(await endOf(pty)).toBe(1);
    expect(givenIn(home, pty)).toMatchObject({
      mode: 0o600,
      file: expect.stringContaining(words),
      screen: expect.stringContaining(flat(words)),
    });
  });
  test.each([
    ['the editor of edit', 'rm -rf'],
    ['the editor of edit, as a disk that is pulled out goes', 'mv -t "$TMPDIR"'],
  ])('under %s', async (_what, away) => {
    const home = openLived(rupture);
    const editor = join(home.root, 'editor.sh');
    const lines = ['#!/bin/sh', 'sleep 1', `echo '${words}' >> "$1"`, `${away} '${home.folder}'`];
    writeFileSync(editor, `${lines.join('\n')}\n`, { mode: 0o700 });
    const pty = home.onTerminal(['edit', 'last'], { env: { EDITOR: editor } });
    expect(await endOf(pty)).toBe(1);
    expect(givenIn(home, pty)).toMatchObject({
      mode: 0o600,
      file: expect.stringContaining(words),
      screen: expect.stringContaining(flat(words)),
    });
    expect(pty.screen()).not.toContain('text.md');
  });

  test('while the editor is open for a question', async () => {
    const home = openLived(rupture);
    const editor = join(home.root, 'editor.sh');
    const lines = ['#!/bin/sh', 'sleep 1', `echo '${words}' >> "$1"`, `rm -rf '${home.folder}'`];
    writeFileSync(editor, `${lines.join('\n')}\n`, { mode: 0o700 });
    const pty = home.onTerminal(['reflect'], { env: { EDITOR: editor } });
    const hand = openHand(pty);
    await hand.choose(questions.sit, 'Something is bothering me');
    await hand.sees(questions.what);
    // Ctrl-O
    hand.press('\u000f');
    await hand.sees(words);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    expect(givenIn(home, pty)).toMatchObject({
      mode: 0o600,
      file: expect.stringContaining(words),
      screen: expect.stringContaining(flat(words)),
    });
  });
});

describe('in an encrypted folder, answers go to the screen and to no disk', () => {
  test.each(sequences.slice(0, 2))('in %s', async (name, sequence) => {
    const home = await openSealedHome(rupture, 'An older note.');
    const { pty, hand } = open(home, sequence);
    if (name !== 'reflect') {
      await hand.sees('Passphrase');
      hand.press(`${passphrase}\r`);
    }
    await sequence.begin(hand);
    await sequence.say(hand);
    takeAway(home);
    hand.press(keys.enter);
    await hand.sees(gone);
    hand.press(keys.ctrlC);
    expect(await endOf(pty)).toBe(130);
    const screen = flat(pty.screen().split('This is what you wrote').at(-1) ?? '');
    expect(screen).toContain(flat(words));
    expect(screen).toContain(flat('Your notes are encrypted, so this was not written to any disk.'));
    expect([filesGiven(home), onDisk(home).includes(words)]).toEqual([[], false]);
  });
});

interface Step {
  /** What standard error shows before the test writes the line. */
  readonly at: string;
  readonly line: string;
}

interface Piped {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command with a pipe as standard input, and removes the folder before the last line. */
async function piped(home: Home, args: readonly string[], steps: readonly Step[]): Promise<Piped> {
  const [file, list] = home.command(args);
  const program = spawn(file, list, { cwd: home.root, stdio: 'pipe' });
  const said = { out: '', err: '' };
  const left = [...steps];
  program.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  program.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
    for (let [step] = left; step !== undefined && said.err.includes(step.at); [step] = left) {
      left.shift();
      if (left.length === 0) takeAway(home);
      program.stdin.write(step.line);
      if (left.length === 0) program.stdin.end();
    }
  });
  const code = await new Promise<number | null>(resolve => {
    program.on('close', resolve);
  });
  return { code, ...said };
}

const pipedReflect: readonly Step[] = [
  { at: questions.sit, line: '3\n' },
  { at: 'What happened?', line: `${words}\n\n` },
  { at: questions.kinds, line: '1\n' },
];

describe('with piped input no error quotes an answer', () => {
  test.each<readonly [string, string, readonly Step[], string]>([
    ['reflect', 'open', pipedReflect, words],
    [
      'prep last',
      'open',
      [
        { at: 'How big is it today?', line: '5\n' },
        { at: 'What do you most want them to understand?', line: `${words}\n\n` },
        { at: 'What would help?', line: '1\n' },
      ],
      words,
    ],
    [
      'follow-up last',
      'planned',
      [
        { at: 'Did it come up?', line: '1\n' },
        { at: 'How did they respond?', line: '9\n' },
        { at: 'How big is it now?', line: '3\n' },
      ],
      'Explained it away',
    ],
    [
      'let-go last',
      'open',
      [
        { at: 'Are you ready to let this one go?', line: 'y\n' },
        { at: 'What makes this a good time', line: `8 ${words}\n` },
        { at: 'How big is it today?', line: '3\n' },
      ],
      words,
    ],
  ])('and the file has every answer of %s', async (command, status, steps, said) => {
    const home = openLived(rupture);
    home.run(['mark', 'last', status]);
    const { code, out, err } = await piped(home, command.split(' '), steps);
    const [name = ''] = filesGiven(home);
    expect([code, out]).toEqual([1, '']);
    expect(flat(err)).toContain(flat(join(home.root, 'home', name)));
    expect(readFileSync(join(home.root, 'home', name), 'utf8')).toContain(said);
    expect(err.slice(err.search(gone))).not.toContain(said);
  });

  test('and standard output has the answers if the notes are encrypted', async () => {
    const home = await openSealedHome(rupture, 'An older note.');
    const { code, out, err } = await piped(home, ['reflect'], pipedReflect);
    expect([code, out, filesGiven(home)]).toEqual([1, expect.stringContaining(words), []]);
    expect([err.includes('looked at'), onDisk(home).includes(words)]).toEqual([false, false]);
  });
});
