import { Exit } from '../errors.ts';
import { readAnswersFor } from '../conversation/answers.ts';
import { chooseMoment } from '../conversation/choose-moment.ts';
import { offerDraft } from '../conversation/draft-choice.ts';
import { tellLeftOut } from '../conversation/left-out.ts';
import { runSingle } from '../conversation/single-run.ts';
import type { World } from '../world.ts';

export interface LetGoOptions {
  readonly answers?: string;
}

/** Puts a moment down, or lets it rest until a day. Standard output gets the path of its file. */
export async function letGo(world: World, id: string | undefined, options: LetGoOptions): Promise<Exit> {
  const store = await world.openStore();
  const shelf = await store.shelf();
  tellLeftOut(world, shelf);
  const template = await world.templates.sequence('let-go');
  const told = options.answers === undefined ? undefined : await readAnswersFor(world, options.answers, 'let-go', ['moment']);
  const prompter = told === undefined ? await world.openPrompter() : undefined;
  try {
    const draft = prompter === undefined || id !== undefined ? undefined : await offerDraft(world, store, prompter, 'let-go');
    const moment = await chooseMoment(world, shelf, id ?? told?.named['moment'] ?? draft?.about?.[0], world.words('continuing.which_let_go'), prompter);
    const say = prompter === undefined ? world.talk.say : prompter.say;
    if (moment === undefined) {
      say(world.words('summary.nothing'));
      return Exit.done;
    }
    store.prepare();
    say(world.words('prep.about', { title: moment.head.title ?? moment.head.id }));
    // Naming it in a file is being ready, unless the file says no.
    const result = await runSingle({ world, store, moment, draft, template, facts: () => ({}), from: prompter ?? { ready: true, ...told?.answers } });
    const rests = result?.change?.front['rest_until'];
    if (typeof rests === 'string') say(world.words('note.resting_until', { id: moment.head.id, day: rests }));
    if (result?.change !== undefined) world.out.line(moment.path);
    return Exit.done;
  } finally {
    prompter?.close();
  }
}
