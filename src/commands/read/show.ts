import { askOnTerminal, noteFor } from '../../cli/choose/choose-note.ts';
import { choiceFlag, fittingFormat } from '../../cli/options/read-flags.ts';
import { asArgument } from '../../core/notes/id.ts';
import type { Head } from '../../core/notes/reflection.ts';
import { Exit, Problem } from '../../errors.ts';
import type { AnswerRow } from '../../report/pages/answer-rows.ts';
import { answerLine, answerRows, rowLines } from '../../report/pages/answer-rows.ts';
import { plainDay } from '../../report/text/dates.ts';
import { markdownLine } from '../../report/text/markdown-text.ts';
import { noteJson, notePlain } from '../../report/pages/note-report.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { factsOf } from '../../cli/show/note-facts.ts';
import type { NoteFile, World, ClockPort, WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';

export interface ShowOptions {
  readonly format?: string;
  /** Shows only the card of the last preparation. */
  readonly card?: boolean;
}

const formats = ['markdown', 'plain', 'json'];

/**
 * Prints one note: rendered on a terminal, the unchanged file in a pipe. `typed` is an id or words of a
 * title; if it is empty, the person chooses. Throws a Problem for an invalid flag and an unknown note.
 */
export async function show(world: World, typed: readonly string[], options: ShowOptions): Promise<Exit> {
  const asked = choiceFlag(world, '--format', options.format, formats);
  if (options.card === true && asked !== undefined) {
    throw new Problem('cli.not-together', { a: '--card', b: '--format' }, { exit: Exit.misused });
  }
  const store = await world.openStore();
  const index = await store.scan();
  tellLeftOut(world, index);
  const question = world.words('note.which.show');
  const found = await noteFor({ world, index: index, question, ask: askOnTerminal(world) }, typed, 'show');
  if (found === undefined) return Exit.done;
  const note = await store.read(found.path);
  if (options.card === true) return showCard(world, note);
  return printNote(world, note, asked);
}

/** Prints a note in the format `asked`; by default, in the format that suits the output. */
export async function printNote(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
  note: NoteFile,
  asked?: string,
): Promise<Exit> {
  const format = asked ?? fittingFormat(world);
  if (format === 'markdown') world.out.raw(note.text);
  else if (format === 'json') world.out.line(await jsonOf(world, note));
  else if (format === 'plain') world.out.wrapped(await plainOf(world, note));
  else if (!(await printPage(world, note))) world.messages.say(world.words('note.as_written'));
  return Exit.done;
}

// Writes only to standard output, so that an encrypted note leaves no plaintext file behind.
async function showCard(
  world: WordsPort & OutputPort & TemplatesPort,
  { head: { id, status }, sections }: NoteFile,
): Promise<Exit> {
  const { savedCard } = await import('../../sessions/prep/saved-card.ts');
  const card = await savedCard(world, sections);
  // Do not suggest bringing up a note that is set aside.
  if (card === undefined) {
    const key = status === 'set-aside' ? 'prep.no-card-apart' : 'prep.no-card';
    throw new Problem(key, { argument: asArgument(id) });
  }
  world.out.text(`${card}\n`);
  return Exit.done;
}

async function jsonOf(
  { words, templates }: WordsPort & TemplatesPort,
  { path, head, sections }: NoteFile,
): Promise<string> {
  const dated = {
    prepared: words('note.prepared_on', { day: '{day}' }),
    followedUp: words('note.followed_up_on', { day: '{day}' }),
  };
  return noteJson({ path, head, sections }, await templates.fields(), dated);
}

async function plainOf(
  world: ClockPort & WordsPort & TemplatesPort,
  { head, sections }: NoteFile,
): Promise<string> {
  const choices = (await rowsOf(world, head)).map(row => answerLine(row, world.words));
  return notePlain(titleOf(world, head), await factsOf(world, head), choices, sections);
}

// Prints the title, the front matter in words (one to three lines of facts, then a row per other choice) and
// the body. Returns false if rendering the Markdown would take too long; it is then printed as written.
async function printPage(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
  { head, text }: NoteFile,
): Promise<boolean> {
  const { out, layout } = world;
  const body = text.replace(/^\uFEFF?---[^\n]*\n[\s\S]*?\n---[^\n]*(\n|$)/, '').replace(/^\s+/, '');
  const title = /^# .*\n?/.exec(body)?.[0];
  const facts = (await factsOf(world, head)).map(markdownLine).join('\n');
  const top = `${title?.trimEnd() ?? `# ${titleOf(world, head)}`}\n\n${facts}\n`;
  const rest = body.slice(title?.length ?? 0);
  const rows = rowLines(await rowsOf(world, head), out.style, { width: out.width - 4, ...layout });
  if (rows.length === 0) return out.markdown(`${top}\n${rest}`);
  // Markdown tables do not fit a narrow screen, so lay out the rows here.
  const isTopLaidOut = await out.markdown(top);
  out.text(`\n${rows.map(line => `  ${line}`).join('\n')}\n`);
  if (rest.trim() === '') return isTopLaidOut;
  out.text('\n');
  return (await out.markdown(rest)) && isTopLaidOut;
}

async function rowsOf(
  { words, templates }: WordsPort & TemplatesPort,
  head: Head,
): Promise<readonly AnswerRow[]> {
  return answerRows(head, await templates.choices(Object.keys(head.keys)), words);
}

function titleOf({ words }: WordsPort, head: Head): string {
  return head.title ?? words('summary.unknown_title', { day: plainDay(head.session, words) });
}
