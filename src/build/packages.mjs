// What of Node and of the packages goes into `dist/`, and in what form: parts of them are dear to load, and
// some are never used.
import { transform } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A pattern is read with the file it stands in, used or not, and one that names the letters of a script takes
 * long; as a call it is read when it is used.
 */
export const asCalls = { supported: { 'regexp-sticky-and-unicode-flags': false } };

/**
 * Node's own modules are taken from the process: an import of one costs more than many a file, and CommonJS
 * packages would need a `require`. The heavy ones are loaded with the first thing that is asked of them.
 */
export function builtins() {
  const heavy = ['node:crypto', 'node:child_process', 'node:tty', 'node:os', 'node:v8'];
  const names = new Set(builtinModules);
  const take = path => `process.getBuiltinModule(${JSON.stringify(path)})`;
  // Behind the object rather than in it: esbuild copies what is in it, and that would ask for all.
  const asObject = path =>
    `module.exports = ${heavy.includes(path) ? `Object.create(new Proxy({}, { get: (_, part) => ${take(path)}[part] }))` : take(path)};`;
  // Those cost nothing to ask for again: a file for what two others share would cost more.
  const cheap = ['node:process', 'node:stream', 'node:util'];
  // What nobody imports is left out; asking for all parts of node:fs would load its streams.
  const asModule = path => {
    const parts = Object.keys(process.getBuiltinModule(path)).filter(
      part => /^[A-Za-z_$][\w$]*$/.test(part) && part !== 'default',
    );
    return [
      `const whole = /* @__PURE__ */ ${take(path)};`,
      'export default whole;',
      ...parts.map(part => `export const ${part} = /* @__PURE__ */ (() => whole.${part})();`),
    ].join('\n');
  };
  return {
    name: 'builtins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind, importer }) => {
        const name = path.replace(/^node:/, '');
        if (!names.has(name)) return undefined;
        const isObject = kind === 'require-call' || heavy.includes(`node:${name}`);
        return {
          path: `node:${name}`,
          namespace: isObject ? 'builtin' : 'builtin-module',
          sideEffects: false,
          suffix: cheap.includes(`node:${name}`) ? `?${importer}` : '',
        };
      });
      onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: asObject(path),
        loader: 'js',
      }));
      onLoad({ filter: /.*/, namespace: 'builtin-module' }, ({ path }) => ({
        contents: asModule(path),
        loader: 'js',
      }));
    },
  };
}

/**
 * What knows the letters of all scripts takes longer to make than a page takes to show: the columns of others
 * are told without it, and of marked's patterns each is made when it is first used.
 */
export function dear() {
  const width = `import { narrowWidth } from './src/terminal/narrow.ts';
    let whole;
    export default (text, options) => (options === undefined ? narrowWidth(text) : undefined) ?? (whole ??= require('fast-string-width').default)(text, options);`;
  return {
    name: 'dear',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^fast-string-width$/ }, ({ path, namespace }) =>
        namespace === 'dear' ? undefined : { path, namespace: 'dear' },
      );
      onLoad({ filter: /.*/, namespace: 'dear' }, () => ({
        contents: width,
        loader: 'js',
        resolveDir: root,
      }));
      onLoad({ filter: /[\\/]marked[\\/]lib[\\/]marked\.esm\.js$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), asCalls);
        const marks = '\\\\p{P}\\\\p{S}';
        if (!code.includes(marks))
          throw new Error('marked no longer asks for marks in the way that is made cheaper here');
        const first = `import { LatePattern as RegExp } from ${JSON.stringify(join(root, 'src/terminal/late-pattern.ts'))};\nconst marksOfAllScripts = ${JSON.stringify(rangesOf(/[\p{P}\p{S}]/u))};\n`;
        return { contents: first + code.replaceAll(marks, '" + marksOfAllScripts + "'), loader: 'js' };
      });
    },
  };
}

// What a class of one letter holds, written as its ranges in their order: V8 asks for each letter of all
// scripts whenever it meets a property.
function rangesOf(letter) {
  const parts = [];
  const sign = code => String.fromCodePoint(code).replace(/[\\[\]^-]/, '\\$&');
  const has = code => code <= 0x10ffff && letter.test(String.fromCodePoint(code));
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const from = code;
    while (has(code)) code += 1;
    if (code > from) parts.push(code - from === 1 ? sign(from) : `${sign(from)}-${sign(code - 1)}`);
  }
  const all = parts.join('');
  const again = new RegExp(`[${all}]`, 'u');
  for (let code = 0; code <= 0x10ffff; code += 1)
    if (again.test(String.fromCodePoint(code)) !== has(code))
      throw new Error(`U+${code.toString(16)} is lost in a class`);
  return all;
}

/**
 * Parts of packages that are never used here and would cost more to load than all the rest: inquirer's own
 * prompts, code highlighting, emoji names, a JSON Schema validator for settings that are checked by
 * `storage/settings.ts`, age's keys of other kinds than X25519, which `storage/age.ts` refuses.
 */
export function stubs() {
  const contents = {
    '@inquirer/prompts':
      'export const input = undefined, select = input, number = input, confirm = input, rawlist = input, expand = input, checkbox = input, password = input, editor = input, search = input, Separator = input;',
    'cli-highlight': 'export const highlight = (code) => code; export default { highlight };',
    // Columns are measured as everywhere here, a tab as what it becomes; a table has no colours of its own,
    // and a link is written by us.
    'string-width':
      "module.exports = (text) => require('fast-string-width').default(text.replaceAll('\\t', '  '));",
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
      onResolve(
        {
          filter:
            /^(@inquirer\/prompts|string-width|@colors\/colors\/safe|ansi-escapes|supports-hyperlinks|#supports-color|cli-highlight|node-emoji|ajv|ajv-formats|@noble\/post-quantum\/hybrid\.js|@noble\/curves\/nist\.js)(\/.*)?$/,
        },
        ({ path }) => ({ path: path.startsWith('ajv/') ? 'ajv' : path, namespace: 'stub' }),
      );
      // commander needs it only for commands that are programs of their own; loading it costs a tenth of a
      // bare Node.
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        /[\\/]commander[\\/]/.test(importer) ? { path: 'node:child_process', namespace: 'stub' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({
        contents: contents[path] ?? 'export default {};',
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}
