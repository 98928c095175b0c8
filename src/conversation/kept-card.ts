import type { Option, Question, Template } from '../core/template.ts';
import type { Section } from '../core/reflection.ts';
import { answersOf } from '../report/note-report.ts';
import type { World } from '../world.ts';
import { cardWith, fieldOfPick } from './prep-card.ts';

type Texts = Readonly<Record<string, string>>;

/**
 * Writes the card of a moment again, from what its file holds of the last preparation that has anything for
 * one: the same text that `prep` gave. Undefined where there is nothing for a card.
 */
export async function keptCard(world: World, sections: readonly Section[]): Promise<string | undefined> {
  const { words, templates } = world;
  const dated = {
    prepared: words('note.prepared_on', { day: '{day}' }),
    followedUp: words('note.followed_up_on', { day: '{day}' }),
  };
  const { prepared = [] } = answersOf(sections, await templates.fields(), dated);
  const template = await templates.ours('prep');
  for (const { answers } of prepared.toReversed()) {
    const card = cardFrom(world, template, answers);
    if (card !== undefined) return card;
  }
  return undefined;
}

// Choices stand in the file in words, so they are found by their labels. What was changed by hand stays.
function cardFrom(world: World, template: Template, texts: Texts): string | undefined {
  const separator = world.words('conversation.separator');
  const textOf = (id: string): string => texts[id]?.trim() ?? '';
  const picksIn = (id: string): readonly string[] => textOf(id).split(separator).filter(Boolean);
  const optionOf = (id: string, label: string): Option | undefined =>
    questionIn(template, id)?.options.find((option) => option.label === label);
  // What is said to somebody else is on no card for the therapist.
  if (picksIn('how').some((label) => optionOf('how', label)?.key === 'someone-first')) return undefined;
  const chosen = picksIn('on_card').map((label) => fieldOfPick(optionOf('on_card', label)?.key ?? ''));
  return cardWith(world, (field) => {
    const text = textOf(field);
    const question = questionIn(template, field);
    const isChosen = chosen.length === 0 || chosen.includes(field);
    if (text === '' || question === undefined || !isChosen) return undefined;
    const picks = picksIn(field).map((label) => optionOf(field, label)?.toThem ?? label);
    return { label: question.heading, value: question.kind === 'text' ? text : picks.join(separator) };
  });
}

function questionIn({ steps }: Template, id: string): Question | undefined {
  const step = steps.find((one) => one.is === 'ask' && one.question.id === id);
  return step?.is === 'ask' ? step.question : undefined;
}
