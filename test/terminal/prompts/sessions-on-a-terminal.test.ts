import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBench } from '../on-terminal.ts';
import type { Asking, Bench } from '../on-terminal.ts';
import { startPty } from '../../support/pty.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.remove());

const down = '\u001b[B';
const up = '\u001b[A';
const pasteOf = (text: string): string => `\u001b[200~${text}\u001b[201~`;
/** Expects a restored terminal, with none of our modes on. */
function isGivenBack({ pty }: Asking): boolean {
  const raw = pty.raw();
  return (
    raw.lastIndexOf('\u001b[?2004l') > raw.lastIndexOf('\u001b[?2004h') &&
    !raw.includes('\u001b[?25l') &&
    !raw.includes('\u001b[?1049h')
  );
}
const counted = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Zeile ${index + 1} über 漢字 und 👨‍👩‍👧.`).join('\n');

const editor = (name: string, script: string): string => {
  const path = join(bench.folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
};
const openEditor = async (command: string): Promise<Asking> => {
  const asking = bench.ask(['what'], { env: { EDITOR: command } });
  await asking.pty.waitFor('What happened?');
  asking.pty.write('typed');
  await asking.pty.waitFor('│ typed');
  asking.pty.write('\u000f');
  return asking;
};
const left = (): string[] => readdirSync(bench.folder).filter(name => name.startsWith('rupture-'));
const run = (line: string): { out: string; err: string } => {
  const { stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${line}; echo "status $?" >&2`], {
    encoding: 'utf8',
    env: { ...process.env, P: `${process.execPath} ${join(bench.folder, 'writing.js')}` },
  });
  return { out: stdout, err: stderr };
};

