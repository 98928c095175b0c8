import { askOnTerminal, notesNamed } from '../../cli/choose/choose-note.ts';
import { findAllInSight, refuseKeptApart } from '../../cli/choose/find-files.ts';
import { Exit, Problem } from '../../errors.ts';
import {
  recordChange,
  openCurrentNote,
  reviewWith,
  sayResting,
} from '../../sessions/continue/continue-note.ts';
import type { CurrentNote } from '../../sessions/continue/continue-note.ts';
import { askFile, askPerson, recallOf, tellUnasked } from '../../sessions/session/ask-question.ts';
import type { Asker } from '../../sessions/session/ask-question.ts';
import { cardOf, withCardChoice } from '../../sessions/prep/prep-card.ts';
import { openAnswers } from '../../sessions/session/answers-file.ts';
import type { GivenAnswers } from '../../sessions/session/answers-file.ts';
import { readPrepAnswers } from '../../sessions/prep/prep-answers-file.ts';
import type { PrepAnswers } from '../../sessions/prep/prep-answers-file.ts';
import { givenTexts } from '../../sessions/session/texts-from-answers-file.ts';
import type { GivenText } from '../../sessions/session/texts-from-answers-file.ts';
import { prepFacts } from '../../sessions/prep/prep-facts.ts';
import { choiceFacts, choosePicked, noneWords, sayIntro } from '../../sessions/prep/choose-notes-to-bring.ts';
import { runContinuing } from '../../sessions/continue/run-continuation.ts';
import type { ContinuationResult } from '../../sessions/continue/run-continuation.ts';
import { sayPointer } from '../../sessions/continue/pointer.ts';
import { saveOrphanedAnswers } from '../../sessions/continue/orphaned-answers.ts';
import { namingDraft } from '../../sessions/drafts/name-draft-on-error.ts';
import { offerDraft } from '../../sessions/drafts/choose-draft.ts';
import { tellLeftOut, tellNothing } from '../../cli/show/report-unreadable.ts';
import { asArgument, makeId } from '../../core/notes/id.ts';
import { summarize } from '../../core/search/summary.ts';
import type { Template } from '../../core/template/template.ts';
import type { Draft, Prompter, NoteIndex, NoteSummary, Store, World } from '../../world/world.ts';

export interface PrepOptions {
  readonly quick?: boolean;
  readonly card?: string;
  readonly answers?: string;
}

interface Preparing {
  readonly world: World;
  readonly store: Store;
  readonly template: Template;
  readonly options: PrepOptions;
  /** The texts of a file of answers. */
  readonly given: readonly GivenText[];
}

/**
 * Before a session: choose one moment or two, prepare, and get a card. What was answered goes into the
 * moments' files.
 */
export async function prep(world: World, ids: readonly string[], options: PrepOptions): Promise<Exit> {
  if (options.card !== undefined && options.card !== '-') await world.checkNewFile(options.card);
  const answers = options.answers === undefined ? undefined : await openAnswers(world, options.answers);
  const store = await world.openStore();
  const index = await store.scan();
  tellLeftOut(world, index);
  const named = await momentsNamed(world, index, ids, options);
  if (named === undefined) return Exit.done;
  if (named.length > 2) throw new Problem('prep.too-many', {}, { exit: Exit.misused });
  if (answers !== undefined) return fromFile({ world, store, options }, index, named, answers);
  const template = await world.templates.sequence('prep');
  if (named.length === 0 && summarize(index.moments, world.now().day).items.length === 0) {
    return tellNothing(world, index, 'summary.nothing');
  }
  await store.prepare();
  const prompter = await world.openPrompter();
  try {
    const draft = named.length > 0 ? undefined : await offerDraft(world, store, prompter, 'prep');
    if (named.length > 0) {
      sayIntro(await world.templates.sequence('prep-choice'), choiceFacts(named, index), prompter.say);
    }
    const picked = draft === undefined ? named : findAllInSight(index, draft.about ?? []);
    const chosen = picked.length > 0 ? picked : await choosePicked(world, store, prompter, index);
    if (chosen.length === 0) return Exit.done;
    return await withPerson({ world, store, template, options, given: [] }, prompter, index, chosen, draft);
  } finally {
    prompter.close();
  }
}

