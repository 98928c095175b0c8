import type { Day } from '../../core/dates/day.ts';
import { parseDay } from '../../core/dates/day.ts';
import { nearDays } from '../../core/dates/near-day.ts';
import { readPeriod, type Period } from '../../core/dates/period.ts';
import { dayOfOtherWeekday, readDayAhead, readPastDay, twoReadings } from '../../core/dates/read-day.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Params } from '../../errors.ts';
import { fullDay, longDay, plainDay } from '../../report/text/dates.ts';
import type { World } from '../../world/world.ts';
import { dayNames } from './day-names.ts';

/** Gives the day of the session: what was asked for, else the draft's, else today. Refuses a day ahead. */
export function sessionDay(world: World, asked: string | undefined, drafted: string | undefined): Day {
  const today = world.now().day;
  if (asked === undefined) return (drafted === undefined ? undefined : parseDay(drafted)) ?? today;
  return pastDay(world, asked);
}

/** Echoes the day that was understood from words. */
export function echoDay(world: World, asked: string | undefined, day: Day): void {
  if (asked !== undefined && asked !== day)
    world.messages.say(
      world.words('conversation.day_understood', { day: longDay(day, world.now().day, world.words) }),
    );
}

/**
 * Reads a day that a flag gives; one that is not known, can be read in two ways or lies ahead is refused
 * (exit 2).
 */
export function pastDay(world: World, text: string): Day {
  const today = world.now().day;
  const names = dayNames(world.words);
  const past = readPastDay(text, today, names);
  const day = past ?? readDayAhead(text, today, names);
  if (day !== undefined && day > today) throw new Problem('cli.day-ahead', { day }, { exit: Exit.misused });
  if (past !== undefined) return past;
  refuseUnclear(world, text, said => readPastDay(said, today, names));
  throw new Problem('cli.no-day', { text }, { exit: Exit.misused });
}

/** Reads a day that a flag gives and that lies ahead. Any other is refused (exit 2). */
export function dayAhead(world: World, text: string): Day {
  const ahead = (said: string): Day | undefined => readDayAhead(said, world.now().day, dayNames(world.words));
  const day = ahead(text);
  if (day !== undefined) return day;
  refuseUnclear(world, text, ahead);
  throw new Problem('cli.no-day-ahead', { text }, { exit: Exit.misused });
}

/** Reads a day that a flag gives, wherever it lies; "tuesday" is the last one. */
export function anyDay(world: World, text: string): Day {
  const day = anyDayIn(world, text);
  if (day !== undefined) return day;
  refuseUnclear(world, text, said => anyDayIn(world, said));
  throw new Problem('cli.no-any-day', { text }, { exit: Exit.misused });
}

/** Reads the day that a question of kind `day` is answered with; a day to rest until lies ahead. */
export function readDay(world: World, field: string, text: string): Day | undefined {
  return field === 'rest_until'
    ? readDayAhead(text, world.now().day, dayNames(world.words))
    : anyDayIn(world, text);
}

/** Says both days that a text in numbers can mean; undefined when there are not two. */
export function bothDays(
  { now, words }: World,
  text: string,
): { readonly one: string; readonly other: string; readonly first: Day; readonly second: Day } | undefined {
  const [first, second] = twoReadings(text, now().day) ?? [];
  return first === undefined || second === undefined
    ? undefined
    : { one: plainDay(first, words), other: plainDay(second, words), first, second };
}

function anyDayIn({ now, words }: World, text: string): Day | undefined {
  const names = dayNames(words);
  return readPastDay(text, now().day, names) ?? readDayAhead(text, now().day, names);
}

/** Reads a whole month or year that a flag gives (`last month`, `march 2026`); undefined when it is none. */
export function periodIn({ now, words }: World, text: string): Period | undefined {
  return readPeriod(text, now().day, dayNames(words));
}

/** Says what a misspelled day may have been, each with the day it names; undefined when nothing is near. */
export function nearDay(
  world: World,
  text: string,
  read: (said: string) => Day | undefined,
): string | undefined {
  const { words } = world;
  const near = nearDays(text, dayNames(words), read);
  return near
    .map(({ said, day }) => words('cli.near-one', { said, day: longDay(day, world.now().day, words) }))
    .reduceRight<string | undefined>((second, first) => {
      return second === undefined ? first : words('cli.near-both', { first, second });
    }, undefined);
}

/**
 * Refuses (exit 2) a whole month or year where a day is needed, a day whose weekday is another, one that can
 * be read in two ways, and one that is misspelled: `read` reads what it may have been.
 */
function refuseUnclear(world: World, text: string, read: (said: string) => Day | undefined): void {
  const { words } = world;
  const refuse = (key: string, params: Params): never => {
    throw new Problem(key, { text, ...params }, { exit: Exit.misused });
  };
  const period = periodIn(world, text);
  if (period !== undefined) {
    const { first, last } = period;
    refuse('cli.whole-period', { first: fullDay(first, words), last: fullDay(last, words), iso: first });
  }
  const other = dayOfOtherWeekday(text, world.now().day, dayNames(words));
  if (other !== undefined) refuse('cli.other-weekday', { day: fullDay(other, words), iso: other });
  const both = bothDays(world, text);
  if (both !== undefined) refuse('cli.two-days', { ...both });
  const near =
    nearDay(world, text, read) ??
    nearDay(world, text, said => anyDayIn(world, said) ?? periodIn(world, said)?.first);
  if (near !== undefined) refuse('cli.near-day', { near });
}
