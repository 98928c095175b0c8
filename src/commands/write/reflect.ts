import { momentFor } from '../../cli/choose/choose-moment.ts';
import { Exit } from '../../errors.ts';
import { firstRun } from '../../sessions/reflect/first-run.ts';
import { namingDraft } from '../../sessions/drafts/name-draft-on-error.ts';
import { chooseDraft, reflectionDrafts, refuseDamaged } from '../../sessions/drafts/choose-draft.ts';
import { askFile, askPerson, recallOf, tellUnasked } from '../../sessions/session/ask-question.ts';
import { openAnswers, readAnswers } from '../../sessions/session/answers-file.ts';
import type { GivenAnswers } from '../../sessions/session/answers-file.ts';
import { textsOffTheWay } from '../../sessions/session/compose-note.ts';
import { givenTexts } from '../../sessions/session/texts-from-answers-file.ts';
import { openSafetyFact } from '../../sessions/safety/earlier-safety.ts';
import { addedTo, stateOfNote, timesToday } from '../../sessions/reflect/add-more.ts';
import { followUpFirst } from '../../sessions/reflect/follow-up-first.ts';
import { runReflection, skipUntilMore } from '../../sessions/reflect/run-reflection.ts';
import { earlierOptions, saveDraft } from '../../sessions/session/session.ts';
import type { InterviewSession } from '../../sessions/session/session.ts';
import { echoDay, sessionDay } from '../../cli/options/day-flags.ts';
import { refuseTogether } from '../../cli/options/reflect-options.ts';
import type { ReflectOptions } from '../../cli/options/reflect-options.ts';
import { saveOrphanedTexts, refuseWithoutTemplate, resumeState } from '../../sessions/drafts/resume-draft.ts';
import { makeId } from '../../core/notes/id.ts';
import type { State } from '../../core/interview/next-step.ts';
import type { Draft, Prompter, Store, World } from '../../world/world.ts';

/** Asks about a moment after a session and keeps it; standard output gets the path of the file. */
export async function reflect(world: World, options: ReflectOptions): Promise<Exit> {
  refuseTogether(options);
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  if (options.discard === true) return discardDraft(world, store);
  if (answers !== undefined) return answerFromFile(world, store, answers, options);

  // What the flags ask for is checked before anything is said or made.
  await begin(world, store, options, undefined);
  const prompter = await world.openPrompter();
  try {
    if (!(await firstRun(world, store, world.interactive ? prompter : undefined))) return Exit.done;
    await store.prepare();
    for (const path of store.editing.leftOver())
      prompter.say(world.words('conversation.editor_left', { path }));
    if (options.more !== undefined) return await addMore(world, store, prompter, options);
    const choice = await chooseDraft(world, store, prompter, options.resume === true);
    if (choice.is === 'stop') return Exit.done;
    const draft = choice.is === 'resume' ? choice.draft : undefined;
    if (draft !== undefined) await refuseWithoutTemplate(world, store, draft);
    // Something new is written without the passphrase.
    if (
      draft === undefined &&
      world.interactive &&
      !store.isLocked() &&
      options.template === undefined &&
      !(await followUpFirst(world, store, prompter, sessionDay(world, options.date, undefined)))
    )
      return Exit.done;
    return await (draft?.about === undefined
      ? sit(world, store, prompter, options, draft)
      : addMore(world, store, prompter, options, draft));
  } finally {
    prompter.close();
  }
}

async function sit(
  world: World,
  store: Store,
  prompter: Prompter,
  options: ReflectOptions,
  draft: Draft | undefined,
): Promise<Exit> {
  const begun = await begin(world, store, options, draft);
  echoDay(world, options.date, begun.session);
  const sitting: InterviewSession = {
    ...begun,
    partialText: draft?.half,
    ask: askPerson(world, prompter, {
      earlier: () => earlierOptions(world, store),
      half: draft?.half,
      recall: recallOf(world, prompter, draft),
    }),
    say: prompter.say,
    show: prompter.show,
    timed: world.interactive,
    saveDraft: (state, half) => saveDraft(sitting, state, half),
  };
  const state: State = draft === undefined ? new Map() : resumeState(draft, sitting.template);
  if (draft !== undefined) await saveOrphanedTexts(world, store, draft, sitting.template, state);
  return withDraftNamed(world, sitting, () =>
    finish(world, sitting, state, prompter, partialKey(draft, state)),
  );
}

function withDraftNamed(
  world: World,
  { store, id }: InterviewSession,
  work: () => Promise<Exit>,
): Promise<Exit> {
  const { words } = world;
  return namingDraft(
    {
      world,
      store,
      id,
      atTerminal: words('conversation.draft_kept'),
      inPipe: words('conversation.draft_in_pipe'),
    },
    work,
  );
}