// By ids, or words of a title. Undefined when several match and the person chooses none.
async function momentsNamed(
  world: World,
  index: NoteIndex,
  typed: readonly string[],
  { answers }: PrepOptions,
): Promise<readonly NoteSummary[] | undefined> {
  const ask = answers === undefined ? askOnTerminal(world) : undefined;
  const named = await notesNamed(
    { world, index: index, question: world.words('note.which.prep'), ask },
    typed,
  );
  named?.forEach(refuseKeptApart);
  return named;
}

async function withPerson(
  preparing: Preparing,
  prompter: Prompter,
  index: NoteIndex,
  chosen: readonly NoteSummary[],
  draft: Draft | undefined,
): Promise<Exit> {
  const { world, store, template, options } = preparing;
  const goings = await openAll(world, store, chosen, index);
  const id = draft?.id ?? makeId(world.random);
  const recall = recallOf(world, prompter, draft);
  const askOf = (currentNote: CurrentNote): Asker =>
    askPerson(world, prompter, {
      earlier: () => Promise.resolve([]),
      half: ownHalf(draft, currentNote),
      fills: currentNote.fills,
      recall,
    });
  const inPipe = world.words('continuing.draft_in_pipe', { command: template.name });
  return namingDraft({ world, store, id, atTerminal: world.words('prep.draft_kept'), inPipe }, async () => {
    const prepared = await runContinuing({
      interviewSession: {
        world,
        store,
        template,
        id,
        session: world.now().day,
        mode: draft?.mode ?? modeOf(options),
        about: chosen.map(({ head }) => head.id),
        say: prompter.say,
        show: prompter.show,
        timed: false,
        startedMs: world.now().ms,
      },
      goings,
      moments: index.moments,
      askOf,
      prompter,
      draft,
      review: reviewWith(world),
      facts: await prepFacts(world, store, index),
    });
    return keep(preparing, prepared, id, prompter.say);
  });
}

async function fromFile(
  { world, store, options }: Pick<Preparing, 'world' | 'store' | 'options'>,
  index: NoteIndex,
  named: readonly NoteSummary[],
  answers: GivenAnswers,
): Promise<Exit> {
  const read: PrepAnswers = await readPrepAnswers(world, answers, named, index);
  const template = await world.templates.sequence('prep');
  const given = await textsFor(world, template, read);
  if (read.chosen.length === 0) {
    if (given.length > 0) {
      const texts = given.map(({ section }) => section.text);
      const path = await store.saveConflictCopy(`${world.now().day}-prep.md`, `${texts.join('\n\n')}\n`);
      world.messages.say(world.words('continuing.unsaid', { path }));
    }
    world.messages.say(noneWords(await world.templates.sequence('prep-choice')));
    return Exit.done;
  }
  await store.prepare();
  const asked = new Map(read.chosen.map(({ head }) => [head.id, new Set<string>()]));
  const goings = await openAll(world, store, read.chosen, index);
  const prepared = await runContinuing({
    interviewSession: {
      world,
      store,
      template,
      id: makeId(world.random),
      session: world.now().day,
      mode: modeOf(options),
      say: world.messages.say,
      given,
      pagesShown: new Set(),
      timed: false,
      startedMs: world.now().ms,
    },
    goings,
    moments: index.moments,
    facts: await prepFacts(world, store, index),
    prompter: undefined,
    askOf: ({
      note: {
        head: { id },
      },
      fills,
    }) => withDefault(askFile(read.answersFor(id), { fills, asked: asked.get(id) })),
  });
  tellUnasked(
    world,
    unasked(read, asked).filter(id => !given.some(text => text.id === id)),
  );
  return keep({ world, store, template, options, given }, prepared, undefined, world.messages.say);
}

// With two moments each text once, however often it is given.
async function textsFor(
  world: World,
  template: Template,
  { chosen, answersFor }: PrepAnswers,
): Promise<readonly GivenText[]> {
  const answers = chosen.length === 0 ? [answersFor('')] : chosen.map(({ head }) => answersFor(head.id));
  const texts = await Promise.all(answers.map(all => givenTexts(world, template, all)));
  return texts.flat();
}

