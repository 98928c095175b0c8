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

/** Names the person's own files of questions, without `.yaml`; none when there is no such folder. */
export function ownNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.yaml') && !name.startsWith('.'))
      .map(name => name.slice(0, -'.yaml'.length))
      .sort();
  } catch {
    // No folder of templates: none of their own.
    return [];
  }
}

/** Says whether there is a file of the person's of this name. */
export function hasOwn(folder: string, name: string): boolean {
  try {
    return isThere(join(folder, `${name}.yaml`));
  } catch {
    return false;
  }
}

/**
 * Reads one of the person's own. Throws a Problem with file and line for the first thing that is wrong in it.
 */
export async function readOwn(parts: Parts, folder: string, name: string): Promise<Template> {
  const file = join(folder, `${name}.yaml`);
  const { value, faults } = await checkText(parts, readWhole(file), file);
  const [first] = faults;
  if (first !== undefined) throw new Problem(first.key, first.params);
  return { ...value, name };
}

/**
 * Reads what the person adds to a sequence of ours in a file of its name; undefined when the file there does
 * something else.
 */
export async function readAdded(parts: Parts, folder: string, name: string): Promise<Template | undefined> {
  const { parseYamlNodes } = await import('../format/yaml.ts');
  const { isExtension } = await import('../../core/template-check/extend-template.ts');
  const file = join(folder, `${name}.yaml`);
  return isExtension(parsed(parseYamlNodes, readWhole(file), file))
    ? readOwn(parts, folder, name)
    : undefined;
}

/** Reads all of the person's own, with what is wrong in each. Never throws for a single file. */
export async function readAllOwn(parts: Parts, folder: string): Promise<readonly OwnTemplate[]> {
  const all: OwnTemplate[] = [];
  for (const name of ownNames(folder)) {
    const path = join(folder, `${name}.yaml`);
    try {
      const { value, faults, questions, extending } = await checkText(parts, readWhole(path), path);
      // A whole sequence with the name of one of ours would never be asked.
      const hidden = extending === undefined && parts[`sequence/${name}`] !== undefined;
      const more: readonly TemplateFault[] = hidden
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
  /** In the order in which they were met: a misspelt key comes before the one that is missing for it. */
  readonly faults: readonly TemplateFault[];
  /** The ids of what it asks; of an extension those that it adds. */
  readonly questions: readonly string[];
  /** The sequence that it adds to. */
  readonly extending?: string;
}

/** Checks a text that is meant as a sequence, and gives every fault. Throws a Problem when it is no YAML. */
export async function checkText(parts: Parts, text: string, file: string): Promise<CheckedText> {
  // The checkers and the YAML reader are loaded for an own sequence only: what is shipped was checked when it
  // was built.
  const [{ parseYamlNodes }, { checkTemplate }, { extendTemplate, isExtension }] = await Promise.all([
    import('../format/yaml.ts'),
    import('../../core/template-check/check-template.ts'),
    import('../../core/template-check/extend-template.ts'),
  ]);
  const at = parsed(parseYamlNodes, text, file);
  const around = await surroundings(parts);
  const shownPath = (faults: readonly Fault[]): readonly TemplateFault[] =>
    faults.map(({ line, key, params }) => ({ key, line, params: { file, line, ...params } }));
  if (isExtension(at)) {
    const { value, faults, added } = extendTemplate(at, around);
    return {
      value,
      faults: shownPath([...faults, ...wrongName(at, parts, value.name, basename(file, '.yaml'))]),
      questions: added,
      extending: value.name,
    };
  }
  const { value, faults } = checkTemplate(at, around);
  return {
    value,
    faults: shownPath(faults),
    questions: value.steps.flatMap(step => (step.is === 'ask' ? [step.key] : [])),
  };
}

// What is added to `prep` is asked by that command, from the file of its name. `reflect` asks a sequence of
// any name that is none of ours.
function wrongName(at: YamlNode, parts: Parts, extending: string, name: string): readonly Fault[] {
  const isAsked =
    extending === name ||
    extending === '' ||
    (!continuing.includes(extending) && parts[`sequence/${name}`] === undefined);
  const line = at.is === 'map' ? (at.entries.find(({ key }) => key === 'extends')?.line ?? at.line) : at.line;
  return isAsked ? [] : [{ line, key: 'templates.extends-name', params: { name: extending } }];
}

/** Puts faults in the order of their lines. */
export function byLine(faults: readonly TemplateFault[]): readonly TemplateFault[] {
  return [...faults].sort((a, b) => a.line - b.line);
}

/** Makes of a Problem with a file the fault that a list of faults shows. */
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
    sequence: one => own(shipped, one),
    list: one => own(lists, one),
    anchors: one => own(anchors, one),
    names: { lists: Object.keys(lists), anchors: Object.keys(anchors), sequences: names.sequences },
  };
}

// The person's own file is not a misused flag: exit 1, as for all that is wrong in it.
function parsed(parse: (text: string, place: string) => YamlNode, text: string, file: string): YamlNode {
  try {
    return parse(text, file);
  } catch (error) {
    throw error instanceof Problem ? new Problem(error.key, error.params, { cause: error }) : error;
  }
}

// A name that an object has by itself (`constructor`) is none of ours.
function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
