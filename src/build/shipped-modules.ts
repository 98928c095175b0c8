import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Choice } from '../core/template/choices.ts';
import { choicesIn, mergeChoices } from '../core/template/choices.ts';
import { compileLanguage } from '../core/language/compile-language.ts';
import type { Language, Source } from '../core/language/compile-language.ts';
import type { Fault, YamlNode } from '../core/template/located.ts';
import { frontKeys } from '../core/notes/reflection.ts';
import { openSchemaReader, textsOf } from '../core/template/schema-reader.ts';
import { findWords } from '../core/language/words.ts';
import type { WordTree } from '../core/language/words.ts';
import { parseYamlNodes } from '../storage/format/yaml.ts';

/** The name of the virtual module that exports the shipped languages. */
export const shippedIndex = 'shipped:templates';

/**
 * The compiled content of `templates/`, by language and then by the name of a part (`words`,
 * `sequence/reflect`).
 */
export type ShippedParts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Reads and checks `templates/`. Throws an error that names every fault with file and line. */
export function shippedParts(templates: string): ShippedParts {
  const languages = readdirSync(templates, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name);
  return Object.fromEntries(languages.map(lang => [lang, languageParts(join(templates, lang), lang)]));
}

/**
 * Returns the source of a module that contains every part, for tests and for programs that the build runs.
 */
export function indexWithParts(parts: ShippedParts): string {
  return indexOf(
    parts,
    (_path, value) => `async () => ({ value: JSON.parse(${JSON.stringify(JSON.stringify(value))}) })`,
  );
}

/** Returns the source of a module that reads each part from a file when the part is first needed. */
export function indexOfFiles(parts: ShippedParts): string {
  const read = `const read = (path) => {
    let part;
    return async () => (part ??= { value: JSON.parse(readFileSync(__dirname + path, 'utf8')) });
  };`;
  const loader = (path: string): string => `read(${JSON.stringify(`/${path}`)})`;
  const index = indexOf(parts, path => (isReadFromTemplates(path) ? templateLoader(path) : loader(path)));
  return `import { readFileSync } from 'node:fs';\n${read}\n${index}`;
}

function isReadFromTemplates(path: string): boolean {
  return path.includes('/source/') || path.endsWith('/passphrase-words.json');
}

function templateLoader(path: string): string {
  const isText = path.includes('/source/');
  const from = `readFileSync(__dirname + ${JSON.stringify(`/../templates/${isText ? path.replace('/source/', '/').replace(/json$/, 'yaml') : path.replace(/json$/, 'txt')}`)}, 'utf8')`;
  return `async () => ({ value: ${from}${isText ? '' : `.split('\\n').filter((line) => line !== '' && !line.startsWith('#'))`} })`;
}

/**
 * Returns the JSON files that the module of `indexOfFiles` reads: path and text. That module reads the
 * remaining parts from `templates/` itself.
 */
export function partFiles(parts: ShippedParts): readonly (readonly [path: string, text: string])[] {
  const written = eachPart(parts).filter(({ path }) => !isReadFromTemplates(path));
  return written.map(({ path, value }) => [path, JSON.stringify(value)]);
}

function indexOf(parts: ShippedParts, loader: (path: string, value: unknown) => string): string {
  const entries = Object.keys(parts).map(
    lang =>
      `${JSON.stringify(lang)}: { ${eachPart(parts)
        .filter(part => part.lang === lang)
        .map(({ name, path, value }) => `${JSON.stringify(name)}: ${loader(path, value)}`)
        .join(', ')} }`,
  );
  return `export const languages = { ${entries.join(', ')} };`;
}

function eachPart(parts: ShippedParts): readonly {
  readonly lang: string;
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
}[] {
  return Object.entries(parts).flatMap(([lang, named]) =>
    Object.entries(named).map(([name, value]) => ({ lang, name, path: `${lang}/${name}.json`, value })),
  );
}

