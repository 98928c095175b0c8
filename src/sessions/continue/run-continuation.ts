import type { InterviewResult } from '../../core/interview/interview.ts';
import type { State } from '../../core/interview/run.ts';
import { saveOrphanedTexts, resumeState } from '../drafts/resume-draft.ts';
import { elsewhere } from '../session/compose-note.ts';
import { listenForWords } from '../session/listen-for-words.ts';
import { saveDraft } from '../session/session.ts';
import { looseWordsIn, noteAnswersOf, stateFor } from './answers-by-note.ts';
import type { SharedAnswers } from './answers-by-note.ts';
import { askAboutNote } from './ask-about-note.ts';
import type { ContinuationNeeds } from './ask-about-note.ts';
import type { CurrentNote } from './continue-note.ts';

/** A note and what was answered about it. */
export interface ContinuationResult {
  readonly currentNote: CurrentNote;
  readonly outcome: InterviewResult;
}

/**
 * Asks about each note in turn, and asks once what is the same for all. Returns what was answered about each,
 * or undefined if the interview ended at the help page, in the safety sequence or by discarding the answers:
 * then no note changes. At the help page the draft stays.
 */
export async function runContinuation(
  needs: ContinuationNeeds,
): Promise<readonly ContinuationResult[] | undefined> {
  const shared = await resumedAnswers(needs);
  const results: ContinuationResult[] = [];
  // With several notes, the question about the list comes at the end, once.
  const rounds = needs.currentNotes.length > 1 ? (['no', 'yes'] as const) : (['yes'] as const);
  for (const lastRound of rounds) {
    results.length = 0;
    for (const currentNote of needs.currentNotes) {
      if (lastRound === rounds[0] && needs.currentNotes.length > 1) sayTitle(needs, currentNote);
      const outcome =
        lastRound === 'yes'
          ? await askAndReview(needs, currentNote, shared)
          : await askAboutNote(needs, { currentNote, shared, lastRound });
      if (outcome === undefined) return undefined;
      results.push({ currentNote, outcome });
      // "Finish here" saves the answers and asks nothing more.
      if (outcome.endReason === 'input-ended' || outcome.endReason === 'keep')
        return withUnreachedNotes(needs, results, shared);
    }
  }
  return results;
}

/**
 * Adds the answers about the notes that the interview no longer reaches, without asking, and the half-typed
 * text of the draft, which is then saved beside the notes.
 */
async function withUnreachedNotes(
  needs: ContinuationNeeds,
  results: readonly ContinuationResult[],
  shared: SharedAnswers,
): Promise<readonly ContinuationResult[]> {
  const {
    draft,
    currentNotes,
    interviewSession: { template },
  } = needs;
  const isAnswered = ({
    note: {
      head: { id },
    },
  }: CurrentNote): boolean => [...shared].some(([key, answer]) => answer !== null && key.endsWith(`@${id}`));
  const silent: ContinuationNeeds = { ...needs, askOf: () => () => Promise.resolve({ is: 'finish' }) };
  const all = [...results];
  for (const currentNote of currentNotes) {
    if (results.some(result => result.currentNote === currentNote) || !isAnswered(currentNote)) continue;
    const outcome = await askAboutNote(silent, { currentNote, shared, lastRound: 'yes' });
    // If the answers lead to the help page, nothing is written into the note; its texts go beside the notes.
    const state = stateFor(shared, noteAnswersOf(currentNote.note.head.id, template));
    all.push({
      currentNote,
      outcome: outcome ?? { endReason: 'later', state, trail: [], answers: {}, parts: [] },
    });
  }
  const partialText = draft?.half;
  const [first, ...rest] = all;
  if (partialText === undefined || first === undefined || shared.has(partialText.key)) return all;
  const key = `${template.name}${elsewhere}${partialText.key}`;
  const state = new Map([...first.outcome.state, [key, partialText.text] as const]);
  return [{ ...first, outcome: { ...first.outcome, state } }, ...rest];
}

// Returns the answers of the draft. What no longer fits the questions is saved beside the notes.
async function resumedAnswers({
  draft,
  interviewSession: { world, store, template },
}: ContinuationNeeds): Promise<SharedAnswers> {
  if (draft === undefined) return new Map();
  const state = resumeState(draft, template);
  await saveOrphanedTexts(world, store, draft, { template, state });
  return new Map(state);
}

function sayTitle({ interviewSession }: ContinuationNeeds, { note: { head } }: CurrentNote): void {
  interviewSession.say(interviewSession.world.words('prep.about', { title: head.title ?? head.id }));
}

// The ways to end an interview that save immediately, without a review.
const withoutReview: readonly InterviewResult['endReason'][] = ['input-ended', 'later', 'keep'];

// Asks about a note, shows what will be saved, and repeats the questions that the person wants to change.
async function askAndReview(
  needs: ContinuationNeeds,
  currentNote: CurrentNote,
  shared: SharedAnswers,
): Promise<InterviewResult | undefined> {
  const about = noteAnswersOf(currentNote.note.head.id, needs.interviewSession.template);
  for (let changedKey: string | undefined; ;) {
    let outcome = await askAboutNote(needs, { currentNote, shared, lastRound: 'yes' }, changedKey);
    const isEmpty = !(outcome?.trail ?? []).some(
      ({ step, answer }) => step.question.saved && answer !== null,
    );
    const { review, prompter } = needs;
    if (outcome === undefined || review === undefined || prompter === undefined || isEmpty) return outcome;
    if (withoutReview.includes(outcome.endReason)) return outcome;
    const reviewed = outcome;
    const saveListening = (state: State): Promise<void> =>
      saveDraft(needs.interviewSession, new Map([...shared, ...looseWordsIn(state, about)]));
    const { value: decision, state } = await listenForWords(
      { prompter, state: outcome.state, saveDraft: saveListening },
      listening => review(currentNote, reviewed, listening),
    );
    outcome = { ...outcome, state };
    for (const [key, text] of looseWordsIn(state, about)) shared.set(key, text);
    if (decision.is === 'drop') {
      needs.interviewSession.store.drafts.drop(needs.interviewSession.id);
      needs.interviewSession.say(needs.interviewSession.world.words('prep.nothing_changed'));
      return undefined;
    }
    if (decision.is !== 'change') return outcome;
    changedKey = decision.key;
  }
}
