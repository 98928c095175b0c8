import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Source texts by their path below `src/`. */
export type Files = Readonly<Record<string, string>>;

export interface Import {
  readonly from: string;
  /** A path below `src/`, or the name of a package (`node:fs`, `yaml`, `@inquirer/core`). */
  readonly to: string;
  /** The build removes `type` imports; `lazy` is `import()`. */
  readonly how: 'static' | 'type' | 'lazy';
}

/** What the rules look at in one file. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Names read as variables; no keys, members or words in strings. */
  readonly names: ReadonlySet<string>;
  /** Calls that read the time or random values, such as `Date.now` and `new Date()`. */
  readonly impure: readonly string[];
  readonly hasDefaultExport: boolean;
  /** Exported functions without a docstring. */
  readonly undocumented: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Parses a source text. Throws if it is not TypeScript. */
export function parseFile(path: string, source: string): SourceFile {
  const { program, comments, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const names = new Set<string>();
  const impure: string[] = [];
  visit(program as unknown as Node, (node, parent, key) => {
    const found = importIn(node);
    if (found !== undefined) imports.push({ from: path, to: resolve(path, found.to), how: found.how });
    if (node.type === 'Identifier' && isRead(parent, key)) names.add(String(node['name']));
    const call = impureCall(node);
    if (call !== undefined) impure.push(call);
  });
  const body = (program as unknown as { readonly body: readonly Node[] }).body;
  const docs = comments.filter(({ value }) => value.startsWith('*')).map(({ end }) => end);
  return {
    path,
    lines: source.split('\n').length - 1,
    imports,
    names,
    impure,
    hasDefaultExport: body.some(isDefaultExport),
    undocumented: body.flatMap(node => {
      const isDocumented = docs.some(end => end <= node.start && source.slice(end, node.start).trim() === '');
      const name = exportedFunction(node);
      return name === undefined || isDocumented ? [] : [name];
    }),
  };
}

/** Reads all TypeScript files below a folder, except package declarations. */
export function readSources(folder: URL): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path =>
    path.replaceAll('\\', '/'),
  );
  return Object.fromEntries(
    paths
      .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))
      .map(path => [path, readFileSync(new URL(path, folder), 'utf8')]),
  );
}

function visit(
  node: Node,
  look: (node: Node, parent: Node | undefined, key: string) => void,
  [parent, key]: readonly [Node | undefined, string] = [undefined, ''],
): void {
  look(node, parent, key);
  for (const [name, value] of Object.entries(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) visit(child, look, [node, name]);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function importIn(node: Node): { readonly to: string; readonly how: Import['how'] } | undefined {
  const source = (node['source'] ?? node['argument']) as { readonly value?: unknown } | null | undefined;
  if (typeof source?.value !== 'string') return undefined;
  const to = source.value;
  if (node.type === 'ImportExpression') return { to, how: 'lazy' };
  if (node.type === 'TSImportType') return { to, how: 'type' };
  if (!/^(?:Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) return undefined;
  const kind = node['importKind'] ?? node['exportKind'];
  return { to, how: kind === 'type' ? 'type' : 'static' };
}

function resolve(from: string, to: string): string {
  if (to.startsWith('.')) return posix.join(posix.dirname(from), to);
  if (to.startsWith('node:')) return to;
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
}

const notVariables =
  /^(?:TS(?:TypeReference|QualifiedName|TypeParameter|IndexSignature)|Import\w*Specifier|ExportSpecifier)$/;

/** Whether the name is read as a variable, not as a key, a member after a dot or a type name. */
function isRead(parent: Node | undefined, key: string): boolean {
  if (parent === undefined) return true;
  if (key === 'property') return parent['computed'] === true;
  if (key === 'key') return parent['computed'] === true || parent['shorthand'] === true;
  if (key === 'params' && parent.type.startsWith('TS')) return false;
  return !notVariables.test(parent.type);
}

const members = new Set(['Date.now', 'Math.random']);

function impureCall(node: Node): string | undefined {
  const callee = node['callee'] as Node | undefined;
  const isBareDate = callee?.type === 'Identifier' && callee['name'] === 'Date';
  if (isBareDate && node.type === 'CallExpression') return 'Date()';
  if (isBareDate && node.type === 'NewExpression' && (node['arguments'] as readonly unknown[]).length === 0)
    return 'new Date()';
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property } = node as unknown as Readonly<Record<string, Node>>;
  const name = `${String(object?.['name'])}.${String(property?.['name'])}`;
  return members.has(name) ? name : undefined;
}

function isDefaultExport(node: Node): boolean {
  if (node.type === 'ExportDefaultDeclaration') return true;
  const specifiers = (node.type === 'ExportNamedDeclaration' ? node['specifiers'] : []) as readonly {
    readonly exported: { readonly name?: string };
  }[];
  return specifiers.some(({ exported }) => exported.name === 'default');
}

function exportedFunction(node: Node): string | undefined {
  const declared = node['declaration'] as {
    readonly type: string;
    readonly id?: { readonly name: string };
  } | null;
  return node.type === 'ExportNamedDeclaration' && declared?.type === 'FunctionDeclaration'
    ? declared.id?.name
    : undefined;
}
