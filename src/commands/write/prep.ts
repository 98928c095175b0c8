import { openAnswers } from '../../sessions/session/answers-file.ts';
import { askOnTerminal, notesNamed } from '../../cli/choose/choose-note.ts';
import { offerDraft } from '../../sessions/drafts/choose-draft.ts';
import { tellLeftOut, tellNothing } from '../../cli/show/report-unreadable.ts';
import { findAllInSight, refuseKeptApart } from '../../cli/choose/find-files.ts';
import { choiceFacts, choosePicked, sayIntro } from '../../sessions/prep/choose-notes-to-bring.ts';
import { prepareFromFile } from '../../sessions/prep/prep-from-file.ts';
import type { PrepOptions } from '../../sessions/prep/prep-options.ts';
import { prepareWithPerson } from '../../sessions/prep/prep-with-person.ts';
import { summarize } from '../../core/search/summary.ts';
import { Exit, Problem } from '../../errors.ts';
import type { NoteIndex, NoteSummary, World } from '../../world/world.ts';

/**
 * Prepares one or two moments for a session: lets the person choose, asks, writes the answers into the notes,
 * and makes a card. Throws a Problem for more than two ids, an unknown note, and an existing card file.
 */
export async function prep(world: World, ids: readonly string[], options: PrepOptions): Promise<Exit> {
  if (options.card !== undefined && options.card !== '-') await world.checkNewFile(options.card);
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  const index = await store.scan();
  tellLeftOut(world, index);
  const named = await momentsNamed(world, index, ids, options);
  if (named === undefined) return Exit.done;
  if (named.length > 2) throw new Problem('prep.too-many', {}, { exit: Exit.misused });
  if (answers !== undefined) return prepareFromFile({ world, store, index, options }, named, answers);
  const template = await world.templates.sequence('prep');
  if (named.length === 0 && summarize(index.moments, world.now().day).items.length === 0) {
    return tellNothing(world, index, 'summary.nothing');
  }
  await store.prepare();
  const prompter = await world.openPrompter();
  try {
    const draft =
      named.length > 0 ? undefined : await offerDraft(world, store, prompter, { template: 'prep' });
    if (named.length > 0) {
      sayIntro(await world.templates.sequence('prep-choice'), choiceFacts(named, index), prompter.say);
    }
    const picked = draft === undefined ? named : findAllInSight(index, draft.about ?? []);
    const chosen = picked.length > 0 ? picked : await choosePicked(world, store, prompter, index);
    if (chosen.length === 0) return Exit.done;
    return await prepareWithPerson({ world, store, index, options }, prompter, { template, chosen, draft });
  } finally {
    prompter.close();
  }
}

// Finds notes by id or by words of a title. Returns undefined if several match and the person chooses none.
async function momentsNamed(
  world: World,
  index: NoteIndex,
  typed: readonly string[],
  { answers }: PrepOptions,
): Promise<readonly NoteSummary[] | undefined> {
  const ask = answers === undefined ? askOnTerminal(world) : undefined;
  const named = await notesNamed(
    { world, index: index, question: world.words('note.which.prep'), ask },
    typed,
  );
  named?.forEach(refuseKeptApart);
  return named;
}
