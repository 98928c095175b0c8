import type { Answers } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import type { NewReflection } from '../../core/notes/reflection.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import type { Prompter } from '../../world/world.ts';
import { passHelp, stopForHelp, takeBackLast } from '../session/endings.ts';
import { composeFrom, elsewhere, skippedTexts } from '../session/compose-note.ts';
import { sayResting } from '../continue/continue-note.ts';
import { makeId } from '../../core/notes/id.ts';
import { Problem } from '../../errors.ts';
import { sayPointer } from '../continue/pointer.ts';
import { listenForWords } from '../session/listen-for-words.ts';
import { decide, previewOf } from '../../cli/choose/preview-and-confirm.ts';
import { askSafety } from '../safety/safety-sequence.ts';
import { runInterview } from '../session/session.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from '../session/interview-session.ts';

/** The path of the saved note; undefined if nothing was saved. */
export interface SavedReflection {
  readonly path?: string;
}

/**
 * Asks the questions, shows what will be saved, saves it and says the closing line. `prompter` is undefined
 * with `--answers`, where nobody answers in person. `first` is the key of a question to ask again first: an
 * earlier run ended while its text was being changed.
 */
export async function runReflection(
  interviewSession: InterviewSession,
  start: State,
  prompter: Prompter | undefined,
  first?: string,
): Promise<SavedReflection> {
  let current = interviewSession;
  let state = start;
  let nextKey = first;
  for (;;) {
    const outcome = await runInterview(current, state, nextKey);
    nextKey = undefined;
    state = outcome.state;
    if (outcome.endReason === 'open') {
      const ended = await openSafety(current, outcome, prompter);
      if (ended.is === 'over') return ended.saved;
      state = ended.state;
      continue;
    }
    if (outcome.endReason === 'help' && prompter === undefined) {
      current = await passHelp(current);
      continue;
    }
    if (outcome.endReason === 'help') {
      await stopForHelp(current, state);
      return {};
    }
    if (outcome.endReason === 'input-ended' || outcome.endReason === 'later')
      return saveIfAny(current, outcome);
    if (outcome.endReason === 'keep' || prompter === undefined)
      return saveNote(current, outcome, { shows: outcome.endReason === 'keep' && prompter !== undefined });
    // A person may save a note with only a date (RQ17); empty lines in a pipe do not ask for that.
    if (!current.world.interactive && current.finish === undefined && !hasAnything(current, outcome)) {
      return saveIfAny(current, outcome);
    }
    const note = composeFrom(current, outcome);
    const canAddMore =
      current.mode === 'quick' &&
      current.template.moreFrom !== undefined &&
      outcome.answers['sit'] !== 'fine';
    const now = current;
    const reviewed = await listenForWords(
      { prompter, state, saveDraft: answers => now.saveDraft?.(answers) },
      listening => decide(now.world, listening, { note, trail: outcome.trail, canAddMore }),
    );
    const decision = reviewed.value;
    state = reviewed.state;
    if (decision.is === 'keep') return saveNote(current, { ...outcome, state });
    if (decision.is === 'drop') {
      current.store.drafts.drop(current.id);
      current.say(current.world.words('conversation.nothing_kept'));
      return {};
    }
    if (decision.is === 'change') nextKey = decision.key;
    if (decision.is === 'more') {
      current = { ...current, mode: 'full' };
      state = skipUntilMore(current.template, state);
    }
  }
}

type AfterSafety =
  | { readonly is: 'over'; readonly saved: SavedReflection }
  | { readonly is: 'continue'; readonly state: State };

// Runs the safety sequence. Afterwards the reflection is over, or goes on if the person took the answer back.
async function openSafety(
  interviewSession: InterviewSession,
  outcome: InterviewResult,
  prompter: Prompter | undefined,
): Promise<AfterSafety> {
  // An existing note stays as it is: the note that is set aside is a separate one.
  const isNew = interviewSession.about === undefined;
  const from = isNew ? interviewSession : { ...interviewSession, id: makeId(interviewSession.world.random) };
  const before = isNew ? outcome : { ...outcome, trail: [], answers: {} };
  const ended = await askSafety(from, before, { prompter, sharesDraft: isNew });
  if (ended.is === 'saved') return { is: 'over', saved: { path: ended.path } };
  if (ended.is === 'dropped') {
    interviewSession.store.drafts.drop(interviewSession.id);
    return { is: 'over', saved: {} };
  }
  const comesAgain = prompter !== undefined;
  return { is: 'continue', state: new Map([...takeBackLast(outcome, { comesAgain }), ...ended.texts]) };
}

