import { Cancelled, Exit, Problem } from '../../errors.ts';
import { asArgument } from '../../core/notes/id.ts';
import { problemWords } from '../../core/text/problem-words.ts';
import { nameInMessages } from '../../report/text/note-title.ts';
import { askOnTerminal, noteFor } from '../../cli/choose/choose-note.ts';
import { brokenFiles } from '../../cli/choose/find-files.ts';
import { choice, option } from '../../cli/choose/preview-and-confirm.ts';
import { isFolderLost } from '../../sessions/session/unsaved-answers.ts';
import type {
  EditedCopy,
  NoteSummary,
  Store,
  Unreadable,
  World,
  WordsPort,
  OutputPort,
  PromptsPort,
} from '../../world/world.ts';

type ReturnedText = Extract<EditedCopy, { is: 'text' }>;

/**
 * Opens a note in the person's editor and saves the edited text. If that text is not a valid note, reports
 * the line of the fault and offers to edit again, to save the text beside the note, or to discard it. `typed`
 * is an id or words of a title; if it is empty, the person chooses.
 */
export async function edit(world: World, typed: readonly string[]): Promise<Exit> {
  const { words, messages } = world;
  const store = await world.openStore();
  const index = await store.scan();
  const broken = brokenFiles(store, index).flatMap(({ moment }) => moment ?? []);
  const question = words('note.which.edit');
  const found = await noteFor({ world, index, question, ask: askOnTerminal(world), broken }, typed, 'edit');
  if (found === undefined) return Exit.done;
  const { path, head } = found;
  store.refuseWronglyEncrypted(path);
  for (const leftOver of store.editing.leftOver())
    messages.say(words('conversation.editor_left', { path: leftOver }));
  const original = await store.readText(path);
  // A valid note must keep its id. The id of a broken file comes from its name, so any id may replace it.
  const expectedId = (await store.check(path, original)) === undefined ? head.id : undefined;
  for (let copy = await world.edit(original); ;) {
    if (copy.is === 'refused') {
      messages.say(words(copy.key, copy.params));
      // If the folder is gone, this read throws, and the caller then prints the person's unsaved text.
      if (world.unsaved.texts.has('edited')) await store.readText(path);
      return Exit.failed;
    }
    if (copy.is === 'at-once') {
      messages.say(words('terminal.editor_at_once', copy.params));
      return Exit.done;
    }
    const isEmpty = copy.text.trim() === '';
    if (copy.text === original || isEmpty) {
      copy.remove();
      const params = { id: head.id, argument: asArgument(head.id) };
      messages.say(words(isEmpty ? 'edit.emptied' : 'note.nothing_changed', params));
      return isEmpty ? Exit.failed : Exit.done;
    }
    world.unsaved.texts.set('edited', copy.text);
    const fault = await store.check(path, copy.text, expectedId);
    const editing: Editing = { world, store, copy, note: found };
    if (fault === undefined) return save(editing, original);
    const next = await handleInvalidText(editing, fault);
    if (next.is === 'over') return next.exit;
    copy = await next.copy.again();
  }
}

/** A note, and the copy that came back from the editor. */
interface Editing {
  readonly world: World;
  readonly store: Store;
  readonly copy: ReturnedText;
  readonly note: NoteSummary;
}

// `original` is the text that the editor opened.
async function save({ world, store, copy, note }: Editing, original: string): Promise<Exit> {
  try {
    await store.rewrite(note.path, copy.text, original);
  } catch (error) {
    // The note changed elsewhere: `rewrite` has already saved the edited text beside it.
    if (error instanceof Problem && error.exit === Exit.changedElsewhere) copy.remove();
    // Do not name the copy if it was lost with the folder; `main` then prints the unsaved text.
    else if (!isFolderLost(error) || !copy.path.startsWith(store.folder)) {
      world.messages.say(world.words('edit.copy_left', { path: copy.path }));
    }
    throw error;
  }
  copy.remove();
  world.messages.say(world.words('edit.kept', { id: nameInMessages(world, note.head) }));
  return Exit.done;
}

async function handleInvalidText(
  { world, store, copy, note }: Editing,
  { key, params, path, line }: Unreadable,
): Promise<
  { readonly is: 'over'; readonly exit: Exit } | { readonly is: 'again'; readonly copy: ReturnedText }
> {
  const { words, messages } = world;
  const places = { path, line: line ?? 1, ...params };
  for (const sentence of problemWords(words, { key, params: places })) messages.say(sentence);
  const chosen = world.interactive ? await choose(world, copy) : 'aside';
  if (chosen === 'again') return { is: 'again', copy };
  if (chosen === 'leave') {
    copy.remove();
    messages.say(words('edit.left'));
    return { is: 'over', exit: Exit.done };
  }
  const copyPath = await store.saveConflictCopy(note.path, copy.text);
  copy.remove();
  messages.say(words('edit.aside', { path: copyPath }));
  return { is: 'over', exit: Exit.failed };
}

async function choose(world: WordsPort & OutputPort & PromptsPort, copy: ReturnedText): Promise<string> {
  const { words } = world;
  const prompter = await world.openPrompter();
  try {
    const response = await prompter.ask({
      ...choice(
        'edited',
        words('edit.ask'),
        ['again', 'aside', 'leave'].map(key => option(key, words(`edit.choices.${key}`))),
      ),
      given: 'again',
      bare: true,
    });
    return response.is === 'answer' && typeof response.answer === 'string' ? response.answer : 'aside';
  } catch (error) {
    if (error instanceof Cancelled) world.messages.say(words('edit.copy_left', { path: copy.path }));
    throw error;
  } finally {
    prompter.close();
  }
}
