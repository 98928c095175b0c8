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
import { hearWords } from '../session/listen-for-words.ts';
import { decide, previewOf } from '../../cli/choose/preview-and-confirm.ts';
import { askSafety } from '../safety/safety-sequence.ts';
import { runInterview } from '../session/session.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from '../session/interview-session.ts';

/** What came of it: the path of what was kept, if anything was. */
export interface SavedReflection {
  readonly path?: string;
}

/**
 * Asks, shows what is about to be kept, keeps it, and closes. `prompter` is absent where nothing is asked
 * (`--answers`). `first` is a question to ask again first: a text was being changed when an earlier run was
 * ended.
 */
export async function runReflection(
  interviewSession: InterviewSession,
  start: State,
  prompter: Prompter | undefined,
  first?: string,
): Promise<SavedReflection> {
  let current = interviewSession;
  let state = start;
  let again = first;
  for (;;) {
    const outcome = await runInterview(current, state, again);
    again = undefined;
    state = outcome.state;
    if (outcome.endReason === 'open') {
      const ended = await openSafety(current, outcome, prompter);
      if (ended.is === 'over') return ended.kept;
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
      return keep(current, outcome, { shows: outcome.endReason === 'keep' && prompter !== undefined });
    // A person may keep a note with only a date (RQ17); empty lines in a pipe are not that wish.
    if (!current.world.interactive && current.finish === undefined && !holdsAny(current, outcome)) {
      return saveIfAny(current, outcome);
    }
    const note = composeFrom(current, outcome);
    const canAddMore =
      current.mode === 'quick' &&
      current.template.moreFrom !== undefined &&
      outcome.answers['sit'] !== 'fine';
    const now = current;
    const heard = await hearWords(
      { prompter, state, keeps: answers => now.saveDraft?.(answers) },
      listening => decide(now.world, listening, { note, path: outcome.trail, canAddMore }),
    );
    const decision = heard.value;
    state = heard.state;
    if (decision.is === 'keep') return keep(current, { ...outcome, state });
    if (decision.is === 'drop') {
      current.store.drafts.drop(current.id);
      current.say(current.world.words('conversation.nothing_kept'));
      return {};
    }
    if (decision.is === 'change') again = decision.key;
    if (decision.is === 'more') {
      current = { ...current, mode: 'full' };
      state = skipUntilMore(current.template, state);
    }
  }
}

type AfterSafety =
  | { readonly is: 'over'; readonly kept: SavedReflection }
  | { readonly is: 'again'; readonly state: State };

// Runs the safety sequence. The reflection is over, or goes on when it wasn't that kind of thing.
async function openSafety(
  interviewSession: InterviewSession,
  outcome: InterviewResult,
  prompter: Prompter | undefined,
): Promise<AfterSafety> {
  // A moment that is there already stays as it is: the note that is kept apart is one of its own.
  const isNew = interviewSession.about === undefined;
  const from = isNew ? interviewSession : { ...interviewSession, id: makeId(interviewSession.world.random) };
  const before = isNew ? outcome : { ...outcome, path: [], answers: {} };
  const ended = await askSafety(from, before, { prompter, sharesDraft: isNew });
  if (ended.is === 'saved') return { is: 'over', kept: { path: ended.path } };
  if (ended.is === 'dropped') {
    interviewSession.store.drafts.drop(interviewSession.id);
    return { is: 'over', kept: {} };
  }
  const comesAgain = prompter !== undefined;
  return { is: 'again', state: new Map([...takeBackLast(outcome, { comesAgain }), ...ended.texts]) };
}

// With `shows` the note is shown first, where nobody was asked about it.
async function keep(
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
  if (holdsAny(interviewSession, outcome)) return keep(interviewSession, outcome);
  store.drafts.drop(id);
  interviewSession.say(world.words('conversation.nothing_answered'));
  return {};
}

/** Says whether there is anything to keep: an answer that belongs into the note, or a text of a new note. */
function holdsAny({ world, template }: InterviewSession, outcome: InterviewResult): boolean {
  const isAnswered = outcome.trail.some(({ step, answer }) => step.question.saved && answer !== null);
  // A resumed draft may hold texts behind a question that was left open.
  return isAnswered || skippedTexts(world, template, outcome).length > 0;
}

/**
 * Adds the text that a resumed draft held half typed, when the input ended before its question was asked
 * again.
 */
function withHalfTyped(
  { template, partialText: halfTyped }: InterviewSession,
  outcome: InterviewResult,
): InterviewResult {
  if (halfTyped === undefined || halfTyped.text.trim() === '' || outcome.state.has(halfTyped.key))
    return outcome;
  const question = stepOf(template, halfTyped.key)?.question;
  // The text of a question that is gone was put beside the notes when the draft was resumed.
  if (question === undefined) return outcome;
  const key = question.kind === 'text' ? halfTyped.key : `${template.name}${elsewhere}${halfTyped.key}`;
  const text = question.kind === 'text' ? halfTyped.text : halfTyped.text.replace(/^ /gm, '');
  return { ...outcome, state: new Map([...outcome.state, [key, text]]) };
}

// "We tried to fix something": the earlier moment says where it was tried again.
async function linkBack(
  { world, store, id, about }: InterviewSession,
  { answers }: InterviewResult,
): Promise<void> {
  const earlier = answers['repeat_of'];
  if (typeof earlier !== 'string' || earlier === 'none' || about !== undefined) return;
  const moment = (await store.scan()).moments.find(({ head }) => head.id === earlier);
  if (moment === undefined) return;
  const before = moment.head.keys['repeated_in'];
  const ids = Array.isArray(before) ? before.filter((one): one is string => typeof one === 'string') : [];
  try {
    await store.revise(moment.path, { front: { repeated_in: [...ids, id] }, append: [] });
  } catch (error) {
    // The new moment is kept and names the earlier one; the way back is a convenience.
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
 * Marks what stands before the question where "Add more" goes on as skipped, so that it is not asked any
 * more.
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
