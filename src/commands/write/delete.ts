import { Exit, Problem } from '../../errors.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { nameInMessages } from '../../report/text/note-title.ts';
import { askOnTerminal, noteFor, notesNamed } from '../../cli/choose/choose-note.ts';
import type { NoteChoice } from '../../cli/choose/choose-note.ts';
import { brokenFiles, filesOf } from '../../cli/choose/find-files.ts';
import { isSure } from '../../cli/choose/confirm.ts';
import type {
  NamedNote,
  NoteIndex,
  NoteSummary,
  World,
  WordsPort,
  OutputPort,
  NoteDeletionPort,
  DraftsPort,
  NotesPort,
  SettingsPort,
} from '../../world/world.ts';

export interface DeleteOptions {
  readonly all?: boolean;
  readonly forever?: boolean;
  readonly yes?: boolean;
}

/** The files to remove, and a line for each note or file that announces it. */
interface Deletion {
  readonly files: readonly NamedNote[];
  readonly rows: readonly string[];
  /** The name for messages; present only if a single note is removed. */
  readonly name?: string;
}

const mostRows = 10;

/**
 * Moves notes to the trash, or erases them with `--forever`. First lists the notes and asks for confirmation.
 * Throws a Problem (exit 2) for ids together with `--all`, and for neither if nobody can be asked.
 */
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
  const deletion =
    options.all === true ? allNotes(world, store, index) : await chosenNotes(world, store, index, ids);
  if (deletion === undefined) return Exit.done;
  const isForever = options.forever === true;
  if (options.all === true && deletion.files.length === 0 && !isForever) {
    world.messages.say(world.words('delete.nothing'));
    return Exit.done;
  }
  announceDeletion(world, store, deletion, options);
  if (!(await isSure(world, world.words(isForever ? 'delete.ask_forever' : 'delete.ask'), options))) {
    world.messages.say(world.words('delete.stopped'));
    return Exit.done;
  }
  await remove(world, store, deletion, options);
  return Exit.done;
}

async function remove(
  { words, messages }: WordsPort & OutputPort,
  store: NoteDeletionPort & DraftsPort,
  { files, name }: Deletion,
  { all: isAll, forever }: DeleteOptions,
): Promise<void> {
  if (forever !== true) {
    await store.remove(files);
    const done =
      name === undefined ? words('delete.done', { n: files.length }) : words('delete.done_named', { name });
    messages.say(done);
    const drafts = isAll === true ? (await store.drafts.list()).length : 0;
    if (drafts > 0) messages.say(words('delete.drafts_stay', { n: drafts }));
  } else if (isAll === true) {
    const remaining = await store.eraseAll(files);
    messages.say(
      files.length === 0 ? words('delete.rest_erased') : words('delete.erased', { n: files.length }),
    );
    if (remaining.length > 0)
      messages.say(words('delete.left', { names: remaining.join(words('summary.separator')) }));
  } else {
    await store.erase(files);
    messages.say(words('delete.erased', { n: files.length }));
    for (const path of store.editing.leftOver()) messages.say(words('delete.editor_left', { path }));
  }
  messages.say(words('delete.elsewhere'));
}

// Returns undefined if the person chooses no note.
async function chosenNotes(
  world: World,
  store: NotesPort,
  index: NoteIndex,
  typed: readonly string[],
): Promise<Deletion | undefined> {
  const broken = brokenFiles(store, index).flatMap(({ moment }) => moment ?? []);
  const question = world.words('note.which.delete');
  const choosing: NoteChoice = { world, index, question, ask: askOnTerminal(world), broken };
  const picked = typed.length === 0 ? await noteFor(choosing, [], 'delete') : undefined;
  const found = typed.length === 0 ? picked && [picked] : await notesNamed(choosing, typed);
  if (found === undefined) return undefined;
  const files = found.flatMap(moment => filesOf(index, moment));
  const [first] = found;
  const isNamed = world.messages.isTerminal && files.length === 1 && first !== undefined;
  return {
    files,
    rows: found.map(moment => rowFor(world, moment)),
    ...(isNamed ? { name: nameInMessages(world, first.head) } : {}),
  };
}

function allNotes(
  world: WordsPort & OutputPort & SettingsPort,
  store: NotesPort,
  index: NoteIndex,
): Deletion {
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
      ...index.moments.map(moment => rowFor(world, hideTitleIfSetAside(moment))),
      ...broken.map(({ relativePath }) => world.words('delete.row_file', { path: relativePath })),
    ],
  };
}

// With `--all`, do not show the titles of notes that are set aside: the person did not ask for them.
function hideTitleIfSetAside(moment: NoteSummary): NoteSummary {
  const { head } = moment;
  return head.status === 'set-aside' ? { ...moment, head: { ...head, title: undefined } } : moment;
}

// Shows the title on a terminal only: in a pipe, no words of a note may appear.
function rowFor(
  { words, messages }: WordsPort & OutputPort,
  { head: { id, session, title } }: NoteSummary,
): string {
  return title !== undefined && messages.isTerminal
    ? words('delete.row_title', { title, id, session })
    : words('delete.row', { id, session });
}

function announceDeletion(
  { words, messages }: WordsPort & OutputPort,
  { folder }: NotesPort,
  { files, rows }: Deletion,
  { all: isAll, forever }: DeleteOptions,
): void {
  if (files.length === 0) {
    messages.say(words('delete.rest'));
    return;
  }
  const shown = rows.length > mostRows ? rows.slice(0, mostRows - 1) : rows;
  const more = rows.length - shown.length;
  messages.say(
    [
      words(forever === true ? 'delete.will_erase' : 'delete.will_trash', { n: files.length, folder }),
      ...shown,
      ...(more > 0 ? [words('delete.more', { n: more })] : []),
      ...(forever === true ? [words(isAll === true ? 'delete.all_too' : 'delete.traces_too')] : []),
    ].join('\n'),
  );
}
