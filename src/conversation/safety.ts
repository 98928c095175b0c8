import { holds } from '../core/condition.ts';
import type { Outcome } from '../core/interview.ts';
import type { AskStep } from '../core/template.ts';
import { walk } from '../core/walk.ts';
import type { State } from '../core/walk.ts';
import { Cancelled } from '../errors.ts';
import type { NewReflection } from '../core/reflection.ts';
import { composeFrom, elsewhere } from './composing.ts';
import type { Sitting } from './sitting.ts';
import { hold } from './sitting.ts';

export type Apart = { readonly is: 'kept'; readonly path: string } | { readonly is: 'undone'; readonly texts: State };

/**
 * Keeps what was said so far as a note of its own, kept apart, before anything else is shown; then asks what would help now. Every
 * answer is written into that note at once. "It wasn't that kind of thing" takes the note back and the sitting goes on.
 */
export async function keepApart(from: Sitting, before: Outcome): Promise<Apart> {
  const { world, store } = from;
  const template = await world.templates.sequence(before.opens ?? 'safety');
  const sitting: Sitting = { ...from, template };
  const noteOf = (after: Pick<Outcome, 'path' | 'answers'>): NewReflection =>
    composeFrom(from, { state: before.state, path: [...before.path, ...after.path], answers: { ...before.answers, ...after.answers } }, 'set-aside');

  const path = await store.add(noteOf({ path: [], answers: {} }));
  let text = (await store.read(path)).text;
  from.store.drafts.drop(from.id);
  const close = async (say: (text: string) => void): Promise<void> => {
    const known = { answers: { status: 'set-aside' }, asked: new Set<string>() };
    const closing = (await world.templates.closings()).find(({ when }) => holds(when, known));
    if (closing !== undefined) say(closing.words);
    say(world.words('conversation.apart_where'));
  };
  const outcome = await hold({ ...sitting, timed: false, keeps: async (state, half) => {
    // A note that is still being typed, and what is ticked, go in as far as they are.
    const asked = template.steps.find((step): step is AskStep => step.is === 'ask' && step.key === half?.key.replace(/#.*$/, ''));
    const soFar = new Map(state);
    if (half !== undefined && asked?.question.kind === 'text') soFar.set(half.key, half.text);
    if (half !== undefined && half.text !== '' && asked?.question.kind === 'multi') soFar.set(half.key, half.text.split('\n'));
    const { path: steps, known } = walk({ template, facts: {}, state: soFar, minutes: 0, hidden: [] });
    text = await store.replace(path, noteOf({ path: steps, answers: known.answers }), text);
  } }, new Map()).catch(async (error: unknown) => {
    // Ended here, the note is there all the same.
    if (error instanceof Cancelled) await close(world.talk.say);
    throw error;
  });
  if (outcome.how === 'undo') {
    // The draft is back before the note goes, with what was typed there.
    const texts = outcome.path.flatMap(({ key, step, answer }) => (step.question.kind === 'text' && answer !== null ? [[`${template.name}${elsewhere}${key}`, answer] as const] : []));
    await from.keeps?.(new Map([...before.state, ...texts]));
    await store.takeBack(path, text);
    return { is: 'undone', texts: new Map(texts) };
  }
  await close(from.say);
  return { is: 'kept', path };
}
