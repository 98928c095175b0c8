// Builds `dist/` from `src/` and `templates/`: one entry with all that every start needs, a lazy chunk per command, every package inside.
import { build, transform } from 'esbuild';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// A pattern is read with the file it stands in, used or not, and one that names the letters of a script takes long; as a call it is read when it is used.
const asCalls = { supported: { 'regexp-sticky-and-unicode-flags': false } };

// What no start needs before somebody answers, or changes what is kept, or is told what was wrong: it is loaded with the first call of one of these files' functions, each
// group in one piece. The files know nothing of it; all that they export for others are functions. With the first question on the screen the first three come along, so that
// a program that is replaced while somebody writes can still keep what was written.
const late = {
  asking: ['continuing-run', 'preview', 'answers', 'continuing', 'safety', 'resume', 'single-run', 'choose-moment', 'endings', 'more'].map((name) => `src/conversation/${name}.ts`),
  changing: ['src/storage/revise.ts', 'src/storage/lock.ts', 'src/core/read-day.ts'],
  typing: ['prompt-text', 'prompt-scale', 'prompt-secret'].map((name) => `src/terminal/${name}.ts`),
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = (await import(pathToFileURL(join(root, 'package.json')).href, { with: { type: 'json' } })).default;

// The template compiler is TypeScript itself: it is bundled for this run first.
const workshop = await mkdtemp(join(tmpdir(), 'rupture-build-'));
try {
  const compiler = join(workshop, 'shipped-modules.mjs');
  await build({ entryPoints: [join(root, 'src/build/shipped-modules.ts')], outfile: compiler, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning', plugins: [builtins()] });
  const { shippedParts, indexOfFiles, indexWithParts, partFiles } = await import(pathToFileURL(compiler).href);
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
  // Once to see what several commands use, once to see what of that they use before anything is put off is called, and once more with that in one file.
  const looked = async (plugins) => (await build({ ...options(index, plugins), write: false, metafile: true })).metafile;
  const nothing = new Map();
  const together = usedBySeveral(await looked([start(nothing)]), await looked([putOff(nothing), start(nothing)]));
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const built = await build({ ...options(index, [putOff(together), start(together, Object.keys(late))]), write: false, metafile: true });
  await write(built);
  await writeFile(join(root, 'dist/LICENSES.txt'), await licences(built.metafile));
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, 'dist', path)), { recursive: true });
    await writeFile(join(root, 'dist', path), inAscii(text));
  }
}

// A file whose whole text names the exports of another is not written: who imports it imports that one, and a start opens a file less. What bin/rupture.js
// imports is such a file too; the one behind it takes its name. Names are shortened at the end, for until then they tell what is whose.
async function write({ outputFiles, metafile: { outputs } }) {
  const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint === 'start:start');
  const texts = new Map(outputFiles.map(({ path, text }) => [relative(root, path).split(sep).join('/'), text]));
  const nameOf = (path) => (/-[A-Z0-9]{8}\.js$/.test(path) && path.includes('/chunk-') ? path.replace('/chunk-', `/${roleOf(outputs[path].inputs)}-`) : path);
  const named = (path, from) => join(dirname(from), path).split(sep).join('/');
  const places = new Map([...texts.keys()].map((path) => [path, path]));
  for (const [path, text] of texts) {
    const [, names, target, exported] = /^(?:import"[^"]+";)*import\{([^}]*)\}from"(\.[^"]+)";(?:import"[^"]+";)*export\{([^}]*)\};?\s*$/.exec(text) ?? [];
    if (target === undefined || names.split(',').toSorted().join() !== exported.split(',').toSorted().join()) continue;
    texts.delete(path);
    places.set(path, named(target, path));
    if (path === entry) places.set(named(target, path), entry);
  }
  if (texts.has(entry)) throw new Error(`${entry} has something of its own`);
  const placeOf = (path) => (places.get(path) === path ? nameOf(path) : placeOf(places.get(path)));
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
    const required = moved.replace(/\brequireOf\(import\(("[^"]+")\)\)/g, 'require($1)').replace(/\bimport\(("[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))');
    // What is imported twice over was two files before.
    const { code } = await transform(required.replace(/^(import"[^"]+";)+/, (all) => [...new Set(all.match(/import"[^"]+";/g))].join('')), {
      format: 'cjs', platform: 'node', target: 'node20', ...asCalls, minify: true, legalComments: 'none',
    });
    await writeFile(join(root, place), inAscii(withPlainExports(code, place)));
  }
  // Node's loader of ECMAScript modules costs a quarter of a bare Node before it has read a line.
  await writeFile(join(root, 'dist/package.json'), '{"type":"commonjs"}\n');
}

