import { Exit } from '../../errors.ts';
import { openAnswers, readAnswersFor } from '../../sessions/session/answers-file.ts';
import { momentFor } from '../../cli/choose/choose-moment.ts';
import { offerDraft } from '../../sessions/drafts/choose-draft.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { runSingle } from '../../sessions/continue/run-about-one-note.ts';
import type { World } from '../../world/world.ts';

export interface LetGoOptions {
  readonly answers?: string;
}

/**
 * Lets a moment go, or rests it until a day. Prints the path of the changed file. `typed` is an id or words
 * of a title; if it is empty, the person chooses.
 */
export async function letGo(world: World, typed: readonly string[], options: LetGoOptions): Promise<Exit> {
  const named = typed.length === 0 ? undefined : typed.join(' ');
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  const index = await store.scan();
  tellLeftOut(world, index);
  const template = await world.templates.sequence('let-go');
  const fromFile = answers && (await readAnswersFor(world, answers, 'let-go', ['moment']));
  const prompter = fromFile === undefined ? await world.openPrompter() : undefined;
  try {
    const resumes = prompter !== undefined && named === undefined;
    const draft = resumes ? await offerDraft(world, store, prompter, { template: 'let-go' }) : undefined;
    const reference = { named: named ?? fromFile?.named['moment'], drafted: draft?.about?.[0] };
    const moment = await momentFor(
      { world, index: index, words: world.words('continuing.which_let_go'), prompter },
      reference,
    );
    if (moment === undefined) return Exit.done;
    const say = prompter === undefined ? world.messages.say : prompter.say;
    await store.prepare();
    say(world.words('prep.about', { title: moment.head.title ?? moment.head.id }));
    // A person who names the moment in an answers file is ready, unless the file says otherwise.
    const result = await runSingle({
      world,
      store,
      moment,
      moments: index.moments,
      draft,
      template,
      facts: () => ({}),
      from: prompter ?? { ready: true, ...fromFile?.answers },
    });
    if (result?.change !== undefined) world.out.line(moment.path);
    return Exit.done;
  } finally {
    prompter?.close();
  }
}
