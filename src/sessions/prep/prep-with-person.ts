import { makeId } from '../../core/notes/id.ts';
import type { Template } from '../../core/template/template.ts';
import type { Exit } from '../../errors.ts';
import type { Draft, Prompter, NoteSummary } from '../../world/world.ts';
import { askPerson, recallOf } from '../session/ask-question.ts';
import type { Asker } from '../session/ask-question.ts';
import { reviewWith } from '../continue/continue-note.ts';
import type { CurrentNote } from '../continue/continue-note.ts';
import { runContinuation } from '../continue/run-continuation.ts';
import { namingDraft } from '../drafts/name-draft-on-error.ts';
import { prepFacts } from './prep-facts.ts';
import { savePreparation } from './prep-keeping.ts';
import { modeOf, openAll } from './prep-options.ts';
import type { Preparation } from './prep-options.ts';

/** The questions, the notes that they are about, and the draft to resume. */
export interface ChosenMoments {
  readonly template: Template;
  readonly chosen: readonly NoteSummary[];
  readonly draft: Draft | undefined;
}

/** Asks a person about the notes that they chose, and saves the answers. */
export async function prepareWithPerson(
  preparation: Preparation,
  prompter: Prompter,
  { template, chosen, draft }: ChosenMoments,
): Promise<Exit> {
  const { world, store, index, options } = preparation;
  const currentNotes = await openAll(preparation, chosen);
  const id = draft?.id ?? makeId(world.random);
  const recall = recallOf(world, prompter, draft);
  const askOf = (currentNote: CurrentNote): Asker =>
    askPerson(world, prompter, {
      earlier: () => Promise.resolve([]),
      half: ownHalf(draft, currentNote),
      fills: currentNote.fills,
      recall,
    });
  const inPipe = world.words('continuing.draft_in_pipe', { command: template.name });
  return namingDraft({ world, store, id, atTerminal: world.words('prep.draft_kept'), inPipe }, async () => {
    const prepared = await runContinuation({
      interviewSession: {
        world,
        store,
        template,
        id,
        session: world.now().day,
        mode: draft?.mode ?? modeOf(options),
        about: chosen.map(({ head }) => head.id),
        say: prompter.say,
        show: prompter.show,
        timed: false,
        startedMs: world.now().ms,
      },
      currentNotes,
      moments: index.moments,
      askOf,
      prompter,
      draft,
      review: reviewWith(world),
      facts: await prepFacts(world, store, index),
    });
    return savePreparation({ ...preparation, template, given: [], draft: id, say: prompter.say }, prepared);
  });
}

// Returns the half-typed text of a draft, under the key that its question has within one note.
function ownHalf(draft: Draft | undefined, { note }: CurrentNote): Draft['half'] {
  return draft?.half && { ...draft.half, key: draft.half.key.replace(`@${note.head.id}`, '') };
}
