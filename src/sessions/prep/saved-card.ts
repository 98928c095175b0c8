import type { Option, Question, Template } from '../../core/template/template.ts';
import type { Section } from '../../core/notes/reflection.ts';
import { answersOf } from '../../report/pages/note-report.ts';
import type { WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';
import { cardFields, cardWith, fieldsOnCard } from './prep-card.ts';

type Texts = Readonly<Record<string, string>>;

/**
 * Returns the card of a note again, from its last preparation with anything for a card: the same text that
 * `prep` printed. Undefined if there is nothing for a card, or the person wanted none.
 */
export async function savedCard(
  world: WordsPort & OutputPort & TemplatesPort,
  sections: readonly Section[],
): Promise<string | undefined> {
  const { words, templates } = world;
  const dated = {
    prepared: words('note.prepared_on', { day: '{day}' }),
    followedUp: words('note.followed_up_on', { day: '{day}' }),
  };
  const { prepared = [] } = answersOf(sections, await templates.fields(), dated);
  const template = await templates.ours('prep');
  for (const { answers } of prepared.toReversed()) {
    const card = cardFrom(world, template, answers);
    // If a preparation says how to do it or what goes on the card, no older card replaces it.
    if (card !== undefined || isDecided(answers)) return card;
  }
  return undefined;
}

// The note has choices in words, so they are found by their labels. A text changed by hand is used as it is.
function cardFrom(world: WordsPort & OutputPort, template: Template, texts: Texts): string | undefined {
  const separator = world.words('conversation.separator');
  const textOf = (id: string): string => texts[id]?.trim() ?? '';
  const picksIn = (id: string): readonly string[] => textOf(id).split(separator).filter(Boolean);
  const optionOf = (id: string, label: string): Option | undefined =>
    questionIn(template, id)?.options.find(option => option.label === label);
  const keysIn = (id: string): readonly string[] => picksIn(id).map(label => optionOf(id, label)?.key ?? '');
  const chosen = fieldsOnCard({
    how: keysIn('how')[0],
    onCard: textOf('on_card') === '' ? undefined : keysIn('on_card'),
    answered: cardFields.filter(field => textOf(field) !== ''),
  });
  return cardWith(world, field => {
    const text = textOf(field);
    const question = questionIn(template, field);
    if (text === '' || question === undefined || !chosen.includes(field)) return undefined;
    const picks = picksIn(field).map(label => optionOf(field, label)?.toThem ?? label);
    return { label: question.heading, value: question.kind === 'text' ? text : picks.join(separator) };
  });
}

function isDecided(texts: Texts): boolean {
  return ['how', 'on_card'].some(id => (texts[id] ?? '').trim() !== '');
}

function questionIn({ steps }: Template, id: string): Question | undefined {
  const step = steps.find(candidate => candidate.is === 'ask' && candidate.question.id === id);
  return step?.is === 'ask' ? step.question : undefined;
}
