import type { InterviewResult } from '../../core/interview/interview.ts';
import type { State } from '../../core/interview/run.ts';
import type { Answers } from '../../core/notes/answer.ts';
import { makeId } from '../../core/notes/id.ts';
import type { Draft, NoteSummary, Prompter } from '../../world/world.ts';
import type { Decision } from '../../cli/choose/preview-and-confirm.ts';
import { safetyFact } from '../safety/earlier-safety.ts';
import { askSafety } from '../safety/safety-sequence.ts';
import type { Asker } from '../session/ask-question.ts';
import { passHelp, stopForHelp, takeBackLast } from '../session/endings.ts';
import type { InterviewSession } from '../session/interview-session.ts';
import { runInterview, saveDraft } from '../session/session.ts';
import { keyWithin, mergeState, noteAnswersOf, sharedKey, stateFor } from './answers-by-note.ts';
import type { NoteAnswers, SharedAnswers } from './answers-by-note.ts';
import type { CurrentNote } from './continue-note.ts';

/** An interview about several notes: the questions, the notes, and who answers. */
export interface ContinuationNeeds {
  /** The session, without its parts that differ from note to note; its `id` is the draft's. */
  readonly interviewSession: Omit<InterviewSession, 'ask' | 'facts' | 'saveDraft'>;
  /** The notes to ask about, in this order. */
  readonly currentNotes: readonly CurrentNote[];
  /** All notes in the folder: what they say about safety with a therapist counts here too. */
  readonly moments: readonly NoteSummary[];
  /** Facts in addition to those of the notes. */
  readonly facts?: Answers;
  /** Returns the function that answers the questions about a note. */
  readonly askOf: (currentNote: CurrentNote) => Asker;
  /** Undefined if nobody answers in person: then no draft is saved. */
  readonly prompter: Prompter | undefined;
  /** Shows what will be saved and asks about it; undefined if nobody answers in person. */
  readonly review?: (
    currentNote: CurrentNote,
    outcome: InterviewResult,
    prompter: Prompter,
  ) => Promise<Decision>;
  readonly draft?: Draft;
}

/** One pass through the questions about one note. */
export interface Round {
  readonly currentNote: CurrentNote;
  /** The answers about all notes; each answer is added to it. */
  readonly shared: SharedAnswers;
  /** Whether this is the last pass about the note. */
  readonly lastRound: 'yes' | 'no';
}

/**
 * Asks the questions about one note, beginning at the question `first` if given. Returns undefined if the
 * interview ended at the help page or in the safety sequence.
 */
export async function askAboutNote(
  needs: ContinuationNeeds,
  round: Round,
  first?: string,
): Promise<InterviewResult | undefined> {
  const { currentNote, shared } = round;
  const { id } = currentNote.note.head;
  const about = noteAnswersOf(id, needs.interviewSession.template);
  let interviewSession = sessionAbout(needs, round, about);
  const halfKey = needs.draft?.half && keyWithin(needs.draft.half.key, id);
  let start = first ?? (halfKey !== undefined && stateFor(shared, about).has(halfKey) ? halfKey : undefined);
  for (let state: State = stateFor(shared, about); ;) {
    const outcome = await runInterview(interviewSession, state, start);
    start = undefined;
    mergeState(shared, outcome.state, about);
    if (outcome.endReason === 'help' && needs.prompter === undefined) {
      interviewSession = await passHelp(interviewSession);
      state = outcome.state;
      continue;
    }
    if (outcome.endReason === 'help') {
      await stopForHelp(interviewSession, shared);
      return undefined;
    }
    if (outcome.endReason !== 'open') return outcome;
    const texts = await askSafetyApart(needs, interviewSession, outcome);
    if (texts === undefined) return undefined;
    state = new Map([...takeBackLast(outcome, { comesAgain: needs.prompter !== undefined }), ...texts]);
    for (const key of stateFor(shared, about).keys())
      if (!state.has(key)) shared.delete(sharedKey(key, about));
    mergeState(shared, state, about);
  }
}

function sessionAbout(
  needs: ContinuationNeeds,
  { currentNote, shared, lastRound }: Round,
  about: NoteAnswers,
): InterviewSession {
  const { head } = currentNote.note;
  const safety = safetyFact(needs.moments, head.with);
  const interviewSession: InterviewSession = {
    ...needs.interviewSession,
    facts: { ...currentNote.facts, ...needs.facts, ...safety, last_one: lastRound },
    with: head.with,
    ask: needs.askOf(currentNote),
    saveDraft: (state, partialText) => {
      mergeState(shared, state, about);
      if (needs.prompter === undefined) return undefined;
      const half = partialText && { ...partialText, key: sharedKey(partialText.key, about) };
      return saveDraft(interviewSession, shared, half);
    },
  };
  return interviewSession;
}

// Asks the safety sequence. Its answers become a separate note, and the note of this interview stays as it
// is. Returns the typed texts if the person took the answer back that led there, to go on with them; else
// undefined.
async function askSafetyApart(
  { prompter }: ContinuationNeeds,
  interviewSession: InterviewSession,
  outcome: InterviewResult,
): Promise<State | undefined> {
  const before: InterviewResult = { ...outcome, trail: [], answers: {} };
  const apart: InterviewSession = { ...interviewSession, id: makeId(interviewSession.world.random) };
  const ended = await askSafety(apart, before, { prompter, sharesDraft: false });
  if (ended.is === 'saved') interviewSession.world.out.line(ended.path);
  if (ended.is === 'dropped') interviewSession.store.drafts.drop(interviewSession.id);
  return ended.is === 'undone' ? ended.texts : undefined;
}
