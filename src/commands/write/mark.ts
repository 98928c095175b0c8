import { nameInMessages } from '../../report/text/note-title.ts';
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
import type {
  NoteSummary,
  World,
  WordsPort,
  InputPort,
  ClockPort,
  OutputPort,
  TemplatesPort,
} from '../../world/world.ts';

/** From this size on, mention `help-now`: `mark`, unlike a sequence, does not ask about safety. */
const leastForHelp = 9;

export interface MarkOptions {
  /** The paragraphs, one for each `--note`. */
  readonly note?: readonly string[];
  readonly size?: string;
  readonly until?: string;
}

/** A change of status: the note, the new status, and the question to ask if either is missing. */
export interface StatusChange {
  /** An id or words of a title; if empty, the person chooses. */
  readonly typed: readonly string[];
  /** If absent, the person chooses. */
  readonly status?: Status;
  readonly command: string;
  readonly question: string;
  /** Selects the notes to choose from; by default, all. `nothing` is the message if there are none. */
  readonly offered?: (note: NoteSummary) => boolean;
  readonly nothing?: string;
}

/**
 * Sets a note's status by hand, in any direction, and reports the change. `typed` is the note (an id or words
 * of a title) followed by the status (key or label). On a terminal, the person chooses whatever is missing.
 */
export async function mark(world: World, typed: readonly string[], options: MarkOptions): Promise<Exit> {
  const known = await statusNames(world, statuses);
  const question = world.words('note.which.mark');
  return setStatus(world, { ...splitStatus(world, typed, known), command: 'mark', question }, options);
}

/**
 * Sets the status of the note that `change` names or that the person chooses, and reports the change. Throws
 * a Problem for an unknown note and for invalid flags.
 */
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
  // Open the store before reading the text of `--note`, which may have to wait for standard input.
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
  // Marking a note ends its rest, unless `--until` gives a new day.
  const newRestUntil = restUntil ?? (head.restUntil === undefined ? undefined : null);
  if (head.status === status && size === undefined && !hasNote && newRestUntil === undefined) {
    world.messages.say(words('note.nothing_changed', { id: nameInMessages(world, head) }));
    return Exit.done;
  }
  await store.revise(path, {
    front: {
      status,
      ...(size === undefined ? {} : { size }),
      ...(newRestUntil === undefined ? {} : { rest_until: newRestUntil ?? undefined }),
    },
    history: formatChange({ day: today, status, size: size ?? head.size }),
    append: hasNote ? [noteSection(world, note, today)] : [],
  });
  await reportChange(world, moment, status, { size, restUntil, hasNote, isBack: newRestUntil === null });
  return Exit.done;
}

/**
 * Splits the arguments of `mark` into the note and the status, which may be several words: `k3f worked
 * through`. Returns no note if there is only a status. Throws a Problem (exit 2) for an unknown status.
 */
function splitStatus(
  world: WordsPort & InputPort,
  typed: readonly string[],
  known: readonly Named<Status>[],
): Pick<StatusChange, 'typed' | 'status'> {
  const endings = typed.map((_word, at) => typed.slice(at).join(' '));
  // If there is a note, it comes first, so look for the longest status after the first word.
  const at = endings.findIndex((end, index) => index > 0 && keyNamed(end, known) !== undefined);
  const statusAlone = keyNamed(typed.join(' '), known);
  if (statusAlone !== undefined) return { typed: [], status: statusAlone };
  if (at >= 0) return { typed: typed.slice(0, at), status: keyNamed(endings[at] ?? '', known) };
  if (typed.length < 2) return { typed };
  const resting = [{ key: 'resting', label: world.words('list.resting') }];
  const isNear = (end: string): boolean => nearestNamed(end, [...known, ...resting]) !== undefined;
  const near = endings.slice(1).find(isNear);
  // Nothing resembles a status, so take all words as a title and let the person choose the status.
  if (near === undefined && world.interactive) return { typed };
  const unknown = near ?? endings[1] ?? '';
  const isResting = keyNamed(unknown, resting) !== undefined;
  if (isResting) throw new Problem('cli.rest-by-until', {}, { exit: Exit.misused });
  throw unknownStatus(world, unknown, known);
}

function restDay(world: ClockPort & WordsPort, text: string | undefined, status: Status): Day | undefined {
  if (text === undefined) return undefined;
  if (!isUnresolved(status))
    throw new Problem('cli.rest-needs-unresolved', { status }, { exit: Exit.misused });
  return dayAhead(world, text);
}

function noteSection({ words }: WordsPort, text: string, day: Day): Section {
  return { level: 2, heading: words('note.noted_on', { day }), text };
}

async function reportChange(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
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
  const { words, messages } = world;
  const { status: before } = head;
  const labels = labelsOf(await world.templates.list('status'));
  // Show the title only on the first line.
  let id = nameInMessages(world, head);
  const say = (text: string): void => {
    messages.say(text);
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
