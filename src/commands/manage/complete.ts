import { Exit } from '../../errors.ts';
import type { CommandEntry } from '../../core/command-line/command-table.ts';
import { candidateLines, isSafeWord, completionRequestAt } from '../../core/command-line/complete.ts';
import { sourceNames } from '../../core/import/entry/entry.ts';
import type { Candidate, CompletionRequest } from '../../core/command-line/complete.ts';
import { statuses } from '../../core/notes/status.ts';
import { allQuestions } from '../../cli/options/all-questions.ts';
import { settingKeys } from '../../world/world.ts';
import type { WordsPort, OutputPort, SettingsPort, TemplatesPort, StorePort } from '../../world/world.ts';

/** A command line that the person is typing in a shell. */
export interface TypedLine {
  readonly shell: string;
  /** The words after the program's name. The last is the one at the cursor, and may be empty. */
  readonly words: readonly string[];
}

/**
 * Prints the candidates for the word at the cursor, in the form that the shell reads. Never asks and never
 * fails: if a lookup fails, prints only the candidates that need none.
 */
export async function complete(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort & StorePort,
  table: CommandEntry,
  { shell, words }: TypedLine,
): Promise<Exit> {
  const request = completionRequestAt(table, words);
  const found = await lookUp(world, request).catch(() => []);
  if (found === 'files' || found === 'folders') world.out.raw(`:${found}\n`);
  else {
    const candidates = [...request.known, ...found.filter(({ value }) => isSafeWord(value))];
    world.out.raw(candidateLines(request, candidates, { isBash: shell === 'bash' }));
  }
  return Exit.done;
}

async function lookUp(
  world: WordsPort & SettingsPort & TemplatesPort & StorePort,
  { sort, line, typed }: CompletionRequest,
): Promise<readonly Candidate[] | 'files' | 'folders'> {
  const { templates, settings } = world;
  switch (sort) {
    case 'id':
    case 'ids':
      return line[0] === 'trash' ? [] : noteCandidates(world);
    case 'status':
      return [
        ...(await labelledCandidates(world, 'status', statuses)),
        ...(line[0] === 'mark' ? [] : [{ value: 'resting', about: world.words('list.resting') }]),
      ];
    case 'kind':
      return labelledCandidates(world, 'kinds');
    case 'feeling':
      return labelledCandidates(world, 'feelings');
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
      return settingValues(world, line.at(-1) ?? '');
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

// Newest first, without notes that are set aside.
async function noteCandidates(world: StorePort): Promise<readonly Candidate[]> {
  const store = await world.openStore();
  // A completion must not ask for the passphrase, so use only what the file names say.
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

interface SessionDay {
  readonly session: string;
}

// Returns 0 for notes of the same day, so that a stable sort preserves their order.
function newestFirst(a: SessionDay, b: SessionDay): number {
  if (a.session === b.session) return 0;
  return a.session < b.session ? 1 : -1;
}

async function labelledCandidates(
  { templates }: TemplatesPort,
  list: string,
  keys?: readonly string[],
): Promise<readonly Candidate[]> {
  const options = await templates.list(list);
  return (keys ?? options.map(({ key }) => key)).map(value => ({
    value,
    about: options.find(({ key }) => key === value)?.label ?? '',
  }));
}

// `templates check` takes one of the person's own templates, or a file.
async function namesFor(
  world: WordsPort & TemplatesPort,
  verb: string | undefined,
  typed: string,
): Promise<readonly Candidate[] | 'files'> {
  if (verb === 'new') return [];
  if (verb !== 'check') return sequenceCandidates(world);
  const ownTemplates = (await world.templates.own()).filter(({ name }) => name.startsWith(typed));
  return ownTemplates.length === 0 ? 'files' : ownTemplates.map(({ name }) => ({ value: name }));
}

async function sequenceCandidates({
  templates,
  words,
}: WordsPort & TemplatesPort): Promise<readonly Candidate[]> {
  const shipped = (await templates.shipped()).map(value => ({
    value,
    about: words(`templates.about.${value}`),
  }));
  const ownTemplates = (await templates.own())
    .filter(({ name }) => !templates.isShipped(name))
    .map(({ name }) => ({ value: name }));
  return [...ownTemplates, ...shipped];
}

async function settingValues(world: TemplatesPort, key: string): Promise<readonly Candidate[] | 'folders'> {
  if (key === 'folder') return 'folders';
  if (key === 'mode') return [{ value: 'quick' }, { value: 'full' }];
  if (key === 'timer' || key === 'plain') return [{ value: 'on' }, { value: 'off' }];
  if (key === 'language') return world.templates.languages.map(value => ({ value }));
  if (key !== 'hide') return [];
  const questions = (await allQuestions(world)).filter(({ safety }) => !safety);
  return [...new Map(questions.map(({ id, words }) => [id, { value: id, about: words }])).values()];
}
