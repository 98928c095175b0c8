import { problemWords } from '../../core/text/problem-words.ts';
import type { Day } from '../../core/dates/day.ts';
import type { Template } from '../../core/template/template.ts';
import { Problem } from '../../errors.ts';
import type { Draft, Prompter, Store, World, WordsPort, TemplatesPort } from '../../world/world.ts';
import { chooseMoment } from '../../cli/choose/choose-moment.ts';
import { offerDraft } from '../drafts/choose-draft.ts';
import { followUpFacts, momentWords } from '../continue/follow-up-facts.ts';
import { runSingle } from '../continue/run-about-one-note.ts';

/**
 * Asks what became of a planned note from before this session, if there is one, before a reflection begins.
 * Resolves to false if the person stops there, or if the follow-up ended at the help page or in the safety
 * sequence.
 */
export async function followUpFirst(
  world: World,
  store: Store,
  prompter: Prompter,
  session: Day,
): Promise<boolean> {
  const index = await store.scan();
  // Notes that can't be changed must not keep anybody from writing something new.
  const isPlanned = ({ head, path }: (typeof index.moments)[number]): boolean =>
    head.status === 'planned' && head.session < session && !store.isWronglyEncrypted(path);
  if (!index.moments.some(isPlanned)) return true;
  const template = await loadTemplate(world, prompter);
  if (template === undefined) return true;
  const noteOfDraft = ({ about }: Draft): (typeof index.moments)[number] | undefined =>
    index.moments.find(note => note.head.id === about?.[0] && isPlanned(note));
  const draft = await offerDraft(world, store, prompter, {
    template: 'follow-up',
    only: candidate => noteOfDraft(candidate) !== undefined,
  });
  const draftNote = draft && noteOfDraft(draft);
  const moment =
    draftNote ?? (await chooseMoment({ world, index, words: await momentWords(world), prompter }, isPlanned));
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

// Reports a mistake in the person's own part of the sequence; it must not keep anybody from writing something
// new either.
async function loadTemplate(
  { templates, words }: WordsPort & TemplatesPort,
  prompter: Prompter,
): Promise<Template | undefined> {
  try {
    return await templates.sequence('follow-up');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    prompter.say(problemWords(words, error).join('\n'));
    return undefined;
  }
}
