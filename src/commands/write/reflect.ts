import { momentFor } from '../../cli/choose/choose-moment.ts';
import { Exit } from '../../errors.ts';
import { firstRun } from '../../sessions/reflect/first-run.ts';
import { namingDraft } from '../../sessions/drafts/name-draft-on-error.ts';
import { chooseDraft } from '../../sessions/drafts/choose-draft.ts';
import { askPerson, recallOf } from '../../sessions/session/ask-question.ts';
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
import type { Draft, Prompter, Store, World, TemplatesPort } from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';
import type { InterviewSession } from '../../sessions/session/interview-session.ts';
import { discardDraft } from '../../sessions/drafts/discard-draft.ts';
import { askFile, tellUnasked } from '../../sessions/session/ask-from-file.ts';

/** Asks about a moment after a session, saves it as a note, and prints the path of its file. */
export async function reflect(world: World, options: ReflectOptions): Promise<Exit> {
  refuseTogether(options);
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  if (options.discard === true) return discardDraft(world, store);
  if (answers !== undefined) return answerFromFile(world, store, answers, options);

  // Check the flags before printing or creating anything.
  await openSession(world, store, options, undefined);
  const prompter = await world.openPrompter();
  try {
    if (!(await firstRun(world, store, world.interactive ? prompter : undefined))) return Exit.done;
    await store.prepare();
    for (const path of store.editing.leftOver())
      prompter.say(world.words('conversation.editor_left', { path }));
    const context: Context = { world, store, prompter, options };
    if (options.more !== undefined) return await addMore(context);
    const choice = await chooseDraft(world, store, prompter, { resume: options.resume === true });
    if (choice.is === 'stop') return Exit.done;
    const draft = choice.is === 'resume' ? choice.draft : undefined;
    if (draft !== undefined) await refuseWithoutTemplate(world, store, draft);
    // Writing a new note needs no passphrase, so offer a follow-up only if the notes are already readable.
    if (
      draft === undefined &&
      world.interactive &&
      !store.isLocked() &&
      options.template === undefined &&
      !(await followUpFirst(world, store, prompter, sessionDay(world, options.date, undefined)))
    )
      return Exit.done;
    return await (draft?.about === undefined ? writeNote(context, draft) : addMore(context, draft));
  } finally {
    prompter.close();
  }
}

/** Everything that asking a person needs. */
interface Context {
  readonly world: World;
  readonly store: Store;
  readonly prompter: Prompter;
  readonly options: ReflectOptions;
}

// Returns the part of a session that asks a person; the same for a new note and for more in an existing one.
function interviewWith(
  { world, store, prompter }: Context,
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

async function writeNote(context: Context, draft: Draft | undefined): Promise<Exit> {
  const { world, store, prompter, options } = context;
  const base = await openSession(world, store, options, draft);
  echoDay(world, options.date, base.session);
  const session: InterviewSession = {
    ...base,
    ...interviewWith(context, draft),
    saveDraft: (state, partialText) => saveDraft(session, state, partialText),
  };
  const state: State = draft === undefined ? new Map() : resumeState(draft, session.template);
  if (draft !== undefined)
    await saveOrphanedTexts(world, store, draft, { template: session.template, state });
  return withDraftNamed(session, () => finish(session, state, prompter, partialKey(draft, state)));
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

// Continues a note that was written in quick mode, and adds the new answers to its file.
async function addMore(context: Context, draft?: Draft): Promise<Exit> {
  const { world, store, prompter, options } = context;
  const index = await store.scan();
  const named = typeof options.more === 'string' ? options.more : 'last';
  const reference = draft === undefined ? { named } : { drafted: draft.about?.[0] };
  const moment = await momentFor(
    { world, index: index, words: world.words('note.which.more'), prompter },
    reference,
  );
  if (moment === undefined) return Exit.done;
  const { path } = moment;
  store.refuseWronglyEncrypted(path);
  const note = await store.read(path);
  const base = await openSession(world, store, { ...options, full: true, quick: undefined }, draft);
  const existing = await stateOfNote(world, base.template, note);
  if (timesToday(world, note) >= 2) prompter.say(world.words('conversation.third_time'));
  prompter.say(world.words('prep.about', { title: note.head.title ?? note.head.id }));
  const session: InterviewSession = {
    ...base,
    session: note.head.session,
    with: note.head.with,
    about: [note.head.id],
    safetyFact: openSafetyFact(world, store, note.head.with),
    ...interviewWith(context, draft),
    saveDraft: (state, partialText) => saveDraft(session, state, partialText),
    finish: async outcome => {
      const orphaned = skippedTexts(world, base.template, outcome);
      const added = addedTo(world, note, existing, { ...outcome, left: orphaned });
      if (added === undefined) return undefined;
      await store.revise(note.path, added, note.text);
      return note.path;
    },
  };
  const { template } = base;
  const resumed: State = draft === undefined ? new Map() : resumeState(draft, template);
  const state = new Map([...existing, ...resumed]);
  if (draft !== undefined) await saveOrphanedTexts(world, store, draft, { template, state: resumed });
  return withDraftNamed(session, () =>
    finish(session, skipUntilMore(session.template, state), prompter, partialKey(draft, state)),
  );
}

async function answerFromFile(
  world: World,
  store: Store,
  given: GivenAnswers,
  options: ReflectOptions,
): Promise<Exit> {
  const base = await openSession(world, store, options, undefined);
  const answers = await readAnswers(world, given, base.template, () => earlierOptions(world, store));
  await firstRun(world, store, undefined);
  await store.prepare();
  echoDay(world, options.date, base.session);
  const asked = new Set<string>();
  const texts = await givenTexts(world, base.template, answers);
  const session: InterviewSession = {
    ...base,
    ask: askFile(answers, { asked }),
    say: world.messages.say,
    timed: false,
    given: texts,
    pagesShown: new Set(),
  };
  const exit = await finish(session, new Map(), undefined);
  tellUnasked(
    world,
    Object.keys(answers).filter(id => !asked.has(id)),
    texts.map(({ id }) => id),
  );
  return exit;
}

// Returns the key of the answer that the person was changing: the session resumes there.
function partialKey(draft: Draft | undefined, state: State): string | undefined {
  return draft?.half !== undefined && state.has(draft.half.key) ? draft.half.key : undefined;
}

async function finish(
  session: InterviewSession,
  state: State,
  prompter: Prompter | undefined,
  first?: string,
): Promise<Exit> {
  const { path } = await runReflection(session, state, prompter, first);
  if (path !== undefined) session.world.out.line(path);
  return Exit.done;
}

async function templateName(
  world: TemplatesPort,
  { template }: ReflectOptions,
  draft?: Draft,
): Promise<string> {
  if (template === undefined) return draft?.template ?? 'reflect';
  return (await import('../../cli/options/template-name.ts')).sequenceName(world, template);
}

type SessionBase = Pick<
  InterviewSession,
  'world' | 'store' | 'template' | 'id' | 'session' | 'with' | 'safetyFact' | 'mode' | 'startedMs'
>;

async function openSession(
  world: World,
  store: Store,
  options: ReflectOptions,
  draft: Draft | undefined,
): Promise<SessionBase> {
  const therapist = options.with ?? draft?.with ?? world.settings.get('with');
  return {
    world,
    store,
    template: await world.templates.sequence(await templateName(world, options, draft)),
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
