import type { Answer } from '../core/answer.ts';
import { stepOf } from '../core/template.ts';
import type { AskStep, Template } from '../core/template.ts';
import type { State } from '../core/walk.ts';
import { elsewhere } from './composing.ts';
import type { Draft, Store, World } from '../world.ts';

/**
 * Gives the state that a draft holds. An answer that its question can't have any more (the template changed meanwhile) is asked
 * anew. A text that was half typed is not an answer yet: `halfOf` gives it as the starting text of its question.
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

/** Gives the texts of a draft that no question can take over any more, in the order of the draft. */
function leftTexts(draft: Draft, template: Template, state: State): readonly string[] {
  const { half } = draft;
  const typed = half === undefined || stepOf(template, half.key) !== undefined || half.key.includes(elsewhere) ? [] : [half.text];
  return [...Object.entries(draft.answers).flatMap(([key, answer]) => (state.has(key) ? [] : textsIn(answer))), ...typed].filter((text) => text.trim() !== '');
}

/**
 * Keeps what a draft holds and its questions can't take over (they were changed meanwhile, by hand or by a newer version) beside the notes, and says where:
 * the first answer of this sitting writes the draft anew without it.
 */
export async function keepLeft({ words, talk }: World, store: Store, draft: Draft, template: Template, state: State): Promise<void> {
  const texts = leftTexts(draft, template, state);
  if (texts.length === 0) return;
  const path = await store.keepAside(`${draft.session}-${draft.id}.md`, `${texts.join('\n\n')}\n`);
  const { half, ...rest } = draft;
  await store.drafts.keep({ ...rest, answers: Object.fromEntries(state), ...(half === undefined || texts.includes(half.text) ? {} : { half }) });
  talk.say(words('conversation.drafts.left_texts', { path }));
}

/** The words that a person has typed; a key that was chosen says nothing without its question. */
function textsIn(answer: Answer | null): readonly string[] {
  const all = answer === null || typeof answer !== 'object' ? [answer] : answer;
  return all.filter((one): one is string => typeof one === 'string' && /\s/.test(one.trim()));
}

function fits({ question }: AskStep, answer: Answer): boolean {
  if (question.kind === 'multi') return Array.isArray(answer);
  if (question.kind === 'scale') return typeof answer === 'number' && answer >= 0 && answer <= 10;
  if (question.kind === 'confirm') return typeof answer === 'boolean';
  return typeof answer === 'string';
}
