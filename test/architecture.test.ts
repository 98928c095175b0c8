import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { owners, parts, rooms } from './support/house-rooms.ts';
import { circles, crowdedRooms, drawnRooms, faultsIn, importsOf, roomOf } from './support/house-rules.ts';
import { planted } from './support/planted-faults.ts';
import { house } from './support/planted-house.ts';
import { parseFile, readSources, type Files } from './support/source-files.ts';

const files = readSources(new URL('../src/', import.meta.url));
const at = (path: string): URL => new URL(`../${path}`, import.meta.url);

describe('the house', () => {
  it('has every part and room that its tables name', () => {
    const paths = Object.keys(files);
    expect([...new Set(paths.map(path => roomOf(path).split('/')[0]))].sort()).toEqual(
      Object.keys(parts).sort(),
    );
    // `src/program/` belongs to the part `program`, like `src/program.ts`.
    const isPart = (room: string): boolean => Object.hasOwn(parts, room) && !Object.hasOwn(rooms, room);
    expect(
      [...new Set(paths.filter(path => path.includes('/')).map(roomOf))].filter(room => !isPart(room)).sort(),
    ).toEqual(Object.keys(rooms).sort());
  });

  it('keeps its rules', () => {
    expect(faultsIn(files)).toEqual([]);
  });

  it('allows no circle of rooms', () => {
    expect(
      circles(Object.entries(rooms).flatMap(([from, to]) => to.map(room => [from, room] as const))),
    ).toEqual([]);
  });

  it('has an owner for every package that is slow to load, and each owner uses it', () => {
    const imports = importsOf(files).filter(({ from, how }) => how !== 'type' && !from.startsWith('build/'));
    const users = (name: string): readonly string[] =>
      imports.filter(({ to }) => to === name).map(({ from }) => from);
    expect(Object.keys(owners).map(name => [name, [...new Set(users(name))].sort()])).toEqual(
      Object.entries(owners),
    );
  });

  it('is drawn in CONTRIBUTING.md, every room with a line of words', () => {
    const drawn = drawnRooms(readFileSync(at('.github/CONTRIBUTING.md'), 'utf8'));
    const named = [...Object.keys(parts), ...Object.keys(rooms)];
    expect([...new Set(named)].filter(room => !drawn.includes(room))).toEqual([]);
    expect(
      drawn.filter(room => !named.includes(room) && !named.some(other => other.startsWith(`${room}/`))),
    ).toEqual([]);
  });

  it('has one small entry file', () => {
    expect(readFileSync(at('bin/rupture.js'), 'utf8').split('\n').length).toBeLessThan(25);
  });

  it('has tests in folders that mirror its own', () => {
    const special = /^(?:apps|bench|compare|e2e|faults|fixtures|fuzz|support|templates|transcripts)\b/;
    const folders = readdirSync(at('test/'), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.test.ts'))
      .map(path => path.replaceAll('\\', '/').split('/').slice(0, -1).join('/'));
    expect(
      [...new Set(folders)].filter(folder => !special.test(folder) && !existsSync(at(`src/${folder}`))),
    ).toEqual([]);
  });
});

describe('a planted violation is caught:', () => {
  it('nothing before the violation is planted', () => {
    expect(faultsIn(house)).toEqual([]);
  });

  it.each(planted)('%s', (name, path, line, fault) => {
    const extra: Files =
      name.startsWith('a circle') && path.endsWith('two.ts')
        ? { 'core/text/three.ts': "import { two } from './two.ts';" }
        : {};
    expect(faultsIn({ ...house, ...extra, [path]: `${house[path] ?? ''}\n${line}\n` })).toContain(fault);
  });

  it('a crowded room', () => {
    const crowd = Object.fromEntries(
      Array.from({ length: 17 }, (_, count) => [`core/text/file-${count}.ts`, '']),
    );
    expect(crowdedRooms(crowd)).toEqual(['core/text: has 17 files, more than 16']);
    expect(crowdedRooms({ ...crowd, 'core/text/file-0.ts': '', 'core/dates/day.ts': '' })).toHaveLength(1);
  });

  it('no violation from words in a comment, a string, a key or a type', () => {
    const innocent = [
      "// console.log(process.env); import { a } from '../../terminal/output/output.ts'",
      '/* new Date() */',
      "const a = 'console process Math.random()';",
      "const b = /['`]process/;",
      'const c = `process ${a} console`;',
      'interface D { readonly process: string; console(crypto: string): void }',
      'const d = { process: a, fetch: b }.process;',
    ].join('\n');
    expect(faultsIn({ ...house, 'core/text/two.ts': innocent })).toEqual([]);
  });

  it('a circle of three files, but not two paths that lead to the same file', () => {
    expect(
      circles([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ]),
    ).toEqual(['circle: a > b > c > a']);
    expect(
      circles([
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'd'],
      ]),
    ).toEqual([]);
  });

  it('a room without a description, and a room without a folder', () => {
    const drawn = 'src/  all\n  core/  pure\n    text/  words\n    dates/\n  main.ts  starts\n\nother/  x\n';
    expect(drawnRooms(drawn)).toEqual(['core', 'core/text', 'main']);
  });

  it('a file that does not parse, by its path', () => {
    expect(() => parseFile('core/text/a.ts', 'const = 1')).toThrow('core/text/a.ts');
  });
});
