import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spellOut } from '../../../src/core/command-line/command-line.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const piped = (...args: readonly string[]): Promise<Ran> => run(args, { place, input: '' });

describe('a misspelled command line', () => {
  it.each([
    ['help reflect', 'reflect --help'],
    ['-h reflect', 'reflect --help'],
    ['--help trash restore', 'trash restore --help'],
    ['--folder f help list', '--folder f list --help'],
    ['help', '--help'],
    ['-h', '-h'],
    ['ls --limit 3', 'list --limit 3'],
    ['--plain CAT last', '--plain show last'],
    ['help ls', 'list --help'],
    ['search ls', 'search ls'],
    ['reflect -m new', 'reflect -m new'],
    ['', ''],
    ['toString', 'tostring'],
    ['List --limit 3', 'list --limit 3'],
    ['LS', 'list'],
  ])('%j', (typed, whole) => {
    const words = (text: string): readonly string[] => text.split(' ').filter(Boolean);
    expect(spellOut(words(typed))).toEqual(words(whole));
  });
});

describe('help', () => {
  it.each([
    ['help', 'nosuch'],
    ['-h', 'nosuch'],
    ['nosuch', '--help'],
    ['help', 'trash', 'nosuch'],
    ['trash', 'nosuch', '-h'],
  ])('%s %s %s is misuse', async (...args) => {
    const ran = await piped(...args.filter(arg => typeof arg === 'string'));
    expect([ran.exit, ran.out, ran.err]).toEqual([2, '', expect.stringContaining('nosuch”')]);
  });

  it('names the nearest command', async () => {
    expect((await piped('help', 'reflct')).err).toContain('Did you mean rupture reflect?');
  });

  it('for a command is the same with every way to ask for it', async () => {
    const { out } = await piped('reflect', '--help');
    expect(out).toContain('Usage: rupture reflect');
    for (const args of [
      ['-h', 'reflect'],
      ['help', 'reflect'],
      ['help', 'new'],
    ])
      expect(await piped(...args)).toMatchObject({ exit: 0, out });
  });
});

describe('words that people try', () => {
  it.each([
    ['status', 'summary'],
    ['ls', 'list'],
    ['find', 'search'],
    ['new', 'reflect'],
    ['add', 'reflect'],
    ['view', 'show'],
    ['sos', 'help-now'],
  ])('%s is %s', async (word, command) => {
    expect((await piped(word, '--help')).out).toBe((await piped(command, '--help')).out);
  });

  it.each([
    ['today', 'rupture reflect'],
    ['rm', 'rupture delete'],
    ['done', 'rupture mark'],
    ['restore', 'rupture trash restore'],
    ['Log', 'rupture list'],
  ])('%s changes nothing and says what to type', async (word, line) => {
    const ran = await piped(word, 'k3f');
    expect([ran.exit, ran.out, ran.err]).toEqual([2, '', expect.stringContaining(line)]);
  });

  it('add with a text says how to save it', async () => {
    const ran = await piped('add', 'They', 'were', 'late');
    expect([ran.exit, ran.err.includes('-m'), ran.err.includes('late')]).toEqual([2, true, false]);
  });

  it('stay out of help and completion', async () => {
    expect((await piped('--help')).out).not.toMatch(/^ {2}(?:new|ls|status|cat)\b/m);
    expect((await piped('__complete', 'bash', '')).out).not.toMatch(/^(?:new|ls|status|cat)$/m);
  });
});
