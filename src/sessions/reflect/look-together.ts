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
import type { Screen, NoteSummary, Store, World } from '../../world/world.ts';
import { Cancelled } from '../../errors.ts';
import { labelsOf } from '../../cli/options/read-flags.ts';

/**
 * Asks, about a kind that was named three times or more, whether to bring it to the therapist. *Add it* keeps
 * a planned moment at once; what is hoped for goes into it afterwards. Each kind is offered until there is a
 * moment of it.
 */
export async function lookTogether(
  world: World,
  store: Store,
  moments: readonly NoteSummary[],
  filter: PatternsFilter,
): Promise<void> {
  const { words } = world;
  const found = await kindToBring(world, moments, filter);
  if (found === undefined) {
    const { counts } = findPatterns(moments, filter).kinds;
    const isNamed = counts.some(({ n: often }) => often >= leastMoments);
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
    const looked = await prompter.ask(screenFor(look, facts));
    // An input that ended, or a question passed over, is no answer; "No" needs no word.
    if (looked.is !== 'answer') prompter.say(words('prep.nothing_changed'));
    if (looked.is !== 'answer' || looked.answer !== 'add') return;
    const path = await store.add(patternNote(world, pick, title, filter.with));
    world.messages.say(words('patterns.together.kept', { title }));
    const asksHope = holds(hopeWhen, { answers: { ...facts, look_together: 'add' }, asked: new Set() });
    if (!asksHope || world.settings.hidden.includes('hope')) return;
    const keep = async (text: string): Promise<void> => {
      if (text.trim() !== '')
        await store.revise(path, { front: {}, append: [{ level: 2, heading: hope.heading, text }] });
    };
    let typed = '';
    try {
      const hoped = await prompter.ask(screenFor(hope, { between: isBetween ? 'yes' : 'no' }), text => {
        typed = text;
      });
      if (hoped.is === 'answer' && typeof hoped.answer === 'string') await keep(hoped.answer);
    } catch (error) {
      // Ended in the middle: what was typed is kept as far as it is.
      if (error instanceof Cancelled) await keep(typed);
      throw error;
    }
  } finally {
    prompter.close();
  }
}

/**
 * Says, below the pictures, how a pattern gets on the list; nothing is asked there. Says nothing where
 * speaking up is not safe.
 */
export async function offerToBring(
  world: World,
  moments: readonly NoteSummary[],
  filter: PatternsFilter,
): Promise<void> {
  const found = await kindToBring(world, moments, filter);
  if (found !== undefined && !found.isNotSafe)
    world.messages.say(`\n${world.words('patterns.together.offer', { kind: found.kind, n: found.n })}`);
}

interface FoundKind {
  readonly pick: string;
  /** Its label. */
  readonly kind: string;
  /** The title of the moment that is made of it. */
  readonly title: string;
  /** How many moments named it. */
  readonly n: number;
  /** True for what happens between two people; false for how they work, time, money or an ending. */
  readonly isBetween: boolean;
  /** True when speaking up is not safe for one of those moments. */
  readonly isNotSafe: boolean;
}

async function kindToBring(
  world: World,
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
  const { with: who } = filter;
  const named = heads.filter(head => isNamed(head) && (who === undefined || isWith(head, who)));
  const therapist = who ?? world.settings.get('with');
  const isSaid = therapist !== undefined && saidBefore(heads, therapist) !== undefined;
  const isNotSafe = isSaid || isAnyNotSafe(named, heads);
  return { pick: found.pick, kind, title, n: found.n, isBetween, isNotSafe };
}

function stepIn({ name, steps }: Template, id: string): AskStep {
  const step = steps.find(one => one.is === 'ask' && one.question.id === id);
  if (step?.is !== 'ask') throw new Error(`${name} asks no ${id}`);
  return step;
}

// There is no way back: what is added is kept already.
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
  world: World,
  kind: string,
  title: string,
  who = world.settings.get('with'),
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
      ...(who === undefined || who.trim() === '' ? {} : { with: who }),
      kinds: [kind],
      template: patternTemplate,
      history: [formatChange({ day, status: 'planned' })],
    },
  };
}
