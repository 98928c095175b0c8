import type { Answer, Answers } from '../../core/notes/answer.ts';
import { makeId } from '../../core/notes/id.ts';
import { isLooseKey, looseKey } from '../../core/interview/loose-words.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import type { Draft, Prompter, NoteSummary } from '../../world/world.ts';
import type { Asker } from '../session/ask-question.ts';
import { elsewhere } from '../session/compose-note.ts';
import type { CurrentNote } from './continue-note.ts';
import type { Decision } from '../../cli/choose/preview-and-confirm.ts';
import { hearWords } from '../session/listen-for-words.ts';
import { passHelp, stopForHelp, takeBackLast } from '../session/endings.ts';
import { saveOrphanedTexts, resumeState } from '../drafts/resume-draft.ts';
import { askSafety } from '../safety/safety-sequence.ts';
import { safetyFact } from '../safety/earlier-safety.ts';
import { runInterview, saveDraft } from '../session/session.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from '../session/interview-session.ts';

export interface ContinuingNeeds {
  /** Without what is asked of one moment alone; its `id` is the draft's. */
  readonly interviewSession: Omit<InterviewSession, 'ask' | 'facts' | 'saveDraft'>;
  readonly goings: readonly CurrentNote[];
  /** All moments in the folder: what they say about safety with a therapist holds here too. */
  readonly moments: readonly NoteSummary[];
  /** Facts beside those of the moments. */
  readonly facts?: Answers;
  readonly askOf: (currentNote: CurrentNote) => Asker;
  /** Absent where nobody is asked: then nothing is kept as a draft. */
  readonly prompter: Prompter | undefined;
  /** Shows what is about to be kept and asks; absent where nobody is asked. */
  readonly review?: (
    currentNote: CurrentNote,
    outcome: InterviewResult,
    prompter: Prompter,
  ) => Promise<Decision>;
  readonly draft?: Draft;
}

/** One moment and what was answered about it. */
export interface ContinuationResult {
  readonly going: CurrentNote;
  readonly outcome: InterviewResult;
}

/**
 * Asks about each moment in turn; what is the same for all is asked once. Gives what was answered about each,
 * or undefined when the run ended at the help page or in the safety sequence: then the draft stays and the
 * moments are as they were.
 */
export async function runContinuing(
  needs: ContinuingNeeds,
): Promise<readonly ContinuationResult[] | undefined> {
  const shared = await resumed(needs);
  const gone: ContinuationResult[] = [];
  // With several moments the list is asked about at the end, once.
  const rounds = needs.goings.length > 1 ? (['no', 'yes'] as const) : (['yes'] as const);
  for (const lastOne of rounds) {
    gone.length = 0;
    for (const currentNote of needs.goings) {
      if (lastOne === rounds[0] && needs.goings.length > 1) sayAbout(needs, currentNote);
      const outcome =
        lastOne === 'yes'
          ? await reviewed(needs, currentNote, shared)
          : await one(needs, { going: currentNote, shared, lastOne });
      if (outcome === undefined) return undefined;
      gone.push({ going: currentNote, outcome });
      // "Finish here": what was answered is kept, and nothing more is asked.
      if (outcome.endReason === 'input-ended' || outcome.endReason === 'keep')
        return withRest(needs, gone, shared);
    }
  }
  return gone;
}

/**
 * Adds, without a question, what is answered about the moments that are not reached any more, and the text
 * that a draft held half typed: it goes beside the notes.
 */
