import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Source texts by their path below `src/`. */
type Files = Readonly<Record<string, string>>;

interface Import {
  readonly from: string;
  /** A path below `src/`, or the name of a package (`node:fs`, `yaml`, `@inquirer/core`). */
  readonly to: string;
  readonly how: 'static' | 'type' | 'lazy';
}

/**
 * What a room may import, itself aside. `type:world` is the world's types only; `packages` stands for npm,
 * `node` for node's own.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  core: ['errors'],
  report: ['core', 'errors', 'type:world'],
  world: ['type:core', 'type:errors'],
  conversation: ['core', 'report', 'errors', 'world'],
  commands: ['conversation', 'core', 'report', 'errors', 'world'],
  storage: ['core', 'errors', 'type:world', 'node', 'packages'],
  terminal: ['core', 'errors', 'type:world', 'node', 'packages'],
  program: [
    'core',
    'errors',
    'type:world',
    'type:commands',
    'type:conversation',
    'lazy:commands',
    'packages',
  ],
  main: ['program', 'core', 'errors', 'type:world', 'packages'],
  rupture: ['main', 'open-world', 'machine'],
  machine: ['errors', 'terminal', 'node'],
  'open-world': [
    'core',
    'errors',
    'type:machine',
    'world',
    'conversation',
    'report',
    'storage',
    'terminal',
    'node',
  ],
  build: ['core', 'storage', 'program', 'report', 'node', 'packages'],
};
/** The one list that is a value among the world's types: the settings there are. */
const allowed = ['storage/settings.ts > world.ts'];

/** Packages that are dear to load, and the file that owns each. commander is needed by every run. */
const owners: Readonly<Record<string, readonly string[]>> = {
  inquirer: ['terminal/drive.ts'],
  '@inquirer/core': ['terminal/drive.ts'],
  conf: ['storage/settings-conf.ts'],
  marked: ['terminal/render-markdown.ts'],
  'marked-terminal': ['terminal/render-markdown.ts'],
  yaml: ['storage/yaml.ts'],
  chalk: ['terminal/chalk.ts'],
  'age-encryption': ['storage/age.ts'],
  '@scure/base': ['storage/age.ts'],
  commander: ['program.ts'],
};
const longest = 250;
/** Files that the formatter made longer than that; each is to be split. */
const toSplit = [
  'commands/prep.ts',
  'core/search.ts',
  'core/walk.ts',
  'open-world.ts',
  'program.ts',
  'report/patterns-pictures.ts',
  'storage/encryption.ts',
  'storage/folder-store.ts',
  'storage/lock.ts',
  'storage/safe-write.ts',
  'storage/shelf.ts',
  'terminal/inquirer-prompter.ts',
  'terminal/line-prompter.ts',
  'world.ts',
  'world/notes.ts',
];

function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
}

/**
 * Takes comments out of a source text, and with `texts: false` what stands in quotes and regular expressions
 * too.
 */
function strip(source: string, { texts }: { readonly texts: boolean }): string {
  let out = '';
  // Where a template text goes on after its `}`.
  const braces: number[] = [];
  let depth = 0;
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at, at + 2);
    const char = source[at] ?? '';
    if (rest === '//' || rest === '/*') {
      const end = rest === '//' ? source.indexOf('\n', at) : source.indexOf('*/', at) + 2;
      at = end < at ? source.length : end;
      continue;
    }
    const closes = char === '}' && braces.at(-1) === depth;
    const opensRegex = char === '/' && /(?:[(,=:[!&|?{};+>]|\breturn|^)\s*$/.test(out.slice(-20));
    if (char === "'" || char === '"' || char === '`' || closes || opensRegex) {
      if (closes) braces.pop();
      const quote = closes ? '`' : char;
      let end = at + 1;
      let inClass = false;
      for (; end < source.length; end++) {
        if (source[end] === '\\') end++;
        else if (opensRegex && source[end] === '[') inClass = true;
        else if (opensRegex && source[end] === ']') inClass = false;
        else if (source[end] === quote && !inClass) break;
        else if (quote === '`' && source[end] === '$' && source[end + 1] === '{') break;
      }
      const opens = source[end] === '$';
      if (opens) braces.push(depth);
      out += texts ? source.slice(at, end + 1) : `${char}${source[end] ?? ''}`;
      if (opens) out += '{';
      at = end + (opens ? 2 : 1);
      continue;
    }
    if (char === '{') depth++;
    if (char === '}') depth--;
    out += char;
    at++;
  }
  return out;
}

