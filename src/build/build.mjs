// Builds `dist/` from `src/` and `templates/`: one entry with all that every start needs, a lazy chunk per command, every package inside.
import { build } from 'esbuild';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = (await import(pathToFileURL(join(root, 'package.json')).href, { with: { type: 'json' } })).default;

// The template compiler is TypeScript itself: it is bundled for this run first.
const workshop = await mkdtemp(join(tmpdir(), 'rupture-build-'));
try {
  const compiler = join(workshop, 'shipped-modules.mjs');
  await build({ entryPoints: [join(root, 'src/build/shipped-modules.ts')], outfile: compiler, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning', plugins: [builtins()] });
  const { shippedModules } = await import(pathToFileURL(compiler).href);
  const modules = shippedModules(join(root, 'templates'));
  await bundle(modules);
  await manual(modules);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(workshop, { recursive: true, force: true });
}

async function bundle(modules) {
  // Once to see what several commands use, and once more with that in one file.
  const { metafile } = await build({ ...options(modules, new Map()), write: false, metafile: true });
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await build(options(modules, usedBySeveral(metafile)));
}

function options(modules, together) {
  return {
    absWorkingDir: root,
    entryPoints: { rupture: 'start' },
    outdir: join(root, 'dist'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    chunkNames: 'chunks/[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: { RUPTURE_VERSION: JSON.stringify(version) },
    plugins: [start(together), shipped(modules), stubs(), builtins()],
  };
}

// By lazy module: the files of `src/` that it shares with a command. esbuild makes a chunk of those that exactly the same commands share, twenty of
// them to a command, and a file costs more to open than those it does not need cost to parse.
function usedBySeveral({ outputs }) {
  const reached = (path, seen = new Set()) => {
    for (const { path: to, kind } of outputs[path].imports) {
      if (kind !== 'import-statement' || seen.has(to)) continue;
      seen.add(to);
      reached(to, seen);
    }
    return seen;
  };
  const lazy = Object.keys(outputs).filter((path) => outputs[path].entryPoint?.startsWith('lazy:'));
  const commands = lazy.filter((path) => /[\\/]src[\\/](commands|storage)[\\/]/.test(outputs[path].entryPoint)).map((path) => reached(path));
  const always = reached(Object.keys(outputs).find((path) => outputs[path].entryPoint === 'start:start'));
  const shared = Object.keys(outputs).filter((path) => !always.has(path) && commands.filter((chunks) => chunks.has(path)).length > 1);
  const files = shared.flatMap((path) => Object.keys(outputs[path].inputs)).filter((path) => path.startsWith('src/')).sort();
  const users = lazy.filter((path) => shared.some((chunk) => reached(path).has(chunk)));
  return new Map(users.map((path) => [outputs[path].entryPoint.slice('lazy:'.length), files]));
}

// What bin/rupture.js imports. Each lazy chunk names it too, else esbuild would split it in the same way.
function start(together) {
  return {
    name: 'start',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^start$/ }, () => ({ path: 'start', namespace: 'start' }));
      onResolve({ filter: /^(\.|shipped:)/ }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'seen') return undefined;
        const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: 'seen' });
        return { path: found.path, namespace: 'lazy', errors: found.errors };
      });
      onLoad({ filter: /.*/, namespace: 'start' }, () => ({ contents: "export { main } from './src/main.ts'; export { openWorld } from './src/open-world.ts';", loader: 'js', resolveDir: root }));
      onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({ contents: [`import 'start'; export * from ${JSON.stringify(path)};`, ...(together.get(path) ?? []).map((file) => `import './${file}';`)].join('\n'), loader: 'js', resolveDir: root }));
    },
  };
}

// The page of the manual, of the table of commands and the words that are built here.
async function manual(modules) {
  const writer = join(workshop, 'man-page.mjs');
  await build({ entryPoints: [join(root, 'src/build/man-page.ts')], outfile: writer, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning', external: ['./commands/*'], plugins: [shipped(modules), builtins()] });
  const text = await (await import(pathToFileURL(writer).href)).manual(version);
  await mkdir(join(root, 'man'), { recursive: true });
  await writeFile(join(root, 'man/rupture.1'), text);
}

// Node's own modules are taken from the process: an import of one costs more than many a file, and CommonJS packages would need a `require`. The dear
// ones are loaded with the first thing that is asked of them.
function builtins() {
  const dear = ['node:crypto', 'node:child_process'];
  const names = new Set(builtinModules);
  return {
    name: 'builtins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path }) => {
        const name = path.replace(/^node:/, '');
        return names.has(name) ? { path: `node:${name}`, namespace: 'builtin' } : undefined;
      });
      onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
        const taken = `process.getBuiltinModule(${JSON.stringify(path)})`;
        const parts = Object.keys(process.getBuiltinModule(path)).map((part) => `get ${part}() { return ${taken}.${part}; }`);
        return { contents: `module.exports = ${dear.includes(path) ? `{ ${parts.join(', ')} }` : taken};`, loader: 'js' };
      });
    },
  };
}

function shipped(modules) {
  return {
    name: 'shipped-templates',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^shipped:/ }, ({ path }) => ({ path, namespace: 'shipped' }));
      onLoad({ filter: /.*/, namespace: 'shipped' }, ({ path }) => ({ contents: modules.get(path), loader: 'js', resolveDir: root }));
    },
  };
}

// Parts of packages that are never used here and would cost more to load than all the rest: inquirer's own prompts,
// code highlighting, emoji names, a JSON Schema validator for settings that are checked by `storage/settings.ts`.
function stubs() {
  const contents = {
    '@inquirer/prompts': 'export const input = undefined, select = input, number = input, confirm = input, rawlist = input, expand = input, checkbox = input, password = input, editor = input, search = input, Separator = input;',
    'cli-highlight': 'export const highlight = (code) => code; export default { highlight };',
    'node-emoji': 'export const get = (name) => name; export default { get };',
    ajv: 'export class Ajv2020 { compile() { return () => true; } }',
    'ajv-formats': 'export default () => {};',
  };
  return {
    name: 'stubs',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(@inquirer\/prompts|cli-highlight|node-emoji|ajv|ajv-formats)(\/.*)?$/ }, ({ path }) => ({ path: path.startsWith('ajv/') ? 'ajv' : path, namespace: 'stub' }));
      // commander needs it only for commands that are programs of their own; loading it costs a tenth of a bare Node.
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) => (/[\\/]commander[\\/]/.test(importer) ? { path: 'node:child_process', namespace: 'stub' } : undefined));
      onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: contents[path] ?? 'export default {};', loader: 'js' }));
    },
  };
}
