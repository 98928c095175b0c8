// What of `src/` goes into which file of `dist/`: esbuild alone would make a file of whatever the same
// commands share.
import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What no start needs before somebody answers or changes what is kept: it is loaded with the first call of
 * one of these files' functions, each group in one piece. The files know nothing of it; all that they export
 * for others are functions. At the latest they come behind the first question, so that a program that is
 * replaced while somebody writes can still keep what was written.
 */
export const late = {
  asking: [
    'continuing-run',
    'preview',
    'answers',
    'continuing',
    'safety',
    'resume',
    'single-run',
    'choose-moment',
    'pick-note',
    'endings',
    'more',
  ].map(name => `src/conversation/${name}.ts`),
  changing: ['src/storage/revise.ts', 'src/core/read-day.ts'],
  typing: ['prompt-text', 'prompt-scale', 'prompt-secret', 'prompt-page'].map(
    name => `src/terminal/${name}.ts`,
  ),
};

/**
 * By lazy module: the files of `src/` that are loaded with it in one piece. esbuild makes a chunk of those
 * that exactly the same commands share, twenty of them to a command, and a file costs more to open than a few
 * that it does not need cost to parse. So there are three: what a folder of notes needs and both others use,
 * what commands that ask share beside it, and what the quick ones share. None of both needs the other. What
 * only files of `late` use stays with them. A package is never moved: what needs one loads it when it does.
 */
export function usedBySeveral(whole, before) {
  const files = filesOf(whole);
  const first = filesOf(before);
  const lazy = [...files.keys()];
  const commands = lazy.filter(path => /[\\/]src[\\/]commands[\\/]/.test(path));
  const store = files.get(lazy.find(path => /[\\/]src[\\/]storage[\\/]open-store\.ts$/.test(path)));
  const quick = commands.filter(path => /[\\/](summary|list|search|show|patterns|message)\.ts$/.test(path));
  // Questions of a sequence, or questions of the tool's own.
  const asks = ['src/conversation/screens.ts', 'src/conversation/preview.ts'];
  const asking = commands.filter(
    path => !quick.includes(path) && asks.some(file => files.get(path).has(file)),
  );
  // One moment is shown by little that the others have too.
  const one = files.get(commands.find(path => /[\\/]show\.ts$/.test(path)));
  // What is asked most often comes with them.
  const most = asking.find(path => /[\\/]reflect\.ts$/.test(path));
  const isFirst = new Set([...first].flatMap(([path, used]) => (path.startsWith('late:') ? [] : [...used])));
  const groups = {
    base: new Set([...store].filter(file => isFirst.has(file))),
    asking: new Set(),
    showing: new Set(),
  };
  for (const file of new Set([...quick, ...asking].flatMap(path => [...files.get(path)]))) {
    if (
      !isFirst.has(file) ||
      store.has(file) ||
      (!files.get(most).has(file) && commands.filter(path => files.get(path).has(file)).length === 1)
    )
      continue;
    const [isShown, isAsked] = [quick, asking].map(some => some.some(path => files.get(path).has(file)));
    groups[(isShown && isAsked) || one.has(file) ? 'base' : isShown ? 'showing' : 'asking'].add(file);
  }
  // Whichever of the two asks needs these.
  const [cursor, plain] = ['inquirer', 'line'].map(name =>
    files.get(lazy.find(path => path.endsWith(`${name}-prompter.ts`))),
  );
  for (const file of cursor)
    if (plain.has(file) && !groups.base.has(file) && !groups.showing.has(file)) groups.asking.add(file);
  // Both others need the base.
  const needed = used => {
    const has = group => [...used].some(file => group.has(file));
    const more = [groups.asking, groups.showing].filter(has);
    return more.length > 0 || has(groups.base) ? [groups.base, ...more] : [];
  };
  return new Map([...first].map(([path, used]) => [path, needed(used).flatMap(group => [...group].sort())]));
}

// By what is loaded later than at the start: the files of `src/` that come with it.
function filesOf({ outputs }) {
  const reached = (path, seen = new Set()) => {
    for (const { path: to, kind } of outputs[path].imports) {
      if (kind !== 'import-statement' || seen.has(to)) continue;
      seen.add(to);
      reached(to, seen);
    }
    return seen;
  };
  const always = reached(Object.keys(outputs).find(path => outputs[path].entryPoint === 'start:start'));
  const later = Object.keys(outputs).filter(path => /^(?:lazy|late):/.test(outputs[path].entryPoint ?? ''));
  return new Map(
    later.map(path => [
      outputs[path].entryPoint,
      new Set(
        [path, ...reached(path)]
          .filter(chunk => !always.has(chunk))
          .flatMap(chunk => Object.keys(outputs[chunk].inputs))
          .filter(file => file.startsWith('src/')),
      ),
    ]),
  );
}

