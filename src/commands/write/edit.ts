import { Cancelled, Exit, Problem } from '../../errors.ts';
import { asArgument } from '../../core/notes/id.ts';
import { problemWords } from '../../core/text/problem-words.ts';
import { calledOn } from '../../report/text/note-title.ts';
import { askOnTerminal, noteFor } from '../../cli/choose/choose-note.ts';
import { brokenFiles } from '../../cli/choose/find-files.ts';
import { choice, option } from '../../cli/choose/preview-and-confirm.ts';
import { isFolderLost } from '../../sessions/session/unsaved-answers.ts';
import type { EditedCopy, NoteSummary, Store, Unreadable, World } from '../../world/world.ts';

type Settled = Extract<EditedCopy, { is: 'text' }>;

/**
 * Opens the person's editor on a moment's file and takes over what comes back. What can't be a moment is
 * named with its line and never lost.
 */
export async function edit(world: World, typed: readonly string[]): Promise<Exit> {
  const { words, messages: talk } = world;
  const store = await world.openStore();
  const index = await store.scan();
  const broken = brokenFiles(store, index).flatMap(({ moment }) => moment ?? []);
  const question = words('note.which.edit');
  const found = await noteFor({ world, index, question, ask: askOnTerminal(world), broken }, typed, 'edit');
  if (found === undefined) return Exit.done;
  const { path, head } = found;
  store.refuseWronglyEncrypted(path);
  for (const left of store.editing.leftOver()) talk.say(words('conversation.editor_left', { path: left }));
  const seen = await store.readText(path);
  // A file that can't be read is there to be mended, whatever its name says.
  const held = (await store.check(path, seen)) === undefined ? head.id : undefined;
  for (let copy = await world.edit(seen); ;) {
    if (copy.is === 'refused') {
      talk.say(words(copy.key, copy.params));
      // Where the folder is gone, an error says so, and what the editor gave before is given back.
      if (world.unsaved.texts.has('edited')) await store.readText(path);
      return Exit.failed;
    }
    if (copy.is === 'at-once') {
      talk.say(words('terminal.editor_at_once', copy.params));
      return Exit.done;
    }
    const isEmpty = copy.text.trim() === '';
    if (copy.text === seen || isEmpty) {
      copy.remove();
      const params = { id: head.id, argument: asArgument(head.id) };
      talk.say(words(isEmpty ? 'edit.emptied' : 'note.nothing_changed', params));
      return isEmpty ? Exit.failed : Exit.done;
    }
    world.unsaved.texts.set('edited', copy.text);
    const wrong = await store.check(path, copy.text, held);
    const editing: Editing = { world, store, copy, note: found };
    if (wrong === undefined) return keep(editing, seen);
    const next = await settle(editing, wrong);
    if (next.is === 'over') return next.exit;
    copy = await next.copy.again();
  }
}

/** A note, and the copy that came back from the editor. */
interface Editing {
  readonly world: World;
  readonly store: Store;
  readonly copy: Settled;
  readonly note: NoteSummary;
}

// `seen` is the text that the editor was opened on.
async function keep({ world, store, copy, note }: Editing, seen: string): Promise<Exit> {
  try {
    await store.rewrite(note.path, copy.text, seen);
  } catch (error) {
    // Changed elsewhere: the text is kept beside it by now.
    if (error instanceof Problem && error.exit === Exit.changedElsewhere) copy.remove();
    // The copy went with the folder; its text is given back.
    else if (!isFolderLost(error) || !copy.path.startsWith(store.folder)) {
      world.messages.say(world.words('edit.copy_left', { path: copy.path }));
    }
    throw error;
  }
  copy.remove();
  world.messages.say(world.words('edit.kept', { id: calledOn(world, note.head) }));
  return Exit.done;
}

async function settle(
  { world, store, copy, note }: Editing,
  { key, params, path, line }: Unreadable,
): Promise<{ readonly is: 'over'; readonly exit: Exit } | { readonly is: 'again'; readonly copy: Settled }> {
  const { words, messages: talk } = world;
  const places = { path, line: line ?? 1, ...params };
  for (const sentence of problemWords(words, { key, params: places })) talk.say(sentence);
  const chosen = world.interactive ? await choose(world, copy) : 'aside';
  if (chosen === 'again') return { is: 'again', copy };
  if (chosen === 'leave') {
    copy.remove();
    talk.say(words('edit.left'));
    return { is: 'over', exit: Exit.done };
  }
  const kept = await store.saveConflictCopy(note.path, copy.text);
  copy.remove();
  talk.say(words('edit.aside', { path: kept }));
  return { is: 'over', exit: Exit.failed };
}

async function choose(world: World, copy: Settled): Promise<string> {
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
