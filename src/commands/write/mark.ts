import { calledOn } from '../../report/text/note-title.ts';
import { askOnTerminal, noteFor } from '../../cli/choose/choose-note.ts';
import { pickStatus } from '../../cli/choose/pick-note.ts';
import { Exit, Problem } from '../../errors.ts';
import { formatChange } from '../../core/interview/compose.ts';
import type { Day } from '../../core/dates/day.ts';
import type { Section } from '../../core/notes/reflection.ts';
import { keyNamed, nearestNamed } from '../../core/text/named-picks.ts';
import type { Named } from '../../core/text/named-picks.ts';
import { isUnresolved, statuses } from '../../core/notes/status.ts';
import type { Status } from '../../core/notes/status.ts';
import { longDay } from '../../report/text/dates.ts';
import { labelsOf, statusNames, unknownStatus, wholeFlag } from '../../cli/options/read-flags.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { dayAhead } from '../../cli/options/day-flags.ts';
import type { NoteSummary, World } from '../../world/world.ts';

/** From this size on a sequence asks whether the person is safe; nothing is asked here. */
const leastForHelp = 9;

export interface MarkOptions {
  /** The paragraphs, one for each `--note`. */
  readonly note?: readonly string[];
  readonly size?: string;
  readonly until?: string;
}

/** A change of status: which note it is for, and what to ask where that is not said. */
export interface StatusChange {
  /** An id or words of a title; empty where the person is to choose. */
  readonly typed: readonly string[];
  /** Absent where the person is to choose. */
  readonly status?: Status;
  readonly command: string;
  readonly question: string;
  /** Which notes are offered to choose from, and what is said where there is none; all when absent. */
  readonly offered?: (note: NoteSummary) => boolean;
  readonly nothing?: string;
}

/**
 * Sets a moment's status by hand, in any direction, and says what became of it. `typed` is the note, an id
 * or words of a title, and behind it the status, by key or label. On a terminal what is missing is asked
 * for.
 */
export async function mark(world: World, typed: readonly string[], options: MarkOptions): Promise<Exit> {
  const known = await statusNames(world, statuses);
  const question = world.words('note.which.mark');
  return setStatus(world, { ...splitStatus(world, typed, known), command: 'mark', question }, options);
}

/** Sets the status of the note that `change` names, or that the person chooses. */
export async function setStatus(world: World, change: StatusChange, options: MarkOptions): Promise<Exit> {
  const { words } = world;
  const { typed, command, question, offered, nothing } = change;
  const known = await statusNames(world, statuses);
  if (change.status === undefined && !world.interactive) {
    const argument = typed.length === 0 ? '<id>' : '<status>';
    const missing = { command: `rupture ${command}`, argument };
    throw new Problem('cli.missing-argument', missing, { exit: Exit.misused });
  }
  const size = wholeFlag('--size', options.size, 0, 10);
  if (change.status !== undefined) restDay(world, options.until, change.status);
  const { note: notes } = options;
  // Before the note is read, which may take a while: whether the notes are encrypted is asked here.
  const store = await world.openStore();
  const note =
    notes &&
    (await (await import('../../cli/options/paragraph-flag.ts')).readParagraphs(world, '--note', notes));
  if (note !== undefined) world.unsaved.texts.set('note', note);
  const index = await store.scan();
  tellLeftOut(world, index);
  const ask = askOnTerminal(world);
  const moment = await noteFor({ world, index, question, nothing, ask }, typed, command, offered);
  const status = change.status ?? (moment && ask && (await pickStatus(world, moment, known, ask)));
  if (moment === undefined || status === undefined) return Exit.done;
  const restUntil = restDay(world, options.until, status);
  const { head, path } = moment;
  const today = world.now().day;
  const hasNote = note !== undefined && note.trim() !== '';
  // Marking something brings it back into sight unless a new day to rest until is given.
  const rests = restUntil ?? (head.restUntil === undefined ? undefined : null);
  if (head.status === status && size === undefined && !hasNote && rests === undefined) {
    world.messages.say(words('note.nothing_changed', { id: calledOn(world, head) }));
    return Exit.done;
  }
  await store.revise(path, {
    front: {
      status,
      ...(size === undefined ? {} : { size }),
      ...(rests === undefined ? {} : { rest_until: rests ?? undefined }),
    },
    history: formatChange({ day: today, status, size: size ?? head.size }),
    append: hasNote ? [noteSection(world, note, today)] : [],
  });
  await tell(world, moment, status, { size, restUntil, hasNote, isBack: rests === null });
  return Exit.done;
}

/**
 * Parts what was typed behind `mark` into the note and the status behind it, which may be several words:
 * `k3f worked through`. A status alone leaves the note to be chosen. Throws a Problem (exit 2) for a status
 * that is unknown.
 */
function splitStatus(
  world: World,
  typed: readonly string[],
  known: readonly Named<Status>[],
): Pick<StatusChange, 'typed' | 'status'> {
  const ends = typed.map((_word, at) => typed.slice(at).join(' '));
  // The note comes first where there is one; so the longest status is looked for behind the first word.
  const at = ends.findIndex((end, index) => index > 0 && keyNamed(end, known) !== undefined);
  const whole = keyNamed(typed.join(' '), known);
  if (whole !== undefined) return { typed: [], status: whole };
  if (at >= 0) return { typed: typed.slice(0, at), status: keyNamed(ends[at] ?? '', known) };
  if (typed.length < 2) return { typed };
  const resting = [{ key: 'resting', label: world.words('list.resting') }];
  const isNear = (end: string): boolean => nearestNamed(end, [...known, ...resting]) !== undefined;
  const near = ends.slice(1).find(isNear);
  // Nothing like a status: all of it may be the words of a title, and the status is asked for.
  if (near === undefined && world.interactive) return { typed };
  const meant = near ?? ends[1] ?? '';
  const isResting = keyNamed(meant, resting) !== undefined;
  if (isResting) throw new Problem('cli.rest-by-until', {}, { exit: Exit.misused });
  throw unknownStatus(world, meant, known);
}

function restDay(world: World, text: string | undefined, status: Status): Day | undefined {
  if (text === undefined) return undefined;
  if (!isUnresolved(status))
    throw new Problem('cli.rest-needs-unresolved', { status }, { exit: Exit.misused });
  return dayAhead(world, text);
}

function noteSection({ words }: World, text: string, day: Day): Section {
  return { level: 2, heading: words('note.noted_on', { day }), text };
}

async function tell(
  world: World,
  { head }: NoteSummary,
  status: Status,
  {
    size,
    restUntil,
    hasNote,
    isBack,
  }: {
    readonly size?: number;
    readonly restUntil?: Day;
    readonly hasNote: boolean;
    readonly isBack: boolean;
  },
): Promise<void> {
  const { words, messages: talk } = world;
  const { status: before } = head;
  const labels = labelsOf(await world.templates.list('status'));
  // The title once, on the first line.
  let id = calledOn(world, head);
  const say = (text: string): void => {
    talk.say(text);
    ({ id } = head);
  };
  const after = labels[status] ?? status;
  if (before === undefined) say(words('note.changed_from_none', { id, after }));
  else if (before !== status) say(words('note.changed', { id, before: labels[before] ?? before, after }));
  if (size !== undefined) say(words('note.sized', { id, n: size }));
  if (isBack) say(words('note.back', { id }));
  if (restUntil !== undefined)
    say(words('note.resting_until', { id, day: longDay(restUntil, world.now().day, words) }));
  if (hasNote) say(words('note.noted', { id }));
  if (size !== undefined && size >= leastForHelp) say(words('note.help_near'));
}
