// Builds `dist/` from `src/` and `templates/`: one entry with all that every start needs, a lazy chunk per
// command, every package inside.
import { build, transform } from 'esbuild';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asCalls, builtins, dear, stubs } from './packages.mjs';
import { late, putOff, roleOf, start, usedBySeveral } from './pieces.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = (await import(pathToFileURL(join(root, 'package.json')).href, { with: { type: 'json' } }))
  .default;

// The template compiler is TypeScript itself: it is bundled for this run first.
const workshop = await mkdtemp(join(tmpdir(), 'rupture-build-'));
try {
  const compiler = join(workshop, 'shipped-modules.mjs');
  await build({
    entryPoints: [join(root, 'src/build/shipped-modules.ts')],
    outfile: compiler,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    plugins: [builtins()],
  });
  const { shippedParts, indexOfFiles, indexWithParts, partFiles } = await import(
    pathToFileURL(compiler).href
  );
  const parts = shippedParts(join(root, 'templates'));
  await bundle(indexOfFiles(parts), partFiles(parts));
  await manual(indexWithParts(parts));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(workshop, { recursive: true, force: true });
}

async function bundle(index, files) {
  // Once to see what several commands use, once to see what of that they use before anything is put off is
  // called, and once more with that in one file.
  const looked = async plugins =>
    (await build({ ...options(index, plugins), write: false, metafile: true })).metafile;
  const nothing = new Map();
  const together = usedBySeveral(
    await looked([start(nothing)]),
    await looked([putOff(nothing), start(nothing)]),
  );
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const built = await build({
    ...options(index, [putOff(together), start(together, Object.keys(late))]),
    write: false,
    metafile: true,
  });
  await write(built);
  await writeFile(join(root, 'dist/LICENSES.txt'), await licences(built.metafile));
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, 'dist', path)), { recursive: true });
    await writeFile(join(root, 'dist', path), inAscii(text));
  }
}

// A file whose whole text names the exports of another is not written: who imports it imports that one, and a
// start opens a file less. What bin/rupture.js imports is such a file too; the one behind it takes its name.
// Names are shortened at the end, for until then they tell what is whose.
async function write({ outputFiles, metafile: { outputs } }) {
  const entry = Object.keys(outputs).find(path => outputs[path].entryPoint === 'start:start');
  const texts = new Map(
    outputFiles.map(({ path, text }) => [relative(root, path).split(sep).join('/'), text]),
  );
  const nameOf = path =>
    /-[A-Z0-9]{8}\.js$/.test(path) && path.includes('/chunk-')
      ? path.replace('/chunk-', `/${roleOf(outputs[path].inputs)}-`)
      : path;
  const named = (path, from) => join(dirname(from), path).split(sep).join('/');
  const places = new Map([...texts.keys()].map(path => [path, path]));
  for (const [path, text] of texts) {
    const [, names, target, exported] =
      /^(?:import"[^"]+";)*import\{([^}]*)\}from"(\.[^"]+)";(?:import"[^"]+";)*export\{([^}]*)\};?\s*$/.exec(
        text,
      ) ?? [];
    if (target === undefined || names.split(',').toSorted().join() !== exported.split(',').toSorted().join())
      continue;
    texts.delete(path);
    places.set(path, named(target, path));
    if (path === entry) places.set(named(target, path), entry);
  }
  if (texts.has(entry)) throw new Error(`${entry} has something of its own`);
  const placeOf = path => (places.get(path) === path ? nameOf(path) : placeOf(places.get(path)));
  places.set(entry, entry);
  await mkdir(join(root, 'dist/chunks'), { recursive: true });
  for (const [path, text] of texts) {
    const place = placeOf(path);
    const moved = text.replace(/(\bfrom|\bimport\(?)"(\.[^"]+\.js)"/g, (whole, before, to) => {
      const found = placeOf(named(to, path));
      const way = relative(dirname(place), found).split(sep).join('/');
      return `${before}"${way.startsWith('.') ? way : `./${way}`}"`;
    });
    // Each is one of ours, so that nothing has to be told apart when it comes.
    const required = moved
      .replace(/\brequireOf\(import\(("\.[^"]+")\)\)/g, 'require($1)')
      .replace(/\bimport\(("\.[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))');
    if (/\brequireOf\b|\bimport\(/.test(required))
      throw new Error(`${place} loads something else than a file of ours`);
    // What is imported twice over was two files before.
    const { code } = await transform(
      required.replace(/^(import"[^"]+";)+/, all => [...new Set(all.match(/import"[^"]+";/g))].join('')),
      {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        ...asCalls,
        minify: true,
        legalComments: 'none',
      },
    );
    await writeFile(join(root, place), inAscii(withPlainExports(code, place)));
  }
  // Node's loader of ECMAScript modules costs a quarter of a bare Node before it has read a line.
  await writeFile(join(root, 'dist/package.json'), '{"type":"commonjs"}\n');
}

// What esbuild adds to exports for those who import CommonJS as something else: a copy of each that asks the
// first, and all names once more for a reader that never runs it.
function withPlainExports(code, place) {
  const once = code.replace(/\bmodule\.exports=[\w$]+\(([\w$]+)\);/, 'module.exports=$1;');
  const plain = once.replace(/0&&\(module\.exports=\{[^{}]*\}\);?\s*$/, '');
  const isKnown = plain.length < once.length && once.length < code.length;
  if (!isKnown && code.includes('module.exports='))
    throw new Error(`${place} exports in another way than is known here`);
  return plain;
}

// Node keeps a file with one letter of another kind as two bytes a letter, and reads it so. In code, what
// esbuild has left stands in patterns.
function inAscii(code) {
  return code.replace(/[^\x00-\x7f]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// The licences of the packages that are inside, which all ask to go along. Throws where one has none.
async function licences({ outputs }) {
  const inside = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !path.startsWith('builtin'))
      .map(([path]) => path),
  );
  const folders = new Set(
    inside.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const texts = new Map();
  for (const folder of [...folders].toSorted()) {
    const {
      name,
      version: of,
      license,
    } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find(one =>
      /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(one),
    );
    if (file === undefined && license === undefined) throw new Error(`${folder} has no licence`);
    const text =
      file === undefined
        ? `${license}, by the word of its package.json`
        : (await readFile(join(root, folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${of}`]);
  }
  return [...texts]
    .map(([text, names]) => `${names.join(', ')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function options(index, parts) {
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
    plugins: [...parts, shipped(index), dear(), stubs(), builtins()],
  };
}

// The page of the manual, of the table of commands and the words that are built here.
async function manual(index) {
  const writer = join(workshop, 'man-page.mjs');
  await build({
    entryPoints: [join(root, 'src/build/man-page.ts')],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    external: ['./commands/*'],
    plugins: [shipped(index), builtins()],
  });
  const text = await (await import(pathToFileURL(writer).href)).manual(version);
  await mkdir(join(root, 'man'), { recursive: true });
  await writeFile(join(root, 'man/rupture.1'), text);
}

function shipped(index) {
  return {
    name: 'shipped-templates',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^shipped:templates$/ }, ({ path }) => ({ path, namespace: 'shipped' }));
      onLoad({ filter: /.*/, namespace: 'shipped' }, () => ({
        contents: index,
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}
