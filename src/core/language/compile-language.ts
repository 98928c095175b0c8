import {
  checkAnchorMap,
  checkClauses,
  checkJoinedClauses,
  checkOptionList,
} from '../template-check/check-options.ts';
import { checkTemplate } from '../template-check/check-template.ts';
import { checkCondition } from '../template-check/check-condition.ts';
import { checkDemo } from './check-demo.ts';
import type { DemoNote } from './demo.ts';
import type { HelpNow } from './help-now.ts';
import { checkHelpNow } from './help-now.ts';
import type { Fault, YamlNode } from '../template/located.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import type { Anchor, Closing, Option, Template } from '../template/template.ts';
import type { WordTree } from './words.ts';
import { findWords, hasWords } from './words.ts';

/** A parsed file of a language's folder. */
export interface Source {
  /** Without extension: `reflect`, `lists`, `words/summary`. */
  readonly name: string;
  /** Its name in error messages. */
  readonly file: string;
  readonly at: YamlNode;
}

/** What is wrong in a file, with its line. */
export interface FileFault extends Fault {
  readonly file: string;
}

/** Everything that the files of one language define, and their faults. */
export interface Language {
  readonly sequences: Readonly<Record<string, Template>>;
  readonly lists: Readonly<Record<string, readonly Option[]>>;
  readonly anchors: Readonly<Record<string, readonly Anchor[]>>;
  readonly closings: readonly Closing[];
  readonly helpNow: HelpNow;
  readonly words: WordTree;
  /** The notes of the demo; empty if the language has no demo. */
  readonly demo: readonly DemoNote[];
  readonly faults: readonly FileFault[];
}

/** Compiles and checks all files of one language. Sequences may refer to each other, but not in a circle. */
export function compileLanguage(sources: readonly Source[]): Language {
  const faults: FileFault[] = [];
  const shared = readSharedFiles(sources, faults);
  const { lists, anchors, words } = shared;
  const sequenceSources = sources.filter(isSequence);
  const names = {
    lists: Object.keys(lists),
    anchors: Object.keys(anchors),
    sequences: sequenceSources.map(({ name }) => name),
  };
  const sequences: Record<string, Template> = {};
  // The sequences being checked; each one refers to the next.
  const inProgress = new Set<string>();
  const sequence = (name: string): Template | undefined => {
    const known = sequences[name];
    const source = sequenceSources.find(candidate => candidate.name === name);
    if (known !== undefined || source === undefined) return known;
    if (inProgress.has(name)) {
      faults.push({ line: source.at.line, key: 'templates.circle', params: { name }, file: source.file });
      return undefined;
    }
    inProgress.add(name);
    const { value, faults: found } = checkTemplate(source.at, {
      sequence,
      list: list => lists[list],
      anchors: list => anchors[list],
      names,
    });
    inProgress.delete(name);
    faults.push(...found.map(fault => ({ ...fault, file: source.file })));
    sequences[name] = value;
    return value;
  };
  for (const { name } of sequenceSources) sequence(name);
  const separator = hasWords(words, 'conversation.separator')
    ? findWords(words, 'conversation.separator')
    : ', ';
  const demo = sources
    .filter(({ name }) => name === 'demo')
    .flatMap(({ file, at }) =>
      collectFaults(file, faults, found => checkDemo(at, { sequence, separator }, found)),
    );
  return { sequences, ...shared, demo, faults };
}

/** Runs `read` on one file and adds the faults that it finds to `faults`, with the file's name. */
function collectFaults<Value>(file: string, faults: FileFault[], read: (found: Fault[]) => Value): Value {
  const found: Fault[] = [];
  const value = read(found);
  faults.push(...found.map(fault => ({ ...fault, file })));
  return value;
}

/** The files outside `words/` that are not sequences. */
const otherFiles: readonly string[] = ['lists', 'closings', 'help-now', 'sources', 'pages', 'demo'];

function isSequence({ name }: Source): boolean {
  return !name.startsWith('words/') && !otherFiles.includes(name);
}

/** Reads the files that any sequence may use: lists, anchors, closings, the help page and the words. */
function readSharedFiles(
  sources: readonly Source[],
  faults: FileFault[],
): Pick<Language, 'lists' | 'anchors' | 'closings' | 'helpNow' | 'words'> {
  const lists: Record<string, readonly Option[]> = {};
  const anchors: Record<string, readonly Anchor[]> = {};
  const closings: Closing[] = [];
  let helpNow: HelpNow = {
    say: [],
    pointers: [],
    others: [],
    on: {},
    inside: '',
    footer: '',
    months: [],
    reviewed: '',
  };
  const words: Record<string, WordTree> = {};
  for (const { name, file, at } of sources) {
    collectFaults(file, faults, found => {
      if (name === 'lists') readLists(at, lists, anchors, found);
      if (name === 'help-now') helpNow = checkHelpNow(at, found);
      if (name === 'closings') closings.push(...readClosings(at, found));
      if (name.startsWith('words/')) words[name.slice('words/'.length)] = readWords(at, found);
    });
  }
  return { lists, anchors, closings, helpNow, words };
}

/**
 * Lists whose options appear in opening sentences: besides its label, each option needs a clause for them.
 */
const saidInSentences: readonly string[] = ['kinds', 'feelings'];
/** The one of these lists from which a sentence can name several options, joined by commas. */
const joined = 'feelings';

function readLists(
  at: YamlNode,
  lists: Record<string, readonly Option[]>,
  anchors: Record<string, readonly Anchor[]>,
  faults: Fault[],
): void {
  const schema = openSchemaReader(at, 'lists', ['lists', 'anchors', 'language'], faults);
  const maps = [schema?.at('lists'), schema?.at('anchors')];
  for (const [index, map] of maps.entries()) {
    if (map?.is !== 'map') continue;
    for (const { key, value } of map.entries) {
      if (index === 0) {
        const options = checkOptionList(value, faults);
        if (saidInSentences.includes(key)) checkClauses(value, options, faults);
        if (key === joined) checkJoinedClauses(value, options, faults);
        lists[key] = options;
      } else anchors[key] = checkAnchorMap(value, faults);
    }
  }
}

function readClosings(at: YamlNode, faults: Fault[]): readonly Closing[] {
  const schema = openSchemaReader(at, 'closings', ['closings', 'language'], faults);
  return (schema?.items('closings') ?? []).flatMap(item => {
    const inner = openSchemaReader(
      item,
      'closing',
      ['outcome', 'when', 'words', 'serves', 'translator'],
      faults,
    );
    return inner === undefined
      ? []
      : [
          {
            outcome: inner.needText('outcome'),
            when: checkCondition(inner.at('when'), faults),
            words: inner.needText('words'),
          },
        ];
  });
}

function readWords(at: YamlNode, faults: Fault[]): WordTree {
  if (at.is !== 'map') {
    faults.push({ line: at.line, key: 'templates.expected-map', params: { what: 'words' } });
    return {};
  }
  const tree: Record<string, string | WordTree> = {};
  for (const { key, line, value } of at.entries) {
    // A file may list the rows of guidance that it serves, as sequences do.
    if (key === 'serves' && value.is === 'list') continue;
    if (value.is === 'map') tree[key] = readWords(value, faults);
    else if (value.is === 'scalar') tree[key] = typeof value.value === 'string' ? value.value : value.source;
    else faults.push({ line, key: 'templates.wrong-type', params: { key, expected: 'text', what: 'words' } });
  }
  return tree;
}
