// Builds `dist/` (the program, and the words of each language as JSON) and `man/rupture.1`.
import { build } from 'esbuild';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleOptions, packageEntries } from './bundle.mjs';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const workFolder = await mkdtemp(join(tmpdir(), 'rupture-build-'));
try {
  const compiler = await importBundled('shipped-modules');
  const parts = compiler.shippedParts('templates');
  await rm('dist', { recursive: true, force: true });
  const { metafile } = await build({
    ...bundleOptions({ plugins: [shipped(compiler.indexOfFiles(parts))], separated: true }),
    entryPoints: { rupture: 'src/rupture.ts', ...packageEntries },
    outdir: 'dist',
    define: { RUPTURE_VERSION: JSON.stringify(version) },
    metafile: true,
  });
  await writeFile('dist/LICENSES.txt', await licences(metafile));
  for (const [path, text] of compiler.partFiles(parts)) {
    await mkdir(dirname(join('dist', path)), { recursive: true });
    await writeFile(join('dist', path), text);
  }
  const { manual } = await importBundled('man-page', [shipped(compiler.indexWithParts(parts))]);
  await writeFile('man/rupture.1', await manual(version));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(workFolder, { recursive: true, force: true });
}

/** Bundles a TypeScript file of this folder, imports it and returns its exports. */
async function importBundled(name, plugins = []) {
  await build({ ...bundleOptions({ plugins }), entryPoints: [`src/build/${name}.ts`], outdir: workFolder });
  return import(pathToFileURL(join(workFolder, `${name}.cjs`)).href);
}

/** Returns the esbuild plugin that resolves `shipped:templates` to a module with this source. */
function shipped(contents) {
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /^shipped:templates$/ }, ({ path }) => ({ path, namespace: 'shipped' }));
    onLoad({ filter: /./, namespace: 'shipped' }, () => ({ contents, resolveDir: process.cwd() }));
  };
  return { name: 'shipped-templates', setup };
}

/** Returns the licences of all bundled packages, as these require. Throws if a package has none. */
async function licences({ outputs }) {
  const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const folders = new Set(paths.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const texts = [...folders].toSorted().map(async folder => {
    const about = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    const file = (await readdir(folder)).find(name => /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(name));
    if (file === undefined && about.license === undefined) throw new Error(`${folder} has no licence`);
    const stated = `${about.license}, as its package.json says`;
    const text = file ? await readFile(`${folder}/${file}`, 'utf8') : stated;
    return `${about.name} ${about.version}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
