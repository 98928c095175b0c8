import {
  CST,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import type { YamlNode, YamlEntry } from '../../core/template/located.ts';
import { Exit } from '../../errors.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';

/** The most characters to parse, more than any template or set of answers needs; bounds time and memory. */
const longestText = 512 * 1024;
/** The deepest nesting of `[` and `{`. */
const deepestFlow = 32;
/** The deepest indent, in spaces. */
const deepestIndent = 64;
/** The most list and key markers on one line (`- - - …`). */
const mostCompact = 8;

/**
 * Offsets of a top-level key and its value in the text. An empty value has `valueEnd` equal to `valueStart`.
 */
export interface KeyPlace {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly isBlockList: boolean;
  /** Offsets of the items of a list. */
  readonly items: readonly { readonly start: number; readonly end: number }[];
}

export type YamlRead =
  | { readonly is: 'read'; readonly value: YamlNode; readonly keys: readonly KeyPlace[] }
  | { readonly is: 'fault'; readonly fault: StorageFault };

/**
 * Parses YAML or JSON that the person wrote, which must be a single document. Throws a Problem (exit 2) that
 * names `place` and the line, but never quotes the text.
 */
export function parseYamlNodes(text: string, place: string): YamlNode {
  const read = readYaml(text, place);
  if (read.is === 'fault') throw problemOf(read.fault, { exit: Exit.misused });
  const line = endOfFirstDocument(text);
  if (line !== undefined)
    throw problemOf(fault('storage.data-second-document', { place, line }), { exit: Exit.misused });
  return read.value;
}

/**
 * Returns the line (from 1) of the `---` or `...` that ends the first document, or undefined if only comments
 * follow that document. YAML allows no such line inside a value, however it is quoted.
 */
function endOfFirstDocument(text: string): number | undefined {
  let isBegun = false;
  let end: number | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const marker = /^(?:---|\.\.\.)(?=\s|$)/.exec(line)?.[0];
    const isEmpty = /^\s*(?:#.*)?$/.test(line.slice(marker?.length ?? 0));
    if (end === undefined && marker !== undefined && (isBegun || marker === '...')) end = index + 1;
    if (end !== undefined && !isEmpty) return end;
    isBegun ||= marker !== undefined || !isEmpty;
  }
  return undefined;
}

/**
 * Reads one YAML 1.2 document (core schema) without anchors, aliases, tags or directives. Returns the first
 * fault found.
 */
export function readYaml(text: string, place: string): YamlRead {
  const refused = checkLimits(text, place);
  if (refused !== undefined) return { is: 'fault', fault: refused };
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    logLevel: 'silent',
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
    // `locate` finds repeated keys in linear time; the parser's own check is quadratic, too slow for 20,000
    // keys.
    uniqueKeys: false,
  });
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  const error = document.errors[0];
  if (error !== undefined)
    return { is: 'fault', fault: fault('storage.data-syntax', { place, line: lineAt(error.pos[0]) }) };
  const found = locate(document.contents, 1, { place, lineAt });
  return 'key' in found
    ? { is: 'fault', fault: found }
    : { is: 'read', value: found, keys: placesOf(document, text) };
}

interface LocateContext {
  readonly place: string;
  readonly lineAt: (offset: number) => number;
}

/**
 * Returns a fault for text that could exhaust the parser or is not allowed, before parsing. Uses the parser's
 * own tokens, so that both agree on what is quoted.
 */
function checkLimits(text: string, place: string): StorageFault | undefined {
  if (text.length > longestText) return fault('storage.data-too-long', { place, line: 1 });
  let line = 1;
  let depth = 0;
  let markers = 0;
  let previous = '';
  for (const token of new Lexer().lex(text)) {
    if (previous === CST.SCALAR) {
      line += lineEndsIn(token);
      previous = '';
      continue;
    }
    const type = CST.tokenType(token);
    if (type === 'newline') markers = 0;
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') markers += 1;
    else if (type === 'flow-seq-start' || type === 'flow-map-start') depth += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') depth = Math.max(0, depth - 1);
    else if (type === 'alias' || type === 'anchor') return fault('storage.data-alias', { place, line });
    else if (type === 'tag' || type === 'directive-line') return fault('storage.data-tag', { place, line });
    const tooFar =
      type === 'space' && depth === 0 && markers === 0 && previous === '\n' && token.length > deepestIndent;
    if (tooFar || depth > deepestFlow || markers > mostCompact)
      return fault('storage.data-too-deep', { place, line });
    line += lineEndsIn(token);
    previous = type === 'newline' ? '\n' : token;
  }
  return undefined;
}

function lineEndsIn(token: string): number {
  let count = 0;
  for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) count += 1;
  return count;
}

function locate(node: Node | null, line: number, context: LocateContext): YamlNode | StorageFault {
  if (node === null) return { is: 'scalar', line, value: null, source: '' };
  const own = node.range ? context.lineAt(node.range[0]) : line;
  if (isScalar(node)) {
    const source = node.source ?? '';
    const value = node.value;
    const known =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
    // Report an empty value on the line of its key; the parser's position is further down.
    return { is: 'scalar', line: source === '' ? line : own, value: known ? value : source, source };
  }
  if (isSeq(node)) {
    const items: YamlNode[] = [];
    for (const item of node.items) {
      const found = locate(isNode(item) ? item : null, own, context);
      if ('key' in found) return found;
      items.push(found);
    }
    return { is: 'list', line: own, items };
  }
  if (isMap(node)) {
    const entries: YamlEntry[] = [];
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = isNode(pair.key) ? locate(pair.key, own, context) : undefined;
      if (key === undefined || 'key' in key || key.is !== 'scalar')
        return fault('storage.data-key', { place: context.place, line: own });
      const name = typeof key.value === 'string' ? key.value : key.source;
      if (seen.has(name))
        return fault('storage.data-key-twice', { place: context.place, line: key.line, name });
      seen.add(name);
      const value = locate(isNode(pair.value) ? pair.value : null, key.line, context);
      if ('key' in value) return value;
      entries.push({ key: name, line: key.line, value });
    }
    return { is: 'map', line: own, entries };
  }
  const wrong = { place: context.place, line: own };
  return isAlias(node) ? fault('storage.data-alias', wrong) : fault('storage.data-syntax', wrong);
}

function placesOf(document: Document.Parsed, text: string): KeyPlace[] {
  const top = document.contents;
  if (!isMap(top)) return [];
  const places: KeyPlace[] = [];
  for (const { key, value } of top.items) {
    if (!isScalar(key) || !key.range) continue;
    const [keyStart, keyEnd] = key.range;
    const range = isNode(value) && value.range ? value.range : undefined;
    const empty = range === undefined || range[0] === range[1];
    const colon = text.indexOf(':', keyEnd) + 1;
    places.push({
      key: String(key.value),
      keyStart,
      keyEnd,
      valueStart: empty ? colon : range[0],
      valueEnd: empty ? colon : range[1],
      isBlockList: isSeq(value) && value.flow !== true,
      items: isSeq(value)
        ? value.items.flatMap(item =>
            isNode(item) && item.range ? [{ start: item.range[0], end: item.range[1] }] : [],
          )
        : [],
    });
  }
  return places;
}
