import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from 'shipped:templates';
import type { Located } from '../core/located.ts';
import { nearest } from '../core/suggest.ts';
import type { Template } from '../core/template.ts';
import type { WordTree } from '../core/words.ts';
import { Exit, Problem } from '../errors.ts';
import type { Templates } from '../world.ts';
import { readWhole } from './safe-read.ts';

/** Those that are shipped. */
export const shippedLanguages: readonly string[] = Object.keys(languages);

/** Loads the words of a language. */
export async function loadWords(language: string): Promise<WordTree> {
  return (await partsOf(language).words()).value;
}

/** Opens the sequences, lists and pages of a language, and the person's own sequences in `<folder>/templates`. */
export function openTemplates(language: string, ownFolder: () => string): Templates {
  const parts = partsOf(language);
  return {
    languages: shippedLanguages,
    isShipped: (name) => parts[`sequence/${name}`] !== undefined,
    sequence: async (name) => (await parts[`sequence/${name}`]?.())?.value ?? readOwn(name, language, ownFolder()),
    list: async (name) => (await parts.lists()).value[name] ?? [],
    closings: async () => (await parts.closings()).value,
    helpNow: async () => (await parts['help-now']()).value,
    pages: async () => (await parts.learn()).value.pages,
    sources: async () => (await parts.learn()).value.sources,
    fields: async () => (await parts.fields()).value,
    demo: async () => (await parts.demo()).value,
  };
}

function partsOf(language: string): NonNullable<(typeof languages)[string]> {
  const parts = languages[language] ?? languages['en'];
  if (parts === undefined) throw new Error('no language is shipped');
  return parts;
}

async function readOwn(name: string, language: string, folder: string): Promise<Template> {
  const parts = partsOf(language);
  const { value: names } = await parts.names();
  const mine = ownNames(folder);
  if (!mine.includes(name)) {
    const known = [...names.sequences, ...mine];
    throw new Problem('templates.unknown', { name, known: [nearest(name, known), ...mine].filter(Boolean).join(', ') || 'reflect', folder }, { exit: Exit.misused });
  }
  const file = join(folder, `${name}.yaml`);
  // The checker and the YAML reader are loaded for an own sequence only: what is shipped was checked when it was built.
  const [{ parseLocated }, { checkTemplate }] = await Promise.all([import('./yaml.ts'), import('../core/check-template.ts')]);
  const [lists, anchors, shipped] = await Promise.all([parts.lists(), parts.anchors(), loadSequences(language, names.sequences)]);
  const { value, faults } = checkTemplate(parsed(parseLocated, file), {
    sequence: (one) => own(shipped, one),
    list: (one) => own(lists.value, one),
    anchors: (one) => own(anchors.value, one),
    names: { lists: Object.keys(lists.value), anchors: Object.keys(anchors.value), sequences: names.sequences },
  });
  const [fault] = faults;
  if (fault !== undefined) throw new Problem(fault.key, { file, line: fault.line, ...fault.params });
  return { ...value, name };
}

// The person's own file is not a misused flag: exit 1, as for all that is wrong in it.
function parsed(parse: (text: string, place: string) => Located, file: string): Located {
  try {
    return parse(readWhole(file), file);
  } catch (error) {
    throw error instanceof Problem ? new Problem(error.key, error.params, { cause: error }) : error;
  }
}

async function loadSequences(language: string, names: readonly string[]): Promise<Readonly<Record<string, Template>>> {
  const parts = partsOf(language);
  const all: Record<string, Template> = {};
  for (const name of names) {
    const sequence = await parts[`sequence/${name}`]?.();
    if (sequence !== undefined) all[name] = sequence.value;
  }
  return all;
}

// A name that an object has by itself (`constructor`) is none of ours.
function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function ownNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length)).sort();
  } catch {
    // No folder of templates: none of their own.
    return [];
  }
}
