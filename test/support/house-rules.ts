import { owners, parts, rooms } from './house-rooms.ts';
import { parseFile, type Files, type Import, type SourceFile } from './source-files.ts';

/** The list of settings: the only value that storage imports from the world's types. */
const allowed = /^storage\/settings\/[\w-]+\.ts > world\/(?:world|settings)\.ts$/;

const mostLines = 250;
const mostFiles = 16;
const saysNothing =
  /(?:^|\/)(?:utils?|helpers?|common|shared|managers?|index|misc|stuff|lib|tools?|base)(?:\.|\/)/;
/** Names that read the time, random values or the network. */
const impureNames = ['performance', 'crypto', 'fetch', 'setTimeout', 'setInterval', 'setImmediate'];

/** Returns a file's room: its folder, or the file itself if it is directly in `src`. */
export function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path.replace(/\.ts$/, '');
}

function partOf(path: string): string {
  return roomOf(path).split('/')[0] ?? '';
}

/** Returns every import among the files, without imports by tests. */
export function importsOf(files: Files): readonly Import[] {
  return parsed(files).flatMap(({ imports }) => imports);
}

function parsed(files: Files): readonly SourceFile[] {
  return Object.entries(files).map(([path, source]) => parseFile(path, source));
}

/** Returns a line for each violation of the rules in the files. */
export function faultsIn(files: Files): readonly string[] {
  const sources = parsed(files);
  const imports = sources.flatMap(source => source.imports);
  const paths = new Set(Object.keys(files));
  const ours = imports.filter(({ to }) => paths.has(to));
  return [
    ...imports.flatMap(one => arrowFaults(one, paths)),
    ...circles(ours.map(({ from, to }) => [from, to])),
    ...circles(ours.map(({ from, to }) => [roomOf(from), roomOf(to)])),
    ...ownerFaults(imports),
    ...sources.flatMap(fileFaults),
    ...crowdedRooms(files),
  ];
}

function arrowFaults({ from, to, how }: Import, paths: ReadonlySet<string>): readonly string[] {
  const [room, part] = [roomOf(from), partOf(from)];
  const outside = parts[part];
  if (outside === undefined || (room !== part && rooms[room] === undefined))
    return [`${from}: there is no such room`];
  const isOurs = paths.has(to);
  if (isOurs && partOf(to) === part)
    return room === roomOf(to) || rooms[room]?.includes(roomOf(to))
      ? []
      : [`${from}: may not import ${to} (${how})`];
  const target = isOurs ? partOf(to) : packageKind(to);
  const isAllowed = outside.includes(target) || outside.includes(`${how}:${target}`);
  return isAllowed || allowed.test(`${from} > ${to}`) ? [] : [`${from}: may not import ${to} (${how})`];
}

function packageKind(name: string): string {
  return name.startsWith('node:') ? 'node' : 'packages';
}

/** Returns each circle among the imports, starting where it was first reached. */
export function circles(arrows: readonly (readonly [string, string])[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of arrows) if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const found: string[] = [];
  const answered = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) found.push(`circle: ${[...way.slice(way.indexOf(node)), node].join(' > ')}`);
    if (way.includes(node) || done.has(node)) return;
    for (const to of next.get(node) ?? []) answered(to, [...way, node]);
    done.add(node);
  };
  for (const node of next.keys()) answered(node, []);
  return found;
}

function ownerFaults(imports: readonly Import[]): readonly string[] {
  const isOwned = (name: string): boolean => Object.hasOwn(owners, name);
  const strangers = imports
    .filter(({ from, to, how }) => how !== 'type' && isOwned(to) && !from.startsWith('build/'))
    .filter(({ from, to }) => owners[to]?.includes(from) !== true)
    .map(({ from, to }) => `${from}: ${to} has another owner`);
  // What the program loads at its start, and what a command loads before its first question.
  const roots = [...new Set(imports.map(({ from }) => from))].filter(
    path => ['main.ts', 'open-world.ts'].includes(path) || path.startsWith('commands/'),
  );
  const early = roots.flatMap(root =>
    [...loadedBy(root, imports)]
      .filter(name => isOwned(name) && name !== 'commander')
      .map(name => `${root}: loads ${name} at once`),
  );
  return [...strangers, ...early];
}

function loadedBy(root: string, imports: readonly Import[]): ReadonlySet<string> {
  const found = new Set([root]);
  for (const path of found)
    for (const { from, to, how } of imports) if (from === path && how === 'static') found.add(to);
  return found;
}

function fileFaults({ path, names, impure, ...file }: SourceFile): readonly string[] {
  const part = partOf(path);
  const isPure = part === 'core' || part === 'report';
  const mayReadProcess = ['machine', 'open-world', 'rupture', 'build'].includes(part);
  const checks: readonly (readonly [boolean, string])[] = [
    [!mayReadProcess && (names.has('process') || names.has('globalThis')), 'reads the process'],
    [part !== 'build' && names.has('console'), 'uses the console'],
    [
      isPure && (impure.length > 0 || impureNames.some(name => names.has(name))),
      'asks for the time, the network or something random',
    ],
    [file.hasDefaultExport, 'has a default export'],
    [saysNothing.test(path), 'its name says nothing'],
    [file.lines > mostLines, `has more than ${mostLines} lines`],
  ];
  return [
    ...checks.filter(([isFault]) => isFault).map(([, what]) => `${path}: ${what}`),
    ...(isPure ? file.undocumented.map(name => `${path}: ${name} has no docstring`) : []),
  ];
}

/** Returns the rooms with too many files. */
export function crowdedRooms(files: Files): readonly string[] {
  const counts = new Map<string, number>();
  for (const path of Object.keys(files)) counts.set(roomOf(path), (counts.get(roomOf(path)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > mostFiles)
    .map(([room, count]) => `${room}: has ${count} files, more than ${mostFiles}`);
}

/**
 * Returns the rooms of the tree in CONTRIBUTING.md: folders by their indent, each with a description.
 */
export function drawnRooms(markdown: string): readonly string[] {
  const open: string[] = [];
  const tree = /^src\/.*\n(?:(?: {2})+\S.*\n)+/m.exec(markdown)?.[0] ?? '';
  return tree.split('\n').flatMap(line => {
    const [, indent = '', name, says] = /^((?: {2})+)([a-z-]+)(?:\/|\.ts)\s+(\S.*)$/.exec(line) ?? [];
    if (name === undefined || says === undefined) return [];
    open.splice(indent.length / 2 - 1, Infinity, name);
    return [open.join('/')];
  });
}
