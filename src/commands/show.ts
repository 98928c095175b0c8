import { findReadable } from '../conversation/our-files.ts';
import { Exit, Problem } from '../errors.ts';
import { plainDay } from '../report/dates.ts';
import { markdownLine } from '../report/markdown-text.ts';
import { noteJson, notePlain } from '../report/note-report.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import { factsOf } from '../conversation/note-facts.ts';
import type { NoteFile, World } from '../world.ts';

export interface ShowOptions {
  readonly format?: string;
}

const formats = ['markdown', 'plain', 'json'];

/** Prints one moment: rendered on a terminal, the file as it is in a pipe. */
export async function show(world: World, id: string, options: ShowOptions): Promise<Exit> {
  if (options.format !== undefined && !formats.includes(options.format)) {
    throw new Problem('cli.bad-choice', { flag: '--format', text: options.format, known: formats.join(', ') }, { exit: Exit.misused });
  }
  const store = await world.openStore();
  const shelf = await store.shelf();
  tellLeftOut(world, shelf);
  const note = await store.read(findReadable(shelf, id).path);
  const onPage = world.out.isTerminal && !world.plain();
  const format = options.format ?? (onPage ? 'page' : world.out.isTerminal ? 'plain' : 'markdown');
  if (format === 'markdown') world.out.raw(note.text);
  else if (format === 'json') world.out.line(await jsonOf(world, note));
  else if (format === 'plain') world.out.wrapped(notePlain(titleOf(world, note), await factsOf(world, note.head), note.sections));
  else await world.out.markdown(await pageOf(world, note));
  return Exit.done;
}

async function jsonOf({ words, templates }: World, { path, head, sections }: NoteFile): Promise<string> {
  const dated = { prepared: words('note.prepared_on', { day: '{day}' }), followedUp: words('note.followed_up_on', { day: '{day}' }) };
  return noteJson(path, head, sections, await templates.fields(), dated);
}

// The front matter as one or two lines of words under the title, then the body as it is.
async function pageOf(world: World, note: NoteFile): Promise<string> {
  const body = note.text.replace(/^\uFEFF?---[^\n]*\n[\s\S]*?\n---[^\n]*(\n|$)/, '').replace(/^\s+/, '');
  const facts = (await factsOf(world, note.head)).map(markdownLine).join('\n');
  const title = /^# .*\n?/.exec(body)?.[0];
  return title === undefined ? `# ${titleOf(world, note)}\n\n${facts}\n\n${body}` : `${title.trimEnd()}\n\n${facts}\n${body.slice(title.length)}`;
}

function titleOf({ words }: World, { head }: NoteFile): string {
  return head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) });
}
