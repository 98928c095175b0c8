import type { Answers } from '../core/answer.ts';
import { holds } from '../core/condition.ts';
import type { Outcome } from '../core/interview.ts';
import type { NewReflection } from '../core/reflection.ts';
import type { State } from '../core/walk.ts';
import type { Prompter } from '../world.ts';
import { helpNowPage } from './help-page.ts';
import { composeFrom } from './composing.ts';
import { decide, previewOf } from './preview.ts';
import { keepApart } from './safety.ts';
import type { Sitting } from './sitting.ts';
import { hold, keepDraft } from './sitting.ts';

/** What came of it: the path of what was kept, if anything was. */
export interface Kept {
  readonly path?: string;
}

/** Asks, shows what is about to be kept, keeps it, and closes. `prompter` is absent where nothing is asked (`--answers`). */
export async function runReflection(sitting: Sitting, start: State, prompter: Prompter | undefined): Promise<Kept> {
  let current = sitting;
  let state = start;
  let again: string | undefined;
  for (;;) {
    const outcome = await hold(current, state, again);
    again = undefined;
    state = outcome.state;
    if (outcome.how === 'open') {
      const kept = await keepApart(current, outcome);
      if (kept.is === 'kept') return { path: kept.path };
      state = takeBackLast(outcome, prompter !== undefined);
      continue;
    }
    if (outcome.how === 'help') return stopForHelp(current, state);
    if (outcome.how === 'input-ended' || outcome.how === 'later') return keepIfAny(current, outcome);
    if (outcome.how === 'keep' || prompter === undefined) return keep(current, outcome, outcome.how === 'keep' && prompter !== undefined);
    const note = composeFrom(current, outcome);
    const canAddMore = current.mode === 'quick' && current.template.moreFrom !== undefined && outcome.answers['sit'] !== 'fine';
    const decision = await decide(current.world, prompter, note, outcome.path, canAddMore);
    if (decision.is === 'keep') return keep(current, outcome, false);
    if (decision.is === 'drop') {
      current.store.drafts.drop(current.id);
      current.say(current.world.words('conversation.nothing_kept'));
      return {};
    }
    if (decision.is === 'change') again = decision.key;
    if (decision.is === 'more') {
      current = { ...current, mode: 'full' };
      state = skipUntil(current, state);
    }
  }
}

async function keep(sitting: Sitting, outcome: Outcome, shows: boolean): Promise<Kept> {
  const { world, store, id } = sitting;
  const note = composeFrom(sitting, outcome);
  if (shows) sitting.say(previewOf(world, note, outcome.path));
  const path = await store.add(note);
  store.drafts.drop(id);
  await close(sitting, note, outcome.answers);
  return { path };
}

async function keepIfAny(sitting: Sitting, outcome: Outcome): Promise<Kept> {
  if (outcome.path.some(({ step, answer }) => step.question.saved && answer !== null)) return keep(sitting, outcome, false);
  sitting.store.drafts.drop(sitting.id);
  sitting.say(sitting.world.words('conversation.nothing_answered'));
  return {};
}

async function stopForHelp(sitting: Sitting, state: State): Promise<Kept> {
  const { world } = sitting;
  keepDraft(sitting, state);
  const { inside } = await world.templates.helpNow();
  sitting.say(`${await helpNowPage(world)}\n\n${inside}`);
  return {};
}

async function close(sitting: Sitting, note: NewReflection, answers: Answers): Promise<void> {
  const { world, template } = sitting;
  const known = { answers: { ...answers, ...statusFact(note) }, asked: new Set<string>() };
  const closing = (await world.templates.closings()).find(({ when }) => holds(when, known));
  if (closing !== undefined) sitting.say(closing.words);
  const pointer = template.pointers.find(({ when }) => holds(when, known));
  if (pointer !== undefined) sitting.say(world.words('conversation.pointer', { page: pointer.learn }));
}

function statusFact(note: NewReflection): Answers {
  const status = note.front['status'];
  return typeof status === 'string' ? { status } : {};
}

// It wasn't that kind of thing: the question that led there comes again, with nothing chosen. Without a person it counts as skipped.
function takeBackLast({ state, path }: Outcome, comesAgain: boolean): State {
  const before = new Map(state);
  const last = path.at(-1);
  if (last === undefined) return before;
  if (comesAgain) before.delete(last.key);
  else before.set(last.key, null);
  return before;
}

// "Add more" goes on at one question: what stands before it and was not asked stays unasked.
function skipUntil({ template }: Sitting, state: State): State {
  const skipped = new Map(state);
  for (const step of template.steps) {
    if (step.is !== 'ask') continue;
    if (step.key === template.moreFrom) break;
    if (!skipped.has(step.key)) skipped.set(step.key, null);
  }
  return skipped;
}