// What esbuild adds to exports for those who import CommonJS as something else: a copy of each that asks the first, and all names once more for a reader that never runs it.
function withPlainExports(code, place) {
  const plain = code.replace(/\bmodule\.exports=[\w$]+\(([\w$]+)\);/, 'module.exports=$1;').replace(/0&&\(module\.exports=\{[^{}]*\}\);?\s*$/, '');
  if (plain.length === code.length && code.includes('module.exports')) throw new Error(`${place} exports in another way than is known here`);
  return plain;
}

// Node keeps a file with one letter of another kind as two bytes a letter, and reads it so. In code, what esbuild has left stands in patterns.
function inAscii(code) {
  return code.replace(/[^\x00-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// The licences of the packages that are inside, which all ask to go along. Throws where one has none.
async function licences({ outputs }) {
  const inside = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs).filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !path.startsWith('builtin')).map(([path]) => path));
  const folders = new Set(inside.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = new Map();
  for (const folder of [...folders].toSorted()) {
    const { name, version: of, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).find((one) => /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(one));
    if (file === undefined && license === undefined) throw new Error(`${folder} has no licence`);
    const text = file === undefined ? `${license}, by the word of its package.json` : (await readFile(join(root, folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${of}`]);
  }
  return [...texts].map(([text, names]) => `${names.join(', ')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

// What a piece is called that several share: a test says by name what is loaded when.
function roleOf(inputs) {
  const roles = { 'src/storage/folder-store.ts': 'base', 'src/conversation/sitting.ts': 'asking', 'src/report/list-report.ts': 'showing', 'src/terminal/inquirer-prompter.ts': 'inquirer-prompter', 'node_modules/age-encryption/dist/index.js': 'age-encryption', 'node_modules/chalk/source/index.js': 'chalk' };
  const group = Object.keys(late).find((name) => Object.keys(inputs).includes(late[name][0]));
  if (group !== undefined) return `late-${group}`;
  const [largest] = Object.entries(inputs).toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput).map(([path]) => path);
  const known = Object.keys(inputs).find((path) => Object.hasOwn(roles, path));
  return known === undefined ? basename(largest).replace(/\.[a-z]+$|^.*:/g, '') : roles[known];
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

// By lazy module: the files of `src/` that are loaded with it in one piece. esbuild makes a chunk of those that exactly the same commands share, twenty of them to a
// command, and a file costs more to open than a few that it does not need cost to parse. So there are three: what a folder of notes needs and both others use, what
// commands that ask share beside it, and what the quick ones share. None of both needs the other. What only files of `late` use stays with them. A package is never moved:
// what needs one loads it when it does.
function usedBySeveral(whole, before) {
  const files = filesOf(whole);
  const first = filesOf(before);
  const lazy = [...files.keys()];
  const commands = lazy.filter((path) => /[\\/]src[\\/]commands[\\/]/.test(path));
  const store = files.get(lazy.find((path) => /[\\/]src[\\/]storage[\\/]open-store\.ts$/.test(path)));
  const quick = commands.filter((path) => /[\\/](summary|list|search|show|patterns|message)\.ts$/.test(path));
  const asking = commands.filter((path) => !quick.includes(path) && files.get(path).has('src/conversation/screens.ts'));
  // One moment is shown by little that the others have too.
  const one = files.get(commands.find((path) => /[\\/]show\.ts$/.test(path)));
  // What is asked most often comes with them.
  const most = asking.find((path) => /[\\/]reflect\.ts$/.test(path));
  const isFirst = new Set([...first].flatMap(([path, used]) => (path.startsWith('late:') ? [] : [...used])));
  const groups = { base: new Set([...store].filter((file) => isFirst.has(file))), asking: new Set(), showing: new Set() };
  for (const file of new Set([...quick, ...asking].flatMap((path) => [...files.get(path)]))) {
    if (!isFirst.has(file) || store.has(file) || (!files.get(most).has(file) && commands.filter((path) => files.get(path).has(file)).length === 1)) continue;
    const [isShown, isAsked] = [quick, asking].map((some) => some.some((path) => files.get(path).has(file)));
    groups[(isShown && isAsked) || one.has(file) ? 'base' : isShown ? 'showing' : 'asking'].add(file);
  }
  // Whichever of the two asks needs these.
  const [cursor, plain] = ['inquirer', 'line'].map((name) => files.get(lazy.find((path) => path.endsWith(`${name}-prompter.ts`))));
  for (const file of cursor) if (plain.has(file) && !groups.base.has(file) && !groups.showing.has(file)) groups.asking.add(file);
  // Both others need the base.
  const needed = (used) => {
    const has = (group) => [...used].some((file) => group.has(file));
    const more = [groups.asking, groups.showing].filter(has);
    return more.length > 0 || has(groups.base) ? [groups.base, ...more] : [];
  };
  return new Map([...first].map(([path, used]) => [path, needed(used).flatMap((group) => [...group].sort())]));
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
  const always = reached(Object.keys(outputs).find((path) => outputs[path].entryPoint === 'start:start'));
  const later = Object.keys(outputs).filter((path) => /^(?:lazy|late):/.test(outputs[path].entryPoint ?? ''));
  return new Map(later.map((path) => [outputs[path].entryPoint, new Set([path, ...reached(path)].filter((chunk) => !always.has(chunk)).flatMap((chunk) => Object.keys(outputs[chunk].inputs)).filter((file) => file.startsWith('src/')))]));
}

// What bin/rupture.js imports. Each lazy chunk names it too, else esbuild would split it in the same way.
function start(together, withQuestion = []) {
  return {
    name: 'start',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^start$/ }, () => ({ path: 'start', namespace: 'start' }));
      onResolve({ filter: /^[.a-z@]/ }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'seen') return undefined;
        const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: 'seen' });
        return { path: found.path, namespace: 'lazy', errors: found.errors };
      });
      onLoad({ filter: /.*/, namespace: 'start' }, () => ({ contents: "export { main } from './src/main.ts'; export { openWorld } from './src/open-world.ts'; export { openMachine } from './src/machine.ts';", loader: 'js', resolveDir: root }));
      onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({ contents: [`import 'start'; export * from ${JSON.stringify(path)};`, ...(/[\\/]terminal[\\/]drive\.ts$/.test(path) ? withQuestion : []).map((group) => `import 'late:${group}';`), ...(together.get(`lazy:${path}`) ?? []).map((file) => `import './${file}';`)].join('\n'), loader: 'js', resolveDir: root }));
    },
  };
}

