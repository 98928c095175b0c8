import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { languages } from 'shipped:templates';
import type { Surroundings } from '../../core/template-check/check-question.ts';
import type { Fault, YamlNode } from '../../core/template/located.ts';
import { continuing } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import { Problem } from '../../errors.ts';
import type { OwnTemplate, TemplateFault } from '../../world/world.ts';
import { isThere, readWhole } from '../fs/read-file.ts';

type Parts = NonNullable<(typeof languages)[string]>;

/** Returns the names of the person's own sequences, without `.yaml`; empty if the folder does not exist. */
export function ownNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.yaml') && !name.startsWith('.'))
      .map(name => name.slice(0, -'.yaml'.length))
      .sort();
  } catch {
    return [];
  }
}

/** Whether the person has a sequence of this name. */
export function hasOwn(folder: string, name: string): boolean {
  try {
    return isThere(join(folder, `${name}.yaml`));
  } catch {
    return false;
  }
}

/** Reads a sequence of the person's own. Throws a Problem with file and line for the first fault in it. */
export async function readOwn(parts: Parts, folder: string, name: string): Promise<Template> {
  const file = join(folder, `${name}.yaml`);
  const { value, faults } = await checkText(parts, readWhole(file), file);
  const [first] = faults;
  if (first !== undefined) throw new Problem(first.key, first.params);
  return { ...value, name };
}

/**
 * Reads the file with which the person extends the shipped sequence `name`, and returns the extended
 * sequence. Returns undefined if the file with that name is not an extension.
 */
export async function readExtended(
  parts: Parts,
  folder: string,
  name: string,
): Promise<Template | undefined> {
  const { parseYamlNodes } = await import('../format/yaml.ts');
  const { isExtension } = await import('../../core/template-check/extend-template.ts');
  const file = join(folder, `${name}.yaml`);
  return isExtension(parseOwnFile(parseYamlNodes, readWhole(file), file))
    ? readOwn(parts, folder, name)
    : undefined;
}

/** Reads all of the person's own sequences, with the faults of each. A broken file does not make it throw. */
export async function readAllOwn(parts: Parts, folder: string): Promise<readonly OwnTemplate[]> {
  const all: OwnTemplate[] = [];
  for (const name of ownNames(folder)) {
    const path = join(folder, `${name}.yaml`);
    try {
      const { value, faults, questions, extending } = await checkText(parts, readWhole(path), path);
      // A complete sequence with the name of a shipped one would never be used.
      const isHidden = extending === undefined && parts[`sequence/${name}`] !== undefined;
      const more: readonly TemplateFault[] = isHidden
        ? [{ key: 'templates.name-of-ours', line: 1, params: { file: path, line: 1, name } }]
        : [];
      all.push({
        name,
        path,
        template: { ...value, name },
        questions,
        faults: [...byLine(faults), ...more],
        extends: extending,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      all.push({ name, path, questions: [], faults: [faultOf(error)] });
    }
  }
  return all;
}

export interface CheckedText {
  readonly value: Template;
  /** In the order found: a misspelt key comes before the missing key that it was meant to be. */
  readonly faults: readonly TemplateFault[];
  /** The ids of its questions; for an extension, only of the questions it adds. */
  readonly questions: readonly string[];
  /** The name of the sequence that it extends. */
  readonly extending?: string;
}

/** Checks the text of a sequence and returns every fault. Throws a Problem if it is not valid YAML. */
export async function checkText(parts: Parts, text: string, file: string): Promise<CheckedText> {
  // Load the checkers and the YAML reader only for the person's own sequences: the build checked the shipped
  // ones.
  const [{ parseYamlNodes }, { checkTemplate }, { extendTemplate, isExtension }] = await Promise.all([
    import('../format/yaml.ts'),
    import('../../core/template-check/check-template.ts'),
    import('../../core/template-check/extend-template.ts'),
  ]);
  const root = parseOwnFile(parseYamlNodes, text, file);
  const context = await surroundings(parts);
  const withFile = (faults: readonly Fault[]): readonly TemplateFault[] =>
    faults.map(({ line, key, params }) => ({ key, line, params: { file, line, ...params } }));
  if (isExtension(root)) {
    const { value, faults, added } = extendTemplate(root, context);
    return {
      value,
      faults: withFile([...faults, ...wrongName(root, parts, value.name, basename(file, '.yaml'))]),
      questions: added,
      extending: value.name,
    };
  }
  const { value, faults } = checkTemplate(root, context);
  return {
    value,
    faults: withFile(faults),
    questions: value.steps.flatMap(step => (step.is === 'ask' ? [step.key] : [])),
  };
}

// Returns a fault if no command would use an extension with this file name. `prep` and the like read only the
// file with their own name; `reflect` also uses any name that is not a shipped sequence.
function wrongName(root: YamlNode, parts: Parts, extending: string, name: string): readonly Fault[] {
  const isUsed =
    extending === name ||
    extending === '' ||
    (!continuing.includes(extending) && parts[`sequence/${name}`] === undefined);
  const line =
    root.is === 'map' ? (root.entries.find(({ key }) => key === 'extends')?.line ?? root.line) : root.line;
  return isUsed ? [] : [{ line, key: 'templates.extends-name', params: { name: extending } }];
}

/** Returns faults sorted by line. */
export function byLine(faults: readonly TemplateFault[]): readonly TemplateFault[] {
  return [...faults].sort((a, b) => a.line - b.line);
}

/** Converts a Problem about a file into a fault. */
export function faultOf({ key, params }: Problem): TemplateFault {
  const line = params['line'];
  return { key, params, line: typeof line === 'number' ? line : 1 };
}

async function surroundings(parts: Parts): Promise<Surroundings> {
  const [{ value: names }, { value: lists }, { value: anchors }] = await Promise.all([
    parts.names(),
    parts.lists(),
    parts.anchors(),
  ]);
  const shipped: Record<string, Template> = {};
  for (const name of names.sequences) {
    const sequence = await parts[`sequence/${name}`]?.();
    if (sequence !== undefined) shipped[name] = sequence.value;
  }
  return {
    sequence: name => own(shipped, name),
    list: name => own(lists, name),
    anchors: name => own(anchors, name),
    names: { lists: Object.keys(lists), anchors: Object.keys(anchors), sequences: names.sequences },
  };
}

// A fault in the person's own file is not misuse of the command line: exit with 1 instead of 2.
function parseOwnFile(
  parse: (text: string, place: string) => YamlNode,
  text: string,
  file: string,
): YamlNode {
  try {
    return parse(text, file);
  } catch (error) {
    throw error instanceof Problem ? new Problem(error.key, error.params, { cause: error }) : error;
  }
}

// Ignores inherited properties such as `constructor`.
function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
