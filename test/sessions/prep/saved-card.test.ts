import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow, runOpen, seal } from '../../support/sealed.ts';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Line, Place, Ran } from '../../support/world.ts';

// Shows the card of a preparation again, from the moment's file.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
  keep('aaaaaa');
});
afterEach(() => place.remove());

function keep(id: string, status = 'open'): string {
  const path = join(place.folder, `2026-03-05-${id}.md`);
  const front = [
    'rupture: 1',
    `id: ${id}`,
    'session: 2026-03-05',
    `status: ${status}`,
    'title: Late',
    'kinds: [practical]',
    'size: 6',
    'history:',
    `  - 2026-03-05 ${status} 6`,
  ];
  writeFileSync(path, `---\n${front.join('\n')}\n---\n\n# Late\n\n## What happened\n\nThey were late.\n`);
  return path;
}

const cli = (...args: readonly string[]): Promise<Ran> => run(args, { place, input: '' });
const prepared = async (given: object, id = 'aaaaaa'): Promise<string> =>
  (await run(['prep', id, '--answers', '-', '--card', '-'], { place, input: JSON.stringify(given) })).out;
const again = async (id = 'aaaaaa'): Promise<string> => (await cli('show', id, '--card')).out;

const all = {
  how: 'show',
  opening_line: 'Can we go back?\nIt was hard.',
  wanted: "That I don't choose it.",
  want: ['own', 'meant'],
  if_too_much: { other: 'Look out of the window · breathe' },
};

describe('the card of a moment', () => {
  it.each<[string, object]>([
    ['all that can be on it', all],
    ['the first sentence alone', { opening_line: 'Can we go back?' }],
    ['what the person chose', { ...all, on_card: ['wanted', 'if-too-much'] }],
    ['one thing of several', { ...all, on_card: ['opening-line'] }],
    ['the back alone', { ...all, on_card: ['if-too-much'] }],
    ['what is long', { ...all, wanted: 'It goes on and on, and there is more of it. '.repeat(20) }],
    ['what was written in Markdown', { opening_line: '## No heading\n### Nor this', wanted: '- a\n- b' }],
  ])('is shown again unchanged: %s', async (_what, given) => {
    const card = await prepared(given);
    expect(card).not.toBe('');
    expect(await again()).toBe(card);
  });

  it('is the card of the last preparation', async () => {
    await prepared({ opening_line: 'The first one.' });
    const card = await prepared({ opening_line: 'The second one.' });
    expect(await again()).toBe(card);
    expect(card).toBe('The second one.\n');
  });

  it('omits lines that the person removed from it, on a terminal too', async () => {
    const script: readonly Line[] = [
      ['size', skip],
      ['wanted', answer('A private wish.')],
      ['want', answer(['heard'])],
      ['worries', skip],
      ['how', answer('say')],
      ['starter', answer('own')],
      ['opening_line', answer('Can we go back?')],
      ['if_too_much', skip],
      ['on_card', answer(['opening-line'])],
      ['more', answer('done')],
      ['put_on_list', answer(false)],
    ];
    await run(['prep', 'aaaaaa'], { place, script });
    expect(await again()).toBe('Can we go back?\n');
    expect((await cli('show', 'aaaaaa')).out).toContain("### On the card\n\nHow I'll start\n");
  });

  it('contains nothing that is meant for another person', async () => {
    await prepared({ how: 'someone-first', opening_line: 'To my sister: listen?', wanted: 'A wish.' });
    const { out, err, exit } = await cli('show', 'aaaaaa', '--card');
    expect([out, exit]).toEqual(['', 1]);
    expect(err).toContain("There's no card for this one.");
  });

  it('is separate for each of two prepared moments', async () => {
    keep('bbbbbb');
    const [first, second] = [{ opening_line: 'About the first.' }, { opening_line: 'About the second.' }];
    const input = JSON.stringify({ want: ['heard'], aaaaaa: first, bbbbbb: second });
    const both = await run(['prep', 'aaaaaa', 'bbbbbb', '--answers', '-', '--card', '-'], { place, input });
    expect(`${await again('aaaaaa')}\n${await again('bbbbbb')}`).toBe(both.out);
  });

  it('is missing without a preparation, and the suggested command can be pasted', async () => {
    const { out, err, exit } = await cli('show', 'aaa', '--card');
    expect([out, exit]).toEqual(['', 1]);
    const line = "There's no card for this one. rupture prep aaaaaa makes one.";
    expect(err.replace(/\s+/g, ' ').trim()).toBe(line);
  });

  it('shows nothing to say to the therapist for a note that is set aside', async () => {
    keep('cccccc', 'set-aside');
    const { err, exit } = await cli('show', 'cccccc', '--card');
    expect([exit, err.includes('rupture prep')]).toEqual([1, false]);
  });

  it('can be shown again with the suggested command after it was written to a file', async () => {
    const file = join(place.home, 'card.txt');
    const input = JSON.stringify(all);
    const { err } = await run(['prep', 'aaaaaa', '--answers', '-', '--card', file], { place, input });
    const [, pasted = ''] = /To see it again:\nrupture (show .*)\n/.exec(err) ?? [];
    expect(pasted).toBe('show --card aaaaaa');
    expect((await cli(...pasted.split(' '))).out).toBe(readFileSync(file, 'utf8'));
  });

  it('refuses --format', async () => {
    const { err, exit } = await cli('show', 'aaaaaa', '--card', '--format', 'json');
    expect([exit, err]).toEqual([2, expect.stringContaining('--card and --format')]);
  });

  it('leaves the note unchanged, and reads notes of older versions', async () => {
    const path = keep('dddddd');
    const part =
      "## Prepared on 2026-03-08\n\n### How I'll start\n\nCan we go back?\n\n" +
      '### What would help\n\nTo hear what they think their part was · A word of mine\n';
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n${part}`);
    const before = readFileSync(path, 'utf8');
    const card = (await again('dddddd')).replace(/ +/g, ' ');
    expect(card).toBe('Can we go back?\n\nWhat would help To hear you own your part · A word of mine\n');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('is printed to standard output if the folder is encrypted, and leaves no file', async () => {
    const card = await prepared(all);
    await seal(place);
    const before = filesBelow(place.home);
    const ran = await runOpen(['show', 'aaaaaa', '--card'], { place });
    expect(ran.out).toBe(card);
    expect(filesBelow(place.home)).toEqual(before);
  });
});
