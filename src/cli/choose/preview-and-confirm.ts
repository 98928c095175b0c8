import type { Option } from '../../core/template/template.ts';
import { feltSafeKey, notSafeKey, safetyFront, saysUnsafeOutright } from '../../core/notes/not-safe.ts';
import type { NewReflection } from '../../core/notes/reflection.ts';
import type { AnswerRow } from '../../report/pages/answer-rows.ts';
import { answerWords } from '../../report/pages/answer-rows.ts';
import { previewPage } from '../../report/pages/preview.ts';
import type { Preview } from '../../report/pages/preview.ts';
import type { Prompter, Screen, ClockPort, WordsPort, OutputPort } from '../../world/world.ts';
import type { AnsweredStep } from '../../core/interview/run.ts';

/** What to do with a note before it is saved; `key` names the question whose answer to change. */
export type Decision =
  | { readonly is: 'keep' | 'more' | 'drop' }
  | { readonly is: 'change'; readonly key: string };

/** Returns the preview of a note as a page; `trail` has the answers that it was made of. */
export function previewOf(
  world: ClockPort & WordsPort & OutputPort,
  note: NewReflection,
  trail: readonly AnsweredStep[],
): string {
  const { words, messages: talk, layout } = world;
  const rows = savedSteps(trail)
    .filter(({ step }) => step.question.id !== 'size')
    .map(({ step, answer }): AnswerRow => ({
      label: step.question.heading,
      value: answer === null ? '' : answerWords(step.question, answer, words),
    }));
  const shown = new Set(rows.map(({ label }) => label));
  const others = note.sections
    .filter(({ heading }) => !shown.has(heading))
    .map(({ heading, text }): AnswerRow => ({ label: heading, value: text }));
  const size = note.front['size'];
  const safety = safetyRows(world, note, trail);
  const page: Preview = {
    title: note.title ?? '',
    session: note.session,
    size: typeof size === 'number' ? size : undefined,
    rows: [...rows, ...others, ...safety],
  };
  return previewPage(page, world.now().day, {
    words,
    style: talk.style,
    layout: { width: Math.min(talk.width, 84) - 4, ...layout },
  });
}

// Shows what the answers about safety add to the note, like everything else that is saved. Only a person who
// said so reads that it does not feel safe; after a mere "Maybe" at the line check, the page says nothing
// about speaking up.
function safetyRows(
  { words }: WordsPort,
  { front, session }: NewReflection,
  trail: readonly AnsweredStep[],
): readonly AnswerRow[] {
  const given = trail.flatMap(({ step, answer }) =>
    answer === null ? [] : [[step.question.id, answer] as const],
  );
  const answers = Object.fromEntries(given);
  const { line_check: _line, ...others } = answers;
  const isAboutSafety =
    trail.some(({ step }) => step.question.id === 'safe') ||
    safetyFront(others, session)[notSafeKey] !== undefined;
  const notSafe = saysUnsafeOutright(answers) ? 'not_safe' : 'no_need_to_speak';
  const rows = [
    ...(isAboutSafety ? [[notSafeKey, notSafe] as const] : []),
    [feltSafeKey, 'felt_safe'] as const,
  ];
  const say = (row: string, part: string): string => words(`conversation.preview.${row}.${part}`);
  return rows
    .filter(([key]) => front[key] !== undefined)
    .map(([, row]) => ({ label: say(row, 'label'), value: say(row, 'value') }));
}

/** A note that will be saved, if the person agrees. */
export interface Previewed {
  readonly note: NewReflection;
  /** The answers that the note was made of. */
  readonly trail: readonly AnsweredStep[];
  /** Whether to offer "Add more". */
  readonly canAddMore: boolean;
}

/**
 * Shows what will be saved and asks what to do with it. Going back from there changes the last answer; the
 * end of the input saves.
 */
export async function decide(
  world: ClockPort & WordsPort & OutputPort,
  prompter: Prompter,
  { note, trail, canAddMore }: Previewed,
): Promise<Decision> {
  const { words } = world;
  const last = trail.at(-1);
  for (;;) {
    prompter.say(previewOf(world, note, trail));
    const choices = ['keep', ...(canAddMore ? ['more'] : []), 'change', 'drop'];
    const options = choices.map(key => option(key, words(`conversation.preview.${key}`)));
    const question = choice('preview', words('conversation.preview.ask'), options);
    const response = await prompter.ask({ ...question, given: 'keep', canGoBack: last !== undefined });
    if (response.is === 'back' && last !== undefined) return { is: 'change', key: last.key };
    const chosen = response.is === 'answer' ? response.answer : 'keep';
    if (chosen === 'more') return { is: 'more' };
    if (chosen === 'drop' && (await isSure(world, prompter))) return { is: 'drop' };
    if (chosen !== 'drop' && chosen !== 'change') return { is: 'keep' };
    const decision = chosen === 'change' ? await askWhatToChange(world, prompter, trail) : undefined;
    if (decision !== undefined) return decision;
  }
}

// A key that no question of a sequence has.
const backKey = ':back';

/** Asks which answer to change; undefined if the person goes back. The end of the input saves everything. */
async function askWhatToChange(
  { words }: WordsPort,
  prompter: Prompter,
  trail: readonly AnsweredStep[],
): Promise<Decision | undefined> {
  const rows = trail.map(({ key, step: { question }, answer }) => {
    const label = question.heading === '' ? question.words : question.heading;
    const value =
      answer === null
        ? words('conversation.preview.skipped')
        : shortened(answerWords(question, answer, words));
    return option(key, words('conversation.preview.row', { label, value }));
  });
  const options = [...rows, option(backKey, words('conversation.preview.back'))];
  const which = choice('which', words('conversation.preview.which'), options);
  const response = await prompter.ask({ ...which, canGoBack: true });
  if (response.is === 'finish') return { is: 'keep' };
  if (response.is !== 'answer' || response.answer === backKey) return undefined;
  return { is: 'change', key: String(response.answer) };
}

/** Asks for confirmation before words are discarded; without an answer they stay. */
export async function isSure({ words }: WordsPort, prompter: Prompter): Promise<boolean> {
  const options = ['stay', 'drop'].map(key => option(key, words(`conversation.sure.${key}`)));
  const question = choice('sure', words('conversation.sure.ask'), options);
  const response = await prompter.ask({ ...question, canGoBack: true });
  return response.is === 'answer' && response.answer === 'drop';
}

/** Returns the screen of a question that belongs to no sequence, with one choice. */
export function choice(id: string, words: string, options: readonly Option[]): Screen {
  return { id, kind: 'select', words, options, anchors: [], skippable: false, canGoBack: false };
}

/** Returns an option of such a question. */
export function option(key: string, label: string): Option {
  return { key, label, first: true, alone: true, stores: true, asksWords: false };
}

function savedSteps(trail: readonly AnsweredStep[]): readonly AnsweredStep[] {
  return trail.filter(({ step, answer }) => step.question.saved && answer !== null);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length <= 40 ? line : `${[...line].slice(0, 39).join('')}…`;
}
