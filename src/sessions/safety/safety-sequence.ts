import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Answer } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import { splitPartialList } from '../../core/template/partial-list.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { isLooseKey, addLooseWords } from '../../core/interview/loose-words.ts';
import type { NewReflection } from '../../core/notes/reflection.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import type { Draft, Prompter, ClockPort, WordsPort, OutputPort } from '../../world/world.ts';
import { composeFrom, elsewhere, skippedTexts } from '../session/compose-note.ts';
import { listenForWords } from '../session/listen-for-words.ts';
import { choice, option, previewOf } from '../../cli/choose/preview-and-confirm.ts';
import { draftOf, runInterview } from '../session/session.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from '../session/interview-session.ts';

/** How a safety sequence ended. */
export type SafetyEnd =
  | { readonly is: 'saved'; readonly path: string }
  /** The person wanted nothing saved: no note and no draft is left. */
  | { readonly is: 'dropped' }
  /** The person took the answer back that led here; `texts` is what they typed. */
  | { readonly is: 'undone'; readonly texts: State };

/** What the safety sequence needs in addition to the session that it was opened from. */
export interface SafetyNeeds {
  /** Undefined if nobody answers in person: then what a file of answers says is saved. */
  readonly prompter: Prompter | undefined;
  /** False if the session is about an existing note: then the safety sequence has a draft of its own. */
  readonly sharesDraft: boolean;
}

/**
 * Asks what happened and what would help now, then asks once whether to save it as a separate note, set
 * aside. Until then only a draft is on disk, so that ending the program in the middle loses nothing; `rupture
 * reflect` resumes it.
 */
export async function askSafety(
  from: InterviewSession,
  before: InterviewResult,
  needs: SafetyNeeds,
): Promise<SafetyEnd> {
  const { world, store } = from;
  const { prompter } = needs;
  const template = await world.templates.sequence(before.opens ?? 'safety');
  const saveDraft = (state: State, partialText?: Draft['half']): Promise<void> => {
    const answers = inDraft(withHalfTyped(state, partialText, template), template);
    const draft = needs.sharesDraft ? sharedDraft(from, before, answers) : ownDraft(from, answers);
    return store.drafts.save(draft);
  };
  try {
    if (prompter !== undefined) await saveDraft(new Map());
    const session: InterviewSession = { ...from, template, timed: false, saveDraft: prompter && saveDraft };
    let state = fromDraft(before.state, template);
    for (let changedKey: string | undefined; ;) {
      const outcome = await runInterview(session, state, changedKey);
      if (outcome.endReason === 'undo')
        return await goBack(from, before, needs, typedTexts(outcome, template));
      const last = outcome.trail.at(-1)?.key;
      const wholeTrail = [...before.trail, ...outcome.trail];
      const shown: Shown = {
        note: noteOf(from, before, outcome, template),
        trail: wholeTrail,
        canGoBack: last !== undefined,
      };
      const listened =
        prompter &&
        (await listenForWords({ prompter, state: outcome.state, saveDraft }, listening =>
          askToSave(world, listening, shown),
        ));
      const withWords = { ...outcome, state: listened?.state ?? outcome.state };
      if (listened?.value === 'back') {
        [state, changedKey] = [withWords.state, last];
        continue;
      }
      if (listened?.value === 'drop') {
        store.drafts.drop(from.id);
        from.say(world.words('conversation.apart.dropped'));
        return { is: 'dropped' };
      }
      const path = await store.add(noteOf(from, before, withWords, template));
      store.drafts.drop(from.id);
      await sayClosing(from);
      return { is: 'saved', path };
    }
  } catch (error) {
    const isLeft = !needs.sharesDraft && store.drafts.has(from.id);
    if (isLeft) world.messages.say(world.words('conversation.draft_kept'));
    throw error;
  }
}

/** Returns the note that the answers before the safety sequence and in it make. */
function noteOf(
  from: InterviewSession,
  before: InterviewResult,
  after: InterviewResult,
  template: Template,
): NewReflection {
  const prefix = `${template.name}${elsewhere}`;
  const state = new Map([...before.state].filter(([key]) => !key.startsWith(prefix)));
  const answers = { ...before.answers, ...after.answers };
  const note = composeFrom(from, { state, trail: [...before.trail, ...after.trail], answers }, 'set-aside');
  const isThere = (text: string): boolean => note.sections.some(section => section.text === text);
  const missing = skippedTexts(from.world, template, after).filter(({ text }) => !isThere(text));
  return missing.length === 0 ? note : { ...note, sections: [...note.sections, ...missing] };
}

// Saves the typed texts in the draft of the session that led here, before that session goes on.
async function goBack(
  from: InterviewSession,
  before: InterviewResult,
  needs: SafetyNeeds,
  texts: State,
): Promise<SafetyEnd> {
  await from.saveDraft?.(new Map([...before.state, ...texts]));
  if (!needs.sharesDraft) from.store.drafts.drop(from.id);
  return { is: 'undone', texts };
}

interface Shown {
  readonly note: NewReflection;
  readonly trail: InterviewResult['trail'];
  readonly canGoBack: boolean;
}