// In the place of a file of `late`, for those of other groups: functions of the same names that load it when they are called.
function putOff(together) {
  const groupOf = (path) => Object.keys(late).find((group) => late[group].includes(path));
  const own = (path) => relative(root, path).split(sep).join('/');
  return {
    name: 'put-off',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^late:/ }, ({ path }) => ({ path: path.slice('late:'.length), namespace: 'late' }));
      onResolve({ filter: /^\.\.?\// }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (kind !== 'import-statement' || namespace === 'late' || pluginData === 'seen') return undefined;
        const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: 'seen' });
        const group = groupOf(own(found.path));
        return group === undefined || group === groupOf(own(importer)) ? undefined : { path: found.path, namespace: 'put-off', suffix: `?${importer}`, pluginData: group, sideEffects: false };
      });
      onLoad({ filter: /.*/, namespace: 'put-off' }, async ({ path, pluginData: group }) => {
        const text = await readFile(path, 'utf8');
        const names = [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
        const [other] = /^export (?!type|interface|(?:async )?function \w).*/m.exec(text) ?? [];
        if (names.length === 0 || other !== undefined) throw new Error(`${own(path)} is put off and exports something else than functions`);
        return { contents: [`let whole;\nconst take = () => (whole ??= requireOf(import('late:${group}')));`, ...names.map((name) => `export const ${name} = (...given) => take().${name}(...given);`)].join('\n'), loader: 'js' };
      });
      onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: ["import 'start';", ...(path === 'typing' ? ["import './src/terminal/inquirer-prompter.ts';"] : []), ...late[path].map((file) => `export * from './${file}';`), ...(together.get(`late:${path}`) ?? []).map((file) => `import './${file}';`)].join('\n'), loader: 'js', resolveDir: root }));
    },
  };
}

