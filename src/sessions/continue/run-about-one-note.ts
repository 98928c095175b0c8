import type { Answers } from '../../core/notes/answer.ts';
import type { Continued } from '../../core/interview/continuation.ts';
import { makeId } from '../../core/notes/id.ts';
import type { Template } from '../../core/template/template.ts';
import type { Draft, Prompter, NoteSummary, Store, World } from '../../world/world.ts';
import { askPerson, recallOf } from '../session/ask-question.ts';
import { namingDraft } from '../drafts/name-draft-on-error.ts';
import { closingFor, recordChange, openCurrentNote, reviewWith, sayResting } from './continue-note.ts';
import type { CurrentNote } from './continue-note.ts';
import { givenTexts } from '../session/texts-from-answers-file.ts';
import type { GivenText } from '../session/texts-from-answers-file.ts';
import { runContinuation } from './run-continuation.ts';
import type { ContinuationResult } from './run-continuation.ts';
import { sayPointer } from './pointer.ts';
import { saveOrphanedAnswers } from './orphaned-answers.ts';
import { askFile, tellUnasked } from '../session/ask-from-file.ts';

/** An interview about one note: the note, the questions, and who answers. */
export interface OneNoteNeeds {
  readonly world: World;
  readonly store: Store;
  readonly moment: NoteSummary;
  /** All notes in the folder. */
  readonly moments: readonly NoteSummary[];
  /**
   * The sequence `follow-up` or `let-go`. The caller reads it before anything is asked, so that a mistake in
   * the person's own part of it is reported first.
   */
  readonly template: Template;
  /** Returns facts in addition to those of the note. */
  readonly facts: (currentNote: CurrentNote) => Answers;
  /** A prompter to ask the person, or the answers of a file. */
  readonly from: Prompter | Answers;
  readonly draft?: Draft;
}

/** The answers about one note, and the change that they made. */
export interface OneNoteResult {
  /** The change to the file; undefined if nothing changed. */
  readonly change?: Continued;
  readonly answers: Answers;
}

/**
 * Asks about one note, writes the answers into its file and says the closing line. Returns undefined if the
 * interview ended without a result, for example at the help page.
 */
export async function runSingle(needs: OneNoteNeeds): Promise<OneNoteResult | undefined> {
  const { world, store, moment, moments, template, from, draft } = needs;
  const currentNote = await openCurrentNote(world, store, moment.path, moments);
  const prompter = isPrompter(from) ? from : undefined;
  const id = draft?.id ?? makeId(world.random);
  const say = prompter === undefined ? world.messages.say : prompter.say;
  const given = isPrompter(from) ? [] : await givenTexts(world, template, from);
  const run: OneNoteRun = { ...needs, currentNote, prompter, id, say, given, asked: new Set() };
  const { words } = world;
  const command = template.name;
  return namingDraft(
    {
      world,
      store,
      id,
      atTerminal: words('continuing.draft_kept', { command }),
      inPipe: words('continuing.draft_in_pipe', { command }),
    },
    async () => {
      const results = await ask(run);
      const result = results?.[0] && (await saveResult(run, results, results[0]));
      if (result === undefined) reportUnasked(run);
      return result;
    },
  );
}

interface OneNoteRun extends OneNoteNeeds {
  readonly currentNote: CurrentNote;
  readonly prompter: Prompter | undefined;
  /** The id of the draft. */
  readonly id: string;
  readonly say: (text: string) => void;
  /** The texts of a file of answers. */
  readonly given: readonly GivenText[];
  /** The ids of the questions that were asked of a file of answers. */
  readonly asked: Set<string>;
}

async function ask(run: OneNoteRun): Promise<readonly ContinuationResult[] | undefined> {
  const { world, store, moment, moments, template, facts, from, draft } = run;
  const { currentNote, prompter, id, say, given, asked } = run;
  return runContinuation({
    interviewSession: {
      world,
      store,
      id,
      say,
      show: prompter?.show,
      given,
      pagesShown: prompter === undefined ? new Set() : undefined,
      template,
      session: world.now().day,
      mode: 'full',
      about: [moment.head.id],
      timed: false,
      startedMs: world.now().ms,
    },
    currentNotes: [currentNote],
    moments,
    facts: { ...facts(currentNote), moment: moment.head.id },
    askOf: () =>
      isPrompter(from)
        ? askPerson(world, from, {
            earlier: () => Promise.resolve([]),
            half: draft?.half,
            fills: currentNote.fills,
            recall: recallOf(world, from, draft),
          })
        : askFile(from, { fills: currentNote.fills, asked }),
    prompter,
    draft,
    review: prompter === undefined ? undefined : reviewWith(world),
  });
}

async function saveResult(
  run: OneNoteRun,
  results: readonly ContinuationResult[],
  { outcome }: ContinuationResult,
): Promise<OneNoteResult> {
  const { world, store, moment, template, currentNote, id, say, given } = run;
  // "We haven't met yet" and "not ready" write nothing.
  const change =
    outcome.endReason === 'later' ? undefined : await recordChange(world, store, currentNote, outcome);
  const isWritten = (): boolean => change !== undefined;
  await saveOrphanedAnswers(world, store, { template, results, say, isWritten, given });
  store.drafts.drop(id);
  reportUnasked(run);
  if (change === undefined && outcome.endReason !== 'later') say(world.words('prep.nothing_changed'));
  const before = currentNote.note.head.status;
  const closing = change && (await closingFor(world, change, before, outcome.answers));
  if (closing !== undefined) say(closing);
  if (change !== undefined) {
    sayResting(world, moment.head.id, change.front, say);
    sayPointer(world, template, outcome.answers, say);
  }
  return { change, answers: outcome.answers };
}

// Reports the fields of a file of answers that no question asked for.
function reportUnasked({ world, from, asked, given }: OneNoteRun): void {
  if (isPrompter(from)) return;
  const isText = (field: string): boolean => given.some(text => text.id === field);
  tellUnasked(
    world,
    Object.keys(from).filter(field => !asked.has(field) && !isText(field)),
  );
}

function isPrompter(from: Prompter | Answers): from is Prompter {
  return typeof from['ask'] === 'function';
}
