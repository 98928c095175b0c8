import { picks } from '../../core/notes/answer.ts';
import type { Answers } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import type { Known } from '../../core/template/condition.ts';
import { isAnyNotSafe } from '../../core/notes/not-safe.ts';
import { offered } from '../../core/template/options.ts';
import { summarize } from '../../core/search/summary.ts';
import type { Option, Question, Template } from '../../core/template/template.ts';
import type { Prompter, NoteIndex, NoteSummary, Store, World, WordsPort } from '../../world/world.ts';
import { askPerson } from '../session/ask-question.ts';
import { choice } from '../../cli/choose/preview-and-confirm.ts';
import { momentOptions } from '../../cli/choose/moment-options.ts';
import { runInterview } from '../session/session.ts';

/**
 * Asks which of the unresolved notes to bring, two at most, and returns them; empty if the person wants none
 * today.
 */
export async function choosePicked(
  world: World,
  store: Store,
  prompter: Prompter,
  index: NoteIndex,
): Promise<readonly NoteSummary[]> {
  const { items } = summarize(index.moments, world.now().day);
  const template = await world.templates.sequence('prep-choice');
  const single =
    items.length === 1 ? index.moments.find(({ head }) => head.id === items[0]?.head.id) : undefined;
  const moments = index.moments.filter(({ head }) => items.some(item => item.head.id === head.id));
  const facts = choiceFacts(moments, index);
  if (single !== undefined) {
    const isWanted = await wantsOnly(world, prompter, {
      template,
      facts,
      moments: momentOptions(world, items),
    });
    return isWanted ? [single] : [];
  }
  const { answers } = await runInterview(
    {
      world,
      store,
      template,
      facts,
      id: '',
      session: world.now().day,
      mode: 'full',
      timed: false,
      startedMs: world.now().ms,
      ask: askPerson(world, prompter, {
        earlier: () => Promise.resolve(momentOptions(world, items)),
        keepsWords: false,
      }),
      say: prompter.say,
      show: prompter.show,
    },
    new Map(),
  );
  const picked = picks(answers['picked']);
  if (picked.length === 0) prompter.say(noneWords(template));
  return index.moments.filter(({ head }) => picked.includes(head.id));
}

interface OnlyMoment {
  readonly template: Template;
  readonly facts: Answers;
  readonly moments: readonly Option[];
}

// A single note needs no list to tick: Enter chooses the first option, or "None today" if speaking up is not
// safe.
async function wantsOnly(
  { words }: WordsPort,
  prompter: Prompter,
  { template, facts, moments }: OnlyMoment,
): Promise<boolean> {
  const known = knownFrom(facts);
  sayIntro(template, facts, prompter.say);
  const question = questionIn(template);
  const questionWords = question.instead.find(({ when }) => holds(when, known))?.words ?? question.words;
  const options = offered([...moments, ...question.options], known, {});
  const screen = { ...choice(question.id, questionWords, options), label: words('prep.picked') };
  const response = await prompter.ask(screen);
  const isWanted = response.is === 'answer' && response.answer !== 'none';
  if (!isWanted) prompter.say(noneWords(template));
  return isWanted;
}

/** Returns the facts that the choice depends on: whether speaking up is not safe for one of the notes. */
export function choiceFacts(moments: readonly NoteSummary[], { moments: all }: NoteIndex): Answers {
  const heads = all.map(({ head }) => head);
  const isUnsafe = isAnyNotSafe(
    moments.map(({ head }) => head),
    heads,
  );
  return isUnsafe ? { was_not_safe: 'said', not_safe: 'yes' } : {};
}

function knownFrom(answers: Answers): Known {
  return { answers, asked: new Set() };
}

function questionIn({ steps }: Template): Question {
  const step = steps.find(candidate => candidate.is === 'ask');
  if (step?.is !== 'ask') throw new Error('prep-choice asks nothing');
  return step.question;
}

/** Says the introduction of a preparation if no question shows it. */
export function sayIntro({ steps }: Template, facts: Answers, say: (text: string) => void): void {
  const known = knownFrom(facts);
  for (const step of steps) if (step.is === 'part' && holds(step.when, known)) say(step.words);
}

/** Returns the reply for "None today". */
export function noneWords(template: Template): string {
  return questionIn(template).options.find(({ key }) => key === 'none')?.reply ?? '';
}