// Goes on with a moment that was kept in the quick mode; its file gets what is added.
async function addMore(
  world: World,
  store: Store,
  prompter: Prompter,
  options: ReflectOptions,
  draft?: Draft,
): Promise<Exit> {
  const index = await store.scan();
  const named = typeof options.more === 'string' ? options.more : 'last';
  const meant = draft === undefined ? { named } : { drafted: draft.about?.[0] };
  const moment = await momentFor(world, index, meant, world.words('note.which.more'), prompter);
  if (moment === undefined) return Exit.done;
  const { path } = moment;
  store.refuseWronglyEncrypted(path);
  const note = await store.read(path);
  const begun = await begin(world, store, { ...options, full: true, quick: undefined }, draft);
  const held = await stateOfNote(world, begun.template, note);
  if (timesToday(world, note) >= 2) prompter.say(world.words('conversation.third_time'));
  prompter.say(world.words('prep.about', { title: note.head.title ?? note.head.id }));
  const sitting: InterviewSession = {
    ...begun,
    session: note.head.session,
    with: note.head.with,
    about: [note.head.id],
    safetyFact: openSafetyFact(world, store, note.head.with),
    partialText: draft?.half,
    ask: askPerson(world, prompter, {
      earlier: () => earlierOptions(world, store),
      half: draft?.half,
      recall: recallOf(world, prompter, draft),
    }),
    say: prompter.say,
    show: prompter.show,
    timed: world.interactive,
    saveDraft: (state, half) => saveDraft(sitting, state, half),
    finish: async outcome => {
      const left = textsOffTheWay(world, begun.template, outcome);
      const added = addedTo(world, note, held, { ...outcome, left });
      if (added === undefined) return undefined;
      await store.revise(note.path, added, note.text);
      return note.path;
    },
  };
  const state = draft === undefined ? held : new Map([...held, ...resumeState(draft, begun.template)]);
  if (draft !== undefined)
    await saveOrphanedTexts(world, store, draft, begun.template, resumeState(draft, begun.template));
  return withDraftNamed(world, sitting, () =>
    finish(world, sitting, skipUntilMore(sitting.template, state), prompter, partialKey(draft, state)),
  );
}

async function answerFromFile(
  world: World,
  store: Store,
  given: GivenAnswers,
  options: ReflectOptions,
): Promise<Exit> {
  const begun = await begin(world, store, options, undefined);
  const answers = await readAnswers(world, given, begun.template, () => earlierOptions(world, store));
  await firstRun(world, store, undefined);
  await store.prepare();
  echoDay(world, options.date, begun.session);
  const asked = new Set<string>();
  const texts = await givenTexts(world, begun.template, answers);
  const sitting: InterviewSession = {
    ...begun,
    ask: askFile(answers, { asked }),
    say: world.messages.say,
    timed: false,
    given: texts,
    pagesShown: new Set(),
  };
  const exit = await finish(world, sitting, new Map(), undefined);
  tellUnasked(
    world,
    Object.keys(answers).filter(id => !asked.has(id)),
    texts.map(({ id }) => id),
  );
  return exit;
}

// An answer that was being changed comes first.
function partialKey(draft: Draft | undefined, state: State): string | undefined {
  return draft?.half !== undefined && state.has(draft.half.key) ? draft.half.key : undefined;
}

async function finish(
  world: World,
  sitting: InterviewSession,
  state: State,
  prompter: Prompter | undefined,
  first?: string,
): Promise<Exit> {
  const { path } = await runReflection(sitting, state, prompter, first);
  if (path !== undefined) world.out.line(path);
  return Exit.done;
}

async function templateOf(world: World, { template }: ReflectOptions, draft?: Draft): Promise<string> {
  if (template === undefined) return draft?.template ?? 'reflect';
  return (await import('../../cli/options/template-name.ts')).sequenceName(world, template);
}

type Begun = Pick<
  InterviewSession,
  'world' | 'store' | 'template' | 'id' | 'session' | 'with' | 'safetyFact' | 'mode' | 'startedMs'
>;

async function begin(
  world: World,
  store: Store,
  options: ReflectOptions,
  draft: Draft | undefined,
): Promise<Begun> {
  const therapist = options.with ?? draft?.with ?? world.settings.get('with');
  const chosen = options.full === true ? 'full' : options.quick === true ? 'quick' : undefined;
  return {
    world,
    store,
    template: await world.templates.sequence(await templateOf(world, options, draft)),
    id: draft?.id ?? makeId(world.random),
    session: sessionDay(world, options.date, draft?.session),
    with: therapist,
    safetyFact: openSafetyFact(world, store, therapist),
    mode: chosen ?? draft?.mode ?? world.settings.get('mode') ?? 'quick',
    startedMs: world.now().ms,
  };
}

async function discardDraft(world: World, store: Store): Promise<Exit> {
  const [newest] = await reflectionDrafts(store);
  if (newest === undefined) {
    await refuseDamaged(store);
    world.messages.say(world.words('conversation.drafts.none'));
    return Exit.done;
  }
  store.drafts.drop(newest.id);
  world.messages.say(world.words('conversation.drafts.discarded', { day: newest.session }));
  return Exit.done;
}
