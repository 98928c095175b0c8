import { Exit, Problem } from '../../errors.ts';
import { problemWords } from '../../core/text/problem-words.ts';
import { extendable } from '../../core/template/template.ts';
import type { OwnTemplate, TemplateFault, World } from '../../world/world.ts';

/**
 * Lists the sequences of ours and the person's own; a broken one of theirs is named with what is wrong in it.
 */
export async function templatesList(world: World): Promise<Exit> {
  const { words, out, templates } = world;
  const shipped = [...(await templates.shipped())].sort();
  const own = await templates.own();
  out.line(words('templates.ours'));
  out.named(shipped.map(name => [name, words(`templates.about.${name}`)]));
  out.line('');
  if (own.length === 0) {
    out.wrapped(words('templates.none_yours'));
    return Exit.done;
  }
  out.wrapped(words('templates.yours', { folder: templates.ownFolder() }));
  out.named(
    own.map(one => [
      one.name,
      [aboutOwn(world, one), ...one.faults.map(fault => words(`${fault.key}.says`, fault.params))].join('\n'),
    ]),
  );
  return Exit.done;
}

/** Prints the YAML of a sequence, ours byte for byte as it is shipped. */
export async function templatesShow(world: World, typed: string): Promise<Exit> {
  const { sequenceName } = await import('../../cli/options/template-name.ts');
  const name = await sequenceName(world, typed);
  world.out.raw(await world.templates.source(name));
  const also = (await world.templates.own()).find(one => one.name === name);
  if (also !== undefined && world.templates.isShipped(name))
    world.messages.say(world.words('templates.also_yours', { path: also.path }));
  return Exit.done;
}

/**
 * Writes an example to change into the folder of the person's own; never over a file. With the name of ours
 * it adds to ours.
 */
export async function templatesNew(world: World, name: string): Promise<Exit> {
  const { words, templates } = world;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new Problem('templates.bad-name', { name }, { exit: Exit.misused });
  const { isOddName } = await import('../../core/text/portable-file-name.ts');
  if (isOddName(`${name}.yaml`)) throw new Problem('templates.name-odd', { name }, { exit: Exit.misused });
  const adds = extendable.includes(name);
  if (!adds && templates.isShipped(name))
    throw new Problem('templates.name-is-ours', { name }, { exit: Exit.misused });
  const path = `${templates.ownFolderToWrite()}/${name}.yaml`;
  await (await world.openStore()).prepare();
  await world.writeFile(
    path,
    words(adds ? `templates.example_added.${name}` : 'templates.example', { name }),
  );
  world.out.line(path);
  world.messages.say(words(adds ? 'templates.written_added' : 'templates.written', { name }));
  return Exit.done;
}

/**
 * Names every fault of a sequence with its line, one a line; exit 1 when there is one. `named` is the name of
 * one of the person's own or of ours, or else a file.
 */
export async function templatesCheck(world: World, named: string): Promise<Exit> {
  const { place, faults, questions } = await checked(world, named);
  for (const fault of faults) world.out.wrapped(faultLine(world, fault), 4);
  if (faults.length > 0) return Exit.failed;
  world.out.wrapped(world.words('templates.fine', { file: place, n: questions.length }));
  return Exit.done;
}

type Looked = Pick<OwnTemplate, 'faults' | 'questions'> & { readonly place: string };

async function checked(world: World, named: string): Promise<Looked> {
  const { templates } = world;
  if (/[\\/]|\.ya?ml$/i.test(named)) {
    return { ...(await templates.check(await world.readFile(named), named)), place: named };
  }
  const own = (await templates.own()).find(({ name }) => name === named);
  if (own !== undefined) return { ...own, place: own.path };
  const text = templates.isShipped(named) ? await templates.source(named) : await fileOrUnknown(world, named);
  return { ...(await templates.check(text, named)), place: named };
}

// Where there is neither a sequence nor a file, what was meant is most likely a name.
async function fileOrUnknown({ readFile, templates }: World, named: string): Promise<string> {
  try {
    return await readFile(named);
  } catch (error) {
    if (!(error instanceof Problem) || error.key !== 'storage.read-missing') throw error;
    return templates.source(named);
  }
}

function aboutOwn({ words }: World, { questions, faults, extends: adds }: OwnTemplate): string {
  if (faults.length > 0) return words('templates.broken', { n: faults.length });
  return adds === undefined
    ? words('templates.questions', { n: questions.length })
    : words('templates.adds', { name: adds, ids: questions.join(', ') });
}

function faultLine({ words }: World, fault: TemplateFault): string {
  return problemWords(words, fault).join(' ');
}