function importsOf(path: string, source: string): readonly Import[] {
  const code = strip(source, { texts: true });
  const found: Import[] = [];
  const add = (to: string, how: Import['how']): void => {
    found.push({ from: path, to: to.startsWith('.') ? resolve(path, to) : packageOf(to), how });
  };
  for (const [, type, to] of code.matchAll(
    /^\s*(?:import|export)(\s+type\b)?[^;'"()]*?\bfrom\s+['"]([^'"]+)['"]/gm,
  ))
    add(to ?? '', type === undefined ? 'static' : 'type');
  for (const [, to] of code.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm)) add(to ?? '', 'static');
  for (const [, to, member] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)(\.[A-Z])?/g))
    add(to ?? '', member === undefined ? 'lazy' : 'type');
  return found;
}

function resolve(from: string, to: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of to.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function packageOf(name: string): string {
  return name.startsWith('node:')
    ? name
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/');
}

/** Names everything in the files that a rule of the house forbids. */
function faultsIn(files: Files): readonly string[] {
  const paths = Object.keys(files);
  const imports = paths.flatMap(path => importsOf(path, files[path] ?? ''));
  return [
    ...imports.flatMap(one => roomFaults(one, paths)),
    ...circles(imports),
    ...ownerFaults(imports),
    ...paths.flatMap(path => textFaults(path, files[path] ?? '')),
  ];
}

function roomFaults({ from, to, how }: Import, paths: readonly string[]): readonly string[] {
  const may = rooms[roomOf(from)];
  if (may === undefined) return [`${from}: there is no such room`];
  const isOurs = paths.includes(to);
  const room = isOurs ? roomOf(to) : to.startsWith('node:') ? 'node' : 'packages';
  if ((isOurs && room === roomOf(from)) || may.includes(room) || may.includes(`${how}:${room}`)) return [];
  return allowed.includes(`${from} > ${to}`) ? [] : [`${from}: may not import ${to} (${how})`];
}

function circles(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, how } of imports)
    if (how === 'static') next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push(`circle: ${[...way.slice(way.indexOf(path)), path].join(' > ')}`);
    if (way.includes(path) || done.has(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...way, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}

function ownerFaults(imports: readonly Import[]): readonly string[] {
  const strangers = imports
    .filter(
      ({ from, to, how }) =>
        how !== 'type' &&
        Object.hasOwn(owners, to) &&
        !from.startsWith('build/') &&
        !owners[to]?.includes(from),
    )
    .map(({ from, to }) => `${from}: ${to} has another owner`);
  // What a start loads, and what a command loads before it asks for anything.
  const roots = [...new Set(imports.map(({ from }) => from))].filter(
    path => ['main.ts', 'open-world.ts'].includes(path) || path.startsWith('commands/'),
  );
  const early = roots.flatMap(root =>
    [...reached(root, imports)]
      .filter(name => Object.hasOwn(owners, name) && name !== 'commander')
      .map(name => `${root}: loads ${name} at once`),
  );
  return [...strangers, ...early];
}

function reached(root: string, imports: readonly Import[]): ReadonlySet<string> {
  const found = new Set([root]);
  for (const path of found) {
    for (const { from, to, how } of imports) if (from === path && how === 'static') found.add(to);
  }
  return found;
}

function textFaults(path: string, source: string): readonly string[] {
  const code = strip(source, { texts: false });
  const room = roomOf(path);
  const found: string[] = [];
  const forbid = (pattern: RegExp, what: string): void => {
    if (pattern.test(code)) found.push(`${path}: ${what}`);
  };
  if (!['machine', 'open-world', 'build'].includes(room))
    forbid(/(?<![.\w])process\b(?!\s*[?:])|globalThis/, 'reads the process');
  if (room !== 'build') forbid(/(?<![.\w])console\b/, 'uses the console');
  if (room === 'core' || room === 'report')
    forbid(
      /\bnew Date\(\s*\)|(?<!new )\bDate\(|\bDate\.now\b|\bMath\.random\b|\bperformance\b|\bcrypto\b|\bset(?:Timeout|Interval|Immediate)\b|\bfetch\(/,
      'asks for the time, or for chance',
    );
  forbid(/^\s*export\s+default\b|\bas default\b/m, 'has a default export');
  if (/(?:^|\/)(?:utils?|helpers?|common|shared|managers?|index|misc)(?:\.|\/)/.test(path))
    found.push(`${path}: its name says nothing`);
  if (source.split('\n').length - 1 > longest && !toSplit.includes(path))
    found.push(`${path}: has more than ${longest} lines`);
  return found;
}

/** The exported functions that have no docstring. */
function undocumented(files: Files): readonly string[] {
  return Object.entries(files).flatMap(([path, source]) =>
    [...source.matchAll(/(\*\/\n)?^export (?:async )?function (\w+)/gm)].flatMap(([, doc, name]) =>
      doc === undefined ? [`${path}: ${name}`] : [],
    ),
  );
}

function readSources(folder: URL, under = ''): Files {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(new URL(under, folder), { withFileTypes: true })) {
    if (entry.isDirectory()) Object.assign(found, readSources(folder, `${under}${entry.name}/`));
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
      found[under + entry.name] = readFileSync(new URL(under + entry.name, folder), 'utf8');
  }
  return found;
}

const files = readSources(new URL('../src/', import.meta.url));

describe('the house', () => {
  it('has every room that it is said to have', () => {
    expect([...new Set(Object.keys(files).map(roomOf))].sort()).toEqual(Object.keys(rooms).sort());
  });

  it('keeps its rules', () => {
    expect(faultsIn(files)).toEqual([]);
  });

  it('has an owner for every package that is dear to load', () => {
    const imports = Object.entries(files).flatMap(([path, source]) => importsOf(path, source));
    for (const [name, expected] of Object.entries(owners)) {
      expect(
        [
          ...new Set(
            imports
              .filter(({ from, to, how }) => to === name && how !== 'type' && !from.startsWith('build/'))
              .map(({ from }) => from),
          ),
        ].sort(),
      ).toEqual(expected);
    }
  });

  it('says of every exported function of core and report what it does', () => {
    expect(undocumented(files).filter(one => /^(?:core|report)\//.test(one))).toEqual([]);
  });

  it('is entered by one small file, which alone holds the process beside the world that it opens', () => {
    expect(
      readFileSync(new URL('../bin/rupture.js', import.meta.url), 'utf8').split('\n').length,
    ).toBeLessThan(15);
  });
});

describe('a planted violation is caught:', () => {
  const house: Files = {
    'errors.ts': 'export class Problem extends Error {}',
    'world.ts':
      "import type { Day } from './core/day.ts';\nexport interface World { readonly day: Day; readonly of: import('./core/day.ts').Day }",
    'core/day.ts':
      "import { Problem } from '../errors.ts';\nexport const day = (now: number): Date => new Date(now);",
    'report/page.ts': "import { day } from '../core/day.ts';\nimport type { World } from '../world.ts';",
    'conversation/ask.ts': "import { page } from '../report/page.ts';\nimport { keys } from '../world.ts';",
    'commands/show.ts':
      "import { ask } from '../conversation/ask.ts';\nimport type { World } from '../world.ts';",
    'storage/disk.ts':
      "import { readFileSync } from 'node:fs';\nimport { day } from '../core/day.ts';\nexport const read = async () => import('./yaml.ts');",
    'storage/yaml.ts': "import { parse } from 'yaml';",
    'terminal/output.ts':
      "import { wrap } from 'fast-wrap-ansi';\nexport const render = () => import('./render-markdown.ts');",
    'terminal/render-markdown.ts': "import { marked } from 'marked';",
    'program.ts':
      "import { Command } from 'commander';\nimport type { Show } from './commands/show.ts';\nexport const go = () => import('./commands/show.ts');",
    'main.ts': "import { program } from './program.ts';",
    'open-world.ts':
      "import { read } from './storage/disk.ts';\nimport { render } from './terminal/output.ts';\nexport const open = (process: NodeJS.Process) => process.env;",
    'build/build.ts':
      "import { parse } from 'yaml';\nimport { read } from '../storage/yaml.ts';\nconsole.log(process.argv);",
  };

  it('none in the house that they are planted in', () => {
    expect(faultsIn(house)).toEqual([]);
  });

  const planted: readonly (readonly [string, string, string, string])[] = [
    [
      'core reads a file',
      'core/day.ts',
      "import { readFileSync } from 'node:fs';",
      'core/day.ts: may not import node:fs (static)',
    ],
    [
      'core uses a package',
      'core/day.ts',
      "import { parse } from 'other';",
      'core/day.ts: may not import other (static)',
    ],
    [
      'core knows the world',
      'core/day.ts',
      "import type { World } from '../world.ts';",
      'core/day.ts: may not import world.ts (type)',
    ],
    [
      'core opens something lazily',
      'core/day.ts',
      "const a = () => import('../storage/disk.ts');",
      'core/day.ts: may not import storage/disk.ts (lazy)',
    ],
    [
      'core hands something on from above',
      'core/day.ts',
      "export { page } from '../report/page.ts';",
      'core/day.ts: may not import report/page.ts (static)',
    ],
    [
      'core asks the clock',
      'core/day.ts',
      'const now = new Date();',
      'core/day.ts: asks for the time, or for chance',
    ],
    [
      'core asks the clock otherwise',
      'core/day.ts',
      'const now = Date.now();',
      'core/day.ts: asks for the time, or for chance',
    ],
    [
      'core asks for chance',
      'core/day.ts',
      'const dice = Math.random();',
      'core/day.ts: asks for the time, or for chance',
    ],
    [
      'report uses a value of the world',
      'report/page.ts',
      "import { keys } from '../world.ts';",
      'report/page.ts: may not import world.ts (static)',
    ],
    [
      'the world loads something',
      'world.ts',
      "import { day } from './core/day.ts';",
      'world.ts: may not import core/day.ts (static)',
    ],
    [
      'the world knows a room above core',
      'world.ts',
      "import type { Page } from './report/page.ts';",
      'world.ts: may not import report/page.ts (type)',
    ],
    [
      'conversation reaches the disk',
      'conversation/ask.ts',
      "import { read } from '../storage/disk.ts';",
      'conversation/ask.ts: may not import storage/disk.ts (static)',
    ],
    [
      'conversation runs a command',
      'conversation/ask.ts',
      "import { show } from '../commands/show.ts';",
      'conversation/ask.ts: may not import commands/show.ts (static)',
    ],
    [
      'a command opens the store itself',
      'commands/show.ts',
      "import { read } from '../storage/disk.ts';",
      'commands/show.ts: may not import storage/disk.ts (static)',
    ],
    [
      'a command draws',
      'commands/show.ts',
      "const a = await import('../terminal/output.ts');",
      'commands/show.ts: may not import terminal/output.ts (lazy)',
    ],
    [
      'storage meets terminal',
      'storage/disk.ts',
      "import { wrap } from '../terminal/output.ts';",
      'storage/disk.ts: may not import terminal/output.ts (static)',
    ],
    [
      'terminal meets storage',
      'terminal/output.ts',
      "import type { Disk } from '../storage/disk.ts';",
      'terminal/output.ts: may not import storage/disk.ts (type)',
    ],
    [
      'storage uses a value of the world',
      'storage/disk.ts',
      "import { keys } from '../world.ts';",
      'storage/disk.ts: may not import world.ts (static)',
    ],
    [
      'the program loads every command',
      'program.ts',
      "import { show } from './commands/show.ts';",
      'program.ts: may not import commands/show.ts (static)',
    ],
    [
      'build reaches a command',
      'build/build.ts',
      "import { show } from '../commands/show.ts';",
      'build/build.ts: may not import commands/show.ts (static)',
    ],
    [
      'a room that there is not',
      'misty/a.ts',
      "import { day } from '../core/day.ts';",
      'misty/a.ts: there is no such room',
    ],
    [
      'a package has a second user',
      'terminal/output.ts',
      "const m = await import('marked');",
      'terminal/output.ts: marked has another owner',
    ],
    [
      'a deep import of a package',
      'storage/disk.ts',
      "import a from 'yaml/util';",
      'storage/disk.ts: yaml has another owner',
    ],
    [
      'a start loads a dear package',
      'terminal/output.ts',
      "import { render } from './render-markdown.ts';",
      'open-world.ts: loads marked at once',
    ],
    [
      'a circle',
      'core/two.ts',
      "import { three } from './three.ts';",
      'circle: core/three.ts > core/two.ts > core/three.ts',
    ],
    [
      'the process is read',
      'terminal/output.ts',
      'const columns = process.stdout.columns;',
      'terminal/output.ts: reads the process',
    ],
    [
      'the process is read by another name',
      'terminal/output.ts',
      'const columns = globalThis.process;',
      'terminal/output.ts: reads the process',
    ],
    ['something is printed', 'storage/disk.ts', "console.error('x');", 'storage/disk.ts: uses the console'],
    ['a default export', 'report/page.ts', 'export default 3;', 'report/page.ts: has a default export'],
    [
      'a default export by another name',
      'report/page.ts',
      'export { page as default };',
      'report/page.ts: has a default export',
    ],
    [
      'a name that says nothing',
      'core/utils.ts',
      'export const a = 1;',
      'core/utils.ts: its name says nothing',
    ],
    ['an index', 'core/index.ts', 'export const a = 1;', 'core/index.ts: its name says nothing'],
    ['a long file', 'core/long.ts', 'x;\n'.repeat(251), 'core/long.ts: has more than 250 lines'],
  ];

  it.each(planted)('%s', (_name, path, line, fault) => {
    const extra: Files =
      path === 'core/two.ts'
        ? {
            'core/three.ts': "import type { two } from './one.ts';\nimport { two } from './two.ts';",
            'core/one.ts': '',
          }
        : {};
    expect(faultsIn({ ...house, ...extra, [path]: `${house[path] ?? ''}\n${line}\n` })).toContain(fault);
  });

  it('what stands in a comment, a text or a type is none', () => {
    const innocent =
      "// console.log(process.env); import { a } from '../terminal/output.ts'\n/* new Date() */\nconst a = 'console process Math.random()';\nconst b = /['`]process/;\nconst c = `process ${a} console`;\nimport type { B } from './day.ts';\n";
    expect(
      faultsIn({
        ...house,
        'core/two.ts': innocent,
        'core/day.ts': `${house['core/day.ts'] ?? ''}\nimport { two } from './two.ts';\n`,
      }),
    ).toEqual([]);
  });

  it('a call within a template text is one', () => {
    // The text of a source, so the place in it is not one of ours.
    const source = ['const a = `now ${', 'Math.random()', '} and ${', '`${process.pid}`', '}`;'].join('');
    expect(faultsIn({ ...house, 'core/two.ts': source })).toEqual([
      'core/two.ts: reads the process',
      'core/two.ts: asks for the time, or for chance',
    ]);
  });

  it('an exported function without a docstring', () => {
    expect(
      undocumented({
        'core/a.ts':
          '/** Does. */\nexport function a() {}\n\nexport async function b() {}\nfunction c() {}\n',
      }),
    ).toEqual(['core/a.ts: b']);
  });
});