// Which groups of `late` come with what puts the first question.
const withQuestion = {
  'terminal/drive.ts': ['asking', 'changing', 'typing'],
  'terminal/line-prompter.ts': ['asking', 'changing'],
};

/** What bin/rupture.js imports. Each lazy chunk names it too, else esbuild would split it in the same way. */
export function start(together, brings = []) {
  const broughtBy = path =>
    Object.entries(withQuestion).flatMap(([file, groups]) =>
      path.split(sep).join('/').endsWith(`/src/${file}`)
        ? groups.filter(group => brings.includes(group))
        : [],
    );
  return {
    name: 'start',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^start$/ }, () => ({ path: 'start', namespace: 'start' }));
      onResolve(
        { filter: /^[.a-z@]/ },
        async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
          if (kind !== 'dynamic-import' || pluginData === 'seen') return undefined;
          const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: 'seen' });
          return { path: found.path, namespace: 'lazy', errors: found.errors };
        },
      );
      onLoad({ filter: /.*/, namespace: 'start' }, () => ({
        contents:
          "export { main } from './src/main.ts'; export { openWorld } from './src/open-world.ts'; export { openMachine } from './src/machine.ts';",
        loader: 'js',
        resolveDir: root,
      }));
      onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
        contents: [
          `import 'start'; export * from ${JSON.stringify(path)};`,
          ...broughtBy(path).map(group => `import 'late:${group}';`),
          ...(together.get(`lazy:${path}`) ?? []).map(file => `import './${file}';`),
        ].join('\n'),
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}

/**
 * In the place of a file of `late`, for those of other groups: functions of the same names that load it when
 * they are called.
 */
export function putOff(together) {
  const groupOf = path => Object.keys(late).find(group => late[group].includes(path));
  const own = path => relative(root, path).split(sep).join('/');
  return {
    name: 'put-off',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^late:/ }, ({ path }) => ({
        path: path.slice('late:'.length),
        namespace: 'late',
      }));
      onResolve(
        { filter: /^\.\.?\// },
        async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
          if (kind !== 'import-statement' || namespace === 'late' || pluginData === 'seen') return undefined;
          const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: 'seen' });
          const group = groupOf(own(found.path));
          return group === undefined || group === groupOf(own(importer))
            ? undefined
            : {
                path: found.path,
                namespace: 'put-off',
                suffix: `?${importer}`,
                pluginData: group,
                sideEffects: false,
              };
        },
      );
      onLoad({ filter: /.*/, namespace: 'put-off' }, async ({ path, pluginData: group }) => {
        const names = await functionsIn(own(path));
        return {
          contents: [
            `let whole;\nconst take = () => (whole ??= requireOf(import('late:${group}')));`,
            ...names.map(name => `export const ${name} = (...given) => take().${name}(...given);`),
          ].join('\n'),
          loader: 'js',
        };
      });
      onLoad({ filter: /.*/, namespace: 'late' }, async ({ path: group }) => {
        const names = (await Promise.all(late[group].map(functionsIn))).flat();
        // esbuild would leave out both.
        const twice = names.find((name, at) => names.indexOf(name) < at);
        if (twice !== undefined) throw new Error(`two files of late.${group} export ${twice}`);
        const parts = [
          ...late[group].map(file => `export * from './${file}';`),
          ...(together.get(`late:${group}`) ?? []).map(file => `import './${file}';`),
        ];
        // What it shares with those who ask for it is loaded there by then.
        const asked = group === 'typing' ? ["import './src/terminal/inquirer-prompter.ts';"] : [];
        return {
          contents: ["import 'start';", ...asked, ...parts].join('\n'),
          loader: 'js',
          resolveDir: root,
        };
      });
    },
  };
}

// The functions that a file of `late` exports. Throws where it exports something else: that would be needed
// at once.
async function functionsIn(file) {
  const text = await readFile(join(root, file), 'utf8');
  const [other] = /^export (?!type|interface|(?:async )?function \w).*/m.exec(text) ?? [];
  if (other !== undefined) throw new Error(`${file} is put off and exports something else than functions`);
  return [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
}

/** What a piece is called that several share: a test says by name what is loaded when. */
export function roleOf(inputs) {
  const roles = {
    'src/storage/folder-store.ts': 'base',
    'src/conversation/sitting.ts': 'asking',
    'src/report/list-report.ts': 'showing',
    'src/terminal/inquirer-prompter.ts': 'inquirer-prompter',
    'node_modules/age-encryption/dist/index.js': 'age-encryption',
    'node_modules/chalk/source/index.js': 'chalk',
  };
  const group = Object.keys(late).find(name => Object.keys(inputs).includes(late[name][0]));
  if (group !== undefined) return `late-${group}`;
  const [largest] = Object.entries(inputs)
    .toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .map(([path]) => path);
  const known = Object.keys(inputs).find(path => Object.hasOwn(roles, path));
  return known === undefined ? basename(largest).replace(/\.[a-z]+$|^.*:/g, '') : roles[known];
}
