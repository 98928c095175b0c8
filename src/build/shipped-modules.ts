import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileLanguage } from '../core/compile-language.ts';
import type { Language, Source } from '../core/compile-language.ts';
import type { Fault, Located } from '../core/located.ts';
import { openShape, textsOf } from '../core/shape.ts';
import { findWords } from '../core/words.ts';
import type { WordTree } from '../core/words.ts';
import { parseLocated } from '../storage/yaml.ts';

/** The module that lists the languages; what it imports are `shipped:<lang>/<part>`. */
export const shippedIndex = 'shipped:templates';

/** Reads and checks `templates/`, and gives the text of each `shipped:` module. Throws an error that names every fault with file and line. */
export function shippedModules(templates: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  const entries: string[] = [];
  for (const { name: lang } of readdirSync(templates, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const parts = languageParts(join(templates, lang), lang);
    // JSON.parse is quicker to start than the same object as code.
    const parsed = (value: unknown): string => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
    for (const [part, value] of Object.entries(parts)) modules.set(`shipped:${lang}/${part}`, `export const value = ${parsed(value)};`);
    // The words of most people are in the file that every start loads, as a text until they are asked for.
    const isAlways = (part: string): boolean => lang === 'en' && part === 'words';
    const loaders = Object.entries(parts).map(([part, value]) => `${JSON.stringify(part)}: ${isAlways(part) ? `async () => ({ value: ${parsed(value)} })` : `() => import(${JSON.stringify(`shipped:${lang}/${part}`)})`}`);
    entries.push(`${JSON.stringify(lang)}: { ${loaders.join(', ')} }`);
  }
  modules.set(shippedIndex, `export const languages = { ${entries.join(', ')} };`);
  return modules;
}

function languageParts(folder: string, lang: string): Readonly<Record<string, unknown>> {
  const sources = yamlFiles(folder, '').map((name): Source => {
    const file = join(folder, `${name}.yaml`);
    const shown = relative(process.cwd(), file);
    return { name, file: shown, at: parseLocated(readFileSync(file, 'utf8'), shown) };
  });
  const language = compileLanguage(sources);
  report(language);
  const sequences = Object.fromEntries(Object.entries(language.sequences).map(([name, template]) => [`sequence/${name}`, template]));
  // As they lie there, byte for byte: a person reads them, and copies what they like.
  const texts = Object.fromEntries(Object.keys(language.sequences).map((name) => [`source/${name}`, readFileSync(join(folder, `${name}.yaml`), 'utf8')]));
  return {
    ...sequences, ...texts, words: language.words, lists: language.lists, anchors: language.anchors, closings: language.closings, 'help-now': language.helpNow,
    learn: learnPages(folder, sources, language.words), fields: fieldsByHeading(language),
    demo: language.demo,
    'passphrase-words': readFileSync(join(folder, 'passphrase-words.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    names: { lang, sequences: Object.keys(language.sequences) },
  };
}

// Every question's heading, so that a file's sections can be read back as answers.
function fieldsByHeading({ sequences }: Language): Readonly<Record<string, string>> {
  const questions = Object.values(sequences).flatMap(({ steps }) => steps.flatMap((step) => (step.is === 'ask' ? [step.question] : [])));
  return Object.fromEntries(questions.filter(({ heading }) => heading !== '').map(({ heading, id }) => [heading, id]));
}

// The pages in the order of `pages.yaml`, without the comments that name their sources and rows.
function learnPages(folder: string, sources: readonly Source[], words: WordTree): { readonly pages: Readonly<Record<string, string>>; readonly sources: string } {
  const order = textsIn(sources, 'pages', 'pages');
  const pages = order.map((name) => [name, `${readFileSync(join(folder, 'learn', `${name}.md`), 'utf8').replace(/<!--[\s\S]*?-->/g, '').trim()}\n`] as const);
  return { pages: Object.fromEntries(pages), sources: sourcesPage(sources, words) };
}

function textsIn(sources: readonly Source[], file: string, key: string): readonly string[] {
  const at = sources.find(({ name }) => name === file)?.at;
  const entry = at?.is === 'map' ? at.entries.find((one) => one.key === key) : undefined;
  return textsOf(entry?.value, () => {
    throw new Error(`${file}.yaml: ${key} is a list of texts`);
  });
}

function sourcesPage(sources: readonly Source[], words: WordTree): string {
  const faults: Fault[] = [];
  const at = sources.find(({ name }) => name === 'sources')?.at;
  const part = (key: string): Located | undefined => (at?.is === 'map' ? at.entries.find((one) => one.key === key)?.value : undefined);
  const list = part('sources');
  const citations = (list?.is === 'map' ? list.entries : []).map(({ value }) => {
    const shape = openShape(value, 'sources', ['citation', 'doi', 'translator'], faults);
    const doi = shape?.text('doi');
    return `- ${shape?.needText('citation') ?? ''}${doi === undefined ? '' : ` doi:${doi}`}`;
  });
  const articles = part('credits');
  const credits = (articles?.is === 'list' ? articles.items : []).map((item) => {
    const shape = openShape(item, 'credits', ['author', 'title', 'place', 'day'], faults);
    return `- ${['author', 'title', 'place', 'day'].map((key) => shape?.needText(key)).join('. ')}.`;
  });
  if (faults.length > 0) throw new Error(`sources.yaml: ${JSON.stringify(faults)}`);
  const said = (key: string): string => findWords(words, `learn.${key}`);
  return `${[`# ${said('sources_title')}`, citations.join('\n'), `## ${said('credits_title')}`, credits.join('\n'), said('credits_note')].join('\n\n')}\n`;
}

function report({ faults, words }: Language): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ file, line, key, params }) => {
    try {
      return `${file}:${line}: ${findWords(words, `${key}.says`, { file, line, ...params })}`;
    } catch {
      return `${file}:${line}: ${key} ${JSON.stringify(params)}`;
    }
  });
  throw new Error(`The templates are not right:\n${lines.join('\n')}`);
}

function yamlFiles(folder: string, under: string): readonly string[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) return yamlFiles(folder, name);
    return name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : [];
  }).sort();
}
