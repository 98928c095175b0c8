import { noteNamed } from './choose-note.ts';
import { findInSight, refuseKeptApart } from './find-files.ts';
import { summarize } from '../../core/search/summary.ts';
import type { SummaryItem } from '../../core/search/summary.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Prompter, NoteIndex, NoteSummary, World } from '../../world/world.ts';
import { nothingKey } from '../show/report-unreadable.ts';
import { choice } from './preview-and-confirm.ts';
import { momentOptions } from './moment-options.ts';

/**
 * Which moment is meant, where somebody said so: on the command line or in a file of answers, or by the
 * draft that is resumed.
 */
export interface ChosenMoment {
  /** An id, the beginning of one, or words of a title. */
  readonly named?: string;
  readonly drafted?: string;
}

/** Where a moment is chosen from, and how it is asked for. */
export interface MomentNeeds {
  readonly world: World;
  readonly index: NoteIndex;
  /** The words of the question which moment it is. */
  readonly words: string;
  /** Absent where nobody can be asked. */
  readonly prompter: Prompter | undefined;
}

/**
 * Gives the moment that a command goes on with: the one that is meant; the only one there is; else the person
 * chooses, the most urgent first. Undefined when there is none, or none was chosen; then that is said.
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
  if (drafted !== undefined) return findInSight(index, drafted);
  const items = goingOn(world, index);
  const moment = await chosen(world, items, words, prompter);
  if (moment === undefined) {
    const key = items.length === 0 ? nothingKey(index, 'summary.nothing') : 'prep.nothing_changed';
    (prompter?.say ?? world.messages.say)(world.words(key));
  }
  return moment;
}

/**
 * Gives one of the moments that `only` takes: the only one there is; else the person chooses. Undefined when
 * there is none, or none was chosen.
 */
export async function chooseMoment(
  { world, index, words, prompter }: MomentNeeds,
  only: (item: SummaryItem) => boolean,
): Promise<NoteSummary | undefined> {
  return chosen(world, goingOn(world, index).filter(only), words, prompter);
}

function goingOn(world: World, index: NoteIndex): readonly SummaryItem[] {
  return summarize(index.moments, world.now().day, { includeResting: true }).items;
}

// Without a person it has to be named when there is more than one.
async function chosen(
  world: World,
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
