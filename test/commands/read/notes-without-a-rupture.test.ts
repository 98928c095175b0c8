import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

// A person's own sequence with `unresolved: false`: its notes are saved, found and shown, but on no list.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(join(place.folder, 'templates'), { recursive: true, mode: 0o700 });
});
afterEach(() => place.remove());

const gratitude = `template: 1
name: gratitude
language: en
unresolved: false
steps:
  - {ask: warmth, kind: scale, words: How warm was the day?, heading: Warmth}
  - {ask: thankful_for, kind: text, words: What are you thankful for?, heading: Thankful for}
  - {ask: company, kind: select, words: With?, heading: With, options: [{key: alone, label: On my own}]}
`;

function write(text: string, name = 'gratitude'): string {
  const path = join(place.folder, 'templates', `${name}.yaml`);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const cli = (...args: readonly string[]): Promise<Ran> => run(args, { place, input: '' });
let made = 0;
/** Saves the answers, each note with a new id. */
function reflect(answers: string, ...flags: readonly string[]): Promise<Ran> {
  made += 1;
  return run(['reflect', ...flags, '--answers', '-'], { place, input: answers, chance: seededChance(made) });
}
const keep = (answers: string): Promise<Ran> => reflect(answers, '--template', 'gratitude');

describe('a note that is no hard moment', () => {
  beforeEach(() => write(gratitude));

  it('has its first answer as its title, no status, no history, and an accurate closing line', async () => {
    const ran = await run(['reflect', '--template', 'gratitude'], {
      place,
      script: [
        ['ok', answer(true)],
        ['warmth', answer(7)],
        ['thankful_for', answer('The plum tree is in bloom. It smells.')],
        ['company', skip],
      ],
    });
    const text = readFileSync(ran.out.trim(), 'utf8');
    expect(text).toContain('\ntitle: The plum tree is in bloom\n');
    expect(text).toContain('\ntemplate: gratitude\n');
    expect(text).not.toMatch(/^(status|history):/m);
    expect(ran.said.at(-1)).toBe("It's saved.");
  });

  it('takes the label of a pick as its title where that comes first', async () => {
    await keep('company: alone\n');
    expect((await cli('list', '--format', 'plain')).out).toContain('On my own');
  });

  it('is on no list of unresolved moments, and no command continues it', async () => {
    await keep('thankful_for: The plum tree is in bloom\n');
    expect((await cli('summary', '--count')).out.trim()).toBe('0');
    expect((await cli('summary')).err).toContain("There's nothing on your list");
    for (const command of ['prep', 'follow-up', 'let-go']) {
      const { out, err, exit } = await cli(command);
      expect([exit, out]).toEqual([0, '']);
      expect(err).not.toContain('plum');
    }
    const home = await run([], { place, script: [], outIsTerminal: true });
    expect(home.out).toContain("There's nothing on your list.");
    expect(home.out).not.toContain('last session');
  });

  it('is no session and no moment in patterns', async () => {
    for (const day of ['01', '02', '03']) {
      const hard = 'sit: bothered\nwhat: They were late\nkinds: [practical]\nfeelings: [hurt]\n';
      await reflect(hard, '--date', `2026-03-${day}`);
    }
    await keep('thankful_for: The plum tree\n');
    const { out } = await cli('patterns', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ moments: 3, sessions: 3 });
  });

  it('is in list, search, show and the exports, with an honest status', async () => {
    await keep('thankful_for: The plum tree is in bloom\n');
    expect((await cli('list', '--format', 'plain')).out).toMatch(/plum tree.*No hard moment/);
    expect((await cli('search', 'plum')).out).toContain('plum');
    expect((await cli('show', 'last')).out).toContain('## Thankful for\n\nThe plum tree is in bloom');
    for (const format of ['json', 'csv', 'markdown', 'html']) {
      const { out } = await cli('export', format);
      expect(out).toContain('plum');
      expect(out).not.toMatch(/Kept for now|\bopen\b(?!\s*[{>:-])/);
    }
    expect((await cli('list', '--format', 'tasks')).out.trim()).toBe('');
    expect((await cli('doctor')).exit).toBe(0);
  });

  it('has the status that an answer gives it, or mark', async () => {
    write(`${gratitude}  - use: reflect/next\n`);
    await keep('thankful_for: The plum tree\nnext: planned\n');
    expect((await cli('summary', '--format', 'plain')).out).toContain('The plum tree');
    const id = /(\w+)\.md$/.exec((await keep('thankful_for: The pear tree\n')).out.trim())?.[1] ?? '';
    await cli('mark', id, 'planned');
    expect((await cli('summary', '--count')).out.trim()).toBe('2');
  });

  it.each<[string, string, string]>([
    ['planned', '1', 'history:\n  - 2026-03-12 planned\n'],
    ['not-sure', '0', 'next: not-sure\n'],
  ])('has a status where more is added and an answer gives one: %s', async (next, count, kept) => {
    await keep('thankful_for: The plum tree\n');
    await run(['reflect', '--more', 'last'], {
      place,
      replyTo: ({ id }) => {
        if (id === 'preview') return answer('keep');
        return id === 'next' ? answer(next) : skip;
      },
    });
    expect((await cli('summary', '--count')).out.trim()).toBe(count);
    expect((await cli('show', 'last')).out).toContain(kept);
  });

  it('is kept apart under another name if the safety questions lead there', async () => {
    write(`${gratitude}  - use: reflect/kinds\n`);
    const ran = await keep('kinds: [line]\nline_kinds: [touch]\nsafety_step: done\n');
    const text = readFileSync(ran.out.trim(), 'utf8');
    expect(text).toContain('status: set-aside');
    expect(text).not.toMatch(/title:.*[Tt]ouch/);
  });

  it('leaves a sequence without that line as it was', async () => {
    write(gratitude.replace('unresolved: false\n', ''));
    await keep('thankful_for: The plum tree\n');
    expect((await cli('summary', '--count')).out.trim()).toBe('1');
  });
});

describe('the line unresolved', () => {
  const wrong = ['no', '"false"', '0', '[false]', '', 'never'];
  it.each(wrong)('with %s is refused with its file and line', async value => {
    const path = write(gratitude.replace('unresolved: false', `unresolved: ${value}`));
    const { out, exit } = await cli('templates', 'check', path);
    expect(exit).toBe(1);
    expect(out.replace(/\s+/g, ' ')).toBe(
      `${path}, line 4: unresolved is true or false. ` +
        'Write `unresolved: false` for notes that are no hard moment, or leave the line out. ',
    );
    const { err } = await keep('thankful_for: The plum tree\n');
    expect(err.replace(/\s+/g, ' ')).toContain('line 4: unresolved is true or false.');
  });

  it('is a key of whole sequences, and of nothing that is added to ours', async () => {
    const path = write('extends: reflect\nunresolved: false\nadd: []\n', 'reflect');
    expect((await cli('templates', 'check', path)).out).toContain('line 2');
  });
});

describe('rupture templates check', () => {
  it("takes the name of one of one's own, and says what is wrong with file and line", async () => {
    const path = write(gratitude);
    const right = await cli('templates', 'check', 'gratitude');
    expect([right.exit, right.out.replace(/\s+/g, ' ')]).toEqual([0, `${path} is right: 3 questions. `]);
    write(gratitude.replace('kind: text', 'kind: txt'));
    const wrong = await cli('templates', 'check', 'gratitude');
    expect([wrong.exit, wrong.out]).toEqual([1, expect.stringMatching(/gratitude\.yaml,\s+line 7/)]);
  });

  it('takes a file as before, in this folder too', async () => {
    writeFileSync(join(place.home, 'draft.yaml'), gratitude);
    writeFileSync(join(place.home, 'bare'), gratitude);
    for (const file of ['draft.yaml', 'bare', join(place.home, 'draft.yaml')]) {
      expect((await cli('templates', 'check', file)).exit).toBe(0);
    }
  });

  it('says which are there where the name is of none, and takes one of ours', async () => {
    write(gratitude);
    const { err, exit } = await cli('templates', 'check', 'gratitud');
    expect(exit).toBe(2);
    const told = err.replace(/\s+/g, ' ');
    expect(told).toContain('There is no template called “gratitud”. The templates: gratitude');
    expect((await cli('templates', 'check', 'let-go')).exit).toBe(0);
    expect((await cli('templates', 'check', './gratitude.yaml')).err).toContain('gratitude.yaml');
  });

  it('names a sequence that has the name of one of ours', async () => {
    write(gratitude, 'safety');
    expect((await cli('templates', 'check', 'safety')).out).toContain('is one of ours');
  });
});

describe('a shell that completes rupture templates check', () => {
  const completed = async (...words: readonly string[]): Promise<string> =>
    (await cli('__complete', 'zsh', ...words)).out;

  it("is given the names of one's own, and files where none begins so", async () => {
    write(gratitude);
    expect(await completed('templates', 'check', '')).toBe('gratitude\n');
    expect(await completed('templates', 'check', 'gra')).toBe('gratitude\n');
    expect(await completed('templates', 'check', './x')).toBe(':files\n');
    expect(await completed('templates', 'show', 'let')).toContain('let-go');
  });
});
