import { asArgument } from '../../core/notes/id.ts';
import type { Template } from '../../core/template/template.ts';
import { Exit, Problem } from '../../errors.ts';
import { recordChange, sayResting } from '../continue/continue-note.ts';
import type { ContinuationResult } from '../continue/run-continuation.ts';
import type { GivenText } from '../session/texts-from-answers-file.ts';
import { sayPointer } from '../continue/pointer.ts';
import { cardOf, withCardChoice } from './prep-card.ts';
import type { Preparation } from './prep-options.ts';
import { saveOrphanedAnswers } from '../continue/orphaned-answers.ts';

/** What is needed to save a preparation. */
export interface SavingNeeds extends Preparation {
  readonly template: Template;
  /** The texts of a file of answers. */
  readonly given: readonly GivenText[];
  /** The id of the draft, which is removed once everything is saved; undefined without a draft. */
  readonly draft: string | undefined;
  readonly say: (text: string) => void;
}

interface SavedPreparation {
  readonly cards: readonly string[];
  /** The paths of the changed notes. */
  readonly paths: readonly string[];
  /** The Problem of a note that another program changed in the meantime. */
  readonly elsewhere?: Problem;
}

/**
 * Writes the answers into the notes, then shows and writes the card. Does nothing if `prepared` is undefined.
 * If another program changed a note in the meantime, saves everything else and then throws the Problem.
 */
export async function savePreparation(
  needs: SavingNeeds,
  prepared: readonly ContinuationResult[] | undefined,
): Promise<Exit> {
  if (prepared === undefined) return Exit.done;
  const { world, store, template, options, given, draft, say } = needs;
  const { cards, paths, elsewhere } = await saveChanges(needs, prepared);
  const isWritten = ({ outcome }: ContinuationResult): boolean => outcome.endReason !== 'later';
  if (draft !== undefined || given.length > 0) {
    await saveOrphanedAnswers(world, store, { template, results: prepared, say, isWritten, given });
  }
  if (draft !== undefined) store.drafts.drop(draft);
  const card = cards.join('\n\n');
  if (options.card === '-') world.out.text(card === '' ? '' : `${card}\n`);
  else {
    if (card !== '') say(card);
    for (const path of paths) world.out.line(path);
  }
  if (paths.length === 0 && elsewhere === undefined) say(world.words('prep.nothing_changed'));
  const [first] = prepared;
  if (paths.length > 0 && first !== undefined) sayPointer(world, template, first.outcome.answers, say);
  if (elsewhere !== undefined) throw elsewhere;
  // Comes last: if the file already exists, the card is on the screen and the preparation in the note.
  await writeCard(needs, prepared, card);
  return Exit.done;
}

async function saveChanges(
  { world, store, template, options, say }: SavingNeeds,
  prepared: readonly ContinuationResult[],
): Promise<SavedPreparation> {
  const cards: string[] = [];
  const paths: string[] = [];
  let elsewhere: Problem | undefined;
  const needs = { isAsked: options.answers === undefined };
  for (const { currentNote, outcome: answered } of prepared) {
    const outcome = withCardChoice(template, answered, needs);
    try {
      const change = await recordChange(world, store, currentNote, outcome);
      if (change === undefined) continue;
      sayResting(world, currentNote.note.head.id, change.front, say);
      paths.push(currentNote.note.path);
    } catch (error) {
      // The answers about a note that another program changed are saved beside its file. The other note is
      // saved all the same, and the draft is no longer needed.
      if (!(error instanceof Problem) || error.exit !== Exit.changedElsewhere) throw error;
      elsewhere = error;
    }
    const card = cardOf(world, outcome, needs);
    if (card !== undefined) cards.push(card);
  }
  return { cards, paths, elsewhere };
}

async function writeCard(
  { world, store, options, say }: SavingNeeds,
  prepared: readonly ContinuationResult[],
  card: string,
): Promise<void> {
  if (card === '' || options.card === undefined || options.card === '-') return;
  await world.writeFile(options.card, `${card}\n`);
  const commands = prepared.map(
    ({ currentNote }) => `rupture show --card ${asArgument(currentNote.note.head.id)}`,
  );
  say(world.words('prep.card_written', { path: options.card, commands: commands.join('\n') }));
  if (store.hasEncrypted()) say(world.words('prep.card_clear'));
}
