import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import { Problem } from '../../errors.ts';
import { answerWords } from '../../report/pages/answer-rows.ts';
import type { Answer } from '../../core/notes/answer.ts';
import type {
  Draft,
  ClockPort,
  WordsPort,
  OutputPort,
  TemplatesPort,
  FilesPort,
  StorePort,
  DraftsPort,
} from '../../world/world.ts';
import { elsewhere } from '../session/compose-note.ts';
import { isFolderLost, isRefused } from '../session/unsaved-answers.ts';

/** The highest number in a file name; nobody needs more files for one day. */
const mostFiles = 99;

/** The sequences whose drafts are resumed by a command of the same name. */
const ownCommands: readonly string[] = ['prep', 'follow-up', 'let-go'];

/**
 * Gives back what the person wrote in this run and the folder of notes does not have, because it is missing
 * or not writable: on the screen, and in a new private file in the home folder. If the notes are encrypted,
 * or may be, nothing is written to disk in plaintext. `error` is what ended the run.
 */
export async function giveBackUnsavedAnswers(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort & FilesPort & StorePort,
  error: unknown,
): Promise<void> {
  const { drafts, texts } = world.unsaved;
  const parts: string[] = [];
  if (drafts.size > 0) {
    const store = await world.openStore();
    for (const { draft, isRefused: isDraftRefused } of drafts.values()) {
      if (!isDraftRefused && store.drafts.has(draft.id)) continue;
      if (await saveAgain(world, store, draft)) continue;
      parts.push(await draftText(world, draft));
    }
  }
  // If questions were asked, a text that was passed in is among the answers.
  if (isFolderLost(error) && !isRefused(error) && drafts.size === 0) parts.push(...texts.values());
  const text = parts
    .map(part => part.trimEnd())
    .filter(part => part.trim() !== '')
    .join('\n\n');
  if (text !== '') await giveBack(world, text);
}

// The folder may be back by now, or another command may have removed the draft from a folder that is still
// there.
async function saveAgain(
  { words, messages: talk }: WordsPort & OutputPort,
  store: DraftsPort,
  draft: Draft,
): Promise<boolean> {
  try {
    await store.drafts.save(draft);
    const command = ownCommands.includes(draft.template) ? draft.template : 'reflect';
    talk.say(words('continuing.draft_kept', { command }));
    return true;
  } catch (error) {
    if (error instanceof Problem) return !isFolderLost(error);
    throw error;
  }
}

async function giveBack(
  world: ClockPort & WordsPort & OutputPort & FilesPort & StorePort,
  text: string,
): Promise<void> {
  const { words, messages: talk } = world;
  const isEncrypted = world.unsaved.isEncrypted();
  const path = isEncrypted ? undefined : await saveInHome(world, text);
  if (talk.isTerminal) talk.say(`${words('conversation.given_back.here')}\n\n${text}\n`);
  // Without a person at the terminal, an error never quotes what was written.
  else if (path === undefined) world.out.text(`${text}\n`);
  const place = talk.isTerminal ? 'screen' : 'output';
  if (path !== undefined) talk.say(words('conversation.given_back.file', { path }));
  else talk.say(words(`conversation.given_back.${isEncrypted ? 'encrypted' : 'no_home'}_${place}`));
}

// Never overwrites a file and never follows a link.
async function saveInHome(world: ClockPort & FilesPort, text: string): Promise<string | undefined> {
  for (let n = 1; n <= mostFiles; n++) {
    try {
      const path = world.pathOf(`~/rupture-answers-${world.now().day}-${n}.md`);
      await world.writeFile(path, `${text}\n`);
      return path;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // There is no home folder, or it is not writable either.
      if (error.key !== 'cli.file-exists') return undefined;
    }
  }
  return undefined;
}

/** Returns a draft as Markdown: the heading of each question, and the answer in words. */
async function draftText(
  world: WordsPort & TemplatesPort,
  { template, answers, half: partialText }: Draft,
): Promise<string> {
  const all: (readonly [string, Answer])[] = [];
  for (const [key, answer] of Object.entries(answers)) {
    // Leaves out an answer that is the same as the half-typed text, which is added below.
    if (answer !== null && answer !== '' && answer !== partialText?.text) all.push([key, answer]);
  }
  if (partialText !== undefined && partialText.text.trim() !== '')
    all.push([partialText.key, partialText.text]);
  const parts: string[] = [];
  for (const [key, answer] of all) {
    const [sequence, own] = key.includes(elsewhere) ? key.split(elsewhere) : [template, key];
    const found = await templateOf(world, sequence ?? template);
    const question = found && stepOf(found, own ?? key)?.question;
    const label = [question?.heading, question?.words].find(name => name !== undefined && name !== '');
    const value = question === undefined ? String(answer) : answerWords(question, answer, world.words);
    parts.push(`## ${label ?? world.words('conversation.also_written')}\n\n${value}`);
  }
  return parts.join('\n\n');
}

// A sequence of the person's own is in the folder that is missing; its answers then appear without the words
// of its questions.
async function templateOf({ templates }: TemplatesPort, name: string): Promise<Template | undefined> {
  try {
    return await templates.sequence(name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return templates.isShipped(name) ? templates.ours(name) : undefined;
  }
}
