import { Exit } from '../../errors.ts';
import { openAnswers, readAnswersFor } from '../../sessions/session/answers-file.ts';
import { momentFor } from '../../cli/choose/choose-moment.ts';
import { offerDraft } from '../../sessions/drafts/choose-draft.ts';
import { followUpFacts, momentWords, wasPlanned } from '../../sessions/continue/follow-up-facts.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { runSingle } from '../../sessions/continue/run-about-one-note.ts';
import type { World } from '../../world/world.ts';

export interface FollowUpOptions {
  readonly answers?: string;
}

/**
 * After a session, records whether a moment came up, what happened, and what comes next. Prints the path of
 * the changed file. `typed` is an id or words of a title; if it is empty, the person chooses.
 */
export async function followUp(
  world: World,
  typed: readonly string[],
  options: FollowUpOptions,
): Promise<Exit> {
  const named = typed.length === 0 ? undefined : typed.join(' ');
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  const index = await store.scan();
  tellLeftOut(world, index);
  const template = await world.templates.sequence('follow-up');
  const words = await momentWords(world);
  const fromFile = answers && (await readAnswersFor(world, answers, 'follow-up', ['moment']));
  const prompter = fromFile === undefined ? await world.openPrompter() : undefined;
  try {
    const resumes = prompter !== undefined && named === undefined;
    const draft = resumes ? await offerDraft(world, store, prompter, { template: 'follow-up' }) : undefined;
    const reference = { named: named ?? fromFile?.named['moment'], drafted: draft?.about?.[0] };
    const moment = await momentFor({ world, index, words, prompter }, reference);
    if (moment === undefined) return Exit.done;
    const say = prompter === undefined ? world.messages.say : prompter.say;
    say(world.words('prep.about', { title: moment.head.title ?? moment.head.id }));
    if (!wasPlanned(moment.head)) say(world.words('follow_up.not_planned'));
    await store.prepare();
    const result = await runSingle({
      world,
      store,
      moment,
      moments: index.moments,
      draft,
      template,
      facts: followUpFacts,
      from: prompter ?? fromFile?.answers ?? {},
    });
    if (result?.change !== undefined) world.out.line(moment.path);
    return Exit.done;
  } finally {
    prompter?.close();
  }
}
