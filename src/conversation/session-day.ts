import type { Day } from '../core/day.ts';
import { parseDay } from '../core/day.ts';
import { readPastDay } from '../core/read-day.ts';
import { Exit, Problem } from '../errors.ts';
import { longDay } from '../report/dates.ts';
import type { World } from '../world.ts';

/** Gives the day of the session: what was asked for, else the draft's, else today. Refuses a day ahead. */
export function sessionDay(world: World, asked: string | undefined, drafted: string | undefined): Day {
  const today = world.now().day;
  if (asked === undefined) return (drafted === undefined ? undefined : parseDay(drafted)) ?? today;
  return pastDay(asked, today);
}

/** Echoes the day that was understood from words. */
export function echoDay(world: World, asked: string | undefined, day: Day): void {
  if (asked !== undefined && asked !== day) world.talk.say(world.words('conversation.day_understood', { day: longDay(day, world.now().day, world.words) }));
}

/** Reads a day that a flag gives; a day that is not known or lies ahead is refused (exit 2). */
export function pastDay(text: string, today: Day): Day {
  const day = readPastDay(text, today);
  if (day === undefined) throw new Problem('cli.no-day', { text }, { exit: Exit.misused });
  if (day > today) throw new Problem('cli.day-ahead', { day }, { exit: Exit.misused });
  return day;
}
