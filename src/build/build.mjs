// Builds `dist/` from `src/` and `templates/`: one small entry, a lazy chunk per command, every package inside.
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = (await import(pathToFileURL(join(root, 'package.json')).href, { with: { type: 'json' } })).default;

// The template compiler is TypeScript itself: it is bundled for this run first.
const workshop = await mkdtemp(join(tmpdir(), 'rupture-build-'));
try {
  const compiler = join(workshop, 'shipped-modules.mjs');
  await build({ entryPoints: [join(root, 'src/build/shipped-modules.ts')], outfile: compiler, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning', banner: { js: requireBanner() } });
  const { shippedModules } = await import(pathToFileURL(compiler).href);
  await bundle(shippedModules(join(root, 'templates')));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(workshop, { recursive: true, force: true });
}

async function bundle(modules) {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await build({
    entryPoints: { main: join(root, 'src/main.ts'), 'open-world': join(root, 'src/open-world.ts') },
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
    banner: { js: requireBanner() },
    plugins: [shipped(modules), stubs()],
  });
}

// CommonJS packages inside the bundle need a `require`.
function requireBanner() {
  return "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";
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

// Parts of packages that are never used here and would cost more to load than all the rest: an editor that garbles short texts,
// code highlighting, emoji names, a JSON Schema validator for settings that are checked by `storage/settings.ts`.
function stubs() {
  const contents = {
    '@inquirer/external-editor': 'export const edit = undefined; export const editAsync = undefined;',
    'cli-highlight': 'export const highlight = (code) => code; export default { highlight };',
    'node-emoji': 'export const get = (name) => name; export default { get };',
    ajv: 'export class Ajv2020 { compile() { return () => true; } }',
    'ajv-formats': 'export default () => {};',
  };
  return {
    name: 'stubs',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(@inquirer\/external-editor|cli-highlight|node-emoji|ajv|ajv-formats)(\/.*)?$/ }, ({ path }) => ({ path: path.startsWith('ajv/') ? 'ajv' : path, namespace: 'stub' }));
      // commander needs it only for commands that are programs of their own; loading it costs a tenth of a bare Node.
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) => (/[\\/]commander[\\/]/.test(importer) ? { path: 'node:child_process', namespace: 'stub' } : undefined));
      onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: contents[path] ?? 'export default {};', loader: 'js' }));
    },
  };
}
