import { picks } from '../core/answer.ts';
import { summarize } from '../core/summary.ts';
import type { Option, Question, Template } from '../core/template.ts';
import type { Prompter, Shelf, Shelved, Store, World } from '../world.ts';
import { askPerson } from './asking.ts';
import { choice } from './preview.ts';
import { momentOptions } from './moment-options.ts';
import { hold } from './sitting.ts';

/** Asks which of the unresolved moments to bring, two at the most. None, when the person wants none today. */
export async function choosePicked(world: World, store: Store, prompter: Prompter, shelf: Shelf): Promise<readonly Shelved[]> {
  const { items } = summarize(shelf.moments, world.now().day);
  const template = await world.templates.sequence('prep-choice');
  const only = items.length === 1 ? shelf.moments.find(({ head }) => head.id === items[0]?.head.id) : undefined;
  if (only !== undefined) return await wantsOnly(world, prompter, template, momentOptions(world, items)) ? [only] : [];
  const { answers } = await hold({
    world, store, template, id: '', session: world.now().day, mode: 'full', timed: false, startedMs: world.now().ms,
    ask: askPerson(world, prompter, {
      earlier: () => Promise.resolve(momentOptions(world, items)), keepsWords: false,
    }),
    say: prompter.say, show: prompter.show,
  }, new Map());
  const picked = picks(answers['picked']);
  if (picked.length === 0) prompter.say(noneWords(template));
  return shelf.moments.filter(({ head }) => picked.includes(head.id));
}

// With one moment there is nothing to tick: Enter takes it.
async function wantsOnly({ words }: World, prompter: Prompter, template: Template, moments: readonly Option[]): Promise<boolean> {
  sayIntro(template, prompter.say);
  const question = questionIn(template);
  const reply = await prompter.ask({ ...choice(question.id, question.words, [...moments, ...question.options]), label: words('prep.picked') });
  const isTaken = reply.is === 'answer' && reply.answer !== 'none';
  if (!isTaken) prompter.say(noneWords(template));
  return isTaken;
}

function questionIn({ steps }: Template): Question {
  const step = steps.find((one) => one.is === 'ask');
  if (step?.is !== 'ask') throw new Error('prep-choice asks nothing');
  return step.question;
}

/** Says what a preparation begins with, where there is no choice that says it. */
export function sayIntro({ steps }: Template, say: (text: string) => void): void {
  for (const step of steps) if (step.is === 'part') say(step.words);
}

/** What is said when none is wanted today. */
export function noneWords(template: Template): string {
  return questionIn(template).options.find(({ key }) => key === 'none')?.reply ?? '';
}