describe('a conversation on a terminal', () => {
  test('asks one question after the other, and shrinks each to a line', async () => {
    const asking = bench.ask(['sit', 'what', 'kinds', 'size', 'keep']);
    const { pty } = asking;
    await pty.waitFor('› Mostly good');
    pty.write(down);
    await pty.waitFor('› Some good, some hard');
    pty.write(down);
    await pty.waitFor('› Something is bothering me');
    pty.write('\r');
    await pty.waitFor('What happened? Only');
    pty.write('I told them about my sister.\r');
    await pty.waitFor('sister.\n  │\n');
    pty.write('\r');
    await pty.waitFor('› ◯ They misunderstood me');
    pty.write(' ');
    await pty.waitFor('1 of 3');
    pty.write('\r');
    await pty.waitFor('Nothing chosen yet');
    pty.write('7');
    await pty.waitFor('7, between');
    pty.write('\r');
    await pty.waitFor('› Keep');
    pty.write('\r');
    await pty.exited;
    expect(pty.screen()).toBe(`
  Tab skips · Shift-Tab goes back · help shows people to reach
  Ctrl-C keeps a draft

  How was it with your therapist?   Something is bothering me
  What happened?   I told them about my sister.
  Which of these is closest?   They misunderstood me
  How big is it for you right now?   7
  Keep it?   Keep

  It is written down.`);
    expect(asking.answers()).toEqual(['bothered', 'I told them about my sister.', ['misread'], 7, 'keep']);
    expect(isGivenBack(asking)).toBe(true);
  });

  test('letters typed between questions go to the next question, and no Enter ends it', async () => {
    const gate = join(bench.folder, 'gate-ahead');
    const asking = bench.ask(['sit', 'what'], { env: { GATE: gate } });
    const { pty } = asking;
    await pty.waitFor('› Mostly good');
    pty.write('\r');
    await pty.waitUntil(() => asking.answers().length === 1, 'the first answer');
    pty.write('\r\rSpäter, 漢字\r');
    await pty.waitFor('漢字');
    writeFileSync(gate, '');
    await pty.waitFor('│ Später, 漢字');
    pty.write('und');
    await pty.waitFor('漢字 und');
    pty.write('\u0004');
    await pty.exited;
    expect(asking.answers()).toEqual(['fine', 'Später, 漢字 und']);
  });

  test('without colour there is no colour code', async () => {
    const { pty } = bench.ask(['sit']);
    await pty.waitFor('› Mostly good');
    pty.write('\r');
    await pty.exited;
    expect(pty.raw()).not.toMatch(/\u001b\[[\d;]*m/);
  });

  test('with colour only the accent, bold and faint are used', async () => {
    const { pty } = bench.ask(['sit'], { env: { COLOUR: '1' } });
    await pty.waitFor('› Mostly good');
    pty.write('\r');
    await pty.exited;
    expect(new Set(pty.raw().match(/\u001b\[[\d;]*m/g))).toEqual(
      new Set(['\u001b[36m', '\u001b[39m', '\u001b[1m', '\u001b[22m', '\u001b[2m']),
    );
  });

  test('Shift-Tab goes back and Ctrl-D finishes', async () => {
    const asking = bench.ask(['what', 'size']);
    await asking.pty.waitFor('What happened?');
    asking.pty.write('\u001b[Z');
    await asking.pty.waitFor('How big');
    asking.pty.write('\u0004');
    await asking.pty.exited;
    expect(
      asking
        .replies()
        .map(response => response['is'])
        .filter(Boolean),
    ).toEqual(['back', 'finish']);
  });
});

describe('what a terminal sends by itself', () => {
  const replies = [
    '\u001b]11;rgb:1e1e/1e1e/2e2e\u001b\\',
    '\u001b[?62;22c',
    '\u001b[<0;10;5M',
    '\u001b[24;80R',
    '\u001bP1$r0m\u001b\\',
  ];
  test('is not part of a text, and Shift-Enter begins a new line', async () => {
    const asking = bench.ask(['what', 'sit']);
    await asking.pty.waitFor('What happened?');
    asking.pty.write('one');
    for (const response of replies) asking.pty.write(response);
    for (const enter of ['\u001b[27;2;13~', '\u001b[13;2u', '\u001b\r']) asking.pty.write(`${enter}more`);
    await asking.pty.waitFor('│ one\n  │ more\n  │ more\n  │ more\n');
    // An empty line by Shift-Enter does not end the text.
    asking.pty.write(`\u001b[13;2u\u001b[13;2uend${replies.join('')}`);
    await asking.pty.waitFor('│ end');
    asking.pty.write('\u0004');
    await asking.pty.waitFor('› Mostly good');
    asking.pty.write(`${replies.join('')}\r`);
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['one\nmore\nmore\nmore\n\nend', 'fine']);
  });
});

test.each([
  ['Ctrl-Y', '\u0019'],
  ['Ctrl-_', '\u001f'],
  ['Ctrl-_ of kitty', '\u001b[45:95;6u'],
  ['Ctrl-Y of xterm', '\u001b[27;5;121~'],
])('%s brings back what Ctrl-U deleted', async (_, sent) => {
  const asking = bench.ask(['what']);
  await asking.pty.waitFor('What happened?');
  asking.pty.write('They looked away');
  await asking.pty.waitFor('│ They looked away');
  asking.pty.write('\u0015');
  await asking.pty.waitFor('Ctrl-Y brings that back.');
  asking.pty.write(sent);
  await asking.pty.waitFor('│ They looked away');
  asking.pty.write('\u0004');
  await asking.pty.exited;
  expect(asking.answers()).toEqual(['They looked away']);
});

test('help alone in plain mode shows people to reach, and the text is asked for again', async () => {
  const asking = bench.ask(['what'], { env: { PLAIN: '1' } });
  await asking.pty.waitFor(/\n>$/);
  asking.pty.write('help\r');
  await asking.pty.waitFor(/Please reach a person now\.[^]*What happened\?[^]*\n>$/);
  asking.pty.write('They sighed.\r');
  await asking.pty.waitFor(/They sighed\.\s+>$/);
  asking.pty.write('\r');
  await asking.pty.exited;
  expect(asking.answers()).toEqual(['They sighed.']);
});

describe('pasted text', () => {
  test('twenty thousand characters arrive whole in one answer, the next question untouched', async () => {
    const text = `${counted(900).slice(0, 20_000)}\n\nEnd.`;
    const asking = bench.ask(['what', 'sit']);
    await asking.pty.waitFor('What happened?');
    asking.pty.write(pasteOf(text.replaceAll('\n', '\r')));
    await asking.pty.waitFor('│ End.');
    asking.pty.write('\u0004');
    await asking.pty.waitFor('› Mostly good');
    asking.pty.write('\r');
    await asking.pty.exited;
    expect(asking.answers()).toEqual([text, 'fine']);
  });

  test('loses no line on a terminal that does not bracket pastes', async () => {
    const asking = bench.ask(['what']);
    await asking.pty.waitFor('What happened?');
    asking.pty.write('one\r\rtwo\ttabbed\r\rthree');
    await asking.pty.waitFor('│ three');
    asking.pty.write('\u0004');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['one\n\ntwo\ttabbed\n\nthree']);
  });

  test('a paste on a choice appears below it and answers nothing', async () => {
    const asking = bench.ask(['sit']);
    await asking.pty.waitFor('› Mostly good');
    asking.pty.write(pasteOf('two\rlines\r'));
    await asking.pty.waitFor('│ two\n  │ lines\n  This question takes a choice');
    asking.pty.write('\r');
    await asking.pty.waitFor('Esc clears what you typed.');
    asking.pty.write('\u001b');
    await asking.pty.waitFor('› Mostly good');
    asking.pty.write('\r');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['fine']);
  });
});

