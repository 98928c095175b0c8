import type { Day } from '../../core/dates/day.ts';
import { parseDay } from '../../core/dates/day.ts';
import { nearDays } from '../../core/dates/near-day.ts';
import { readPeriod, type Period } from '../../core/dates/period.ts';
import { dayOfOtherWeekday, readDayAhead, readPastDay, twoReadings } from '../../core/dates/read-day.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Params } from '../../errors.ts';
import { fullDay, longDay, plainDay } from '../../report/text/dates.ts';
import type { ClockPort, WordsPort, OutputPort } from '../../world/world.ts';
import { dayNames } from './day-names.ts';

/**
 * Returns the day of the session: the requested day, else the day of the draft, else today. Throws a Problem
 * (exit 2) for a day in the future.
 */
export function sessionDay(
  world: ClockPort & WordsPort,
  asked: string | undefined,
  drafted: string | undefined,
): Day {
  const today = world.now().day;
  if (asked === undefined) return (drafted === undefined ? undefined : parseDay(drafted)) ?? today;
  return pastDay(world, asked);
}

/** Says which day was understood, if it was given in words. */
export function echoDay(
  world: ClockPort & WordsPort & OutputPort,
  asked: string | undefined,
  day: Day,
): void {
  if (asked !== undefined && asked !== day)
    world.messages.say(
      world.words('conversation.day_understood', { day: longDay(day, world.now().day, world.words) }),
    );
}

/**
 * Reads the day of a flag. Throws a Problem (exit 2) for a day that is unknown, ambiguous or in the future.
 */
export function pastDay(world: ClockPort & WordsPort, text: string): Day {
  const today = world.now().day;
  const names = dayNames(world.words);
  const past = readPastDay(text, today, names);
  const day = past ?? readDayAhead(text, today, names);
  if (day !== undefined && day > today) throw new Problem('cli.day-ahead', { day }, { exit: Exit.misused });
  if (past !== undefined) return past;
  refuseUnclear(world, text, candidate => readPastDay(candidate, today, names));
  throw new Problem('cli.no-day', { text }, { exit: Exit.misused });
}

/** Reads the day of a flag that has to be in the future. Throws a Problem (exit 2) for any other. */
export function dayAhead(world: ClockPort & WordsPort, text: string): Day {
  const ahead = (candidate: string): Day | undefined =>
    readDayAhead(candidate, world.now().day, dayNames(world.words));
  const day = ahead(text);
  if (day !== undefined) return day;
  refuseUnclear(world, text, ahead);
  throw new Problem('cli.no-day-ahead', { text }, { exit: Exit.misused });
}

/**
 * Reads the day of a flag, past or future; "tuesday" is the last one. Throws a Problem (exit 2) for anything
 * that is not a day.
 */
export function anyDay(world: ClockPort & WordsPort, text: string): Day {
  const day = anyDayIn(world, text);
  if (day !== undefined) return day;
  refuseUnclear(world, text, candidate => anyDayIn(world, candidate));
  throw new Problem('cli.no-any-day', { text }, { exit: Exit.misused });
}

/**
 * Reads the answer to a question of kind `day`; for `rest_until` the day has to be in the future. Undefined
 * if it is not a day.
 */
export function readDay(world: ClockPort & WordsPort, field: string, text: string): Day | undefined {
  return field === 'rest_until'
    ? readDayAhead(text, world.now().day, dayNames(world.words))
    : anyDayIn(world, text);
}

/**
 * Returns both days that a text in numbers can mean, also as words (`one`, `other`); undefined if it is not
 * ambiguous.
 */
export function bothDays(
  { now, words }: ClockPort & WordsPort,
  text: string,
): { readonly one: string; readonly other: string; readonly first: Day; readonly second: Day } | undefined {
  const [first, second] = twoReadings(text, now().day) ?? [];
  return first === undefined || second === undefined
    ? undefined
    : { one: plainDay(first, words), other: plainDay(second, words), first, second };
}

function anyDayIn({ now, words }: ClockPort & WordsPort, text: string): Day | undefined {
  const names = dayNames(words);
  return readPastDay(text, now().day, names) ?? readDayAhead(text, now().day, names);
}

/** Reads a whole month or year from a flag (`last month`, `march 2026`); undefined if the text names none. */
export function periodIn({ now, words }: ClockPort & WordsPort, text: string): Period | undefined {
  return readPeriod(text, now().day, dayNames(words));
}

/**
 * Returns words for what a misspelled day may have meant, each suggestion with its day; undefined if nothing
 * is similar.
 */
export function nearDay(
  world: ClockPort & WordsPort,
  text: string,
  read: (candidate: string) => Day | undefined,
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
 * Throws a Problem (exit 2) for a whole month or year where a day is needed, a day with the wrong weekday, an
 * ambiguous day, and a misspelled day. `read` reads the suggestions.
 */
function refuseUnclear(
  world: ClockPort & WordsPort,
  text: string,
  read: (candidate: string) => Day | undefined,
): void {
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
    nearDay(world, text, candidate => anyDayIn(world, candidate) ?? periodIn(world, candidate)?.first);
  if (near !== undefined) refuse('cli.near-day', { near });
}
