import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finish, openPlace, run, seededChance } from '../../support/world.ts';
import type { Line, Place, Ran, Setting } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

/**
 * Stands behind each line end in what a file says of a note; nothing that is shown may have it at the
 * beginning of a line.
 */
const mark = 'Quillfeather';
const ends = ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f', '\x1c', '\x1d', '\x1e'];
const anyEnd = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const yaml = (text: string): string =>
  `"${[...text].map(one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;

function write(id: string, end: string, more: readonly string[]): void {
  mkdirSync(join(place.folder, 'sub'), { recursive: true });
  const named = (text: string): string => yaml(`A ${text}${end}${mark} ${text}`);
  // U+2028 may stand in a file as it is, between quotes.
  const raw = /[\u2028\u2029\u0085]/.test(end) ? `"A title${end}${mark} title"` : named('title');
  const lines = [
    '---',
    'rupture: 1',
    `id: ${id}`,
    'session: 2026-03-01',
    'created: 2026-03-01T10:00:00Z',
    ...more,
    `title: ${raw}`,
    `with: ${named('person')}`,
    `kinds: [${named('kind')}, ${yaml(`other: x${end}${mark}`)}]`,
    `feelings: [${yaml(`other: y${end}${mark}`)}]`,
    `outside: ${named('thing')}`,
    `echo: [${yaml(`other: z${end}${mark}`)}]`,
    `own: ${named('key')}`,
    `history: [${yaml('2026-03-01 open 7')}, ${yaml(`2026-03-02 open${end}${mark}`)}]`,
    '---',
    '',
  ];
  writeFileSync(
    join(place.folder, 'sub', `${id}.md`),
    `${lines.join('\n')}\n## What happened\n\nThe clock.\n\n## One sentence\n\nPlease look at me.\n`,
  );
}

function fill(): void {
  for (const [at, end] of ends.entries())
    write(`k${String.fromCharCode(97 + at)}aaaa`, end, ['status: open', `size: ${at % 10}`]);
  write('kzzzza', '\n', ['status: set-aside']);
  write('kzzzzb', '\u2028', ['status: planned', 'size: 8']);
  write('kzzzzc', '\n', ['status: repaired', 'size: 8']);
  writeFileSync(join(place.folder, `2026-03-01-bad\n${mark}.md`), '---\nrupture: 1\nid: [\n---\n');
  mkdirSync(join(place.folder, `sub\n${mark}`));
  writeFileSync(
    join(place.folder, `sub\n${mark}`, '2026-03-01-kbadaa.md'),
    '---\nrupture: 1\nsession: 2026-03-01\n---\n',
  );
}

/** Returns the lines of a text that begin with the mark, for every kind of line end. */
function begun(text: string): readonly string[] {
  return text
    .split(anyEnd)
    .filter(line => line.replace(/^[\s>#*|\-"'[\]{}:]*(?:\\u\{[0-9a-f]+\})*/, '').startsWith(mark));
}

const go = (args: readonly string[], setting: Partial<Setting> = {}): Promise<Ran> =>
  run(args, {
    place,
    input: setting.script === undefined ? '' : undefined,
    columns: 2000,
    chance: seededChance(3),
    ...setting,
  });

const formats: readonly (readonly [string, readonly string[]])[] = [
  ['list', ['markdown', 'plain', 'json', 'tasks']],
  ['summary', ['markdown', 'plain', 'json', 'tasks', 'todo-txt', 'org', 'taskwarrior']],
  ['search clock', ['markdown', 'plain', 'json']],
  [`search ${mark}`, ['markdown', 'plain', 'json']],
  ['patterns', ['markdown', 'plain', 'json', 'html']],
  ['show kbaaaa', ['plain', 'json']],
  ['show kzzzzb', ['plain', 'json']],
  ['doctor', ['markdown', 'plain', 'json']],
];
const shown = formats.flatMap(([line, all]) => all.map(format => `${line} --format ${format}`));

describe('a title or a name with a line end begins no line of its own', () => {
  it.each([
    ...shown,
    'export markdown',
    'export html',
    'export json',
    'list --with nobody',
    'show kz',
    'show nothing',
    'mark kbaaaa raised',
    'prep kzzzza',
    'trash list',
    'delete kbaaaa --yes',
    'delete --all --yes',
    'delete --all --forever --yes',
    '__complete zsh show ',
    '__complete fish show ',
    'import ../other',
    'encrypt status',
    'trash restore kbaaaa',
    'undo',
  ])('in rupture %s', async line => {
    fill();
    if (/^(?:trash|undo)/.test(line)) await go(['delete', '--all', '--yes']);
    if (line.startsWith('import')) {
      mkdirSync(join(place.home, 'other', `sub\n${mark}`), { recursive: true });
      writeFileSync(
        join(place.home, 'other', `sub\n${mark}`, 'one.md'),
        `---\ntitle: ${yaml(`a\n${mark}`)}\n---\n\nText.\n`,
      );
      writeFileSync(join(place.home, 'other', `bad\n${mark}.md`), '---\nrupture: 1\nid: [\n---\n');
    }
    for (const outIsTerminal of [false, true]) {
      // With a terminal so wide that no line is wrapped.
      const { out, err } = await go(line.split(' '), { outIsTerminal, script: [] });
      expect(begun(out)).toEqual([]);
      expect(begun(err)).toEqual([]);
    }
  });

  it.each<readonly [string, readonly Line[]]>([
    ['prep', [['moments', finish]]],
    ['prep kzzzzb', [['want', finish]]],
    ['follow-up', [['moment', finish]]],
    ['follow-up kzzzzb', [['came_up', finish]]],
    ['let-go', [['moment', finish]]],
    [
      'reflect',
      [
        ['came_up', finish],
        ['sit', finish],
      ],
    ],
    ['reflect --more kzzzzb', [['what', finish]]],
  ])('in the questions and messages of rupture %s', async (line, script) => {
    fill();
    const { screens, said, err } = await go(line.split(' '), { script });
    const texts = screens.flatMap(screen => textsIn(screen));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of [...texts, ...said, err]) expect(begun(text)).toEqual([]);
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
