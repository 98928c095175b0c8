import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/program.ts';
import { Exit } from '../../../src/errors.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const go = (args: readonly string[], input = ''): Promise<Ran> => run(args, { place, input });

const notes = (): readonly string[] => readdirSync(place.folder).filter(name => name.endsWith('.md'));
const note = (): string => readFileSync(join(place.folder, notes()[0] ?? ''), 'utf8');

function write(id: string, front: string): void {
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(
    join(place.folder, `2026-03-01-${id}.md`),
    `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\n${front}---\n`,
  );
}

/** Every flag with a value, as a command line that gives it twice. */
function twiceGiven(): readonly (readonly string[])[] {
  const program = buildProgram({
    words: key => key,
    version: '1',
    width: 80,
    print: () => {},
    demo: { run: () => Promise.resolve(Exit.done) },
    run: () => Promise.resolve(),
  });
  const lines = (command: typeof program, names: readonly string[]): readonly (readonly string[])[] => [
    ...command.options
      .filter(({ required, optional }) => required || optional)
      .map(({ long = '' }) => [...names, long, '1', long, '2']),
    ...command.commands.flatMap(inner => lines(inner, [...names, inner.name()])),
  ];
  return lines(program, []);
}

const lists = ['-m', '--message', '--note', '--status', '--kind', '--feeling', '--tag'];

describe('a flag given twice', () => {
  it.each(
    twiceGiven()
      .filter(line => !lists.includes(line.at(-2) ?? ''))
      .map(line => [line.join(' '), line] as const),
  )('is misuse: %s', async (_line, line) => {
    const { exit, err } = await go(line);
    expect(exit).toBe(Exit.misused);
    expect(err).toContain(`${line.at(-2)} is there twice, and takes one value.`);
  });

  it('is misuse anywhere on the line, also for global flags', async () => {
    for (const line of [
      '--folder a list --folder b',
      '--folder=a list --folder=b',
      'list --limit=1 --limit 2',
      'demo list --limit 1 --limit 2',
    ]) {
      expect([line, (await go(line.split(' '))).exit]).toEqual([line, Exit.misused]);
    }
    expect((await go(['reflect', '--more', 'a', '--more'])).exit).toBe(Exit.misused);
    expect((await go(['list', '--plain', '--plain', '--no-color', '--no-color'])).exit).toBe(Exit.done);
  });

  it('makes paragraphs of repeated -m and --note', async () => {
    expect(
      (
        await go([
          'reflect',
          '-m',
          'They looked at the clock.',
          '--message',
          'I said nothing.\r\n',
          '-m',
          ' ',
        ])
      ).exit,
    ).toBe(Exit.done);
    expect(note()).toMatch(/## What happened\n\nThey looked at the clock\.\n\nI said nothing\.\n$/);
    expect(
      (await go(['mark', 'last', 'raised', '--note', 'First.', '--note', '-'], 'From a pipe.\n')).exit,
    ).toBe(Exit.done);
    expect(note()).toMatch(/## Note on 2026-03-12\n\nFirst\.\n\nFrom a pipe\.\n$/);
  });

  it('reads standard input once, and writes nothing if it is named twice', async () => {
    for (const line of [
      ['reflect', '-m', '-', '-m', '-'],
      ['mark', 'last', 'raised', '--note', '-', '--note', '-'],
    ]) {
      const { exit, err } = await go(line, 'Typed.');
      expect([exit, err]).toEqual([Exit.misused, expect.stringContaining('standard input can be read once')]);
    }
    expect(existsSync(place.folder)).toBe(false);
  });

  it('adds to a list, as commas do', async () => {
    write('aaaaaa', 'status: open\nkinds: [joke]\nfeelings: [small]\n');
    write('bbbbbb', 'status: raised\nkinds: [misread]\nfeelings: [angry]\n');
    write('cccccc', 'status: eased\nkinds: [forgot]\nfeelings: [hurt]\n');
    const ids = async (line: string): Promise<readonly string[]> =>
      (await go([...line.split(' '), '--format', 'json'])).out.match(/"id": "(\w+)"/g)?.sort() ?? [];
    for (const line of [
      'list --kind joke --kind misread',
      'list --kind joke,misread',
      'list --feeling small --feeling angry',
      'list --status open --status raised',
      'summary --status open --status raised',
    ])
      expect([line, ...(await ids(line))]).toEqual([line, '"id": "aaaaaa"', '"id": "bbbbbb"']);
    expect((await go(['list', '--kind', 'joke', '--kind', 'nope'])).exit).toBe(Exit.misused);
  });
});

it('prepares a moment once that is named twice', async () => {
  write('aaaaaa', 'status: open\ntitle: They moved on\n');
  const { exit, out } = await go(['prep', 'aaaaaa', 'last', '--answers', '-'], 'how: say\n');
  expect([exit, out.trim().split('\n').length]).toEqual([Exit.done, 1]);
  expect(note().match(/## Prepared/g)).toHaveLength(1);
});
