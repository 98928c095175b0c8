import type { Answer, Answers } from '../../core/notes/answer.ts';
import { makeId } from '../../core/notes/id.ts';
import { isLooseKey, looseKey } from '../../core/interview/loose-words.ts';
import type { Outcome } from '../../core/interview/interview.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import type { State } from '../../core/interview/next-step.ts';
import type { Draft, Prompter, Shelved } from '../../world/world.ts';
import type { Asker } from '../session/ask-question.ts';
import { elsewhere } from '../session/compose-note.ts';
import type { Going } from './continue-note.ts';
import type { Decision } from '../../cli/choose/preview-and-confirm.ts';
import { hearWords } from '../session/listen-for-words.ts';
import { passHelp, stopForHelp, takeBackLast } from '../session/endings.ts';
import { keepLeft, resumeState } from '../drafts/resume-draft.ts';
import { askSafety } from '../safety/safety-sequence.ts';
import { safetyFact } from '../safety/earlier-safety.ts';
import type { Sitting } from '../session/session.ts';
import { hold, keepDraft } from '../session/session.ts';

export interface ContinuingNeeds {
  /** Without what is asked of one moment alone; its `id` is the draft's. */
  readonly sitting: Omit<Sitting, 'ask' | 'facts' | 'keeps'>;
  readonly goings: readonly Going[];
  /** All moments in the folder: what they say about safety with a therapist holds here too. */
  readonly moments: readonly Shelved[];
  /** Facts beside those of the moments. */
  readonly facts?: Answers;
  readonly askOf: (going: Going) => Asker;
  /** Absent where nobody is asked: then nothing is kept as a draft. */
  readonly prompter: Prompter | undefined;
  /** Shows what is about to be kept and asks; absent where nobody is asked. */
  readonly review?: (going: Going, outcome: Outcome, prompter: Prompter) => Promise<Decision>;
  readonly draft?: Draft;
}

/** One moment and what was answered about it. */
export interface Gone {
  readonly going: Going;
  readonly outcome: Outcome;
}

/**
 * Asks about each moment in turn; what is the same for all is asked once. Gives what was answered about each,
 * or undefined when the run ended at the help page or in the safety sequence: then the draft stays and the
 * moments are as they were.
 */
