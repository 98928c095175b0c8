import { listMoments as namesOf, momentsWithId, unknownMoment } from '../../core/search/find-note.ts';
import { newestFirst } from '../../core/search/list-notes.ts';
import { matchTitles } from '../../core/text/match-titles.ts';
import { Exit, Problem } from '../../errors.ts';
import { titleOf } from '../../report/text/note-title.ts';
import type { Prompter, NoteIndex, NoteSummary, World, InputPort, PromptsPort } from '../../world/world.ts';
import { refuseUnreadable } from './find-files.ts';
import { pickNote } from './pick-note.ts';

/** How a command finds its notes. */
export interface NoteChoice {
  readonly world: World;
  readonly index: NoteIndex;
  /** The question above a list of notes. */
  readonly question: string;
  /** The sentence to print if there are notes but none can be offered; a general sentence if absent. */
  readonly nothing?: string;
  /** Asks the person; absent if nobody can be asked. Then several matches are a Problem. */
  readonly ask?: Prompter['ask'];
  /** Unreadable files, which are still found by the id in their names. */
  readonly broken?: readonly NoteSummary[];
}

/** The maximum number of notes that an error names. */
const mostNamed = 6;

/** Returns a function that asks one question at a time on a terminal; undefined if nobody can be asked. */
export function askOnTerminal(world: InputPort & PromptsPort): Prompter['ask'] | undefined {
  if (!world.interactive) return undefined;
  return async (screen, typing) => {
    const prompter = await world.openPrompter();
    try {
      return await prompter.ask(screen, typing);
    } finally {
      prompter.close();
    }
  };
}

/**
 * Returns the note that `text` names: an id, the beginning of an id, `last`, or words of a title. An id wins
 * over words. If several notes match, the person chooses; undefined if they choose none. Notes that are set
 * aside are found by id only. Throws a Problem (exit 2) if no note matches, or if several match and nobody
 * can be asked; a Problem (exit 1) if the only file with that id is unreadable.
 */
export async function noteNamed(choosing: NoteChoice, text: string): Promise<NoteSummary | undefined> {
  const { index, world, ask, broken = [] } = choosing;
  if (broken.length === 0) refuseUnreadable(index, text);
  const all = text === 'last' ? index.moments : [...index.moments, ...broken];
  if (all.length === 0) throw new Problem('cli.no-moments', {}, { exit: Exit.misused });
  const byId = momentsWithId(all, text);
  const [single] = byId;
  if (byId.length === 1) return single;
  if (byId.length > 1) {
    const visible = byId.filter(isVisible);
    if (ask !== undefined && visible.length > 1) return askWhich(choosing, visible);
    throw new Problem('cli.ambiguous-id', { id: text, near: namesOf(byId) }, { exit: Exit.misused });
  }
  const visible = index.moments.filter(isVisible).toSorted(newestFirst);
  const byTitle = matchTitles(visible, ({ head }) => titleOf(head, world.words), text);
  if (byTitle.length === 0) throw unknownMoment([...visible, ...broken], text);
  if (byTitle.length === 1) return byTitle[0];
  if (ask !== undefined) return askWhich(choosing, byTitle);
  const more = byTitle.length - mostNamed;
  const near = namesOf(byTitle.slice(0, mostNamed));
  throw more > 0
    ? new Problem('cli.many-titles', { text, near, n: more }, { exit: Exit.misused })
    : new Problem('cli.several-titles', { text, near }, { exit: Exit.misused });
}

/**
 * Returns the notes that the arguments of a command name, each note once. The arguments are ids, or the words
 * of a single title, or else each names a note as in `noteNamed`. Undefined if the person chooses none.
 */
export async function notesNamed(
  choosing: NoteChoice,
  texts: readonly string[],
): Promise<readonly NoteSummary[] | undefined> {
  const { index, world, broken = [] } = choosing;
  const joinedTexts = texts.join(' ');
  const areIds = texts.every(text => momentsWithId([...index.moments, ...broken], text).length > 0);
  const isTitle = (): boolean =>
    matchTitles(index.moments.filter(isVisible), ({ head }) => titleOf(head, world.words), joinedTexts)
      .length > 0;
  const names = texts.length > 1 && !areIds && isTitle() ? [joinedTexts] : texts;
  const found = new Map<string, NoteSummary>();
  for (const name of names) {
    const note = await noteNamed(choosing, name);
    if (note === undefined) return undefined;
    found.set(note.path, note);
  }
  return [...found.values()];
}

/**
 * Returns the note that a command is about: the note that the arguments name, else the note that the person
 * chooses among those that `offered` accepts, the newest first. Undefined if they choose none, or if there is
 * none to offer, which is reported. Throws the Problems of `noteNamed`, and a Problem (exit 2) if there is no
 * argument and nobody can be asked.
 */
export async function noteFor(
  choosing: NoteChoice,
  texts: readonly string[],
  command: string,
  offered: (note: NoteSummary) => boolean = () => true,
): Promise<NoteSummary | undefined> {
  const { index, world } = choosing;
  if (texts.length > 0) return noteNamed(choosing, texts.join(' '));
  if (choosing.ask === undefined) {
    const missing = { command: `rupture ${command}`, argument: '<id>' };
    throw new Problem('cli.missing-argument', missing, { exit: Exit.misused });
  }
  if (index.moments.length === 0) refuseUnreadable(index, '');
  const visible = index.moments.filter(isVisible).filter(offered).toSorted(newestFirst);
  if (visible.length > 0) return askWhich(choosing, visible);
  const nothing = choosing.nothing ?? world.words('list.none_shown');
  world.messages.say(index.moments.length === 0 ? world.words('list.empty') : nothing);
  return undefined;
}

/**
 * Returns true if a note may be offered: a note set aside for safety must not appear on a screen by accident.
 */
function isVisible({ head }: NoteSummary): boolean {
  return head.status !== 'set-aside';
}

async function askWhich(
  { world, question, ask }: NoteChoice,
  notes: readonly NoteSummary[],
): Promise<NoteSummary | undefined> {
  return ask && pickNote(world, question, notes, ask);
}
