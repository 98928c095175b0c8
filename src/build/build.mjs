// Builds `dist/` (the program as one file, and the words of each language as JSON) and `man/rupture.1`.
import { build } from 'esbuild';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleOptions } from './bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const sources = ['main', 'open-world', 'machine'];
const program = sources.map((name) => `export * from './src/${name}.ts';`).join('\n');

const workshop = await mkdtemp(join(tmpdir(), 'rupture-build-'));
try {
  const compiler = await importBundled('shipped-modules');
  const parts = compiler.shippedParts(join(root, 'templates'));
  await rm(dist, { recursive: true, force: true });
  const define = { RUPTURE_VERSION: JSON.stringify(version) };
  const options = bundleOptions({ entry: program, plugins: [shipped(compiler.indexOfFiles(parts))], define });
  const { metafile } = await build({ ...options, outfile: join(dist, 'rupture.cjs'), metafile: true });
  await writeFile(join(dist, 'LICENSES.txt'), await licences(metafile));
  for (const [path, text] of compiler.partFiles(parts)) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), text);
  }
  const { manual } = await importBundled('man-page', [shipped(compiler.indexWithParts(parts))]);
  await writeFile(join(root, 'man/rupture.1'), await manual(version));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(workshop, { recursive: true, force: true });
}

/** Bundles a TypeScript file of this folder and imports it. */
async function importBundled(name, plugins = []) {
  const outfile = join(workshop, `${name}.cjs`);
  await build({ ...bundleOptions({ entry: `export * from './src/build/${name}.ts';`, plugins }), outfile });
  return import(pathToFileURL(outfile).href);
}

/** The module `shipped:templates`. */
function shipped(contents) {
  return {
    name: 'shipped-templates',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^shipped:templates$/ }, ({ path }) => ({ path, namespace: 'shipped' }));
      onLoad({ filter: /./, namespace: 'shipped' }, () => ({ contents, loader: 'js', resolveDir: root }));
    },
  };
}

/** The licences of the packages that are inside, as each of them asks. Throws where a package has none. */
async function licences({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const folders = paths.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].toSorted().map(async (path) => {
    const folder = join(root, path);
    const { name, version: its, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((one) => /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(one));
    if (file === undefined && license === undefined) throw new Error(`${path} has no licence`);
    const own = `${license}, as its package.json says`;
    const text = file === undefined ? own : await readFile(join(folder, file), 'utf8');
    return `${name} ${its}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
