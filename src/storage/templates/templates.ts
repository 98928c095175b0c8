import { join } from 'node:path';
import { languages } from 'shipped:templates';
import type { Choice } from '../../core/template/choices.ts';
import { choicesIn, mergeChoices } from '../../core/template/choices.ts';
import { frontKeys } from '../../core/notes/reflection.ts';
import { nearest } from '../../core/text/nearest-words.ts';
import { extendable } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import type { WordTree } from '../../core/language/words.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Templates } from '../../world/world.ts';
import {
  byLine,
  checkText,
  faultOf,
  hasOwn,
  ownNames,
  readExtended,
  readAllOwn,
  readOwn,
} from './own-templates.ts';
import { refuseForeignFolder } from '../folder/own-folders.ts';
import { readWhole } from '../fs/read-file.ts';

/** The codes of the shipped languages. */
export const shippedLanguages: readonly string[] = Object.keys(languages);

/** Loads the words of a language; English if the language is not shipped. */
export async function loadWords(language: string): Promise<WordTree> {
  return (await partsOf(language).words()).value;
}

/** Opens the sequences, lists and pages of a language, and the person's own sequences in `ownFolder()`. */
export function openTemplates(language: string, ownFolder: () => string): Templates {
  const parts = partsOf(language);
  const isShipped = (name: string): boolean => parts[`sequence/${name}`] !== undefined;
  return {
    languages: shippedLanguages,
    isShipped,
    sequence: async name => {
      const extended =
        extendable.includes(name) && hasOwn(ownFolder(), name)
          ? await readExtended(parts, ownFolder(), name)
          : undefined;
      return extended ?? (await parts[`sequence/${name}`]?.())?.value ?? readNamed(parts, ownFolder(), name);
    },
    ours: async name => {
      const shipped = await parts[`sequence/${name}`]?.();
      if (shipped === undefined) throw new Error(`no sequence ${name} is shipped`);
      return shipped.value;
    },
    list: async name => Object.entries((await parts.lists()).value).find(([key]) => key === name)?.[1] ?? [],
    closings: async () => (await parts.closings()).value,
    helpNow: async () => (await parts['help-now']()).value,
    pages: async () => (await parts.learn()).value.pages,
    sources: async () => (await parts.learn()).value.sources,
    fields: async () => ({
      ...(ownNames(ownFolder()).length > 0 ? await ownFields(parts, ownFolder()) : {}),
      ...(await parts.fields()).value,
    }),
    choices: async keys => {
      const shipped = (await parts.choices()).value;
      return keys.some(key => isOwn(key, shipped)) && ownNames(ownFolder()).length > 0
        ? withOwnChoices(parts, ownFolder(), shipped)
        : shipped;
    },
    demo: async () => (await parts.demo()).value,
    passphraseWords: async () => (await parts['passphrase-words']()).value,
    shipped: async () => (await parts.names()).value.sequences,
    own: () => readAllOwn(parts, ownFolder()),
    ownFolder,
    ownFolderToWrite: () => {
      refuseForeignFolder(ownFolder());
      return ownFolder();
    },
    source: async name => {
      const shipped = await parts[`source/${name}`]?.();
      if (shipped !== undefined) return shipped.value;
      if (!ownNames(ownFolder()).includes(name)) await refuseUnknown(parts, ownFolder(), name);
      return readWhole(join(ownFolder(), `${name}.yaml`));
    },
    check: async (text, place) => {
      try {
        const { faults, questions } = await checkText(parts, text, place);
        return { faults: byLine(faults), questions };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return { faults: [faultOf(error)], questions: [] };
      }
    },
  };
}

function partsOf(language: string): NonNullable<(typeof languages)[string]> {
  const parts = languages[Object.hasOwn(languages, language) ? language : 'en'];
  if (parts === undefined) throw new Error('no language is shipped');
  return parts;
}

async function readNamed(parts: ReturnType<typeof partsOf>, folder: string, name: string): Promise<Template> {
  if (!ownNames(folder).includes(name)) await refuseUnknown(parts, folder, name);
  return readOwn(parts, folder, name);
}

async function refuseUnknown(
  parts: ReturnType<typeof partsOf>,
  folder: string,
  name: string,
): Promise<never> {
  const mine = ownNames(folder);
  const known = [...(await parts.names()).value.sequences, ...mine];
  const near = nearest(name, known);
  const suggestions = [...new Set([...(near === undefined ? [] : [near]), ...mine])].join(', ') || 'reflect';
  throw new Problem('templates.unknown', { name, known: suggestions, folder }, { exit: Exit.misused });
}

// Returns question ids by the headings of the person's own questions. Skips broken files, which `templates
// list` reports.
async function ownFields(
  parts: ReturnType<typeof partsOf>,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const steps = (await readAllOwn(parts, folder)).flatMap(({ template, faults }) =>
    template === undefined || faults.length > 0 ? [] : template.steps,
  );
  return Object.fromEntries(
    steps.flatMap(step =>
      step.is === 'ask' && step.question.heading !== ''
        ? [[step.question.heading, step.question.id] as const]
        : [],
    ),
  );
}

// Whether notes may have the person's own choices under this key. A note with a `template` may come from the
// person's own sequence, which can add choices to shipped questions.
function isOwn(key: string, shipped: readonly Choice[]): boolean {
  const known: readonly string[] = frontKeys;
  return key === 'template' || !(known.includes(key) || shipped.some(({ id }) => id === key));
}

// Merges the choices of the person's own sequences with the shipped ones; extensions come first, so that
// their choices keep their place among the shipped ones. Skips broken files.
async function withOwnChoices(
  parts: ReturnType<typeof partsOf>,
  folder: string,
  shipped: readonly Choice[],
): Promise<readonly Choice[]> {
  const own = (await readAllOwn(parts, folder)).filter(({ faults }) => faults.length === 0);
  const of = (some: typeof own): readonly Choice[] =>
    some.flatMap(({ template }) => (template === undefined ? [] : choicesIn(template)));
  return mergeChoices([
    ...of(own.filter(template => template.extends !== undefined)),
    ...shipped,
    ...of(own.filter(template => template.extends === undefined)),
  ]);
}
