import { Exit, Problem } from '../../errors.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { calledOn } from '../../report/text/note-title.ts';
import { askOnTerminal, noteFor, notesNamed } from '../../cli/choose/choose-note.ts';
import type { NoteChoice } from '../../cli/choose/choose-note.ts';
import { brokenFiles, filesOf } from '../../cli/choose/find-files.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type { NamedNote, NoteIndex, NoteSummary, Store, World } from '../../world/world.ts';

export interface DeleteOptions {
  readonly all?: boolean;
  readonly forever?: boolean;
  readonly yes?: boolean;
}

/** What goes: the files, and a line for each moment or file that says so. */
interface Going {
  readonly files: readonly NamedNote[];
  readonly rows: readonly string[];
  /** What a sentence calls it, where one note goes. */
  readonly name?: string;
}

const mostRows = 10;

/** Moves moments to the trash, or erases them; says what goes and asks first. */
export async function deleteMoments(
  world: World,
  ids: readonly string[],
  options: DeleteOptions,
): Promise<Exit> {
  if (options.all === true && ids.length > 0)
    throw new Problem('cli.not-together', { a: '--all', b: ids.join(' ') }, { exit: Exit.misused });
  if (options.all !== true && ids.length === 0 && !world.interactive)
    throw new Problem('delete.which', {}, { exit: Exit.misused });
  const store = await world.openStore();
  const index = await store.scan();
  const currentNote = options.all === true ? all(world, store, index) : await some(world, store, index, ids);
  if (currentNote === undefined) return Exit.done;
  const isForever = options.forever === true;
  if (options.all === true && currentNote.files.length === 0 && !isForever) {
    world.messages.say(world.words('delete.nothing'));
    return Exit.done;
  }
  tellGoing(world, store, currentNote, options);
  if (!(await isSure(world, world.words(isForever ? 'delete.ask_forever' : 'delete.ask'), options))) {
    world.messages.say(world.words('delete.stopped'));
    return Exit.done;
  }
  await remove(world, store, currentNote, options);
  return Exit.done;
}

async function remove(
  { words, messages: talk }: World,
  store: Store,
  { files, name }: Going,
  { all: isAll, forever }: DeleteOptions,
): Promise<void> {
  if (forever !== true) {
    await store.remove(files);
    const done =
      name === undefined ? words('delete.done', { n: files.length }) : words('delete.done_named', { name });
    talk.say(done);
    const drafts = isAll === true ? (await store.drafts.list()).length : 0;
    if (drafts > 0) talk.say(words('delete.drafts_stay', { n: drafts }));
  } else if (isAll === true) {
    const left = await store.eraseAll(files);
    talk.say(files.length === 0 ? words('delete.rest_erased') : words('delete.erased', { n: files.length }));
    if (left.length > 0) talk.say(words('delete.left', { names: left.join(words('summary.separator')) }));
  } else {
    await store.erase(files);
    talk.say(words('delete.erased', { n: files.length }));
    for (const path of store.editing.leftOver()) talk.say(words('delete.editor_left', { path }));
  }
  talk.say(words('delete.elsewhere'));
}

// Undefined when the person chooses none.
async function some(
  world: World,
  store: Store,
  index: NoteIndex,
  typed: readonly string[],
): Promise<Going | undefined> {
  const broken = brokenFiles(store, index).flatMap(({ moment }) => moment ?? []);
  const question = world.words('note.which.delete');
  const choosing: NoteChoice = { world, index, question, ask: askOnTerminal(world), broken };
  const one = typed.length === 0 ? await noteFor(choosing, [], 'delete') : undefined;
  const found = typed.length === 0 ? one && [one] : await notesNamed(choosing, typed);
  if (found === undefined) return undefined;
  const files = found.flatMap(moment => filesOf(index, moment));
  const [first] = found;
  const isNamed = world.messages.isTerminal && files.length === 1 && first !== undefined;
  return {
    files,
    rows: found.map(moment => row(world, moment)),
    ...(isNamed ? { name: calledOn(world, first.head) } : {}),
  };
}

function all(world: World, store: Store, index: NoteIndex): Going {
  tellLeftOut(world, index);
  const broken = brokenFiles(store, index);
  return {
    files: [
      ...index.moments.flatMap(moment => filesOf(index, moment)),
      ...broken.map(({ path, relativePath, moment }) => ({
        path,
        id:
          moment?.head.id ??
          relativePath
            .replace(/^.*\/|\.md(?:\.age)?$/g, '')
            .replace(/[^A-Za-z0-9_-]/g, '_')
            .slice(0, 64),
      })),
    ],
    rows: [
      ...index.moments.map(moment => row(world, withoutTitleIfApart(moment))),
      ...broken.map(({ relativePath }) => world.words('delete.row_file', { path: relativePath })),
    ],
  };
}

// Where all notes go, nobody has asked to see the title of one that is kept apart.
function withoutTitleIfApart(moment: NoteSummary): NoteSummary {
  const { head } = moment;
  return head.status === 'set-aside' ? { ...moment, head: { ...head, title: undefined } } : moment;
}

// On a person's own screen by its title; in a pipe no word of a note.
function row({ words, messages: talk }: World, { head: { id, session, title } }: NoteSummary): string {
  return title !== undefined && talk.isTerminal
    ? words('delete.row_title', { title, id, session })
    : words('delete.row', { id, session });
}

function tellGoing(
  { words, messages: talk }: World,
  { folder }: Store,
  { files, rows }: Going,
  { all: isAll, forever }: DeleteOptions,
): void {
  if (files.length === 0) {
    talk.say(words('delete.rest'));
    return;
  }
  const shown = rows.length > mostRows ? rows.slice(0, mostRows - 1) : rows;
  const more = rows.length - shown.length;
  talk.say(
    [
      words(forever === true ? 'delete.will_erase' : 'delete.will_trash', { n: files.length, folder }),
      ...shown,
      ...(more > 0 ? [words('delete.more', { n: more })] : []),
      ...(forever === true ? [words(isAll === true ? 'delete.all_too' : 'delete.traces_too')] : []),
    ].join('\n'),
  );
}