// Saves the note. With `shows`, shows it first, because the person was not asked about it.
async function saveNote(
  interviewSession: InterviewSession,
  outcome: InterviewResult,
  { shows = false } = {},
): Promise<SavedReflection> {
  const { world, store, id } = interviewSession;
  const note = composeFrom(interviewSession, outcome);
  if (shows) interviewSession.say(previewOf(world, note, outcome.trail));
  const path =
    interviewSession.finish === undefined ? await store.add(note) : await interviewSession.finish(outcome);
  store.drafts.drop(id);
  if (path === undefined) {
    interviewSession.say(world.words('prep.nothing_changed'));
    return {};
  }
  await linkBack(interviewSession, outcome);
  await close(interviewSession, note, outcome.answers);
  return { path };
}

async function saveIfAny(
  interviewSession: InterviewSession,
  ended: InterviewResult,
): Promise<SavedReflection> {
  const outcome = withHalfTyped(interviewSession, ended);
  const { world, store, id } = interviewSession;
  if (hasAnything(interviewSession, outcome)) return saveNote(interviewSession, outcome);
  store.drafts.drop(id);
  interviewSession.say(world.words('conversation.nothing_answered'));
  return {};
}

/** Returns true if there is anything to save: an answer that belongs in the note, or a text of a new note. */
function hasAnything({ world, template }: InterviewSession, outcome: InterviewResult): boolean {
  const isAnswered = outcome.trail.some(({ step, answer }) => step.question.saved && answer !== null);
  // A resumed draft may contain texts of questions after one without an answer.
  return isAnswered || skippedTexts(world, template, outcome).length > 0;
}

/** Adds the half-typed text of a resumed draft, if the input ended before its question was asked again. */
function withHalfTyped(
  { template, partialText: halfTyped }: InterviewSession,
  outcome: InterviewResult,
): InterviewResult {
  if (halfTyped === undefined || halfTyped.text.trim() === '' || outcome.state.has(halfTyped.key))
    return outcome;
  const question = stepOf(template, halfTyped.key)?.question;
  // If the question no longer exists, resuming the draft has saved its text beside the notes.
  if (question === undefined) return outcome;
  const key = question.kind === 'text' ? halfTyped.key : `${template.name}${elsewhere}${halfTyped.key}`;
  const text = question.kind === 'text' ? halfTyped.text : halfTyped.text.replace(/^ /gm, '');
  return { ...outcome, state: new Map([...outcome.state, [key, text]]) };
}

// "We tried to fix something": writes into the earlier note where it was tried again.
async function linkBack(
  { world, store, id, about }: InterviewSession,
  { answers }: InterviewResult,
): Promise<void> {
  const earlier = answers['repeat_of'];
  if (typeof earlier !== 'string' || earlier === 'none' || about !== undefined) return;
  const moment = (await store.scan()).moments.find(({ head }) => head.id === earlier);
  if (moment === undefined) return;
  const before = moment.head.keys['repeated_in'];
  const ids = Array.isArray(before) ? before.filter((item): item is string => typeof item === 'string') : [];
  try {
    await store.revise(moment.path, { front: { repeated_in: [...ids, id] }, append: [] });
  } catch (error) {
    // The new note is saved and names the earlier one; the link back is a convenience.
    if (!(error instanceof Problem)) throw error;
    world.messages.say(world.words(`${error.key}.says`, error.params));
  }
}

async function close(
  interviewSession: InterviewSession,
  note: NewReflection,
  answers: Answers,
): Promise<void> {
  const { world, template } = interviewSession;
  const known = { answers: { ...answers, ...statusFact(note) }, asked: new Set<string>() };
  const closing = (await world.templates.closings()).find(({ when }) => holds(when, known));
  if (closing !== undefined) interviewSession.say(closing.words.replaceAll('{id}', note.id));
  sayResting(world, interviewSession.about?.[0] ?? note.id, note.front, interviewSession.say);
  sayPointer(world, template, known.answers, interviewSession.say);
}

function statusFact(note: NewReflection): Answers {
  const status = note.front['status'];
  return typeof status === 'string' ? { status } : {};
}

/**
 * Returns the state with all unanswered questions before the one where "Add more" goes on marked as skipped,
 * so that they are not asked again.
 */
export function skipUntilMore(template: Template, state: State): State {
  const skipped = new Map(state);
  for (const step of template.steps) {
    if (step.is !== 'ask') continue;
    if (step.key === template.moreFrom) break;
    if (!skipped.has(step.key)) skipped.set(step.key, null);
  }
  return skipped;
}