describe.each([
  [80, 24],
  [40, 12],
])('a long text at %i by %i', (columns, rows) => {
  test('a key writes at most a screen, and never rewrites lines that scrolled away', async () => {
    const asking = bench.ask(['what'], { columns, rows });
    const { pty } = asking;
    await pty.waitFor('What happened?');
    pty.write(pasteOf(counted(200)));
    await pty.waitFor('Zeile 200');
    const scrolled = pty.scrolled();
    const before = pty.raw().length;
    for (const key of ['x', 'y', up, up, '\u001b[H', 'z', '\u007f', '\r', up]) {
      const seen = pty.raw().length;
      pty.write(key);
      await pty.waitUntil(() => pty.raw().length > seen, 'a drawing');
    }
    expect(pty.scrolled()).toBe(scrolled);
    expect(pty.raw().length - before).toBeLessThan(9 * columns * rows * 2);
    expect(pty.screen().split('Tab skips').length).toBe(2);
    pty.write('\u0003');
    await pty.exited;
  });

  test('a resize leaves a single question in place', async () => {
    const asking = bench.ask(['what'], { columns, rows });
    const { pty } = asking;
    await pty.waitFor('What happened?');
    pty.write('They said I like being needed and moved on, and I went quiet.');
    await pty.waitFor('quiet.');
    for (const [wide, high] of [
      [columns - 8, rows],
      [columns + 8, rows],
      [columns, rows],
    ] as const) {
      const seen = pty.raw().length;
      pty.resize(wide, high);
      await pty.waitUntil(() => pty.raw().length > seen, 'a drawing');
      await pty.waitUntil(
        screen => screen.includes('quiet.') && screen.split('What happened?').length === 2,
        'one question',
      );
    }
    const scrolled = pty.scrolled();
    pty.write(' Then');
    await pty.waitFor('Then');
    expect(pty.scrolled()).toBe(scrolled);
    pty.write('\u0004');
    await pty.exited;
    expect(asking.answers()).toEqual(['They said I like being needed and moved on, and I went quiet. Then']);
  });
});

