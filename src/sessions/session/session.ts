import type { Answer, Answers } from '../../core/notes/answer.ts';
import type { Message, InterviewResult } from '../../core/interview/interview.ts';
import { interview } from '../../core/interview/interview.ts';
import { summarize } from '../../core/search/summary.ts';
import type { Option } from '../../core/template/template.ts';
import { Cancelled } from '../../errors.ts';
import type { Draft, ClockPort, WordsPort, NotesPort } from '../../world/world.ts';
import { withHalfTypedTexts } from './half-typed-texts.ts';
import { draftSaver } from './draft-saver.ts';
import { helpNowPage, pageText } from '../../cli/show/help-page.ts';
import { momentOptions } from '../../cli/choose/moment-options.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from './interview-session.ts';

/**
 * Asks the questions that have no answer in `state`, beginning at the question `again` if given. Every answer
 * is in the draft before the next question shows.
 */
export async function runInterview(
  interviewSession: InterviewSession,
  state: State,
  again?: string,
): Promise<InterviewResult> {
  const { world, template } = interviewSession;
  const saver = draftSaver(interviewSession, state);
  /** Texts left half typed by going back, by the keys of their questions. */
  const halfTyped = new Map<string, string>();
  try {
    const from = {
      template,
      state,
      hidden: world.settings.hidden,
      again,
      passesHelp: interviewSession.passesHelp,
    };
    const outcome = await interview(from, {
      facts: now => factsOf(interviewSession, now),
      minutes: () => minutesOf(interviewSession),
      ask: async (next, run, before) => {
        const response = await interviewSession.ask(next, run, before, saver.typing(next.key));
        if (response.is !== 'back') halfTyped.delete(next.key);
        else if (response.typed !== undefined) halfTyped.set(next.key, response.typed);
        return response;
      },
      save: saver.answered,
      showMessages: messages => showMessages(interviewSession, messages),
    });
    for (const { words } of outcome.parts) interviewSession.say(words);
    return halfTyped.size === 0 ? outcome : withHalfTypedTexts(template, outcome, halfTyped);
  } catch (error) {
    // Wait for saving to finish: only then is it known whether the half-typed text is on disk.
    await saver.finished();
    const text = saver.unsaved() ?? '';
    if (error instanceof Cancelled && text !== '')
      world.messages.say(`${world.words('conversation.not_on_disk')}\n${text}`);
    throw error;
  } finally {
    // Finish saving the half-typed text before the caller reports how the run ended.
    await saver.finished();
  }
}

/** Returns the minutes since the person started; 0 if no clock runs. */
function minutesOf({ world, timed, startedMs }: InterviewSession): number {
  if (!timed || world.settings.get('timer') === 'off') return 0;
  return (world.now().ms - startedMs) / 60_000;
}

/** The parts of a session that its draft contains. */
type Drafted = Pick<
  InterviewSession,
  'world' | 'store' | 'template' | 'id' | 'session' | 'with' | 'mode' | 'about'
>;

/** Saves the draft of a session in the folder; resolves when it is on disk. */
export function saveDraft(
  interviewSession: Drafted,
  state: State,
  partialText?: Draft['half'],
): Promise<void> {
  return interviewSession.store.drafts.save({
    ...draftOf(interviewSession, state),
    ...(partialText === undefined ? {} : { half: partialText }),
  });
}

/** Returns the draft of a session. Leaves out answers that only choose the path through the interview. */
export function draftOf(interviewSession: Drafted, state: State): Draft {
  const { world, template, id, session, with: therapist, mode, about } = interviewSession;
  const steering = template.steps.flatMap(step =>
    step.is === 'ask' && !step.question.saved ? [step.key] : [],
  );
  const offers = template.offers.map(({ key }) => key);
  const answers: Record<string, Answer | null> = {};
  for (const [key, answer] of state) {
    if (!steering.includes(key.replace(/[#@].*$/, '')) && !offers.includes(key)) answers[key] = answer;
  }
  return {
    id,
    template: template.name,
    mode,
    session,
    started: world.now().instant,
    answers,
    ...(therapist === undefined ? {} : { with: therapist }),
    ...(about === undefined ? {} : { about }),
  };
}

/** Reads the notes and returns the unresolved ones as options. Call it only when a question needs them. */
export async function earlierOptions(
  world: ClockPort & WordsPort,
  store: NotesPort,
): Promise<readonly Option[]> {
  return momentOptions(
    world,
    summarize((await store.scan()).moments, world.now().day, { includeResting: true }).items,
  );
}

async function factsOf(interviewSession: InterviewSession, state: State): Promise<Answers> {
  const { world, store, session, mode, facts, safetyFact } = interviewSession;
  const kinds = state.get('kinds');
  // Adding a note does not read the other notes or ask for their passphrase, unless "we tried to fix
  // something" has to ask which note it was.
  const earlier =
    Array.isArray(kinds) && kinds.includes('repeat') && !store.isLocked()
      ? (await earlierOptions(world, store)).length
      : 0;
  // The first question does not wait for the other notes, which have nothing to do with it.
  const safety = state.size === 0 ? undefined : await safetyFact?.();
  return { ...facts, ...safety, mode, session_is: session === world.now().day ? 'today' : 'before', earlier };
}

async function showMessages(interviewSession: InterviewSession, messages: readonly Message[]): Promise<void> {
  const { world, template, say, show = async (text: string) => say(text), pagesShown } = interviewSession;
  for (const line of messages) {
    if (line.is === 'page' && pagesShown?.has(line.name) === true) continue;
    if (line.is === 'page') pagesShown?.add(line.name);
    if (line.is === 'note') say(line.words);
    else
      await show(
        line.name === 'help-now'
          ? await helpNowPage(world)
          : await pageText(world, template.pages[line.name] ?? []),
      );
  }
}
