import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/terminal/text/width.ts';
import { answer, openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

function write(id: string, front: string, body = ''): string {
  const path = join(place.folder, `2026-03-01-${id}.md`);
  writeFileSync(path, `---\nrupture: 1\nid: ${id}\nsession: 2026-03-01\n${front}---\n\n${body}`);
  return path;
}

describe('on a terminal', () => {
  it.each([80, 60, 40])('list and search keep to %i columns', async columns => {
    write(
      'aaaaaa',
      'status: not-addressed\ntitle: They misunderstood me about my sister and her birthday\nsize: 8\n',
      `## What happened\n\n${'Then my sister said it, and 他没有听我说, again. '.repeat(12)}\n`,
    );
    for (const args of [['list'], ['search', 'sister'], ['search', '没有', 'again']]) {
      const ran = await run(args, { place, input: '', outIsTerminal: true, columns });
      expect(ran.exit).toBe(0);
      expect(ran.out.split('\n').filter(line => widthOf(line) > columns)).toEqual([]);
      expect(ran.out).toContain('Said, but not heard');
    }
  });

  it('show prints own words as typed, whatever they mean in Markdown', async () => {
    write(
      'aaaaaa',
      'status: open\nwith: "_M_ and **K**"\nkinds: ["other: # loud and *late*"]\nfeelings: ["other: - 1. `small`"]\n',
      '# T\n',
    );
    const { out } = await run(['show', 'aaaaaa'], {
      place,
      input: '',
      outIsTerminal: true,
      env: { NO_COLOR: '1' },
    });
    for (const line of ['with _M_ and **K**', '# loud and *late*', '- 1. `small`'])
      expect(out).toContain(line);
  });

  it('matches are in brackets, and bold with colour', async () => {
    write('aaaaaa', 'status: open\n', '## What happened\n\nMy sister came.\n');
    const plain = await run(['search', 'SISTER'], {
      place,
      input: '',
      outIsTerminal: true,
      env: { NO_COLOR: '1' },
    });
    expect(plain.out).toContain('My [sister] came.');
    expect(plain.out).not.toContain('\u001b');
    const coloured = await run(['search', 'SISTER'], { place, input: '', outIsTerminal: true });
    expect(coloured.out).toContain('My \u001b[1m[sister]\u001b[22m came.');
    expect((await run(['search', 'SISTER', '--plain'], { place, input: '', outIsTerminal: true })).out).toBe(
      'A moment on 1 March (2026-03-01, Kept for now, aaaaaa)\n  My [sister] came.\n',
    );
  });

  it('no control sequence of a note reaches the terminal', async () => {
    write('aaaaaa', 'status: open\n', '## What happened\n\nMy sister \u001b]0;owned\u0007 came.\n');
    const ran = await run(['search', 'owned'], {
      place,
      input: '',
      outIsTerminal: true,
      env: { NO_COLOR: '1' },
    });
    expect(ran.out).toContain('\\u{1b}]0;[owned]\\u{7}');
  });
});

describe('search', () => {
  it('ranks matches at the start of words before matches inside, and exits with 1 without a match', async () => {
    write('aaaaaa', 'status: open\ntitle: A smart remark\ncreated: 2026-03-03T10:00:00.000Z\n');
    write('bbbbbb', 'status: open\ntitle: The art of waiting\ncreated: 2026-03-01T10:00:00.000Z\n');
    const found = await run(['search', 'art'], { place, input: '' });
    expect(found.exit).toBe(0);
    expect([...found.out.matchAll(/\(([a-z]{6}),/g)].map(([, id]) => id)).toEqual(['bbbbbb', 'aaaaaa']);
    const one = await run(['search', 'art', '--limit', '1'], { place, input: '' });
    expect(one.out).toContain('bbbbbb');
    expect(one.out).not.toContain('aaaaaa');
    for (const format of ['markdown', 'json']) {
      expect((await run(['search', 'nowhere', '--format', format], { place, input: '' })).exit).toBe(1);
    }
  });

  it("names a file whose text can't be read, and goes on", async () => {
    write('aaaaaa', 'status: open\n', 'sister\n');
    appendFileSync(write('bbbbbb', 'status: open\n', 'sister\n'), Buffer.from([0xff, 0xfe]));
    const ran = await run(['search', 'sister'], { place, input: '' });
    expect([ran.exit, ran.out.match(/^- /gm)?.length]).toEqual([0, 1]);
    expect(ran.err).toContain('2026-03-01-bbbbbb.md');
  });

  it('finds words that YAML escapes', async () => {
    write('aaaaaa', 'status: open\ntitle: \'it\'\'s a "quoted" one\'\nwith: "Andr\\u00e9"\n');
    for (const words of [["it's"], ['"quoted"'], ['ANDRE'], ['"quoted" one']])
      expect((await run(['search', ...words], { place, input: '' })).out).toContain('aaaaaa');
  });

  it('reveals nothing of notes that are kept apart', async () => {
    write('aaaaaa', 'status: set-aside\ntitle: About my sister\n', '## What happened\n\nsister\n');
    for (const args of [
      ['search', 'sister'],
      ['list'],
      ['search', 'sister', '--format', 'json'],
      ['list', '--format', 'tasks'],
      ['list', '--kind', 'line'],
    ]) {
      const ran = await run(args, { place, input: '' });
      expect([
        ran.exit,
        ran.out.includes('sister'),
        ran.err.includes('sister'),
        ran.out.includes('aaaaaa'),
      ]).toEqual([args[0] === 'search' ? 1 : 0, false, false, false]);
    }
    expect((await run(['search', 'sister', '--include-set-aside'], { place, input: '' })).out).toContain(
      'About my **sister**',
    );
  });

  it('stops at the limit, with the newest', async () => {
    for (const id of ['aaaaaa', 'bbbbbb', 'cccccc'])
      write(id, `status: open\ncreated: 2026-03-01T10:00:0${id === 'bbbbbb' ? 5 : 1}Z\n`, 'sister\n');
    expect((await run(['search', 'sister', '--limit', '1'], { place, input: '' })).out).toMatch(
      /^- A moment on 1 March \(bbbbbb[^\n]*\n {2}- \*\*sister\*\*\n$/,
    );
  });
});

describe('a kind or a feeling', () => {
  it("can be one of a sequence of the person's own, when a moment has it", async () => {
    write('aaaaaa', 'status: open\nkinds: [my-own]\nfeelings: ["other: like rain"]\n');
    expect(
      (await run(['list', '--kind', 'my-own', '--feeling', 'other'], { place, input: '' })).out,
    ).toContain('aaaaaa');
    const wrong = await run(['list', '--kind', 'my-won'], { place, input: '' });
    expect([wrong.exit, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('Did you mean “my-own”?');
  });
});

describe('a day that can be read in two ways', () => {
  it('is asked for again, with both named', async () => {
    const path = write('aaaaaa', 'status: planned\ntitle: One\n');
    const ran = await run(['follow-up', 'aaaaaa'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        ['response', answer(['moved-on'])],
        ['size', answer(7)],
        ['status', answer('not-addressed')],
        ['second_step', answer('rest')],
        ['rest_until', answer('04/05')],
        ['rest_until', answer('4 may')],
        ['more', answer('done')],
      ],
    });
    expect(ran.said).toContain(
      '“04/05” can be read in two ways: 4 May or 5 April. Write it with the name of the month.',
    );
    expect(readFileSync(path, 'utf8')).toContain('rest_until: 2026-05-04');
  });
});

describe('an unreadable note', () => {
  it('is named when asked for by id, with exit 1, instead of being called unknown', async () => {
    write('aaaaaa', 'status: sideways\n');
    write('bbbbbb', 'status: open\n');
    for (const args of [
      ['show', 'aaa'],
      ['mark', 'aaaaaa', 'open'],
      ['follow-up', 'aaaaaa', '--answers', '-'],
      ['let-go', 'aaaaaa', '--answers', '-'],
      ['prep', 'aaaaaa'],
    ]) {
      const { exit, err } = await run(args, { place, input: '{}' });
      expect([args, exit, err.includes('2026-03-01-aaaaaa.md'), err.includes('no moment')]).toEqual([
        args,
        1,
        true,
        false,
      ]);
    }
    expect((await run(['show', 'ccc'], { place, input: '' })).exit).toBe(2);
  });

  it('a draft that is damaged is named when it is asked for, and left', async () => {
    const path = join(place.folder, '.rupture', 'drafts', 'kaaaa2.json');
    mkdirSync(join(place.folder, '.rupture', 'drafts'), { recursive: true });
    writeFileSync(path, '{"draft":1,"pid"');
    const { exit, err } = await run(['reflect', '--resume'], { place, input: '' });
    expect([exit, err.includes('kaaaa2.json is damaged')]).toEqual([1, true]);
    expect(readFileSync(path, 'utf8')).toBe('{"draft":1,"pid"');
  });
});

describe('finding by the words on the screen', () => {
  const ids = async (...args: string[]): Promise<readonly string[]> => {
    const ran = await run([...args, '--format', 'json'], { place, input: '' });
    if (ran.exit !== 0) throw new Error(ran.err);
    const { reflections, unresolved } = JSON.parse(ran.out);
    return [...(reflections ?? unresolved)].map(({ id }: { id: string }) => id).sort();
  };

  it.each([
    [['list', '--status', 'Kept for now'], ['aaaaaa']],
    [
      ['list', '--status', 'said, but not heard,Worked through'],
      ['bbbbbb', 'cccccc'],
    ],
    [['summary', '--status', 'Said, but not heard'], ['bbbbbb']],
    [['list', '--kind', 'They misunderstood me'], ['aaaaaa']],
    [
      ['list', '--kind', 'Too fast, too slow, too much, or I felt pushed,misread'],
      ['aaaaaa', 'bbbbbb'],
    ],
    [['list', '--kind', 'The fan was loud'], ['cccccc']],
    [['list', '--kind', 'other'], ['cccccc']],
    [['list', '--feeling', 'Small'], ['aaaaaa']],
    [['search', 'came', '--feeling', 'small'], ['aaaaaa']],
    [['list', '--with', 'DR. MULLER '], ['bbbbbb']],
    [['summary', '--with', 'dr. müller'], ['bbbbbb']],
  ])('%j is %j', async (args, expected) => {
    write('aaaaaa', 'status: open\nkinds: [misread]\nfeelings: [small]\n', 'She came.\n');
    write('bbbbbb', 'status: not-addressed\nwith: Dr. Müller\nkinds: [pace]\n', 'She came.\n');
    write('cccccc', 'status: repaired\nkinds: ["other: the fan was loud"]\n', 'She came.\n');
    expect(await ids(...args)).toEqual(expected);
  });

  it('mark takes a status in the words of the screen, and only one', async () => {
    const path = write('aaaaaa', 'status: open\n');
    expect((await run(['mark', 'aaaaaa', 'Said, but not heard'], { place, input: '' })).exit).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('status: not-addressed\n');
    expect((await run(['mark', 'aaaaaa', 'open,planned'], { place, input: '' })).exit).toBe(2);
    const wrong = await run(['mark', 'aaaaaa', 'Worked thruogh'], { place, input: '' });
    expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('Worked through')]);
  });
});

describe('tags', () => {
  const list = async (...args: string[]): Promise<readonly string[]> =>
    [...(await run(args, { place, input: '' })).out.matchAll(/\((\w{6})/g)].map(([, id = '']) => id).sort();

  it('find moments by their properties and by their text', async () => {
    write('aaaaaa', 'status: open\ntags: [family/sister, work]\n', '## What happened\n\nShe came.\n');
    write('bbbbbb', 'status: planned\ntags: "#work"\n', '## What happened\n\nShe left.\n');
    write('cccccc', 'status: open\n', '## What happened\n\nI was #Angry about #family, #1 of all.\n');
    expect(await list('list', '--tag', 'work')).toEqual(['aaaaaa', 'bbbbbb']);
    expect(await list('list', '--tag', '#FAMILY')).toEqual(['aaaaaa', 'cccccc']);
    expect(await list('list', '--tag', 'angry,work', '--status', 'open')).toEqual(['aaaaaa', 'cccccc']);
    expect(await list('search', 'came', '--tag', 'work')).toEqual(['aaaaaa']);
    expect(
      JSON.parse((await run(['export', 'json', '--tag', 'angry'], { place, input: '' })).out).files,
    ).toHaveLength(1);
    const none = await run(['list', '--tag', 'none'], { place, input: '' });
    expect([none.exit, none.out, none.err]).toEqual([
      0,
      '',
      expect.stringContaining('Nothing in your lists matches'),
    ]);
  });

  it('are found by a search, with and without their #', async () => {
    write('aaaaaa', 'status: open\ntags: [family/sister, work]\n', '## What happened\n\nShe came.\n');
    write('bbbbbb', 'status: open\n', '## What happened\n\nI was #family.\n');
    expect(await list('search', '#family')).toEqual(['aaaaaa', 'bbbbbb']);
    expect(await list('search', '#family/sister')).toEqual(['aaaaaa']);
    expect((await run(['search', '#work'], { place, input: '' })).out).toContain(
      'tags: #family/sister, **#work**',
    );
  });
});
