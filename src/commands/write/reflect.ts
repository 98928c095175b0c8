import { momentFor } from '../../cli/choose/choose-moment.ts';
import { Exit } from '../../errors.ts';
import { firstRun } from '../../sessions/reflect/first-run.ts';
import { namingDraft } from '../../sessions/drafts/name-draft-on-error.ts';
import { chooseDraft, reflectionDrafts, refuseDamaged } from '../../sessions/drafts/choose-draft.ts';
import { askFile, askPerson, recallOf, tellUnasked } from '../../sessions/session/ask-question.ts';
import { openAnswers, readAnswers } from '../../sessions/session/answers-file.ts';
import type { GivenAnswers } from '../../sessions/session/answers-file.ts';
import { skippedTexts } from '../../sessions/session/compose-note.ts';
import { givenTexts } from '../../sessions/session/texts-from-answers-file.ts';
import { openSafetyFact } from '../../sessions/safety/earlier-safety.ts';
import { addedTo, stateOfNote, timesToday } from '../../sessions/reflect/add-more.ts';
import { followUpFirst } from '../../sessions/reflect/follow-up-first.ts';
import { runReflection, skipUntilMore } from '../../sessions/reflect/run-reflection.ts';
import { earlierOptions, saveDraft } from '../../sessions/session/session.ts';
import { echoDay, sessionDay } from '../../cli/options/day-flags.ts';
import { refuseTogether } from '../../cli/options/reflect-options.ts';
import type { ReflectOptions } from '../../cli/options/reflect-options.ts';
import { saveOrphanedTexts, refuseWithoutTemplate, resumeState } from '../../sessions/drafts/resume-draft.ts';
import { makeId } from '../../core/notes/id.ts';
import type { Draft, Prompter, Store, World } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from '../../sessions/session/interview-session.ts';

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
    const asking: Asking = { world, store, prompter, options };
    if (options.more !== undefined) return await addMore(asking);
    const choice = await chooseDraft(world, store, prompter, { resume: options.resume === true });
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
    return await (draft?.about === undefined ? sit(asking, draft) : addMore(asking, draft));
  } finally {
    prompter.close();
  }
}

/** What asking a person needs. */
interface Asking {
  readonly world: World;
  readonly store: Store;
  readonly prompter: Prompter;
  readonly options: ReflectOptions;
}

// How a person is asked, for a new note or for more in one that is there already.
function askedBy(
  { world, store, prompter }: Asking,
  draft: Draft | undefined,
): Pick<InterviewSession, 'partialText' | 'ask' | 'say' | 'show' | 'timed'> {
  const { say, show } = prompter;
  const ask = askPerson(world, prompter, {
    earlier: () => earlierOptions(world, store),
    half: draft?.half,
    recall: recallOf(world, prompter, draft),
  });
  return { partialText: draft?.half, ask, say, show, timed: world.interactive };
}

async function sit(asking: Asking, draft: Draft | undefined): Promise<Exit> {
  const { world, store, prompter, options } = asking;
  const begun = await begin(world, store, options, draft);
  echoDay(world, options.date, begun.session);
  const sitting: InterviewSession = {
    ...begun,
    ...askedBy(asking, draft),
    saveDraft: (state, half) => saveDraft(sitting, state, half),
  };
  const state: State = draft === undefined ? new Map() : resumeState(draft, sitting.template);
  if (draft !== undefined)
    await saveOrphanedTexts(world, store, draft, { template: sitting.template, state });
  return withDraftNamed(sitting, () => finish(sitting, state, prompter, partialKey(draft, state)));
}

function withDraftNamed({ world, store, id }: InterviewSession, work: () => Promise<Exit>): Promise<Exit> {
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
async function addMore(asking: Asking, draft?: Draft): Promise<Exit> {
  const { world, store, prompter, options } = asking;
  const index = await store.scan();
  const named = typeof options.more === 'string' ? options.more : 'last';
  const meant = draft === undefined ? { named } : { drafted: draft.about?.[0] };
  const moment = await momentFor(
    { world, index: index, words: world.words('note.which.more'), prompter },
    meant,
  );
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
    ...askedBy(asking, draft),
    saveDraft: (state, half) => saveDraft(sitting, state, half),
    finish: async outcome => {
      const left = skippedTexts(world, begun.template, outcome);
      const added = addedTo(world, note, held, { ...outcome, left });
      if (added === undefined) return undefined;
      await store.revise(note.path, added, note.text);
      return note.path;
    },
  };
  const { template } = begun;
  const resumed: State = draft === undefined ? new Map() : resumeState(draft, template);
  const state = new Map([...held, ...resumed]);
  if (draft !== undefined) await saveOrphanedTexts(world, store, draft, { template, state: resumed });
  return withDraftNamed(sitting, () =>
    finish(sitting, skipUntilMore(sitting.template, state), prompter, partialKey(draft, state)),
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
  const exit = await finish(sitting, new Map(), undefined);
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
  sitting: InterviewSession,
  state: State,
  prompter: Prompter | undefined,
  first?: string,
): Promise<Exit> {
  const { path } = await runReflection(sitting, state, prompter, first);
  if (path !== undefined) sitting.world.out.line(path);
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
  return {
    world,
    store,
    template: await world.templates.sequence(await templateOf(world, options, draft)),
    id: draft?.id ?? makeId(world.random),
    session: sessionDay(world, options.date, draft?.session),
    with: therapist,
    safetyFact: openSafetyFact(world, store, therapist),
    mode: modeIn(options) ?? draft?.mode ?? world.settings.get('mode') ?? 'quick',
    startedMs: world.now().ms,
  };
}

function modeIn({ full, quick }: ReflectOptions): string | undefined {
  if (full === true) return 'full';
  return quick === true ? 'quick' : undefined;
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
