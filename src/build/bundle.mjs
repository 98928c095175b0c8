// How the program is bundled: one minified CommonJS file with every package inside.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Parts of packages that the program never uses, or replaces. */
const stubs = {
  // Code is shown without colours: 170 languages would be read for every page that is shown.
  'cli-highlight': 'export const highlight = (code) => code;',
  // `:heart:` in a note stays as it was typed.
  'node-emoji': 'export const get = (name) => name;',
  // A table in a note measures its columns as everything else does; a tab takes two.
  'string-width': `const { default: widthOf } = require('fast-string-width');
    module.exports = (text) => widthOf(text.replaceAll('\\t', '  '));`,
  // inquirer's own prompts: the program asks with prompts of its own, made with @inquirer/core.
  '@inquirer/prompts': `export const input = undefined, select = input, number = input, confirm = input,
    rawlist = input, expand = input, checkbox = input, password = input, editor = input, search = input,
    Separator = input;`,
  // conf's JSON Schema validator: src/storage/settings.ts checks the settings.
  ajv: 'export class Ajv2020 { compile() { return () => true; } }',
  'ajv-formats': 'export default () => {};',
};

const stubbed = {
  name: 'stubs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path }) => {
      const name = path.replace('/dist/2020.js', '');
      return Object.hasOwn(stubs, name) ? { path: name, namespace: 'stub' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'stub' }, ({ path }) => ({ contents: stubs[path], resolveDir: root }));
  },
};

// These modules of Node take milliseconds to load, so each is loaded when something in it is first used.
// esbuild copies a module's own properties and keeps its prototype: the proxy stands behind an empty object.
const lateLoaded = {
  name: 'late-loaded',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(crypto|child_process|tty|os|v8)$/ }, ({ path, namespace }) => (
      namespace === 'late' ? { path, external: true } : { path, namespace: 'late' }
    ));
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `const late = new Proxy({}, { get: (_, key) => require('${path}')[key] });
        module.exports = Object.create(late);`,
    }));
  },
};

/**
 * Options for esbuild. `entry` is a module's text, `plugins` run before the stubs.
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions({ entry, plugins = [], define = {} }) {
  return {
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    define,
    plugins: [...plugins, stubbed, lateLoaded],
  };
}