/** Shows the note and asks whether to save it. The end of the input saves, so that nothing typed is lost. */
async function askToSave(
  world: ClockPort & WordsPort & OutputPort,
  prompter: Prompter,
  { note, trail, canGoBack }: Shown,
): Promise<'keep' | 'drop' | 'back'> {
  const { words } = world;
  prompter.say(previewOf(world, note, trail));
  const options = ['keep', 'drop'].map(key => option(key, words(`conversation.apart.${key}`)));
  const question = choice('apart', words('conversation.apart.ask'), options);
  const hint = words('conversation.apart.hint');
  const response = await prompter.ask({ ...question, hint, given: 'keep', canGoBack });
  if (response.is === 'back') return 'back';
  return response.is === 'answer' && response.answer === 'drop' ? 'drop' : 'keep';
}

async function sayClosing({ world, say }: InterviewSession): Promise<void> {
  const known = { answers: { status: 'set-aside' }, asked: new Set<string>() };
  const closing = (await world.templates.closings()).find(({ when }) => holds(when, known));
  if (closing !== undefined) say(closing.words);
  say(world.words('conversation.apart_where'));
}

// Includes the answer that opened the sequence, so that resuming leads straight back into it.
function sharedDraft(from: InterviewSession, before: InterviewResult, answers: State): Draft {
  const opened = before.trail.filter(({ step }) => step.question.safety);
  const draft = draftOf(from, before.state);
  const all = [...opened.map(({ key, answer }) => [key, answer] as const), ...answers];
  return { ...draft, answers: { ...draft.answers, ...Object.fromEntries(all) } };
}

// Has the form of a reflection that began with "something not okay happened".
function ownDraft(from: InterviewSession, answers: State): Draft {
  const draft = draftOf({ ...from, about: undefined }, new Map());
  const safetyAnswers = { sit: 'line', ...Object.fromEntries(answers) };
  return { ...draft, template: 'reflect', mode: 'quick', answers: safetyAnswers };
}

// Adds a half-typed text, the ticked options or the words typed at a list to the state.
function withHalfTyped(state: State, partialText: Draft['half'], template: Template): State {
  const question = partialText === undefined ? undefined : stepOf(template, partialText.key)?.question;
  if (partialText === undefined || partialText.text === '' || question === undefined) return state;
  const next = new Map(state);
  if (question.kind === 'text') return next.set(partialText.key, partialText.text);
  const { picks, words } = splitPartialList(partialText.text, question.options);
  const own = question.kind === 'multi' ? question.options.find(({ asksWords }) => asksWords) : undefined;
  if (own !== undefined && words !== '')
    return next.set(partialText.key, withOwnWords(picks, own.key, words));
  if (words !== '') addLooseWords(next, partialText.key, { is: 'finish', words });
  return question.kind === 'multi' && picks.length > 0 ? next.set(partialText.key, picks) : next;
}

// Attaches words typed at a list to the option that takes own words.
function withOwnWords(picks: readonly string[], key: string, words: string): readonly string[] {
  const before = picks.find(pick => keyOf(pick) === key);
  const own = before === undefined ? undefined : ownWords(before);
  const all = [own ?? '', words.replace(/\s+/g, ' ')].filter(Boolean);
  return [...picks.filter(pick => pick !== before), `${key}: ${all.join(' ')}`];
}

/**
 * Returns the answers of a sequence under the keys that they have in the draft of another sequence. A single
 * choice becomes a list of one option, because a plain text in a draft counts as typed and is never dropped.
 */
function inDraft(state: State, template: Template): State {
  return new Map(
    [...state].flatMap(([key, answer]) => {
      if (answer === null) return [];
      const isChoice = stepOf(template, key)?.question.kind === 'select' && typeof answer === 'string';
      return [[`${template.name}${elsewhere}${key}`, isChoice ? [answer] : answer] as const];
    }),
  );
}

/** Reverses `inDraft`: returns the answers of this sequence from the state of another one. */
function fromDraft(state: State, template: Template): State {
  const prefix = `${template.name}${elsewhere}`;
  return new Map(
    [...state].flatMap(([key, answer]): [string, Answer | null][] => {
      const own = key.slice(prefix.length);
      if (key.startsWith(prefix) && isLooseKey(own)) return [[own, answer]];
      const step = key.startsWith(prefix) ? stepOf(template, own) : undefined;
      if (step === undefined) return [];
      return [[own, step.question.kind === 'select' && Array.isArray(answer) ? String(answer[0]) : answer]];
    }),
  );
}

function typedTexts({ trail, state }: InterviewResult, template: Template): State {
  const typed = trail.filter(({ step }) => step.question.kind === 'text');
  const texts = new Map([...state].filter(([key]) => isLooseKey(key)));
  // Own words for an option were typed too.
  for (const { key, answer } of trail) {
    const own = (Array.isArray(answer) ? answer : []).flatMap((pick: string) => ownWords(pick) ?? []);
    if (own.length > 0) addLooseWords(texts, key, { is: 'finish', words: own.join('\n') });
  }
  return inDraft(new Map([...typed.map(({ key, answer }) => [key, answer] as const), ...texts]), template);
}