function languageParts(folder: string, lang: string): Readonly<Record<string, unknown>> {
  const sources = yamlFiles(folder, '').map((name): Source => {
    const file = join(folder, `${name}.yaml`);
    const relativePath = relative(process.cwd(), file);
    return { name, file: relativePath, at: parseYamlNodes(readFileSync(file, 'utf8'), relativePath) };
  });
  const language = compileLanguage(sources);
  throwIfFaulty(language);
  const sequences = Object.fromEntries(
    Object.entries(language.sequences).map(([name, template]) => [`sequence/${name}`, template]),
  );
  // The template files unchanged, byte for byte, because people read and copy them.
  const texts = Object.fromEntries(
    Object.keys(language.sequences).map(name => [
      `source/${name}`,
      readFileSync(join(folder, `${name}.yaml`), 'utf8'),
    ]),
  );
  return {
    ...sequences,
    ...texts,
    words: language.words,
    lists: language.lists,
    anchors: language.anchors,
    closings: language.closings,
    'help-now': language.helpNow,
    learn: learnPages(folder, sources, language.words),
    fields: fieldsByHeading(language),
    choices: choicesInFront(language),
    demo: language.demo,
    'passphrase-words': readFileSync(join(folder, 'passphrase-words.txt'), 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#')),
    names: { lang, sequences: Object.keys(language.sequences) },
  };
}

// Maps each question's heading to its id, to read the sections of a note back as answers. An export has its
// columns in the same order. A question that comes twice in a sequence has the position of the last.
function fieldsByHeading({ sequences }: Language): Readonly<Record<string, string>> {
  const questions = Object.values(sequences).flatMap(({ steps }) => {
    const asked = steps.flatMap(step => (step.is === 'ask' ? [step] : []));
    const last = new Map(asked.map((step, at) => [step.key, at]));
    return asked.filter(({ key }, at) => last.get(key) === at).map(({ question }) => question);
  });
  return Object.fromEntries(
    questions.filter(({ heading }) => heading !== '').map(({ heading, id }) => [heading, id]),
  );
}

// Returns the choices of `reflect`, then those of the other sequences that are front matter keys. The other
// sequences write their remaining answers as sections.
function choicesInFront({ sequences }: Language): readonly Choice[] {
  const { reflect, ...others } = sequences;
  const known: readonly string[] = frontKeys;
  const fromOthers = Object.values(others)
    .flatMap(choicesIn)
    .filter(({ id }) => known.includes(id));
  return mergeChoices([...(reflect === undefined ? [] : choicesIn(reflect)), ...fromOthers]);
}

// Returns the pages in the order of `pages.yaml`, without the comments that name their sources.
function learnPages(
  folder: string,
  sources: readonly Source[],
  words: WordTree,
): { readonly pages: Readonly<Record<string, string>>; readonly sources: string } {
  const order = textsIn(sources, 'pages', 'pages');
  const pages = order.map(
    name =>
      [
        name,
        `${readFileSync(join(folder, 'learn', `${name}.md`), 'utf8')
          .replace(/<!--[\s\S]*?-->/g, '')
          .trim()}\n`,
      ] as const,
  );
  return { pages: Object.fromEntries(pages), sources: sourcesPage(sources, words) };
}

function textsIn(sources: readonly Source[], file: string, key: string): readonly string[] {
  const at = sources.find(({ name }) => name === file)?.at;
  const entry = at?.is === 'map' ? at.entries.find(candidate => candidate.key === key) : undefined;
  return textsOf(entry?.value, () => {
    throw new Error(`${file}.yaml: ${key} is a list of texts`);
  });
}

function sourcesPage(sources: readonly Source[], words: WordTree): string {
  const faults: Fault[] = [];
  const at = sources.find(({ name }) => name === 'sources')?.at;
  const part = (key: string): YamlNode | undefined =>
    at?.is === 'map' ? at.entries.find(entry => entry.key === key)?.value : undefined;
  const list = part('sources');
  const citations = (list?.is === 'map' ? list.entries : []).map(({ value }) => {
    const schema = openSchemaReader(value, 'sources', ['citation', 'doi', 'translator'], faults);
    const doi = schema?.text('doi');
    return `- ${schema?.needText('citation') ?? ''}${doi === undefined ? '' : ` doi:${doi}`}`;
  });
  const articles = part('credits');
  const credits = (articles?.is === 'list' ? articles.items : []).map(item => {
    const schema = openSchemaReader(item, 'credits', ['author', 'title', 'place', 'day'], faults);
    return `- ${['author', 'title', 'place', 'day'].map(key => schema?.needText(key)).join('. ')}.`;
  });
  if (faults.length > 0) throw new Error(`sources.yaml: ${JSON.stringify(faults)}`);
  const learnWords = (key: string): string => findWords(words, `learn.${key}`);
  return `${[`# ${learnWords('sources_title')}`, citations.join('\n'), `## ${learnWords('credits_title')}`, credits.join('\n'), learnWords('credits_note')].join('\n\n')}\n`;
}

function throwIfFaulty({ faults, words }: Language): void {
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
  return readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap(entry => {
      const name = under === '' ? entry.name : `${under}/${entry.name}`;
      if (entry.isDirectory()) return yamlFiles(folder, name);
      return name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : [];
    })
    .sort();
}
