import { Exit } from '../errors.ts';
import { openAnswers, readAnswersFor } from '../conversation/answers.ts';
import { momentFor } from '../conversation/choose-moment.ts';
import { offerDraft } from '../conversation/draft-choice.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import { runSingle } from '../conversation/single-run.ts';
import type { World } from '../world.ts';

export interface LetGoOptions {
  readonly answers?: string;
}

/** Lets a moment go, or hides it until a day. Standard output gets the path of its file. */
export async function letGo(world: World, typed: readonly string[], options: LetGoOptions): Promise<Exit> {
  const named = typed.length === 0 ? undefined : typed.join(' ');
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  const shelf = await store.shelf();
  tellLeftOut(world, shelf);
  const template = await world.templates.sequence('let-go');
  const told = answers && (await readAnswersFor(world, answers, 'let-go', ['moment']));
  const prompter = told === undefined ? await world.openPrompter() : undefined;
  try {
    const resumes = prompter !== undefined && named === undefined;
    const draft = resumes ? await offerDraft(world, store, prompter, 'let-go') : undefined;
    const meant = { named: named ?? told?.named['moment'], drafted: draft?.about?.[0] };
    const moment = await momentFor(world, shelf, meant, world.words('continuing.which_let_go'), prompter);
    if (moment === undefined) return Exit.done;
    const say = prompter === undefined ? world.talk.say : prompter.say;
    await store.prepare();
    say(world.words('prep.about', { title: moment.head.title ?? moment.head.id }));
    // Naming it in a file is being ready, unless the file says no.
    const result = await runSingle({
      world,
      store,
      moment,
      moments: shelf.moments,
      draft,
      template,
      facts: () => ({}),
      from: prompter ?? { ready: true, ...told?.answers },
    });
    if (result?.change !== undefined) world.out.line(moment.path);
    return Exit.done;
  } finally {
    prompter?.close();
  }
}
