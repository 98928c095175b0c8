import { Exit } from '../errors.ts';
import { openAnswers, readAnswersFor } from '../conversation/answers.ts';
import { momentFor } from '../conversation/choose-moment.ts';
import { offerDraft } from '../conversation/draft-choice.ts';
import { followUpFacts, momentWords, wasPlanned } from '../conversation/follow-up-facts.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import { runSingle } from '../conversation/single-run.ts';
import type { World } from '../world.ts';

export interface FollowUpOptions {
  readonly answers?: string;
}

/**
 * After a moment came up, or didn't: records what happened, and what is next. Standard output gets the path
 * of its file.
 */
export async function followUp(
  world: World,
  typed: readonly string[],
  options: FollowUpOptions,
): Promise<Exit> {
  const named = typed.length === 0 ? undefined : typed.join(' ');
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  const shelf = await store.shelf();
  tellLeftOut(world, shelf);
  const template = await world.templates.sequence('follow-up');
  const words = await momentWords(world);
  const told = answers && (await readAnswersFor(world, answers, 'follow-up', ['moment']));
  const prompter = told === undefined ? await world.openPrompter() : undefined;
  try {
    const resumes = prompter !== undefined && named === undefined;
    const draft = resumes ? await offerDraft(world, store, prompter, 'follow-up') : undefined;
    const meant = { named: named ?? told?.named['moment'], drafted: draft?.about?.[0] };
    const moment = await momentFor(world, shelf, meant, words, prompter);
    if (moment === undefined) return Exit.done;
    const say = prompter === undefined ? world.talk.say : prompter.say;
    say(world.words('prep.about', { title: moment.head.title ?? moment.head.id }));
    if (!wasPlanned(moment.head)) say(world.words('follow_up.not_planned'));
    await store.prepare();
    const result = await runSingle({
      world,
      store,
      moment,
      moments: shelf.moments,
      draft,
      template,
      facts: followUpFacts,
      from: prompter ?? told?.answers ?? {},
    });
    if (result?.change !== undefined) world.out.line(moment.path);
    return Exit.done;
  } finally {
    prompter?.close();
  }
}
