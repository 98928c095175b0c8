import { formatChange } from '../../core/interview/compose.ts';
import { makeId } from '../../core/notes/id.ts';
import { picks } from '../../core/notes/answer.ts';
import type { Answers } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import { isAnyNotSafe, saidBefore } from '../../core/notes/not-safe.ts';
import { offered } from '../../core/template/options.ts';
import { findPatterns, kindToLookAt, leastMoments } from '../../core/patterns/patterns.ts';
import type { PatternsFilter } from '../../core/patterns/patterns.ts';
import { patternTemplate } from '../../core/notes/reflection.ts';
import type { Head, NewReflection } from '../../core/notes/reflection.ts';
import type { AskStep, Question, Template } from '../../core/template/template.ts';
import { isWith } from '../../core/notes/same-person.ts';
import { nameOf } from '../../report/patterns/pick-names.ts';
import type {
  Screen,
  NoteSummary,
  World,
  NotesPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  ClockPort,
  RandomPort,
} from '../../world/world.ts';
import { Cancelled } from '../../errors.ts';
import { labelsOf } from '../../cli/options/read-flags.ts';

/**
 * Asks whether to bring a kind that appears three times or more to the therapist. *Add it* saves a planned
 * note immediately; the answer about hopes is added to it afterwards. Each kind is offered until there is a
 * note about it.
 */
export async function lookTogether(
  world: World,
  store: NotesPort,
  moments: readonly NoteSummary[],
  filter: PatternsFilter,
): Promise<void> {
  const { words } = world;
  const found = await kindToBring(world, moments, filter);
  if (found === undefined) {
    const { counts } = findPatterns(moments, filter).kinds;
    const isNamed = counts.some(({ n }) => n >= leastMoments);
    world.messages.say(words(isNamed ? 'patterns.together.nothing_new' : 'patterns.together.none'));
    return;
  }
  const { pick, kind, title, n, isBetween, isNotSafe } = found;
  const facts: Answers = isNotSafe ? { not_safe: 'yes' } : {};
  const template = await world.templates.sequence('patterns');
  const look = stepIn(template, 'look_together').question;
  const { question: hope, when: hopeWhen } = stepIn(template, 'hope');
  const prompter = await world.openPrompter();
  try {
    prompter.say(words('patterns.together.named', { kind, n }));
    const lookResponse = await prompter.ask(screenFor(look, facts));
    // The end of the input and a skipped question are not an answer; "No" needs no comment.
    if (lookResponse.is !== 'answer') prompter.say(words('prep.nothing_changed'));
    if (lookResponse.is !== 'answer' || lookResponse.answer !== 'add') return;
    const path = await store.add(patternNote(world, pick, title, filter.with));
    world.messages.say(words('patterns.together.kept', { title }));
    const asksHope = holds(hopeWhen, { answers: { ...facts, look_together: 'add' }, asked: new Set() });
    if (!asksHope || world.settings.hidden.includes('hope')) return;
    const addHope = async (text: string): Promise<void> => {
      if (text.trim() !== '')
        await store.revise(path, { front: {}, append: [{ level: 2, heading: hope.heading, text }] });
    };
    let typed = '';
    try {
      const hopeResponse = await prompter.ask(
        screenFor(hope, { between: isBetween ? 'yes' : 'no' }),
        text => {
          typed = text;
        },
      );
      if (hopeResponse.is === 'answer' && typeof hopeResponse.answer === 'string')
        await addHope(hopeResponse.answer);
    } catch (error) {
      // The program was ended while the person typed: save the text so far.
      if (error instanceof Cancelled) await addHope(typed);
      throw error;
    }
  } finally {
    prompter.close();
  }
}

/**
 * Says, below the pictures, how to put a pattern on the list; asks nothing. Says nothing if speaking up is
 * not safe.
 */
export async function offerToBring(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  moments: readonly NoteSummary[],
  filter: PatternsFilter,
): Promise<void> {
  const found = await kindToBring(world, moments, filter);
  if (found !== undefined && !found.isNotSafe)
    world.messages.say(`\n${world.words('patterns.together.offer', { kind: found.kind, n: found.n })}`);
}

interface FoundKind {
  readonly pick: string;
  /** The label of the kind. */
  readonly kind: string;
  /** The title of the note to make. */
  readonly title: string;
  /** The number of notes that name the kind. */
  readonly n: number;
  /** True for what happens between two people; false for the way of working, time, money or an ending. */
  readonly isBetween: boolean;
  /** True if speaking up is not safe according to one of these notes. */
  readonly isNotSafe: boolean;
}

async function kindToBring(
  world: WordsPort & SettingsPort & TemplatesPort,
  moments: readonly NoteSummary[],
  filter: PatternsFilter,
): Promise<FoundKind | undefined> {
  const found = kindToLookAt(moments, filter);
  if (found === undefined || world.settings.hidden.includes('look_together')) return undefined;
  const kinds = await world.templates.list('kinds');
  const kind = nameOf(found.pick, labelsOf(kinds));
  const title = world.words('patterns.together.title', { kind });
  if (moments.some(({ head }) => head.title === title)) return undefined;
  const isBetween = kinds.find(({ key }) => key === found.pick)?.aspect === 'bond';
  const heads = moments.map(({ head }) => head);
  const isNamed = ({ status, kinds: named }: Head): boolean =>
    status !== 'set-aside' && picks(named).includes(found.pick);
  const { with: chosenTherapist } = filter;
  const named = heads.filter(
    head => isNamed(head) && (chosenTherapist === undefined || isWith(head, chosenTherapist)),
  );
  const therapist = chosenTherapist ?? world.settings.get('with');
  const isSaid = therapist !== undefined && saidBefore(heads, therapist) !== undefined;
  const isNotSafe = isSaid || isAnyNotSafe(named, heads);
  return { pick: found.pick, kind, title, n: found.n, isBetween, isNotSafe };
}

function stepIn({ name, steps }: Template, id: string): AskStep {
  const step = steps.find(candidate => candidate.is === 'ask' && candidate.question.id === id);
  if (step?.is !== 'ask') throw new Error(`${name} asks no ${id}`);
  return step;
}

// Without going back: the note is already saved.
function screenFor(question: Question, answers: Answers): Screen {
  const { id, kind, words, hint, instead, options, anchors, heading } = question;
  const known = { answers, asked: new Set<string>() };
  const other = instead.find(({ when }) => holds(when, known));
  return {
    id,
    kind,
    words: other?.words ?? words,
    hint: other?.hint ?? hint,
    options: offered(options, known, {}),
    anchors,
    skippable: true,
    canGoBack: false,
    label: heading === '' ? undefined : heading,
  };
}

function patternNote(
  world: ClockPort & RandomPort & SettingsPort,
  kind: string,
  title: string,
  therapist = world.settings.get('with'),
): NewReflection {
  const { instant, day } = world.now();
  const id = makeId(world.random);
  return {
    id,
    session: day,
    title,
    sections: [],
    front: {
      id,
      session: day,
      created: instant,
      status: 'planned',
      title,
      ...(therapist === undefined || therapist.trim() === '' ? {} : { with: therapist }),
      kinds: [kind],
      template: patternTemplate,
      history: [formatChange({ day, status: 'planned' })],
    },
  };
}
