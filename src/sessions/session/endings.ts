import type { Answer } from '../../core/notes/answer.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { helpNowPage } from '../../cli/show/help-page.ts';
import { draftOf } from './session.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from './interview-session.ts';

/** Shows people to reach. What was written stays as a draft, marked as one that ended here. */
export async function stopForHelp(interviewSession: InterviewSession, state: State): Promise<void> {
  const { world, store } = interviewSession;
  await store.drafts.save({ ...draftOf(interviewSession, state), endedInHelp: true });
  const { inside } = await world.templates.helpNow();
  // Where to report is for another day: all of this stands on one small screen.
  interviewSession.say(`${await helpNowPage(world, 'talk')}\n\n${inside}`);
}

/**
 * Shows people to reach where nobody can be asked, and gives the sitting that goes on: every answer of the
 * file is kept.
 */
export async function passHelp(interviewSession: InterviewSession): Promise<InterviewSession> {
  interviewSession.say(await helpNowPage(interviewSession.world, 'talk'));
  return { ...interviewSession, passesHelp: true };
}

/**
 * Takes back the answer that led to another sequence: it wasn't that kind of thing. The question comes again
 * with nothing chosen; without a person (`comesAgain` false) it counts as skipped.
 */
export function takeBackLast(
  { state, trail: path }: Pick<InterviewResult, 'state' | 'trail'>,
  { comesAgain }: { readonly comesAgain: boolean },
): State {
  const before = new Map<string, Answer | null>(state);
  const last = path.at(-1);
  if (last === undefined) return before;
  if (comesAgain) before.delete(last.key);
  else before.set(last.key, null);
  return before;
}
