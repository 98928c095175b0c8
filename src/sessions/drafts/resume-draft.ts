import type { Answer } from '../../core/notes/answer.ts';
import { stepOf } from '../../core/template/template.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import { Problem } from '../../errors.ts';
import { elsewhere } from '../session/compose-note.ts';
import type { Draft, Store, World } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';

/**
 * Gives the state that a draft holds. An answer that its question can't have any more (the template changed
 * meanwhile) is asked anew. A text that was half typed is not an answer yet: `halfOf` gives it as the
 * starting text of its question.
 */
export function resumeState(draft: Draft, template: Template): State {
  const state = new Map<string, Answer | null>();
  for (const [key, answer] of Object.entries(draft.answers)) {
    // Answered in another sequence, and carried along with this one.
    const isAnswer = typeof answer === 'string' || Array.isArray(answer);
    if (key.includes(elsewhere) && isAnswer) state.set(key, answer);
    const step = stepOf(template, key);
    if (step !== undefined && (answer === null || fits(step, answer))) state.set(key, answer);
  }
  return state;
}

/** Gives what a draft holds as texts, in its order: prose as it is, all else with its key. */
function textsOf(answers: Draft['answers'], partialText: Draft['half']): readonly string[] {
  const all = [
    ...Object.entries(answers),
    ...(partialText === undefined ? [] : [[partialText.key, partialText.text] as const]),
  ];
  return all.flatMap(([key, answer]) => (answer === null ? [] : withKey(key, answer)));
}

/** Whether a text that was half typed has a question still. */
function isHalfTaken({ key }: NonNullable<Draft['half']>, template: Template): boolean {
  return stepOf(template, key) !== undefined || key.includes(elsewhere);
}

/** What a draft was taken over into. */
export interface Resumed {
  readonly template: Template;
  readonly state: State;
}

/**
 * Keeps what a draft holds and its questions can't take over (they were changed meanwhile, by hand or by a
 * newer version) beside the notes, and says where: the first answer of this sitting writes the draft anew
 * without it.
 */
export async function saveOrphanedTexts(
  { words, messages: talk }: World,
  store: Store,
  draft: Draft,
  { template, state }: Resumed,
): Promise<void> {
  const { half: partialText, ...rest } = draft;
  const isTaken = partialText !== undefined && isHalfTaken(partialText, template);
  const left = Object.fromEntries(Object.entries(draft.answers).filter(([key]) => !state.has(key)));
  const texts = textsOf(left, isTaken ? undefined : partialText);
  if (texts.length === 0) return;
  const path = await store.saveConflictCopy(`${draft.session}-${draft.id}.md`, `${texts.join('\n\n')}\n`);
  await store.drafts.save({
    ...rest,
    answers: Object.fromEntries(state),
    ...(isTaken ? { half: partialText } : {}),
  });
  talk.say(words('conversation.drafts.left_texts', { path }));
}

/**
 * Where the sequence of a draft is gone, puts what the draft holds beside the notes and removes it. Throws a
 * Problem (exit 2) that says where it is.
 */
export async function refuseWithoutTemplate({ templates }: World, store: Store, draft: Draft): Promise<void> {
  try {
    await templates.sequence(draft.template);
  } catch (error) {
    if (!(error instanceof Problem) || error.key !== 'templates.unknown') throw error;
    const texts = textsOf(draft.answers, draft.half);
    if (texts.length === 0) throw error;
    const path = await store.saveConflictCopy(`${draft.session}-${draft.id}.md`, `${texts.join('\n\n')}\n`);
    store.drafts.drop(draft.id);
    const params = { name: draft.template, path };
    throw new Problem('conversation.draft-without-template', params, { exit: error.exit, cause: error });
  }
}

// A word or a number says little without the key of its question. Whether a word was typed can't be told.
function withKey(key: string, answer: Answer): readonly string[] {
  const text = Array.isArray(answer) ? answer.join(', ') : String(answer).trimEnd();
  if (text.trim() === '') return [];
  const isProse = typeof answer === 'string' && /\s/.test(text.trim());
  return [isProse ? text : `${key.replace(/[#@].*$/, '')}: ${text}`];
}

function fits({ question }: AskStep, answer: Answer): boolean {
  if (question.kind === 'multi') return Array.isArray(answer);
  if (question.kind === 'scale') return typeof answer === 'number' && answer >= 0 && answer <= 10;
  if (question.kind === 'confirm') return typeof answer === 'boolean';
  return typeof answer === 'string';
}
