import type { Day } from '../core/day.ts';
import { parseDay } from '../core/day.ts';
import { dayOfOtherWeekday, readDayAhead, readPastDay, twoReadings } from '../core/read-day.ts';
import { Exit, Problem } from '../errors.ts';
import { fullDay, longDay, plainDay } from '../report/dates.ts';
import type { World } from '../world.ts';
import { dayNames } from './day-names.ts';

/** Gives the day of the session: what was asked for, else the draft's, else today. Refuses a day ahead. */
export function sessionDay(world: World, asked: string | undefined, drafted: string | undefined): Day {
  const today = world.now().day;
  if (asked === undefined) return (drafted === undefined ? undefined : parseDay(drafted)) ?? today;
  return pastDay(world, asked);
}

/** Echoes the day that was understood from words. */
export function echoDay(world: World, asked: string | undefined, day: Day): void {
  if (asked !== undefined && asked !== day) world.talk.say(world.words('conversation.day_understood', { day: longDay(day, world.now().day, world.words) }));
}

/** Reads a day that a flag gives; one that is not known, can be read in two ways or lies ahead is refused (exit 2). */
export function pastDay(world: World, text: string): Day {
  const today = world.now().day;
  const names = dayNames(world.words);
  const past = readPastDay(text, today, names);
  const day = past ?? readDayAhead(text, today, names);
  if (day !== undefined && day > today) throw new Problem('cli.day-ahead', { day }, { exit: Exit.misused });
  if (past !== undefined) return past;
  refuseUnclear(world, text);
  throw new Problem('cli.no-day', { text }, { exit: Exit.misused });
}

/** Reads a day that a flag gives and that lies ahead. Any other is refused (exit 2). */
export function dayAhead(world: World, text: string): Day {
  const day = readDayAhead(text, world.now().day, dayNames(world.words));
  if (day !== undefined) return day;
  refuseUnclear(world, text);
  throw new Problem('cli.no-day-ahead', { text }, { exit: Exit.misused });
}

/** Reads a day that a flag gives, wherever it lies; "tuesday" is the last one. */
export function anyDay(world: World, text: string): Day {
  const day = anyDayIn(world, text);
  if (day !== undefined) return day;
  refuseUnclear(world, text);
  throw new Problem('cli.no-any-day', { text }, { exit: Exit.misused });
}

/** Reads the day that a question of kind `day` is answered with; a day to rest until lies ahead. */
export function readDay(world: World, field: string, text: string): Day | undefined {
  return field === 'rest_until' ? readDayAhead(text, world.now().day, dayNames(world.words)) : anyDayIn(world, text);
}

/** Says both days that a text in numbers can mean; undefined when there are not two. */
export function bothDays({ now, words }: World, text: string): { readonly one: string; readonly other: string; readonly first: Day; readonly second: Day } | undefined {
  const [first, second] = twoReadings(text, now().day) ?? [];
  return first === undefined || second === undefined ? undefined : { one: plainDay(first, words), other: plainDay(second, words), first, second };
}

function anyDayIn({ now, words }: World, text: string): Day | undefined {
  const names = dayNames(words);
  return readPastDay(text, now().day, names) ?? readDayAhead(text, now().day, names);
}

/** Refuses a day that can be read in two ways, and one whose weekday is another (exit 2). */
function refuseUnclear(world: World, text: string): void {
  const other = dayOfOtherWeekday(text, world.now().day, dayNames(world.words));
  if (other !== undefined) {
    const day = fullDay(other, world.words);
    throw new Problem('cli.other-weekday', { text, day, iso: other }, { exit: Exit.misused });
  }
  const both = bothDays(world, text);
  if (both === undefined) return;
  throw new Problem('cli.two-days', { text, ...both }, { exit: Exit.misused });
}
