// How the program is bundled: one minified CommonJS file, and one for each package that few commands need.

/**
 * Packages that get a file each. In the main file, parsing them would cost every start 13 ms on Node 20 and
 * 3 ms on Node 24. Packages with default imports (chalk, conf) would not work this way.
 */
const packages = 'age-encryption @inquirer/core @scure/base inquirer marked marked-terminal yaml';
const separatePackages = packages.split(' ');
const fileOf = name => name.replace('/', '-');

/** The separate packages as esbuild's entry points. */
export const packageEntries = Object.fromEntries(separatePackages.map(name => [fileOf(name), name]));

/** Modules to replace, by name: parts of packages that the program never uses, or does in its own way. */
const stubs = {
  // Code is shown without colours. The original loads 170 languages for every page.
  'cli-highlight': 'export const highlight = code => code;',
  // `:heart:` in a note stays as typed.
  'node-emoji': 'export const get = name => name;',
  // Measures the columns of a table like all other text; a tab counts as two.
  'string-width': `const { default: widthOf } = require('fast-string-width');
    module.exports = text => widthOf(text.replaceAll('\\t', '  '));`,
  // inquirer's own prompts: the program has its own prompts, made with @inquirer/core.
  '@inquirer/prompts': 'module.exports = {};',
  // conf's JSON Schema validator: src/storage/settings/settings.ts checks the settings.
  'ajv/dist/2020.js': 'export class Ajv2020 { compile() { return () => true; } }',
  'ajv-formats': 'export default () => {};',
};

// These Node modules take milliseconds to load, so load each when one of its properties is first used. The
// proxy is the prototype of an empty object, because esbuild copies a module's own properties but keeps its
// prototype.
for (const name of ['crypto', 'child_process', 'tty', 'os', 'v8'])
  stubs[`node:${name}`] = stubs[name] =
    `module.exports = Object.create(new Proxy({}, { get: (_, key) => require('${name}')[key] }));`;

/** Returns the esbuild plugin that puts the stubs in place; `separated` omits the separate packages. */
const replaceModules = separated => ({
  name: 'replaced',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind, namespace }) => {
      if (namespace === 'stub' && Object.hasOwn(stubs, path)) return { external: true };
      if (Object.hasOwn(stubs, path)) return { path, namespace: 'stub' };
      if (!separated || kind === 'entry-point' || !separatePackages.includes(path)) return undefined;
      return { path: `./${fileOf(path)}.cjs`, external: true };
    });
    onLoad({ filter: /./, namespace: 'stub' }, ({ path }) => ({
      contents: stubs[path],
      resolveDir: process.cwd(),
    }));
  },
});

/**
 * Returns options for esbuild. `plugins` run first; with `separated`, the bundle omits the separate packages.
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
  plugins: [...plugins, replaceModules(separated)],
});