export async function runContinuing(needs: ContinuingNeeds): Promise<readonly Gone[] | undefined> {
  const shared = await resumed(needs);
  const gone: Gone[] = [];
  // With several moments the list is asked about at the end, once.
  const rounds = needs.goings.length > 1 ? (['no', 'yes'] as const) : (['yes'] as const);
  for (const lastOne of rounds) {
    gone.length = 0;
    for (const going of needs.goings) {
      if (lastOne === rounds[0] && needs.goings.length > 1) sayAbout(needs, going);
      const outcome =
        lastOne === 'yes' ? await reviewed(needs, going, shared) : await one(needs, going, shared, lastOne);
      if (outcome === undefined) return undefined;
      gone.push({ going, outcome });
      // "Finish here": what was answered is kept, and nothing more is asked.
      if (outcome.how === 'input-ended' || outcome.how === 'keep') return withRest(needs, gone, shared);
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
  gone: readonly Gone[],
  shared: Map<string, Answer | null>,
): Promise<readonly Gone[]> {
  const {
    draft,
    goings,
    sitting: { template },
  } = needs;
  const isAnswered = ({
    note: {
      head: { id },
    },
  }: Going): boolean => [...shared].some(([key, answer]) => answer !== null && key.endsWith(`@${id}`));
  const silent: ContinuingNeeds = { ...needs, askOf: () => () => Promise.resolve({ is: 'finish' }) };
  const all = [...gone];
  for (const going of goings) {
    if (gone.some(before => before.going === going) || !isAnswered(going)) continue;
    const outcome = await one(silent, going, shared, 'yes');
    // Where its answers led to the help page, nothing is written into it; its texts go beside the notes.
    const state = stateOf(shared, going.note.head.id, eachKeys(template));
    all.push({ going, outcome: outcome ?? { how: 'later', state, path: [], answers: {}, parts: [] } });
  }
  const half = draft?.half;
  const [first, ...rest] = all;
  if (half === undefined || first === undefined || shared.has(half.key)) return all;
  const key = `${template.name}${elsewhere}${half.key}`;
  const state = new Map([...first.outcome.state, [key, half.text] as const]);
  return [{ ...first, outcome: { ...first.outcome, state } }, ...rest];
}

// What the questions of today can't take over is kept beside the notes.
async function resumed({
  draft,
  sitting: { world, store, template },
}: ContinuingNeeds): Promise<Map<string, Answer | null>> {
  if (draft === undefined) return new Map();
  const state = resumeState(draft, template);
  await keepLeft(world, store, draft, template, state);
  return new Map(state);
}

function sayAbout({ sitting }: ContinuingNeeds, { note: { head } }: Going): void {
  sitting.say(sitting.world.words('prep.about', { title: head.title ?? head.id }));
}

// "Save and stop" saves as it is.
const reviewless: readonly Outcome['how'][] = ['input-ended', 'later', 'keep'];

// Asks, shows what is about to be kept, and asks again what is to be changed.
async function reviewed(
  needs: ContinuingNeeds,
  going: Going,
  shared: Map<string, Answer | null>,
): Promise<Outcome | undefined> {
  for (let again: string | undefined; ;) {
    let outcome = await one(needs, going, shared, 'yes', again);
    const isEmpty = !(outcome?.path ?? []).some(({ step, answer }) => step.question.saved && answer !== null);
    const { review, prompter } = needs;
    if (outcome === undefined || review === undefined || prompter === undefined || isEmpty) return outcome;
    if (reviewless.includes(outcome.how)) return outcome;
    const asked = outcome;
    const loose = (state: State): Map<string, Answer | null> => looseOf(going, state, needs.sitting.template);
    const keeps = (state: State): Promise<void> =>
      keepDraft(needs.sitting, new Map([...shared, ...loose(state)]));
    const { value: decision, state } = await hearWords({ prompter, state: outcome.state, keeps }, listening =>
      review(going, asked, listening),
    );
    outcome = { ...outcome, state };
    for (const [key, text] of loose(state)) shared.set(key, text);
    if (decision.is === 'drop') {
      needs.sitting.store.drafts.drop(needs.sitting.id);
      needs.sitting.say(needs.sitting.world.words('prep.nothing_changed'));
      return undefined;
    }
    if (decision.is !== 'change') return outcome;
    again = decision.key;
  }
}

async function one(
  needs: ContinuingNeeds,
  going: Going,
  shared: Map<string, Answer | null>,
  lastOne: 'yes' | 'no',
  first?: string,
): Promise<Outcome | undefined> {
  const { id } = going.note.head;
  const each = eachKeys(needs.sitting.template);
  const said = safetyFact(needs.moments, going.note.head.with);
  const facts: Answers = { ...going.facts, ...needs.facts, ...said, last_one: lastOne };
  const inShared = (key: string): string => sharedKey(key, id, each);
  const put = (state: State): void => {
    // Words typed at a list that a text has taken up are gone from here too.
    for (const key of shared.keys()) {
      const own = key.replace(`@${id}`, '');
      if (isLooseKey(key) && !own.includes('@') && !state.has(own)) shared.delete(key);
    }
    for (const [key, answer] of state) shared.set(inShared(key), answer);
  };
  let sitting: Sitting = {
    ...needs.sitting,
    facts,
    with: going.note.head.with,
    ask: needs.askOf(going),
    keeps: (state, half) => {
      put(state);
      if (needs.prompter === undefined) return undefined;
      return keepDraft(sitting, shared, half && { ...half, key: inShared(half.key) });
    },
  };
  const half = needs.draft?.half?.key.replace(`@${id}`, '');
  let again = first ?? (half !== undefined && stateOf(shared, id, each).has(half) ? half : undefined);
  for (let state = stateOf(shared, id, each); ;) {
    const outcome = await hold(sitting, state, again);
    again = undefined;
    put(outcome.state);
    if (outcome.how === 'help' && needs.prompter === undefined) {
      sitting = await passHelp(sitting);
      state = outcome.state;
      continue;
    }
    if (outcome.how === 'help') {
      await stopForHelp(sitting, shared);
      return undefined;
    }
    if (outcome.how !== 'open') return outcome;
    // The note that is kept apart is one of its own: the moment stays as it is.
    const before: Outcome = { ...outcome, path: [], answers: {} };
    const from: Sitting = { ...sitting, id: makeId(sitting.world.chance) };
    const ended = await askSafety(from, before, { prompter: needs.prompter, sharesDraft: false });
    if (ended.is === 'saved') sitting.world.out.line(ended.path);
    if (ended.is === 'dropped') sitting.store.drafts.drop(sitting.id);
    if (ended.is !== 'undone') return undefined;
    state = new Map([...takeBackLast(outcome, needs.prompter !== undefined), ...ended.texts]);
    for (const key of stateOf(shared, id, each).keys()) if (!state.has(key)) shared.delete(inShared(key));
    put(state);
  }
}

// Words typed at lists about a moment, under the keys that they have beside those about other moments.
function looseOf({ note }: Going, state: State, template: Template): Map<string, Answer | null> {
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
