import type { Exit as ExitCode } from '../../errors.ts';
import { Exit, Problem } from '../../errors.ts';
import { formatChange } from '../../core/interview/compose.ts';
import { makeId } from '../../core/notes/id.ts';
import { titleOf } from '../../core/text/title.ts';
import { plainDay } from '../../report/text/dates.ts';
import type { World, NotesPort, TemplatesPort, InputPort } from '../../world/world.ts';
import { firstRun } from './first-run.ts';
import { echoDay, sessionDay } from '../../cli/options/day-flags.ts';

/**
 * Saves a note with the status `open` without asking anything. Each text is a paragraph; `-` means standard
 * input. Throws a Problem for an empty text (exit 2).
 */
export async function saveMessage(
  world: World,
  store: NotesPort,
  messages: readonly string[],
  options: { readonly date?: string; readonly with?: string },
): Promise<ExitCode> {
  const session = sessionDay(world, options.date, undefined);
  // A person types only after the folder is ready. Other input is read first, so that it can be given back if
  // saving fails.
  const before = messages.includes('-') && world.interactive ? await isNewAndReady(store) : undefined;
  const text = await textOf(world, messages);
  world.unsaved.texts.set('message', text);
  const isFirst = before ?? store.isNew();
  if (text.trim() === '') throw new Problem('cli.empty-message', {}, { exit: Exit.misused });
  await firstRun(world, store, undefined, isFirst);
  await store.prepare();
  echoDay(world, options.date, session);
  const { words } = world;
  const now = world.now();
  const id = makeId(world.random);
  const therapist = options.with ?? world.settings.get('with') ?? '';
  const title = titleOf(text) ?? words('summary.unknown_title', { day: plainDay(session, words) });
  const what = await headingOf(world, 'what');
  const path = await store.add({
    id,
    session,
    title,
    front: {
      id,
      session,
      created: now.instant,
      status: 'open',
      title,
      ...(therapist.trim() === '' ? {} : { with: therapist }),
      history: [formatChange({ day: now.day, status: 'open' })],
    },
    sections: [{ level: 2, heading: what, text }],
  });
  world.out.line(path);
  return Exit.done;
}

/** Prepares the folder, and returns true if nothing was saved in it before. */
async function isNewAndReady(store: NotesPort): Promise<boolean> {
  const isNew = store.isNew();
  await store.prepare();
  return isNew;
}

// Reads the small table of headings, so that a broken sequence of the person's own does not stop this.
async function headingOf(world: TemplatesPort, field: string): Promise<string> {
  const found = Object.entries(await world.templates.fields()).find(([, id]) => id === field);
  return found?.[0] ?? field;
}

/**
 * Returns the text of the `-m` flags. A single text from the command line, the usual case, loads no further
 * module.
 */
async function textOf(world: InputPort, messages: readonly string[]): Promise<string> {
  const [only = ''] = messages;
  if (messages.length === 1 && only !== '-') return only.replace(/\r\n/g, '\n').replace(/\n$/, '');
  const { readParagraphs } = await import('../../cli/options/paragraph-flag.ts');
  return readParagraphs(world, '-m', messages);
}
