import { listMoments as namesOf, momentsWithId, unknownMoment } from '../../core/search/find-note.ts';
import { newestFirst } from '../../core/search/list-notes.ts';
import { matchTitles } from '../../core/text/match-titles.ts';
import { Exit, Problem } from '../../errors.ts';
import { titleOf } from '../../report/text/note-title.ts';
import type { Prompter, NoteIndex, NoteSummary, World } from '../../world/world.ts';
import { refuseUnreadable } from './find-files.ts';
import { pickNote } from './pick-note.ts';

/** How a command finds the notes that it is about. */
export interface NoteChoice {
  readonly world: World;
  readonly index: NoteIndex;
  /** Asked above a list of notes. */
  readonly question: string;
  /** Said where there are notes and none of them is offered; a general sentence when absent. */
  readonly nothing?: string;
  /** Puts a question to the person; absent where nobody can be asked. Then several matches are a Problem. */
  readonly ask?: Prompter['ask'];
  /** Files that can't be read as notes and are found by the id in their name all the same. */
  readonly broken?: readonly NoteSummary[];
}

/** At most this many notes are named in an error. */
const mostNamed = 6;

/** Gives a way to ask one question at a time on a terminal; undefined where nobody can be asked. */
export function askOnTerminal(world: World): Prompter['ask'] | undefined {
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
 * Finds the note that `text` names: an id, the beginning of one, `last`, or words of a title. An id wins
 * over words. Where several match, the person chooses; undefined when they choose none. Notes that are kept
 * apart are found by their ids only. Throws a Problem (exit 2) for an unknown one, and for several matches
 * where nobody can be asked; a Problem (exit 1) where the only file of that id can't be read.
 */
export async function noteNamed(choosing: NoteChoice, text: string): Promise<NoteSummary | undefined> {
  const { index, world, ask, broken = [] } = choosing;
  if (broken.length === 0) refuseUnreadable(index, text);
  const all = text === 'last' ? index.moments : [...index.moments, ...broken];
  if (all.length === 0) throw new Problem('cli.no-moments', {}, { exit: Exit.misused });
  const byId = momentsWithId(all, text);
  const [only] = byId;
  if (byId.length === 1) return only;
  if (byId.length > 1) {
    const shown = byId.filter(isInSight);
    if (ask !== undefined && shown.length > 1) return askWhich(choosing, shown);
    throw new Problem('cli.ambiguous-id', { id: text, near: namesOf(byId) }, { exit: Exit.misused });
  }
  const shown = index.moments.filter(isInSight).toSorted(newestFirst);
  const byTitle = matchTitles(shown, ({ head }) => titleOf(head, world.words), text);
  if (byTitle.length === 0) throw unknownMoment([...shown, ...broken], text);
  if (byTitle.length === 1) return byTitle[0];
  if (ask !== undefined) return askWhich(choosing, byTitle);
  const more = byTitle.length - mostNamed;
  const near = namesOf(byTitle.slice(0, mostNamed));
  throw more > 0
    ? new Problem('cli.many-titles', { text, near, n: more }, { exit: Exit.misused })
    : new Problem('cli.several-titles', { text, near }, { exit: Exit.misused });
}

/**
 * Finds the notes that the words behind a command name. They are ids, or the words of one title, or else
 * each names a note as in `noteNamed`. A note that is named twice is there once. Undefined when the person
 * chooses none.
 */
export async function notesNamed(
  choosing: NoteChoice,
  texts: readonly string[],
): Promise<readonly NoteSummary[] | undefined> {
  const { index, world, broken = [] } = choosing;
  const whole = texts.join(' ');
  const areIds = texts.every(text => momentsWithId([...index.moments, ...broken], text).length > 0);
  const isTitle = (): boolean =>
    matchTitles(index.moments.filter(isInSight), ({ head }) => titleOf(head, world.words), whole).length > 0;
  const names = texts.length > 1 && !areIds && isTitle() ? [whole] : texts;
  const found = new Map<string, NoteSummary>();
  for (const name of names) {
    const note = await noteNamed(choosing, name);
    if (note === undefined) return undefined;
    found.set(note.path, note);
  }
  return [...found.values()];
}

/**
 * Finds the note that a command is about: the one that its words name, else the person chooses among those
 * that `offered` takes, the newest first. Undefined when they choose none, or when there is none to offer;
 * that is said. Throws the Problems of `noteNamed`, and one (exit 2) where no word was typed and nobody can
 * be asked.
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
  const shown = index.moments.filter(isInSight).filter(offered).toSorted(newestFirst);
  if (shown.length > 0) return askWhich(choosing, shown);
  const nothing = choosing.nothing ?? world.words('list.none_shown');
  world.messages.say(index.moments.length === 0 ? world.words('list.empty') : nothing);
  return undefined;
}

/**
 * Whether a note may be offered: one that is kept apart for safety must not appear on a screen by accident.
 */
function isInSight({ head }: NoteSummary): boolean {
  return head.status !== 'set-aside';
}

async function askWhich(
  { world, question, ask }: NoteChoice,
  notes: readonly NoteSummary[],
): Promise<NoteSummary | undefined> {
  return ask && pickNote(world, question, notes, ask);
}
