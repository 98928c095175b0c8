// How the program is bundled: one minified CommonJS file, and one for each package that few commands need.

/**
 * Packages with files of their own. Inside the main file they would cost every start 13 ms on Node 20 and
 * 3 ms on Node 24, only to be looked through. Default imports of them would not work (chalk, conf).
 */
const packages = 'age-encryption @inquirer/core @scure/base inquirer marked marked-terminal yaml';
const separate = packages.split(' ');
const fileOf = name => name.replace('/', '-');

/** The separate packages as esbuild's entry points. */
export const packageEntries = Object.fromEntries(separate.map(name => [fileOf(name), name]));

/** Parts of packages that the program never uses, or replaces. */
const stubs = {
  // Code is shown without colours: 170 languages would be read for every page that is shown.
  'cli-highlight': 'export const highlight = code => code;',
  // `:heart:` in a note stays as it was typed.
  'node-emoji': 'export const get = name => name;',
  // A table in a note measures its columns as everything else does; a tab takes two.
  'string-width': `const { default: widthOf } = require('fast-string-width');
    module.exports = text => widthOf(text.replaceAll('\\t', '  '));`,
  // inquirer's own prompts: the program asks with prompts of its own, made with @inquirer/core.
  '@inquirer/prompts': 'module.exports = {};',
  // conf's JSON Schema validator: src/storage/settings/settings.ts checks the settings.
  'ajv/dist/2020.js': 'export class Ajv2020 { compile() { return () => true; } }',
  'ajv-formats': 'export default () => {};',
};

// These modules of Node take milliseconds to load, so each is loaded when something in it is first used.
// esbuild copies a module's own properties and keeps its prototype: the proxy stands behind an empty object.
for (const name of ['crypto', 'child_process', 'tty', 'os', 'v8'])
  stubs[`node:${name}`] = stubs[name] =
    `module.exports = Object.create(new Proxy({}, { get: (_, key) => require('${name}')[key] }));`;

/** The plugin that puts the stubs in place of packages and leaves the separate packages out. */
const replaced = separated => ({
  name: 'replaced',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind, namespace }) => {
      if (namespace === 'stub' && Object.hasOwn(stubs, path)) return { external: true };
      if (Object.hasOwn(stubs, path)) return { path, namespace: 'stub' };
      if (!separated || kind === 'entry-point' || !separate.includes(path)) return undefined;
      return { path: `./${fileOf(path)}.cjs`, external: true };
    });
    onLoad({ filter: /./, namespace: 'stub' }, ({ path }) => ({
      contents: stubs[path],
      resolveDir: process.cwd(),
    }));
  },
});

/**
 * Options for esbuild: `plugins` run first; with `separated` the packages above are left out.
 * @returns {import('esbuild').BuildOptions}
 */
export const bundleOptions = ({ plugins = [], separated = false } = {}) => ({
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  target: 'node20',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [...plugins, replaced(separated)],
});
