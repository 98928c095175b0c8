import type { Answers } from '../../core/notes/answer.ts';
import { addDays } from '../../core/dates/day.ts';
import { dayInHeading, fieldOf, type FieldsByHeading } from '../../core/notes/heading.ts';
import { textsByField } from '../../core/template/moment-facts.ts';
import type {
  NoteIndex,
  ClockPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  NotesPort,
} from '../../world/world.ts';
import { readBody } from '../../cli/show/read-body.ts';

/** The number of days for which an answer of a preparation still counts. */
const validDays = 90;

/**
 * Returns the facts for a preparation that are not in its notes: the newest good moment (`was_good_moment`),
 * and whether a recent preparation says what usually happens (`past_repair_known`).
 */
export async function prepFacts(
  world: ClockPort & WordsPort & OutputPort & SettingsPort & TemplatesPort,
  store: NotesPort,
  index: NoteIndex,
): Promise<Answers> {
  const fields = await world.templates.fields();
  const goodMoment = await newestGoodMoment(world, store, index, fields);
  const known = await wasAnswered(world, store, index, fields);
  return {
    past_repair_known: known ? 'yes' : 'no',
    ...(goodMoment === undefined ? {} : { was_good_moment: goodMoment }),
  };
}

async function newestGoodMoment(
  world: WordsPort & OutputPort & SettingsPort,
  store: NotesPort,
  { moments }: NoteIndex,
  fields: FieldsByHeading,
): Promise<string | undefined> {
  const sessions = moments
    .filter(
      ({ head }) =>
        head.status !== 'set-aside' && (head.keys['sit'] === 'fine' || head.keys['sit'] === 'mixed'),
    )
    .sort((a, b) => (a.head.session < b.head.session ? 1 : -1));
  for (const { path } of sessions) {
    const text = textsByField((await readBody(world, store, path))?.sections ?? [], fields)['good_moment'];
    if (text !== undefined) return text;
  }
  return undefined;
}

// Returns true if a recent preparation says what usually happens. Reads only the notes with a history line
// since then.
async function wasAnswered(
  world: ClockPort & WordsPort & OutputPort & SettingsPort,
  store: NotesPort,
  { moments }: NoteIndex,
  fields: FieldsByHeading,
): Promise<boolean> {
  const since = addDays(world.now().day, -validDays);
  const pattern = world.words('note.prepared_on', { day: '{day}' });
  for (const { path, head } of moments) {
    const { history } = head.keys;
    if (
      !Array.isArray(history) ||
      !history.some(line => typeof line === 'string' && line.slice(0, 10) >= since)
    )
      continue;
    let isRecent = false;
    for (const { level, heading } of (await readBody(world, store, path))?.sections ?? []) {
      if (level === 2) isRecent = (dayInHeading(heading, pattern) ?? '') >= since;
      else if (isRecent && fieldOf(heading, fields) === 'past_repair') return true;
    }
  }
  return false;
}
