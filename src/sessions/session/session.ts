import type { Answer, Answers } from '../../core/notes/answer.ts';
import type { Day } from '../../core/dates/day.ts';
import type { Message, InterviewResult } from '../../core/interview/interview.ts';
import { interview } from '../../core/interview/interview.ts';
import { summarize } from '../../core/search/summary.ts';
import type { Option, Template } from '../../core/template/template.ts';
import type { State } from '../../core/interview/next-step.ts';
import { Cancelled, Problem } from '../../errors.ts';
import type { Draft, Store, World } from '../../world/world.ts';
import type { Asker } from './ask-question.ts';
import { withBegun } from './half-typed-texts.ts';
import type { GivenText } from './texts-from-answers-file.ts';
import { helpNowPage, pageText } from '../../cli/show/help-page.ts';
import { momentOptions } from '../../cli/choose/moment-options.ts';
import { isFolderLost } from './unsaved-answers.ts';

/** One sitting over one moment: who asks, of what, and where it is kept meanwhile. */
export interface InterviewSession {
  readonly world: World;
  readonly store: Store;
  readonly template: Template;
  /** The id that the moment will have, and its draft has. */
  readonly id: string;
  readonly session: Day;
  readonly with?: string;
  readonly mode: string;
  /** What is known beyond the answers: of a moment that is there already. */
  readonly facts?: Answers;
  /** Ids of the moments that are gone on with. */
  readonly about?: readonly string[];
  readonly ask: Asker;
  /** The text that was half typed when the draft was left that this run resumes. */
  readonly partialText?: Draft['half'];
  /** Says a note or a page between two questions. */
  readonly say: (text: string) => void;
  /** Shows a page until it is read; absent where nobody has to wait for that. */
  readonly show?: (text: string) => Promise<void>;
  /**
   * Saves what is answered so far, and a text half typed; resolves when it is on disk. Absent with `--answers`:
   * nothing can be lost.
   */
  readonly saveDraft?: (state: State, partialText?: Draft['half']) => Promise<void> | undefined;
  /**
   * Keeps what was made, and gives its path; undefined when there was nothing to change. A new moment is
   * added unless this says otherwise.
   */
  readonly finish?: (outcome: InterviewResult) => Promise<string | undefined>;
  /** The texts of a file of answers: each is kept, whether a question takes it or not. */
  readonly given?: readonly GivenText[];
  /**
   * Gives what earlier notes say about safety with this therapist (`was_not_safe`); absent where `facts`
   * have it.
   */
  readonly safetyFact?: () => Promise<Answers>;
  /** True where nobody is asked and the help page has been shown: it does not end the run. */
  readonly passesHelp?: boolean;
  /** The pages shown because nobody could be asked: each is shown once. */
  readonly pagesShown?: Set<string>;
  /** False where nobody sits at the terminal: then no clock runs. */
  readonly timed: boolean;
  readonly startedMs: number;
}

/** Asks what is still unasked in `state`; every answer is in the draft before the next question shows. */
export async function runInterview(
  interviewSession: InterviewSession,
  state: State,
  again?: string,
): Promise<InterviewResult> {
  const { world, template } = interviewSession;
  let latest = state;
  let partialText: Draft['half'];
  /** Texts that were left by going back, by the keys of their questions. */
  const begun = new Map<string, string>();
  let keeping: Promise<void> | undefined;
  /** What was typed last and is not on disk. */
  let unkept: string | undefined;
  const savePartialText =
    (key: string) =>
    (text: string): void => {
      // A text that was only looked at again is answered, not half typed.
      partialText = text === '' || text === latest.get(key) ? undefined : { key, text };
      // A full disk while a text is typed: the text stands on the screen, and the next Enter tries again.
      const failed = (error: unknown): void => {
        if (!(error instanceof Problem)) throw error;
        // Where the folder is gone, all answers are given back at the end.
        unkept = isFolderLost(error) ? undefined : text;
      };
      unkept = undefined;
      keeping = interviewSession.saveDraft?.(latest, partialText)?.catch(failed);
    };
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
      minutes: () =>
        world.settings.get('timer') === 'off' || !interviewSession.timed
          ? 0
          : (world.now().ms - interviewSession.startedMs) / 60_000,
      ask: async (next, run, before) => {
        const said = await interviewSession.ask(next, run, before, savePartialText(next.key));
        if (said.is !== 'back') begun.delete(next.key);
        else if (said.typed !== undefined) begun.set(next.key, said.typed);
        return said;
      },
      save: async (now, key) => {
        try {
          // A text that was begun elsewhere and left by going back stays in the draft.
          await interviewSession.saveDraft?.(now, partialText?.key === key ? undefined : partialText);
        } catch (error) {
          // Somebody sits there: what is wrong is said, and the answer is offered again.
          if (!(error instanceof Problem) || !world.interactive) throw error;
          interviewSession.say(
            `${world.words(`${error.key}.says`, error.params)}\n${world.words(`${error.key}.do`, error.params)}`,
          );
          const answer = now.get(key);
          unkept = typeof answer === 'string' && !isFolderLost(error) ? answer : unkept;
          return false;
        }
        if (partialText?.key === key) partialText = undefined;
        latest = new Map(now);
        unkept = undefined;
        return true;
      },
      showMessages: lines => sayAsides(interviewSession, lines),
    });
    for (const { words } of outcome.parts) interviewSession.say(words);
    return begun.size === 0 ? outcome : withBegun(template, outcome, begun);
  } catch (error) {
    // Only then is it known whether what was half typed is on disk.
    await keeping;
    const isLost = error instanceof Cancelled && unkept !== undefined && unkept !== '';
    if (isLost) world.messages.say(`${world.words('conversation.not_on_disk')}\n${unkept}`);
    throw error;
  } finally {
    // What was half typed when the run was ended is on disk before anybody hears of it.
    await keeping;
  }
}

/** What a draft is made of, beside the answers. */
type Drafted = Pick<
  InterviewSession,
  'world' | 'store' | 'template' | 'id' | 'session' | 'with' | 'mode' | 'about'
>;

/** Saves the draft of a sitting in the folder; resolves when it is on disk. */
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

/** Gives the draft of a sitting. What only steers is not in it. */
export function draftOf(interviewSession: Drafted, state: State): Draft {
  const { world, template, id, session, with: who, mode, about } = interviewSession;
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
    ...(who === undefined ? {} : { with: who }),
    ...(about === undefined ? {} : { about }),
  };
}

/** Names the unresolved moments as options: words, age. Read only when a question needs them. */
export async function earlierOptions(world: World, store: Store): Promise<readonly Option[]> {
  return momentOptions(
    world,
    summarize((await store.scan()).moments, world.now().day, { includeResting: true }).items,
  );
}

async function factsOf(interviewSession: InterviewSession, state: State): Promise<Answers> {
  const { world, store, session, mode, facts, safetyFact } = interviewSession;
  const kinds = state.get('kinds');
  // Adding never reads the other notes, nor asks for what would open them, unless "we tried to fix something"
  // asks which one.
  const earlier =
    Array.isArray(kinds) && kinds.includes('repeat') && !store.isLocked()
      ? (await earlierOptions(world, store)).length
      : 0;
  // Nobody waits for the first question because of notes that have nothing to do with it.
  const said = state.size === 0 ? undefined : await safetyFact?.();
  return { ...facts, ...said, mode, session_is: session === world.now().day ? 'today' : 'before', earlier };
}

async function sayAsides(interviewSession: InterviewSession, lines: readonly Message[]): Promise<void> {
  const { world, template, say, show = async (text: string) => say(text), pagesShown } = interviewSession;
  for (const line of lines) {
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
