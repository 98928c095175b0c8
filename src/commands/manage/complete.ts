import { Exit } from '../../errors.ts';
import type { CommandEntry } from '../../core/command-line/command-table.ts';
import { candidateLines, isSafeWord, completionRequestAt } from '../../core/command-line/complete.ts';
import { sourceNames } from '../../core/import/entry/entry.ts';
import type { Candidate, CompletionRequest } from '../../core/command-line/complete.ts';
import { statuses } from '../../core/notes/status.ts';
import { allQuestions } from '../../cli/options/all-questions.ts';
import { settingKeys } from '../../world/world.ts';
import type { World } from '../../world/world.ts';

/** A line that is being typed in a shell. */
export interface TypedLine {
  readonly shell: string;
  /** What stands behind the program's name; the last is being typed, and may be empty. */
  readonly words: readonly string[];
}

/**
 * Answers a shell with what could stand at the cursor. Never asks, never fails: what can't be looked up is no
 * answer.
 */
export async function complete(
  world: World,
  table: CommandEntry,
  { shell, words }: TypedLine,
): Promise<Exit> {
  const wanted = completionRequestAt(table, words);
  const looked = await lookUp(world, wanted).catch(() => []);
  if (looked === 'files' || looked === 'folders') world.out.raw(`:${looked}\n`);
  else {
    const candidates = [...wanted.known, ...looked.filter(({ value }) => isSafeWord(value))];
    world.out.raw(candidateLines(wanted, candidates, { isBash: shell === 'bash' }));
  }
  return Exit.done;
}

async function lookUp(
  world: World,
  { sort, line, typed }: CompletionRequest,
): Promise<readonly Candidate[] | 'files' | 'folders'> {
  const { templates, settings } = world;
  switch (sort) {
    case 'id':
    case 'ids':
      return line[0] === 'trash' ? [] : moments(world);
    case 'status':
      return [
        ...(await labelled(world, 'status', statuses)),
        ...(line[0] === 'mark' ? [] : [{ value: 'resting', about: world.words('list.resting') }]),
      ];
    case 'kind':
      return labelled(world, 'kinds');
    case 'feeling':
      return labelled(world, 'feelings');
    case 'topic':
      return Object.entries(await templates.pages()).map(([value, page]) => ({
        value,
        about: /^# (.*)$/m.exec(page)?.[1] ?? '',
      }));
    case 'name':
      return namesFor(world, line[1], typed);
    case 'key':
      return settingKeys.map(value => ({ value, about: settings.get(value) ?? '' }));
    case 'value':
      return valuesOf(world, line.at(-1) ?? '');
    case 'source':
      return sourceNames.map(value => ({ value }));
    case 'dir':
      return 'folders';
    case 'file':
    case 'path':
      return 'files';
    default:
      return [];
  }
}

// The newest first. What is kept apart stays apart here too.
async function moments(world: World): Promise<readonly Candidate[]> {
  const store = await world.openStore();
  // Nobody is asked for a passphrase by a shell: what the files' names say has to do.
  if (store.hasEncrypted())
    return store
      .names()
      .toReversed()
      .sort(newestFirst)
      .map(({ id, session }) => ({ value: id, about: session }));
  const shown = (await store.scan()).moments.filter(({ head }) => head.status !== 'set-aside');
  const sorted = shown.map(({ head }) => head).sort(newestFirst);
  const all = sorted.map(({ id, session, title }): Candidate => ({
    value: id,
    about: [session, title].filter(Boolean).join(' '),
  }));
  return all.length === 0 ? [] : [...all, { value: 'last', about: '' }];
}

interface OfDay {
  readonly session: string;
}

// Notes of the same day stay in their order.
function newestFirst(a: OfDay, b: OfDay): number {
  if (a.session === b.session) return 0;
  return a.session < b.session ? 1 : -1;
}

async function labelled(
  { templates }: World,
  list: string,
  among?: readonly string[],
): Promise<readonly Candidate[]> {
  const options = await templates.list(list);
  return (among ?? options.map(({ key }) => key)).map(value => ({
    value,
    about: options.find(({ key }) => key === value)?.label ?? '',
  }));
}

// What is checked is one of the person's own, or a file.
async function namesFor(
  world: World,
  verb: string | undefined,
  typed: string,
): Promise<readonly Candidate[] | 'files'> {
  if (verb === 'new') return [];
  if (verb !== 'check') return sequences(world);
  const own = (await world.templates.own()).filter(({ name }) => name.startsWith(typed));
  return own.length === 0 ? 'files' : own.map(({ name }) => ({ value: name }));
}

async function sequences({ templates, words }: World): Promise<readonly Candidate[]> {
  const shipped = (await templates.shipped()).map(value => ({
    value,
    about: words(`templates.about.${value}`),
  }));
  const own = (await templates.own())
    .filter(({ name }) => !templates.isShipped(name))
    .map(({ name }) => ({ value: name }));
  return [...own, ...shipped];
}

async function valuesOf(world: World, key: string): Promise<readonly Candidate[] | 'folders'> {
  if (key === 'folder') return 'folders';
  if (key === 'mode') return [{ value: 'quick' }, { value: 'full' }];
  if (key === 'timer' || key === 'plain') return [{ value: 'on' }, { value: 'off' }];
  if (key === 'language') return world.templates.languages.map(value => ({ value }));
  if (key !== 'hide') return [];
  const questions = (await allQuestions(world)).filter(({ safety }) => !safety);
  return [...new Map(questions.map(({ id, words }) => [id, { value: id, about: words }])).values()];
}
