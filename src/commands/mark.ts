import { findReadable } from '../conversation/our-files.ts';
import { Exit, Problem } from '../errors.ts';
import { formatChange } from '../core/compose.ts';
import type { Day } from '../core/day.ts';
import type { Section } from '../core/reflection.ts';
import { isUnresolved, statuses } from '../core/status.ts';
import type { Status } from '../core/status.ts';
import { longDay } from '../report/dates.ts';
import { labelsOf, readStatuses, wholeFlag } from '../conversation/flags.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import { dayAhead } from '../conversation/session-day.ts';
import type { Shelved, World } from '../world.ts';

/** From this size on a sequence asks whether the person is safe; nothing is asked here. */
const leastForHelp = 9;

export interface MarkOptions {
  /** The paragraphs, one for each `--note`. */
  readonly note?: readonly string[];
  readonly size?: string;
  readonly until?: string;
}

/** Sets a moment's status by hand, in any direction, and says what became of it. */
export async function mark(world: World, id: string, statusText: string, options: MarkOptions): Promise<Exit> {
  const { words } = world;
  const [status, second] = await readStatuses(world, statusText, statuses);
  if (status === undefined || second !== undefined)
    throw new Problem(
      'cli.unknown-status',
      { text: statusText, known: statuses.join(', ') },
      { exit: Exit.misused },
    );
  const size = wholeFlag('--size', options.size, 0, 10);
  const restUntil = restDay(world, options.until, status);
  const { note: notes } = options;
  // Before the note is read, which may take a while: whether the notes are encrypted is asked here.
  const store = await world.openStore();
  const note = notes && await (await import('../conversation/paragraphs.ts')).readParagraphs(world, '--note', notes);
  if (note !== undefined) world.unkept.texts.set('note', note);
  const shelf = await store.shelf();
  tellLeftOut(world, shelf);
  const moment = findReadable(shelf, id);
  const { head, path } = moment;
  const today = world.now().day;
  const hasNote = note !== undefined && note.trim() !== '';
  // Marking something brings it back into sight unless a new day to rest until is given.
  const rests = restUntil ?? (head.restUntil === undefined ? undefined : null);
  if (head.status === status && size === undefined && !hasNote && rests === undefined) {
    world.talk.say(words('note.nothing_changed', { id: head.id }));
    return Exit.done;
  }
  await store.revise(path, {
    front: { status, ...(size === undefined ? {} : { size }), ...(rests === undefined ? {} : { rest_until: rests ?? undefined }) },
    history: formatChange({ day: today, status, size: size ?? head.size }),
    append: hasNote ? [noteSection(world, note, today)] : [],
  });
  await tell(world, moment, status, { size, restUntil, hasNote, isBack: rests === null });
  return Exit.done;
}

function restDay(world: World, text: string | undefined, status: Status): Day | undefined {
  if (text === undefined) return undefined;
  if (!isUnresolved(status)) throw new Problem('cli.rest-needs-unresolved', { status }, { exit: Exit.misused });
  return dayAhead(world, text);
}

function noteSection({ words }: World, text: string, day: Day): Section {
  return { level: 2, heading: words('note.noted_on', { day }), text };
}

async function tell(world: World, { head: { id, status: before } }: Shelved, status: Status, { size, restUntil, hasNote, isBack }: { readonly size?: number; readonly restUntil?: Day; readonly hasNote: boolean; readonly isBack: boolean }): Promise<void> {
  const { words, talk } = world;
  const labels = labelsOf(await world.templates.list('status'));
  const after = labels[status] ?? status;
  if (before === undefined) talk.say(words('note.changed_from_none', { id, after }));
  else if (before !== status) talk.say(words('note.changed', { id, before: labels[before] ?? before, after }));
  if (size !== undefined) talk.say(words('note.sized', { id, n: size }));
  if (isBack) talk.say(words('note.back', { id }));
  if (restUntil !== undefined) talk.say(words('note.resting_until', { id, day: longDay(restUntil, world.now().day, words) }));
  if (hasNote) talk.say(words('note.noted', { id }));
  if (size !== undefined && size >= leastForHelp) talk.say(words('note.help_near'));
}
