import { daysBetween } from '../../core/dates/day.ts';
import type { Named } from '../../core/text/named-picks.ts';
import { parseStatus } from '../../core/notes/status.ts';
import type { Status } from '../../core/notes/status.ts';
import { titleOf } from '../../report/text/note-title.ts';
import type { Prompter, NoteSummary, Trashed, World, ClockPort, WordsPort } from '../../world/world.ts';
import { choice, option } from './preview-and-confirm.ts';
import { momentOptions } from './moment-options.ts';

/** Asks the person to choose one of several notes; undefined if they choose none. */
export async function pickNote(
  world: ClockPort & WordsPort,
  question: string,
  notes: readonly NoteSummary[],
  ask: Prompter['ask'],
): Promise<NoteSummary | undefined> {
  const today = world.now().day;
  const dated = notes.map(({ head }) => ({ head, ageDays: daysBetween(head.session, today) }));
  const screen = { ...choice('moment', question, momentOptions(world, dated)), skippable: true, bare: true };
  const response = await ask(screen);
  return response.is === 'answer' ? notes.find(({ head }) => head.id === response.answer) : undefined;
}

interface TrashPick {
  readonly world: World;
  readonly command: 'show' | 'restore';
  readonly ask: Prompter['ask'];
}

/** Asks the person to choose one of several notes in the trash; undefined if they choose none. */
export async function pickTrashed(
  { world: { words }, command, ask }: TrashPick,
  items: readonly Trashed[],
): Promise<Trashed | undefined> {
  const options = items.map(({ name, id, title, at }) =>
    option(name, words('trash.option', { title: title ?? id, day: at.slice(0, 10) })),
  );
  const screen = choice('trashed', words(command === 'show' ? 'trash.which_show' : 'trash.which'), options);
  const response = await ask({ ...screen, skippable: true, bare: true });
  return response.is === 'answer' ? items.find(({ name }) => name === response.answer) : undefined;
}

/**
 * Asks for the status of a note; undefined if the person chooses none. "Kept apart" hides a note, so it is
 * not offered and has to be typed.
 */
export async function pickStatus(
  { words }: WordsPort,
  { head }: NoteSummary,
  known: readonly Named<Status>[],
  ask: Prompter['ask'],
): Promise<Status | undefined> {
  const others = known.filter(({ key }) => key !== 'set-aside' && key !== head.status);
  const options = others.map(({ key, label }) => option(key, label));
  const question = words('note.which_status', { title: titleOf(head, words) });
  const response = await ask({ ...choice('status', question, options), skippable: true, bare: true });
  return response.is === 'answer' && typeof response.answer === 'string'
    ? parseStatus(response.answer)
    : undefined;
}