describe('endings', () => {
  test.each([
    ['Ctrl-C', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGHUP'],
  ])('%s saves the unfinished text and restores the terminal', async (how, ending) => {
    const asking = bench.ask(['what']);
    const { pty } = asking;
    await pty.waitFor('What happened?');
    pty.write('half a thought');
    await pty.waitFor('half a thought');
    if (how === 'Ctrl-C') pty.write('\u0003');
    else process.kill(pty.pid, how);
    expect((await pty.exited).code).toBe(130);
    expect(asking.replies()).toContainEqual({ typing: 'half a thought' });
    expect(asking.replies()).toContainEqual({ cancelled: ending });
    expect(isGivenBack(asking)).toBe(true);
  });

  test('saves the draft in a pause of typing', async () => {
    const asking = bench.ask(['what']);
    await asking.pty.waitFor('What happened?');
    asking.pty.write('a first thought');
    await asking.pty.waitUntil(() => asking.replies().length > 0, 'the half-typed text');
    expect(asking.replies()).toEqual([{ typing: 'a first thought' }]);
    process.kill(asking.pty.pid, 'SIGKILL');
    await asking.pty.exited;
  });

  test('saves the draft while a person types without a pause', async () => {
    const asking = bench.ask(['what']);
    await asking.pty.waitFor('What happened?');
    const typist = setInterval(() => asking.pty.write('a'), 100);
    await asking.pty.waitUntil(() => asking.replies().length > 1, 'two half-typed texts');
    clearInterval(typist);
    expect(asking.replies()[0]?.['typing']).toMatch(/^a+$/);
    process.kill(asking.pty.pid, 'SIGKILL');
    await asking.pty.exited;
  });

  test('a closed terminal saves the unfinished text', async () => {
    const asking = bench.ask(['what']);
    await asking.pty.waitFor('What happened?');
    asking.pty.write('half a thought');
    await asking.pty.waitFor('half a thought');
    asking.pty.hangUp();
    await asking.pty.waitUntil(() => asking.replies().length > 1, 'the ending');
    expect(asking.replies()).toEqual([{ typing: 'half a thought' }, { cancelled: 'SIGHUP' }]);
  });
});

test('Ctrl-Z returns the terminal to the shell, and the question returns afterwards', async () => {
  const replies = join(bench.folder, 'replies-shell');
  writeFileSync(replies, '');
  const pty = startPty('bash', ['--norc', '--noprofile', '-i'], {
    env: { PS1: 'shell> ', REPLIES: replies, WORDS: bench.words },
  });
  await pty.waitFor('shell>');
  // A wrapping script, like npx.
  pty.write(`sh -c '"${process.execPath}" ${bench.program} what; true'\r`);
  await pty.waitFor('What happened?');
  pty.write('half a thought');
  await pty.waitFor('│ half a thought');
  pty.write('\u001a');
  await pty.waitFor(/Stopped[^]*shell>/);
  expect(readFileSync(replies, 'utf8')).toContain('{"typing":"half a thought"}');
  pty.write('fg\r');
  await pty.waitFor(/Stopped[^]*│ half a thought/);
  pty.write(', and more');
  await pty.waitFor('half a thought, and more');
  pty.write('\u0004');
  await pty.waitFor('It is written down.');
  pty.write('exit\r');
  await pty.exited;
  expect(readFileSync(replies, 'utf8')).toContain('{"is":"answer","answer":"half a thought, and more"}');
});

test('Ctrl-Z without a shell to return to leaves the question unchanged', async () => {
  // The only program of its terminal: the system does not stop it.
  const asking = bench.ask(['sit']);
  await asking.pty.waitFor('› Mostly good');
  asking.pty.write('\u001a');
  await asking.pty.waitUntil(
    () => asking.pty.raw().split('\u001b[?2004h').length === 3,
    'the question once more',
  );
  asking.pty.write(down);
  await asking.pty.waitFor('› Some good, some hard');
  asking.pty.write('\r');
  await asking.pty.exited;
  expect(asking.answers()).toEqual(['mixed']);
});

test('a run that ends while stopped does not touch the terminal again', async () => {
  const asking = bench.ask(['sit'], { env: { WOKEN: 'too-late' } });
  await asking.pty.waitFor('› Mostly good');
  asking.pty.write('\u001a');
  await asking.pty.waitUntil(() => asking.pty.raw().includes('\u001b[?2004l'), 'the terminal given back');
  asking.pty.write('\u0003');
  expect((await asking.pty.exited).code).toBe(130);
  expect(asking.pty.raw().split('\u001b[?2004h').length).toBe(2);
});

describe('the editor', () => {
  test('gets the text in a private file, returns its text and leaves nothing', async () => {
    const asking = await openEditor(
      `${editor('good', 'ls -l "$2" >&2; ls -ld "$(dirname "$2")" >&2; echo "  and edited with $1" >> "$2"')} 'an argument'`,
    );
    await asking.pty.waitFor('│   and edited with an argument');
    expect(asking.pty.screen()).toContain('-rw-------');
    expect(asking.pty.screen()).toContain('drwx------');
    asking.pty.write('\u0004');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['typed\n  and edited with an argument']);
    expect(left()).toEqual([]);
  });

  test.each([
    ['ends badly', 'exit 1', 'The editor ended with 1. The text is as it was before.', 0],
    ['is killed', 'kill -9 $$', 'The editor was ended, and nothing was changed.', 0],
    ['removes the file', 'rm "$1"', 'The editor left no text behind. Nothing was changed.', 0],
    [
      'writes and ends badly',
      'echo more >> "$1"; exit 1',
      'The editor ended with 1. What it had saved is kept in',
      1,
    ],
    [
      'writes and is killed',
      'echo more >> "$1"; kill -9 $$',
      'The editor was ended. What it had saved is kept in',
      1,
    ],
    ['saves beside it and is killed', 'echo more > "$1.save"; kill -9 $$', /is kept in[^]*text\.md\.save/, 1],
    ['gives back other bytes', String.raw`printf '\377\376' > "$1"`, 'What came back is not UTF-8 text.', 1],
  ])('that %s loses nothing', async (name, script, sentence, kept) => {
    const before = left().length;
    const asking = await openEditor(editor(name.replaceAll(' ', '-'), script));
    await asking.pty.waitFor(sentence);
    asking.pty.write('\u0004');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['typed']);
    expect(left()).toHaveLength(before + kept);
  });

  test('that is open when a signal comes loses nothing', async () => {
    const asking = await openEditor(
      editor(
        'slow',
        'echo open >&2; while [ ! -e "$(dirname "$0")/signalled" ]; do sleep 0.05; done; echo "and saved" >> "$1"',
      ),
    );
    await asking.pty.waitFor('open');
    process.kill(asking.pty.pid, 'SIGTERM');
    writeFileSync(join(bench.folder, 'signalled'), '');
    expect((await asking.pty.exited).code).toBe(130);
    expect(asking.replies().slice(-2)).toEqual([{ typing: 'typed\nand saved' }, { cancelled: 'SIGTERM' }]);
  });

  test('that does not exist is named', async () => {
    const asking = await openEditor('/no/such/editor');
    await asking.pty.waitFor('The editor could not be started: /no/such/editor.');
    asking.pty.write('\u0004');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['typed']);
  });

  test('that must not be opened says why, and the typed text stays', async () => {
    const asking = bench.ask(['what'], { env: { NOWHERE: '1' } });
    await asking.pty.waitFor('What happened?');
    asking.pty.write('typed');
    await asking.pty.waitFor('│ typed');
    asking.pty.write('\u000f');
    await asking.pty.waitFor('Line 1 of standard input is not UTF-8 text.');
    asking.pty.write(' more');
    await asking.pty.waitFor('│ typed more');
    asking.pty.write('\u0004');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['typed more']);
  });
});

