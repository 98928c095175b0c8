import { readdirSync, readFileSync } from 'node:fs';
import { languages } from 'shipped:templates';
import { describe, expect, it } from 'vitest';
import type { WordTree } from '../../src/core/language/words.ts';

/** Source texts by their path below `src/`. */
type Files = Readonly<Record<string, string>>;

/** What is given to every fault of a file beside its own params. */
const given: Readonly<Record<string, readonly string[]>> = {
  templates: ['file', 'line'],
  answers: ['place', 'line'],
};

/** Keys that are put together where no reader can follow, by their beginning, and where. */
const putTogether: readonly (readonly [prefix: string, where: string])[] = [
  ['terminal.', 'test/terminal/prompt/terminal-words.test.ts knows how the prompts name them'],
];

interface Entry {
  readonly key: string;
  readonly texts: readonly string[];
}

/** All that can be said, by key; the forms of a plural are one entry. */
function entriesOf(tree: WordTree, under = ''): readonly Entry[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const key = `${under}${name}`;
    if (typeof value === 'string') return [{ key, texts: [value] }];
    const forms = Object.values(value);
    const isPlural =
      typeof value['other'] === 'string' &&
      Object.keys(value).every(form => form === 'one' || form === 'other');
    return isPlural
      ? [{ key, texts: forms.filter(form => typeof form === 'string') }]
      : entriesOf(value, `${key}.`);
  });
}

/**
 * Splits at the commas that stand in no bracket and no text. Ends at the bracket that closes what comes
 * before.
 */
