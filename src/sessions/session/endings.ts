import type { Answer } from '../../core/notes/answer.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { helpNowPage } from '../../cli/show/help-page.ts';
import { draftOf } from './session.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from './interview-session.ts';

/** Shows people to reach and saves the answers as a draft, marked as ended at the help page. */
export async function stopForHelp(interviewSession: InterviewSession, state: State): Promise<void> {
  const { world, store } = interviewSession;
  await store.drafts.save({ ...draftOf(interviewSession, state), endedInHelp: true });
  const { inside } = await world.templates.helpNow();
  // Leaves out where to report: the page must fit on a small screen, and reporting can wait.
  interviewSession.say(`${await helpNowPage(world, 'talk')}\n\n${inside}`);
}

/**
 * Shows people to reach if nobody answers in person, and returns the session to go on with: every answer of
 * the file is saved.
 */
export async function passHelp(interviewSession: InterviewSession): Promise<InterviewSession> {
  interviewSession.say(await helpNowPage(interviewSession.world, 'talk'));
  return { ...interviewSession, passesHelp: true };
}

/**
 * Returns the state without the last answer, which led to another sequence by mistake. The question is asked
 * again with nothing chosen; without a person (`comesAgain` false) it counts as skipped.
 */
export function takeBackLast(
  { state, trail }: Pick<InterviewResult, 'state' | 'trail'>,
  { comesAgain }: { readonly comesAgain: boolean },
): State {
  const before = new Map<string, Answer | null>(state);
  const last = trail.at(-1);
  if (last === undefined) return before;
  if (comesAgain) before.delete(last.key);
  else before.set(last.key, null);
  return before;
}
