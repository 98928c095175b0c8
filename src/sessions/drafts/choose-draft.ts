import { titleOf } from '../../core/text/title.ts';
import { parseDay } from '../../core/dates/day.ts';
import { Exit, Problem } from '../../errors.ts';
import { longDay } from '../../report/text/dates.ts';
import type { Draft, Prompter, DraftsPort, ClockPort, WordsPort, InputPort } from '../../world/world.ts';
import { choice, isSure, option } from '../../cli/choose/preview-and-confirm.ts';

/** What the person chose: a new reflection, a draft to resume (claimed for this run), or neither. */
export type DraftChoice =
  | { readonly is: 'new' }
  | { readonly is: 'resume'; readonly draft: Draft }
  | { readonly is: 'stop' };

/**
 * Returns the drafts of reflections. Drafts of a preparation, a follow-up or letting go belong to their own
 * commands.
 */
export async function reflectionDrafts(store: DraftsPort): Promise<readonly Draft[]> {
  return (await store.drafts.list()).filter(
    ({ template }) => template !== 'prep' && template !== 'follow-up' && template !== 'let-go',
  );
}

/**
 * Offers to resume a draft of a reflection, each with its day and first words. Without a person at the
 * terminal it offers nothing and every draft stays; `resume` takes the newest draft without asking.
 */
export async function chooseDraft(
  world: ClockPort & WordsPort & InputPort,
  store: DraftsPort,
  prompter: Prompter,
  { resume }: { readonly resume: boolean },
): Promise<DraftChoice> {
  const { words } = world;
  // If nothing is offered, no draft has to be decrypted.
  if (!resume && !world.interactive) return { is: 'new' };
  const drafts = resume ? await reflectionDrafts(store) : await draftsIfUnlocked(world, store, prompter);
  if (!resume) return offerDrafts(world, store, prompter, drafts);
  const [newest] = drafts;
  if (newest === undefined) {
    await refuseDamaged(store);
    prompter.say(
      words((await store.drafts.countHeld()) > 0 ? 'conversation.drafts.held' : 'conversation.drafts.none'),
    );
    return { is: 'stop' };
  }
  if (!(await store.drafts.claim(newest.id))) return alreadyClaimed(world, prompter);
  prompter.say(words('conversation.drafts.going_on', { day: dayOf(newest, world) }));
  return { is: 'resume', draft: newest };
}

/**
 * Throws the Problem of an unreadable draft, if there is one, for a person who asked for a draft that isn't
 * found.
 */
export async function refuseDamaged(store: DraftsPort): Promise<void> {
  const [damaged] = await store.drafts.damaged();
  if (damaged !== undefined) throw new Problem(damaged.key, damaged.params);
}

// A person without the passphrase at hand can still write something new; the drafts wait.
async function draftsIfUnlocked(
  { words }: WordsPort,
  store: DraftsPort,
  prompter: Prompter,
): Promise<readonly Draft[]> {
  try {
    return await reflectionDrafts(store);
  } catch (error) {
    if (!(error instanceof Problem) || error.exit !== Exit.locked) throw error;
    prompter.say(words('conversation.drafts.locked', { n: store.drafts.count() }));
    return [];
  }
}

/** Which drafts to offer. */
export interface WantedDraft {
  /** The name of the sequence that the drafts belong to. */
  readonly template: string;
  readonly only?: (draft: Draft) => boolean;
}

/**
 * Offers to resume a draft of a sequence about existing notes; `only` picks the drafts. Returns undefined if
 * the person wants to start a new one.
 */
export async function offerDraft(
  world: ClockPort & WordsPort & InputPort,
  store: DraftsPort,
  prompter: Prompter,
  { template, only = () => true }: WantedDraft,
): Promise<Draft | undefined> {
  const chosen = await offerDrafts(
    world,
    store,
    prompter,
    world.interactive
      ? (await store.drafts.list()).filter(draft => draft.template === template && only(draft))
      : [],
  );
  return chosen.is === 'resume' ? chosen.draft : undefined;
}

async function offerDrafts(
  world: ClockPort & WordsPort & InputPort,
  store: DraftsPort,
  prompter: Prompter,
  drafts: readonly Draft[],
): Promise<DraftChoice> {
  const { words } = world;
  if (drafts.length === 0 || !world.interactive) return { is: 'new' };
  const response = await prompter.ask(
    choice('draft', words('conversation.drafts.ask', { n: drafts.length }), [
      ...drafts.map(draft => option(draft.id, labelOf(draft, world))),
      option('new', words('conversation.drafts.new')),
      option('discard', words('conversation.drafts.discard', { n: drafts.length })),
    ]),
  );
  if (response.is === 'finish') return { is: 'stop' };
  const chosen = response.is === 'answer' ? response.answer : 'new';
  if (chosen === 'discard' && !(await isSure(world, prompter)))
    return offerDrafts(world, store, prompter, drafts);
  if (chosen === 'discard') {
    for (const draft of drafts) {
      store.drafts.drop(draft.id);
      prompter.say(words('conversation.drafts.discarded', { day: dayOf(draft, world) }));
    }
    return { is: 'new' };
  }
  const draft = drafts.find(({ id }) => id === chosen);
  if (draft === undefined) return { is: 'new' };
  return (await store.drafts.claim(draft.id)) ? { is: 'resume', draft } : alreadyClaimed(world, prompter);
}

// Another terminal has claimed the draft: with two runs on one draft, the words of one of them would be lost.
function alreadyClaimed({ words }: WordsPort, prompter: Prompter): DraftChoice {
  prompter.say(words('conversation.drafts.held'));
  return { is: 'stop' };
}

function labelOf(draft: Draft, world: ClockPort & WordsPort): string {
  const texts = [...Object.values(draft.answers), draft.half?.text].filter(
    (answer): answer is string => typeof answer === 'string' && answer.includes(' '),
  );
  const first = texts.map(text => titleOf(text)).find(title => title !== undefined);
  const day = dayOf(draft, world);
  return first === undefined
    ? world.words('conversation.drafts.go_on_wordless', { day })
    : world.words('conversation.drafts.go_on', { day, words: first });
}

function dayOf(draft: Draft, world: ClockPort & WordsPort): string {
  const day = parseDay(draft.session);
  return day === undefined ? draft.session : longDay(day, world.now().day, world.words);
}
