import { problemWords } from '../../core/text/problem-words.ts';
import type { Day } from '../../core/dates/day.ts';
import type { Template } from '../../core/template/template.ts';
import { Problem } from '../../errors.ts';
import type { Draft, Prompter, Store, World } from '../../world/world.ts';
import { chooseMoment } from '../../cli/choose/choose-moment.ts';
import { offerDraft } from '../drafts/choose-draft.ts';
import { followUpFacts, momentWords } from '../continue/follow-up-facts.ts';
import { runSingle } from '../continue/run-about-one-note.ts';

/**
 * Asks first what became of a moment that was on the list, when there is one from before this session. Gives
 * false when the person stops there, or the run went on to people to reach or the safety sequence.
 */
export async function followUpFirst(
  world: World,
  store: Store,
  prompter: Prompter,
  session: Day,
): Promise<boolean> {
  const index = await store.scan();
  // What can't be changed here doesn't keep anybody from writing something new.
  const isPlanned = ({ head, path }: (typeof index.moments)[number]): boolean =>
    head.status === 'planned' && head.session < session && !store.isWronglyEncrypted(path);
  if (!index.moments.some(isPlanned)) return true;
  const template = await readable(world, prompter);
  if (template === undefined) return true;
  const begunIn = ({ about }: Draft): (typeof index.moments)[number] | undefined =>
    index.moments.find(one => one.head.id === about?.[0] && isPlanned(one));
  const draft = await offerDraft(world, store, prompter, {
    template: 'follow-up',
    only: one => begunIn(one) !== undefined,
  });
  const begun = draft && begunIn(draft);
  const moment =
    begun ?? (await chooseMoment({ world, index, words: await momentWords(world), prompter }, isPlanned));
  if (moment === undefined) return true;
  prompter.say(world.words('follow_up.about', { title: moment.head.title ?? moment.head.id }));
  const result = await runSingle({
    world,
    store,
    moment,
    moments: index.moments,
    draft,
    template,
    facts: currentNote => ({ ...followUpFacts(currentNote), from_reflect: 'yes' }),
    from: prompter,
  });
  if (result === undefined) return false;
  if (result.change !== undefined) world.out.line(moment.path);
  return result.answers['anything_new'] !== 'stop';
}

// A mistake in what the person adds to it is said, and doesn't keep anybody from writing something new
// either.
async function readable({ templates, words }: World, prompter: Prompter): Promise<Template | undefined> {
  try {
    return await templates.sequence('follow-up');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    prompter.say(problemWords(words, error).join('\n'));
    return undefined;
  }
}