async function withRest(
  needs: ContinuingNeeds,
  gone: readonly ContinuationResult[],
  shared: Map<string, Answer | null>,
): Promise<readonly ContinuationResult[]> {
  const {
    draft,
    goings,
    interviewSession: { template },
  } = needs;
  const isAnswered = ({
    note: {
      head: { id },
    },
  }: CurrentNote): boolean => [...shared].some(([key, answer]) => answer !== null && key.endsWith(`@${id}`));
  const silent: ContinuingNeeds = { ...needs, askOf: () => () => Promise.resolve({ is: 'finish' }) };
  const all = [...gone];
  for (const currentNote of goings) {
    if (gone.some(before => before.going === currentNote) || !isAnswered(currentNote)) continue;
    const outcome = await one(silent, { going: currentNote, shared, lastOne: 'yes' });
    // Where its answers led to the help page, nothing is written into it; its texts go beside the notes.
    const state = stateOf(shared, currentNote.note.head.id, eachKeys(template));
    all.push({
      going: currentNote,
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

// What the questions of today can't take over is kept beside the notes.
async function resumed({
  draft,
  interviewSession: { world, store, template },
}: ContinuingNeeds): Promise<Map<string, Answer | null>> {
  if (draft === undefined) return new Map();
  const state = resumeState(draft, template);
  await saveOrphanedTexts(world, store, draft, { template, state });
  return new Map(state);
}

function sayAbout({ interviewSession }: ContinuingNeeds, { note: { head } }: CurrentNote): void {
  interviewSession.say(interviewSession.world.words('prep.about', { title: head.title ?? head.id }));
}

// "Save and stop" saves as it is.
const reviewless: readonly InterviewResult['endReason'][] = ['input-ended', 'later', 'keep'];

// Asks, shows what is about to be kept, and asks again what is to be changed.
async function reviewed(
  needs: ContinuingNeeds,
  currentNote: CurrentNote,
  shared: Map<string, Answer | null>,
): Promise<InterviewResult | undefined> {
  for (let again: string | undefined; ;) {
    let outcome = await one(needs, { going: currentNote, shared, lastOne: 'yes' }, again);
    const isEmpty = !(outcome?.trail ?? []).some(
      ({ step, answer }) => step.question.saved && answer !== null,
    );
    const { review, prompter } = needs;
    if (outcome === undefined || review === undefined || prompter === undefined || isEmpty) return outcome;
    if (reviewless.includes(outcome.endReason)) return outcome;
    const asked = outcome;
    const loose = (state: State): Map<string, Answer | null> =>
      looseOf(currentNote, state, needs.interviewSession.template);
    const keeps = (state: State): Promise<void> =>
      saveDraft(needs.interviewSession, new Map([...shared, ...loose(state)]));
    const { value: decision, state } = await hearWords({ prompter, state: outcome.state, keeps }, listening =>
      review(currentNote, asked, listening),
    );
    outcome = { ...outcome, state };
    for (const [key, text] of loose(state)) shared.set(key, text);
    if (decision.is === 'drop') {
      needs.interviewSession.store.drafts.drop(needs.interviewSession.id);
      needs.interviewSession.say(needs.interviewSession.world.words('prep.nothing_changed'));
      return undefined;
    }
    if (decision.is !== 'change') return outcome;
    again = decision.key;
  }
}

interface Round {
  readonly going: CurrentNote;
  /** The answers about all moments. */
  readonly shared: Map<string, Answer | null>;
  /** Whether this is the last time that the moment is asked about. */
  readonly lastOne: 'yes' | 'no';
}

// Asks about one moment.
async function one(
  needs: ContinuingNeeds,
  { going: currentNote, shared, lastOne }: Round,
  first?: string,
): Promise<InterviewResult | undefined> {
  const { id } = currentNote.note.head;
  const each = eachKeys(needs.interviewSession.template);
  const said = safetyFact(needs.moments, currentNote.note.head.with);
  const facts: Answers = { ...currentNote.facts, ...needs.facts, ...said, last_one: lastOne };
  const inShared = (key: string): string => sharedKey(key, id, each);
  const put = (state: State): void => {
    // Words typed at a list that a text has taken up are gone from here too.
    for (const key of shared.keys()) {
      const own = key.replace(`@${id}`, '');
      if (isLooseKey(key) && !own.includes('@') && !state.has(own)) shared.delete(key);
    }
    for (const [key, answer] of state) shared.set(inShared(key), answer);
  };
  let interviewSession: InterviewSession = {
    ...needs.interviewSession,
    facts,
    with: currentNote.note.head.with,
    ask: needs.askOf(currentNote),
    saveDraft: (state, partialText) => {
      put(state);
      if (needs.prompter === undefined) return undefined;
      return saveDraft(
        interviewSession,
        shared,
        partialText && { ...partialText, key: inShared(partialText.key) },
      );
    },
  };
  const partialText = needs.draft?.half?.key.replace(`@${id}`, '');
  let again =
    first ??
    (partialText !== undefined && stateOf(shared, id, each).has(partialText) ? partialText : undefined);
  for (let state = stateOf(shared, id, each); ;) {
    const outcome = await runInterview(interviewSession, state, again);
    again = undefined;
    put(outcome.state);
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
    // The note that is kept apart is one of its own: the moment stays as it is.
    const before: InterviewResult = { ...outcome, trail: [], answers: {} };
    const from: InterviewSession = { ...interviewSession, id: makeId(interviewSession.world.random) };
    const ended = await askSafety(from, before, { prompter: needs.prompter, sharesDraft: false });
    if (ended.is === 'saved') interviewSession.world.out.line(ended.path);
    if (ended.is === 'dropped') interviewSession.store.drafts.drop(interviewSession.id);
    if (ended.is !== 'undone') return undefined;
    state = new Map([...takeBackLast(outcome, { comesAgain: needs.prompter !== undefined }), ...ended.texts]);
    for (const key of stateOf(shared, id, each).keys()) if (!state.has(key)) shared.delete(inShared(key));
    put(state);
  }
}

// Words typed at lists about a moment, under the keys that they have beside those about other moments.
function looseOf({ note }: CurrentNote, state: State, template: Template): Map<string, Answer | null> {
  const each = eachKeys(template);
  const loose = [...state].filter(([key]) => isLooseKey(key));
  return new Map(loose.map(([key, text]) => [sharedKey(key, note.head.id, each), text]));
}

/** What is answered about each moment has the moment's id behind its key. */
function sharedKey(key: string, id: string, each: ReadonlySet<string>): string {
  return each.has(key) ? `${key}@${id}` : key;
}

// Words typed at such a question, and at "Keep it?", are about one moment too.
function eachKeys({ steps }: Template): ReadonlySet<string> {
  const keys = steps.filter((step): step is AskStep => step.is === 'ask' && step.each).map(({ key }) => key);
  return new Set([...keys, ...[...keys, 'preview'].map(looseKey)]);
}

function stateOf(shared: State, id: string, each: ReadonlySet<string>): State {
  const state = new Map<string, Answer | null>();
  for (const [key, answer] of shared) {
    if (key.endsWith(`@${id}`)) state.set(key.slice(0, -id.length - 1), answer);
    else if (!key.includes('@') && !each.has(key)) state.set(key, answer);
  }
  return state;
}
