import { Exit, Problem } from '../../errors.ts';
import { problemWords } from '../../core/text/problem-words.ts';
import { extendable } from '../../core/template/template.ts';
import type {
  OwnTemplate,
  TemplateFault,
  WordsPort,
  OutputPort,
  TemplatesPort,
  FilesPort,
  StorePort,
} from '../../world/world.ts';

/** Lists our sequences and the person's own templates, with the faults of broken ones. */
export async function templatesList(world: WordsPort & OutputPort & TemplatesPort): Promise<Exit> {
  const { words, out, templates } = world;
  const shipped = [...(await templates.shipped())].sort();
  const ownTemplates = await templates.own();
  out.line(words('templates.ours'));
  out.named(shipped.map(name => [name, words(`templates.about.${name}`)]));
  out.line('');
  if (ownTemplates.length === 0) {
    out.wrapped(words('templates.none_yours'));
    return Exit.done;
  }
  out.wrapped(words('templates.yours', { folder: templates.ownFolder() }));
  out.named(
    ownTemplates.map(template => [
      template.name,
      [
        aboutOwn(world, template),
        ...template.faults.map(fault => words(`${fault.key}.says`, fault.params)),
      ].join('\n'),
    ]),
  );
  return Exit.done;
}

/** Prints the YAML of a sequence, byte for byte. Throws a Problem for an unknown name. */
export async function templatesShow(
  world: WordsPort & OutputPort & TemplatesPort,
  typed: string,
): Promise<Exit> {
  const { sequenceName } = await import('../../cli/options/template-name.ts');
  const name = await sequenceName(world, typed);
  world.out.raw(await world.templates.source(name));
  const shadowed = (await world.templates.own()).find(template => template.name === name);
  if (shadowed !== undefined && world.templates.isShipped(name))
    world.messages.say(world.words('templates.also_yours', { path: shadowed.path }));
  return Exit.done;
}

/**
 * Writes an example template into the folder of the person's own templates; never overwrites a file. If
 * `name` is one of our extendable sequences, the example adds questions to it. Throws a Problem (exit 2) for
 * an invalid name.
 */
export async function templatesNew(
  world: WordsPort & OutputPort & TemplatesPort & FilesPort & StorePort,
  name: string,
): Promise<Exit> {
  const { words, templates } = world;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new Problem('templates.bad-name', { name }, { exit: Exit.misused });
  const { isOddName } = await import('../../core/text/portable-file-name.ts');
  if (isOddName(`${name}.yaml`)) throw new Problem('templates.name-odd', { name }, { exit: Exit.misused });
  const isExtension = extendable.includes(name);
  if (!isExtension && templates.isShipped(name))
    throw new Problem('templates.name-is-ours', { name }, { exit: Exit.misused });
  const path = `${templates.ownFolderToWrite()}/${name}.yaml`;
  await (await world.openStore()).prepare();
  await world.writeFile(
    path,
    words(isExtension ? `templates.example_added.${name}` : 'templates.example', { name }),
  );
  world.out.line(path);
  world.messages.say(words(isExtension ? 'templates.written_added' : 'templates.written', { name }));
  return Exit.done;
}

/**
 * Prints every fault of a template with its line number. Returns exit code 1 if there are any. `named` is the
 * name of one of the person's own templates, of one of ours, or the path of a file.
 */
export async function templatesCheck(
  world: WordsPort & OutputPort & TemplatesPort & FilesPort,
  named: string,
): Promise<Exit> {
  const { place, faults, questions } = await checkNamed(world, named);
  for (const fault of faults) world.out.wrapped(faultLine(world, fault), 4);
  if (faults.length > 0) return Exit.failed;
  world.out.wrapped(world.words('templates.fine', { file: place, n: questions.length }));
  return Exit.done;
}

type CheckedTemplate = Pick<OwnTemplate, 'faults' | 'questions'> & { readonly place: string };

async function checkNamed(world: TemplatesPort & FilesPort, named: string): Promise<CheckedTemplate> {
  const { templates } = world;
  if (/[\\/]|\.ya?ml$/i.test(named)) {
    return { ...(await templates.check(await world.readFile(named), named)), place: named };
  }
  const own = (await templates.own()).find(({ name }) => name === named);
  if (own !== undefined) return { ...own, place: own.path };
  const text = templates.isShipped(named)
    ? await templates.source(named)
    : await readFileOrSource(world, named);
  return { ...(await templates.check(text, named)), place: named };
}

// If neither a sequence nor a file matches, treat `named` as a name: the error then lists the known names.
async function readFileOrSource(
  { readFile, templates }: TemplatesPort & FilesPort,
  named: string,
): Promise<string> {
  try {
    return await readFile(named);
  } catch (error) {
    if (!(error instanceof Problem) || error.key !== 'storage.read-missing') throw error;
    return templates.source(named);
  }
}

function aboutOwn({ words }: WordsPort, { questions, faults, extends: extended }: OwnTemplate): string {
  if (faults.length > 0) return words('templates.broken', { n: faults.length });
  return extended === undefined
    ? words('templates.questions', { n: questions.length })
    : words('templates.adds', { name: extended, ids: questions.join(', ') });
}

function faultLine({ words }: WordsPort, fault: TemplateFault): string {
  return problemWords(words, fault).join(' ');
}
