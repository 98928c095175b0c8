import { noteNamed } from './choose-note.ts';
import { findVisible, refuseKeptApart } from './find-files.ts';
import { summarize } from '../../core/search/summary.ts';
import type { SummaryItem } from '../../core/search/summary.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Prompter, NoteIndex, NoteSummary, World, ClockPort, WordsPort } from '../../world/world.ts';
import { nothingKey } from '../show/report-unreadable.ts';
import { choice } from './preview-and-confirm.ts';
import { momentOptions } from './moment-options.ts';

/** The note that the command line, a file of answers or a resumed draft names, if any. */
export interface ChosenMoment {
  /** An id, the beginning of an id, or words of a title. */
  readonly named?: string;
  readonly drafted?: string;
}

/** The notes to choose from, and how to ask. */
export interface MomentNeeds {
  readonly world: World;
  readonly index: NoteIndex;
  /** The words of the question that asks for the note. */
  readonly words: string;
  /** Undefined if nobody can be asked. */
  readonly prompter: Prompter | undefined;
}

/**
 * Returns the note that a command is about: the named note; the only note; else the note that the person
 * chooses from a list, the most urgent first. Says so and returns undefined if there is none or the person
 * chooses none. Throws a Problem (exit 2) if several notes fit and nobody can be asked.
 */
export async function momentFor(
  { world, index, words, prompter }: MomentNeeds,
  { named, drafted }: ChosenMoment,
): Promise<NoteSummary | undefined> {
  if (named !== undefined) {
    const ask = world.interactive ? prompter?.ask : undefined;
    const found = await noteNamed({ world, index, question: words, ask }, named);
    if (found !== undefined) refuseKeptApart(found);
    else (prompter?.say ?? world.messages.say)(world.words('prep.nothing_changed'));
    return found;
  }
  if (drafted !== undefined) return findVisible(index, drafted);
  const items = unresolvedItems(world, index);
  const moment = await chooseFrom(world, items, words, prompter);
  if (moment === undefined) {
    const key = items.length === 0 ? nothingKey(index, 'summary.nothing') : 'prep.nothing_changed';
    (prompter?.say ?? world.messages.say)(world.words(key));
  }
  return moment;
}

/**
 * Returns one of the notes that `only` accepts: the only one, else the one that the person chooses. Undefined
 * if there is none or the person chooses none.
 */
export async function chooseMoment(
  { world, index, words, prompter }: MomentNeeds,
  only: (item: SummaryItem) => boolean,
): Promise<NoteSummary | undefined> {
  return chooseFrom(world, unresolvedItems(world, index).filter(only), words, prompter);
}

function unresolvedItems(world: ClockPort, index: NoteIndex): readonly SummaryItem[] {
  return summarize(index.moments, world.now().day, { includeResting: true }).items;
}

// Without a person, a choice between several notes is a Problem.
async function chooseFrom(
  world: ClockPort & WordsPort,
  items: readonly SummaryItem[],
  words: string,
  prompter: Prompter | undefined,
): Promise<NoteSummary | undefined> {
  if (items.length <= 1) return items[0];
  if (prompter === undefined)
    throw new Problem(
      'cli.which-moment',
      { near: items.map(({ head }) => `${head.id} (${head.session})`).join(', ') },
      { exit: Exit.misused },
    );
  const response = await prompter.ask({
    ...choice('moment', words, momentOptions(world, items)),
    skippable: true,
  });
  return response.is === 'answer' ? items.find(({ head }) => head.id === response.answer) : undefined;
}