// The page of the manual, of the table of commands and the words that are built here.
async function manual(index) {
  const writer = join(workshop, 'man-page.mjs');
  await build({ entryPoints: [join(root, 'src/build/man-page.ts')], outfile: writer, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning', external: ['./commands/*'], plugins: [shipped(index), builtins()] });
  const text = await (await import(pathToFileURL(writer).href)).manual(version);
  await mkdir(join(root, 'man'), { recursive: true });
  await writeFile(join(root, 'man/rupture.1'), text);
}

// Node's own modules are taken from the process: an import of one costs more than many a file, and CommonJS packages would need a `require`. The dear
// ones are loaded with the first thing that is asked of them.
function builtins() {
  const heavy = ['node:crypto', 'node:child_process', 'node:tty', 'node:os', 'node:v8'];
  const names = new Set(builtinModules);
  const take = (path) => `process.getBuiltinModule(${JSON.stringify(path)})`;
  // Behind the object rather than in it: esbuild copies what is in it, and that would ask for all.
  const asObject = (path) => `module.exports = ${heavy.includes(path) ? `Object.create(new Proxy({}, { get: (_, part) => ${take(path)}[part] }))` : take(path)};`;
  // What nobody imports is left out; asking for all parts of node:fs would load its streams.
  // Those cost nothing to ask for again: a file for what two others share would cost more.
  const cheap = ['node:process', 'node:stream', 'node:util'];
  const asModule = (path) => {
    const parts = Object.keys(process.getBuiltinModule(path)).filter((part) => /^[A-Za-z_$][\w$]*$/.test(part) && part !== 'default');
    return [`const whole = /* @__PURE__ */ ${take(path)};`, 'export default whole;', ...parts.map((part) => `export const ${part} = /* @__PURE__ */ (() => whole.${part})();`)].join('\n');
  };
  return {
    name: 'builtins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind, importer }) => {
        const name = path.replace(/^node:/, '');
        if (!names.has(name)) return undefined;
        const isObject = kind === 'require-call' || heavy.includes(`node:${name}`);
        return { path: `node:${name}`, namespace: isObject ? 'builtin' : 'builtin-module', sideEffects: false, suffix: cheap.includes(`node:${name}`) ? `?${importer}` : '' };
      });
      onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: asObject(path), loader: 'js' }));
      onLoad({ filter: /.*/, namespace: 'builtin-module' }, ({ path }) => ({ contents: asModule(path), loader: 'js' }));
    },
  };
}

function shipped(index) {
  return {
    name: 'shipped-templates',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^shipped:templates$/ }, ({ path }) => ({ path, namespace: 'shipped' }));
      onLoad({ filter: /.*/, namespace: 'shipped' }, () => ({ contents: index, loader: 'js', resolveDir: root }));
    },
  };
}

// What knows the letters of all scripts takes longer to make than a page takes to show: the columns of others are told without it, and of marked's patterns each is made
// when it is first used.
function dear() {
  const width = `import { narrowWidth } from './src/terminal/narrow.ts';
    let whole;
    export default (text, options) => (options === undefined ? narrowWidth(text) : undefined) ?? (whole ??= require('fast-string-width').default)(text, options);`;
  return {
    name: 'dear',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^fast-string-width$/ }, ({ path, namespace }) => (namespace === 'dear' ? undefined : { path, namespace: 'dear' }));
      onLoad({ filter: /.*/, namespace: 'dear' }, () => ({ contents: width, loader: 'js', resolveDir: root }));
      onLoad({ filter: /[\\/]marked[\\/]lib[\\/]marked\.esm\.js$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), asCalls);
        const marks = '\\\\p{P}\\\\p{S}';
        if (!code.includes(marks)) throw new Error('marked no longer asks for marks in the way that is made cheaper here');
        const first = `import { LatePattern as RegExp } from ${JSON.stringify(join(root, 'src/terminal/late-pattern.ts'))};\nconst marksOfAllScripts = ${JSON.stringify(rangesOf(/[\p{P}\p{S}]/u))};\n`;
        return { contents: first + code.replaceAll(marks, '" + marksOfAllScripts + "'), loader: 'js' };
      });
    },
  };
}

// What a class of one letter holds, written as its ranges in their order: V8 asks for each letter of all scripts whenever it meets a property.
function rangesOf(letter) {
  const parts = [];
  const sign = (code) => String.fromCodePoint(code).replace(/[\\[\]^-]/, '\\$&');
  const has = (code) => code <= 0x10ffff && letter.test(String.fromCodePoint(code));
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const from = code;
    while (has(code)) code += 1;
    if (code > from) parts.push(code - from === 1 ? sign(from) : `${sign(from)}-${sign(code - 1)}`);
  }
  const all = parts.join('');
  const again = new RegExp(`[${all}]`, 'u');
  for (let code = 0; code <= 0x10ffff; code += 1) if (again.test(String.fromCodePoint(code)) !== has(code)) throw new Error(`U+${code.toString(16)} is lost in a class`);
  return all;
}

// Parts of packages that are never used here and would cost more to load than all the rest: inquirer's own prompts, code highlighting, emoji names, a JSON
// Schema validator for settings that are checked by `storage/settings.ts`, age's keys of other kinds than X25519, which `storage/age.ts` refuses.
function stubs() {
  const contents = {
    '@inquirer/prompts': 'export const input = undefined, select = input, number = input, confirm = input, rawlist = input, expand = input, checkbox = input, password = input, editor = input, search = input, Separator = input;',
    'cli-highlight': 'export const highlight = (code) => code; export default { highlight };',
    // Columns are measured as everywhere here, a tab as what it becomes; a table has no colours of its own, and a link is written by us.
    'string-width': "module.exports = (text) => require('fast-string-width').default(text.replaceAll('\\t', '  '));",
    '@colors/colors/safe': 'export default {};',
    'ansi-escapes': 'export default {};',
    'supports-hyperlinks': 'export default { stdout: false };',
    // Whether there is colour is decided by us, and each style of a page is ours.
    '#supports-color': 'export default { stdout: false, stderr: false };',
    'node-emoji': 'export const get = (name) => name; export default { get };',
    ajv: 'export class Ajv2020 { compile() { return () => true; } }',
    'ajv-formats': 'export default () => {};',
    '@noble/post-quantum/hybrid.js': 'export const MLKEM768P256 = undefined, MLKEM768X25519 = undefined;',
    '@noble/curves/nist.js': 'export const p256 = undefined;',
  };
  return {
    name: 'stubs',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(@inquirer\/prompts|string-width|@colors\/colors\/safe|ansi-escapes|supports-hyperlinks|#supports-color|cli-highlight|node-emoji|ajv|ajv-formats|@noble\/post-quantum\/hybrid\.js|@noble\/curves\/nist\.js)(\/.*)?$/ }, ({ path }) => ({ path: path.startsWith('ajv/') ? 'ajv' : path, namespace: 'stub' }));
      // commander needs it only for commands that are programs of their own; loading it costs a tenth of a bare Node.
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) => (/[\\/]commander[\\/]/.test(importer) ? { path: 'node:child_process', namespace: 'stub' } : undefined));
      onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: contents[path] ?? 'export default {};', loader: 'js', resolveDir: root }));
    },
  };
}