function splitArguments(code: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  let at = 0;
  for (; at < code.length; at++) {
    const char = code[at] ?? '';
    if (char === '\\') at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"' || char === '`') quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && depth-- === 0) break;
    else if (char === ',' && depth === 0) {
      found.push(code.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...found, code.slice(start, at).trim()].filter(part => part !== '');
}

/** The names an object literal gives; undefined when it is none, or when more come from elsewhere. */
function namesIn(argument: string | undefined): readonly string[] | undefined {
  if (argument === undefined) return [];
  if (!argument.startsWith('{')) return undefined;
  const members = splitArguments(argument.slice(1));
  return members.some(member => member.startsWith('...'))
    ? undefined
    : members.map(member => /^\w+/.exec(member)?.[0] ?? '');
}

interface Use {
  readonly path: string;
  readonly key: string;
  readonly isProblem: boolean;
  /** What fills its places, when that can be read. */
  readonly params?: readonly string[];
}

function usesIn(path: string, source: string, rooms: string): readonly Use[] {
  const literal = (text: string, prefix = ''): readonly string[] =>
    [...text.matchAll(prefix === '' ? new RegExp(`'((?:${rooms})\\.[\\w.-]+)'`, 'g') : /'([\w.-]+)'/g)].map(
      ([, key]) => prefix + (key ?? ''),
    );
  const calls = [...source.matchAll(/\b(words|said|help|Problem|misused|fault)\(/g)].flatMap(
    (match): readonly Use[] => {
      const [first = '', second] = splitArguments(source.slice(match.index + match[0].length));
      const name = match[1] ?? '';
      const prefix = name === 'help' && path.startsWith('program/') ? 'help.' : '';
      const isProblem = ['Problem', 'misused', 'fault'].includes(name);
      return literal(first, prefix).map(key => ({ path, key, isProblem, params: namesIn(second) }));
    },
  );
  const faults = [...source.matchAll(/\bkey: ('[\w.-]+'), params: /g)].flatMap((match): readonly Use[] => {
    const [params] = splitArguments(source.slice(match.index + match[0].length));
    return literal(match[1] ?? '').map(key => ({ path, key, isProblem: true, params: namesIn(params) }));
  });
  // Whatever else looks like a key, wherever it stands.
  const others = literal(source)
    .filter(key => !/\.(?:md|json|ya?ml|ts)$/.test(key) && !calls.some(call => call.key === `help.${key}`))
    .map(key => ({ path, key, isProblem: false }));
  return [...calls, ...faults, ...others];
}

/** Families of keys: `dates.months.${month}` stands for every month. */
function familiesIn(path: string, source: string, rooms: string): readonly RegExp[] {
  const written = [...source.matchAll(new RegExp('`((?:' + rooms + ')\\.[^`]*\\$\\{[^`]*)`', 'g'))].map(
    ([, text]) => text ?? '',
  );
  const helps = path.startsWith('program/')
    ? [...source.matchAll(/\bhelp\(`([^`]+)`/g)].map(([, text]) => `help.${text ?? ''}`)
    : [];
  return [...written, ...helps].map(
    text => new RegExp(`^${text.replace(/[.]/g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
  );
}

/** Names what is said in the sources and not in the words, and the other way round. */
function faultsIn(files: Files, tree: WordTree): readonly string[] {
  const entries = entriesOf(tree);
  const keys = new Set(entries.map(({ key }) => key));
  const isProblem = (key: string): boolean => keys.has(`${key}.says`) && keys.has(`${key}.do`);
  const rooms = Object.keys(tree).join('|');
  const uses = Object.entries(files).flatMap(([path, source]) => usesIn(path, source, rooms));
  const families = Object.entries(files).flatMap(([path, source]) => familiesIn(path, source, rooms));

  const missing = uses
    .filter(({ key, isProblem: needsBoth }) =>
      needsBoth ? !isProblem(key) : !keys.has(key) && !isProblem(key),
    )
    .map(
      ({ path, key, isProblem: needsBoth }) =>
        `${path}: no ${needsBoth ? 'says and do' : 'words'} for ${key}`,
    );
  const placesOf = (key: string): readonly string[] =>
    entries
      .filter(entry => [key, `${key}.says`, `${key}.do`].includes(entry.key))
      .flatMap(({ texts }) =>
        texts.flatMap(text => [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name ?? '')),
      );
  const empty = uses.flatMap(({ path, key, params }) => {
    const filled = params === undefined ? undefined : [...params, ...(given[key.split('.')[0] ?? ''] ?? [])];
    return filled === undefined
      ? []
      : placesOf(key)
          .filter(place => !filled.includes(place))
          .map(place => `${path}: nothing fills {${place}} of ${key}`);
  });
  const isUsed = (key: string): boolean => {
    const problem = key.replace(/\.(?:says|do)$/, '');
    return (
      uses.some(use => use.key === key || use.key === problem) ||
      families.some(family => family.test(key) || family.test(problem)) ||
      putTogether.some(([prefix]) => key.startsWith(prefix))
    );
  };
  const unused = entries.filter(({ key }) => !isUsed(key)).map(({ key }) => `nobody says ${key}`);
  const astray = families
    .filter(
      family =>
        !entries.some(({ key }) => family.test(key) || family.test(key.replace(/\.(?:says|do)$/, ''))),
    )
    .map(family => `no words for ${family.source}`);
  return [...new Set([...missing, ...empty, ...unused, ...astray])];
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

const files = readSources(new URL('../../src/', import.meta.url));
const tree = (await languages['en']?.words())?.value ?? {};

describe('the words', () => {
  it('are there for all that is said, with their places filled, and none is left over', () => {
    expect(Object.keys(tree).length).toBeGreaterThan(10);
    expect(faultsIn(files, tree)).toEqual([]);
  });

  it('of a problem say what is so and what to do', () => {
    const keys = new Set(entriesOf(tree).map(({ key }) => key));
    const halves = [...keys].filter(
      key =>
        /\.(?:says|do)$/.test(key) &&
        !keys.has(key.endsWith('.says') ? key.replace(/says$/, 'do') : key.replace(/do$/, 'says')),
    );
    expect(halves).toEqual([]);
  });

  it('have both forms of a plural, and its number only where there is one', () => {
    const plurals = entriesOf(tree).filter(({ texts }) => texts.length > 1);
    expect(plurals.length).toBeGreaterThan(5);
    expect(entriesOf(tree).filter(({ key }) => /\.(?:one|other)$/.test(key))).toEqual([]);
  });
});

describe('what does not fit is found:', () => {
  const small: WordTree = {
    cli: { bad: { says: 'Bad {flag}.', do: 'See {known}.' }, day: 'That is {day}.', half: { says: 'Half.' } },
    dates: { months: { 1: 'Jan' }, age: { one: '{n} day', other: '{n} days' } },
  };
  const fine =
    "new Problem('cli.bad', { flag, known: x.join(', ') }); words('cli.day', { day: f(a, 'b') }); words(`dates.months.${m}`); words('dates.age', { n: 1 }); words('cli.half.says');";

  it('nothing, where all fits', () => {
    expect(faultsIn({ 'a.ts': fine }, small)).toEqual([]);
  });

  const planted: readonly (readonly [string, string, string])[] = [
    ['a key without words', "words('cli.dya')", 'a.ts: no words for cli.dya'],
    [
      'a key without words in a choice',
      "words(big ? 'cli.day' : 'cli.night', { day })",
      'a.ts: no words for cli.night',
    ],
    [
      'a key without words in a table',
      "const keys = { a: 'dates.mounths' };",
      'a.ts: no words for dates.mounths',
    ],
    [
      'a problem without something to do',
      "throw new Problem('cli.half', {})",
      'a.ts: no says and do for cli.half',
    ],
    [
      'a fault without words',
      "faults.push({ line, key: 'cli.worse', params: { a } })",
      'a.ts: no says and do for cli.worse',
    ],
    ['a place that nothing fills', "words('cli.day', { date })", 'a.ts: nothing fills {day} of cli.day'],
    ['a place that nothing fills at all', "words('cli.day')", 'a.ts: nothing fills {day} of cli.day'],
    [
      'a place of a problem that nothing fills',
      "misused('cli.bad', { flag: 'a' })",
      'a.ts: nothing fills {known} of cli.bad',
    ],
    [
      'a place of a fault that nothing fills',
      "({ line, key: 'cli.bad', params: { known } })",
      'a.ts: nothing fills {flag} of cli.bad',
    ],
    ['a plural without its number', "words('dates.age', {})", 'a.ts: nothing fills {n} of dates.age'],
    ['a family without words', 'words(`dates.weekdays.${d}`)', 'no words for ^dates\\.weekdays\\.[\\w-]+$'],
  ];
  it.each(planted)('%s', (_name, code, fault) => {
    expect(faultsIn({ 'a.ts': `${fine}\n${code}` }, small)).toContain(fault);
  });

  it('words that nobody says', () => {
    expect(faultsIn({ 'a.ts': "words('cli.day', { day })" }, small)).toEqual([
      'nobody says cli.bad.says',
      'nobody says cli.bad.do',
      'nobody says cli.half.says',
      'nobody says dates.months.1',
      'nobody says dates.age',
    ]);
  });
});
