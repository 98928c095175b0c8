import { makeId } from '../../core/notes/id.ts';
import type { Template } from '../../core/template/template.ts';
import { Exit } from '../../errors.ts';
import type { NoteSummary } from '../../world/world.ts';
import type { GivenAnswers } from '../session/answers-file.ts';
import type { Asker } from '../session/ask-question.ts';
import { runContinuation } from '../continue/run-continuation.ts';
import { givenTexts } from '../session/texts-from-answers-file.ts';
import type { GivenText } from '../session/texts-from-answers-file.ts';
import { readPrepAnswers } from './prep-answers-file.ts';
import type { PrepAnswers } from './prep-answers-file.ts';
import { noneWords } from './choose-notes-to-bring.ts';
import { prepFacts } from './prep-facts.ts';
import { savePreparation } from './prep-keeping.ts';
import { modeOf, openAll } from './prep-options.ts';
import type { Preparation } from './prep-options.ts';
import { askFile, tellUnasked } from '../session/ask-from-file.ts';

/**
 * Prepares notes with the answers of a file; `named` are the notes from the command line. Throws a Problem
 * (exit 2) if the notes are not clear or an answer is wrong.
 */
export async function prepareFromFile(
  preparation: Preparation,
  named: readonly NoteSummary[],
  answers: GivenAnswers,
): Promise<Exit> {
  const { world, store, index, options } = preparation;
  const read = await readPrepAnswers(world, answers, named, index);
  const template = await world.templates.sequence('prep');
  const given = await textsFor(preparation, template, read);
  if (read.chosen.length === 0) return chooseNone(preparation, given);
  await store.prepare();
  const asked = new Map(read.chosen.map(({ head }) => [head.id, new Set<string>()]));
  const currentNotes = await openAll(preparation, read.chosen);
  const prepared = await runContinuation({
    interviewSession: {
      world,
      store,
      template,
      id: makeId(world.random),
      session: world.now().day,
      mode: modeOf(options),
      say: world.messages.say,
      given,
      pagesShown: new Set(),
      timed: false,
      startedMs: world.now().ms,
    },
    currentNotes,
    moments: index.moments,
    facts: await prepFacts(world, store, index),
    prompter: undefined,
    askOf: ({ note, fills }) => {
      const { id } = note.head;
      return withDefaultYes(askFile(read.answersFor(id), { fills, asked: asked.get(id) }));
    },
  });
  const isText = (id: string): boolean => given.some(text => text.id === id);
  tellUnasked(
    world,
    unaskedIds(read, asked).filter(id => !isText(id)),
  );
  return savePreparation(
    { ...preparation, template, given, draft: undefined, say: world.messages.say },
    prepared,
  );
}

// The file says "none today": its texts are saved beside the notes.
async function chooseNone({ world, store }: Preparation, given: readonly GivenText[]): Promise<Exit> {
  if (given.length > 0) {
    const texts = given.map(({ section }) => section.text);
    const path = await store.saveConflictCopy(`${world.now().day}-prep.md`, `${texts.join('\n\n')}\n`);
    world.messages.say(world.words('continuing.unsaid', { path }));
  }
  world.messages.say(noneWords(await world.templates.sequence('prep-choice')));
  return Exit.done;
}

// Returns the texts for the chosen notes.
async function textsFor(
  { world }: Preparation,
  template: Template,
  { chosen, answersFor }: PrepAnswers,
): Promise<readonly GivenText[]> {
  const answers = chosen.length === 0 ? [answersFor('')] : chosen.map(({ head }) => answersFor(head.id));
  const texts = await Promise.all(answers.map(all => givenTexts(world, template, all)));
  return texts.flat();
}

// Returns the ids of the answers that no question asked for. A question that is asked once for both notes
// takes the answer for the first; a different answer for the second counts as not asked for.
function unaskedIds(
  { chosen, answersFor }: PrepAnswers,
  asked: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const wasUsed = (id: string, answer: unknown): boolean =>
    chosen.some(({ head }) => asked.get(head.id)?.has(id) === true && answersFor(head.id)[id] === answer);
  return chosen.flatMap(({ head }) =>
    Object.entries(answersFor(head.id)).flatMap(([id, answer]) =>
      asked.get(head.id)?.has(id) === true || wasUsed(id, answer) ? [] : [id],
    ),
  );
}

// In a file, an opening line or a way to do it means yes to the list unless the file says no.
function withDefaultYes(ask: Asker): Asker {
  return async (next, run, before, typing) => {
    const response = await ask(next, run, before, typing);
    const { how, opening_line: openingLine, not_safe: notSafe } = next.known.answers;
    const hasWay = openingLine !== undefined || (how !== undefined && how !== 'not-today');
    const impliesYes = notSafe === undefined && hasWay;
    return next.step.question.id === 'put_on_list' && response.is === 'skip' && impliesYes
      ? { is: 'answer', answer: true }
      : response;
  };
}