describe('plain mode on a terminal', () => {
  const plain = { env: { PLAIN: '1' } };

  test('asks line by line, without cursor codes', async () => {
    const asking = bench.ask(['sit', 'what'], plain);
    const { pty } = asking;
    await pty.waitFor(/One number\.\n>/);
    pty.write('2\r');
    await pty.waitFor(/An empty line ends\.\n>/);
    pty.write('They said something.\r');
    await pty.waitFor(/something\.\n>/);
    pty.write('\r');
    expect((await pty.exited).code).toBe(0);
    expect(asking.answers()).toEqual(['mixed', 'They said something.']);
    expect(pty.raw()).not.toContain('\u001b');
  });

  test('a paste with a blank line is one answer', async () => {
    const asking = bench.ask(['what', 'sit'], plain);
    await asking.pty.waitFor(/ends\.\n>/);
    asking.pty.write('one\r\rtwo\r');
    await asking.pty.waitFor(/two\n>/);
    asking.pty.write('\r');
    await asking.pty.waitFor(/One number\.\n>/);
    asking.pty.write('1\r');
    await asking.pty.exited;
    expect(asking.answers()).toEqual(['one\n\ntwo', 'fine']);
  });

  test('Ctrl-C keeps the lines that were typed', async () => {
    const asking = bench.ask(['what'], plain);
    await asking.pty.waitFor(/ends\.\n>/);
    asking.pty.write('half a thought\r');
    await asking.pty.waitFor(/thought\n>/);
    asking.pty.write('\u0003');
    expect((await asking.pty.exited).code).toBe(130);
    expect(asking.replies()).toContainEqual({ typing: 'half a thought' });
    expect(asking.replies()).toContainEqual({ cancelled: 'SIGINT' });
  });

  test('Ctrl-D on an empty line finishes', async () => {
    const asking = bench.ask(['what'], plain);
    await asking.pty.waitFor(/ends\.\n>/);
    asking.pty.write('\u0004');
    expect((await asking.pty.exited).code).toBe(0);
    expect(asking.replies()).toEqual([{ is: 'finish' }]);
  });
});

describe('a pipe', () => {
  test('gets a hundred megabytes completely', () => {
    const { out, err } = run('$P 100 | wc -c');
    expect(Number(out)).toBe(100 * 1024 * 1024);
    expect(err).toBe('status 0\n');
  });
  test('that closes early ends the program quietly', () => {
    const { out, err } = run('$P 100 | head -1');
    expect(out).toBe(`${'x'.repeat(1023)}\n`);
    expect(err).toBe('broken\nstatus 0\n');
  });
  test.skipIf(process.platform !== 'linux')('on a full disk is told and fails', () =>
    expect(run('$P 1 > /dev/full').err).toMatch(/^failed .*ENOSPC.*\nstatus 1\n$/),
  );
});