// What is asked once for both moments has the answers of the first; what only the other says to it was not
// asked.
function unasked(
  { chosen, answersFor }: PrepAnswers,
  asked: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const isTaken = (id: string, answer: unknown): boolean =>
    chosen.some(({ head }) => asked.get(head.id)?.has(id) === true && answersFor(head.id)[id] === answer);
  return chosen.flatMap(({ head }) =>
    Object.entries(answersFor(head.id)).flatMap(([id, answer]) =>
      asked.get(head.id)?.has(id) === true || isTaken(id, answer) ? [] : [id],
    ),
  );
}

// Without a terminal an opening line, or a way to do it, means yes to the list unless it says no.
function withDefault(ask: Asker): Asker {
  return async (next, run, before, typing) => {
    const said = await ask(next, run, before, typing);
    const { how, opening_line: line } = next.known.answers;
    const { not_safe: notSafe } = next.known.answers;
    const hasWay = line !== undefined || (how !== undefined && how !== 'not-today');
    const isMeant = notSafe === undefined && hasWay;
    return next.step.question.id === 'put_on_list' && said.is === 'skip' && isMeant
      ? { is: 'answer', answer: true }
      : said;
  };
}

async function keep(
  preparing: Preparing,
  prepared: readonly ContinuationResult[] | undefined,
  draft: string | undefined,
  say: (text: string) => void,
): Promise<Exit> {
  const { world, store, template, options, given } = preparing;
  if (prepared === undefined) return Exit.done;
  const cards: string[] = [];
  const paths: string[] = [];
  let elsewhere: unknown;
  const needs = { isAsked: options.answers === undefined };
  for (const { going: currentNote, outcome: answered } of prepared) {
    const outcome = withCardChoice(template, answered, needs);
    try {
      const change = await recordChange(world, store, currentNote, outcome);
      if (change === undefined) continue;
      sayResting(world, currentNote.note.head.id, change.front, say);
      paths.push(currentNote.note.path);
    } catch (error) {
      // One that was changed meanwhile is kept beside its file; the other moment is kept all the same, and
      // the draft has done its work.
      if (!(error instanceof Problem) || error.exit !== Exit.changedElsewhere) throw error;
      elsewhere = error;
    }
    const card = cardOf(world, outcome, needs);
    if (card !== undefined) cards.push(card);
  }
  const isWritten = ({ outcome }: ContinuationResult): boolean => outcome.endReason !== 'later';
  if (draft !== undefined || given.length > 0) {
    await saveOrphanedAnswers(world, store, { template, gone: prepared, say, isWritten, given });
  }
  if (draft !== undefined) store.drafts.drop(draft);
  const card = cards.join('\n\n');
  if (options.card === '-') world.out.text(card === '' ? '' : `${card}\n`);
  else {
    if (card !== '') say(card);
    for (const path of paths) world.out.line(path);
  }
  if (paths.length === 0 && elsewhere === undefined) say(world.words('prep.nothing_changed'));
  const [first] = prepared;
  if (paths.length > 0 && first !== undefined) sayPointer(world, template, first.outcome.answers, say);
  if (elsewhere !== undefined) throw elsewhere;
  // Last: a file that is there already takes neither the card from the screen nor the preparation from the
  // note.
  if (card !== '' && options.card !== undefined && options.card !== '-') {
    await world.writeFile(options.card, `${card}\n`);
    const again = prepared.map(
      ({ going: currentNote }) => `rupture show --card ${asArgument(currentNote.note.head.id)}`,
    );
    say(world.words('prep.card_written', { path: options.card, commands: again.join('\n') }));
    if (store.hasEncrypted()) say(world.words('prep.card_clear'));
  }
  return Exit.done;
}

async function openAll(
  world: World,
  store: Store,
  chosen: readonly NoteSummary[],
  { moments }: NoteIndex,
): Promise<readonly CurrentNote[]> {
  const goings: CurrentNote[] = [];
  for (const { path } of chosen) goings.push(await openCurrentNote(world, store, path, moments));
  return goings;
}

function modeOf({ quick }: PrepOptions): string {
  return quick === true ? 'quick' : 'full';
}

function ownHalf(draft: Draft | undefined, { note }: CurrentNote): Draft['half'] {
  return draft?.half && { ...draft.half, key: draft.half.key.replace(`@${note.head.id}`, '') };
}
