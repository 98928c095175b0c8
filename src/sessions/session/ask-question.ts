import { hasLetters } from '../../core/notes/answer.ts';
import type { Answer, Answers } from '../../core/notes/answer.ts';
import type { Condition, FieldTest } from '../../core/template/condition.ts';
import type { Response } from '../../core/interview/interview.ts';
import type { Fills } from '../../core/template/options.ts';
import { wordsFor } from '../../core/interview/loose-words.ts';
import type { LooseWords } from '../../core/interview/loose-words.ts';
import type { AskStep, Option, Template } from '../../core/template/template.ts';
import { answerWords } from '../../report/pages/answer-rows.ts';
import { fullDay } from '../../report/text/dates.ts';
import type { Draft, Prompter, RecordRow, Screen, World } from '../../world/world.ts';
import { isOffered, prefillOf, screenOf } from './question-screen.ts';
import { bothDays, nearDay, periodIn, readDay } from '../../cli/options/day-flags.ts';
import type { NextAsk, Run, AnsweredStep } from '../../core/interview/run.ts';

/** Puts one question to somebody, or to something, and gives what it says. */
export type Asker = (
  next: NextAsk,
  run: Run,
  before: Answer | undefined,
  typing: (text: string) => void,
) => Promise<Response>;

export interface PersonNeeds {
  /** The options of a question whose options are moments. */
  readonly earlier: () => Promise<readonly Option[]>;
  /** A text that was being typed when an earlier run was ended: it stands there again. */
  readonly half?: Draft['half'];
  /** What fills the places of labels, as things stand. */
  readonly fills?: (answers: Answers) => Fills;
  /** False where words typed at a list would be kept by nobody; true when absent. */
  readonly keepsWords?: boolean;
  /** Shows above the first question what was answered before, where a draft is resumed. */
  readonly recall?: Recall;
}

/** Shows what was answered in an earlier run; once, however many ask. */
export type Recall = (path: readonly AnsweredStep[]) => void;

/** Makes what shows the answers of a resumed draft; undefined where none is resumed. */
export function recallOf({ words }: World, prompter: Prompter, draft: Draft | undefined): Recall | undefined {
  if (draft === undefined) return undefined;
  let isShown = false;
  return path => {
    const rows = path.flatMap(({ step: { question }, answer }): readonly RecordRow[] => {
      // Which earlier moment it was, its id doesn't say.
      if (answer === null || question.from === 'earlier') return [];
      const label = question.heading === '' ? question.words : question.heading;
      return [{ label, value: answerWords(question, answer, words) }];
    });
    if (isShown || rows.length === 0) return;
    isShown = true;
    prompter.record?.(rows);
  };
}

/** Asks the person, one screen a question. */
export function askPerson(world: World, prompter: Prompter, needs: PersonNeeds): Asker {
  const { earlier, half: partialText, fills, recall, keepsWords = true } = needs;
  // Texts that were begun and left by going back: they stand there again.
  const begun = new Map(partialText === undefined ? [] : [[partialText.key, partialText.text]]);
  const therapist = world.settings.get('therapist_word');
  const refuse = prompter.refuse ?? ((_screen, why) => prompter.say(why));
  // Never raise the total in “3 of about 7”. “Add more” begins a new count.
  let promise: { readonly mode: Answer | undefined; readonly about: number } | undefined;
  // What the lines above say, by question.
  const record = new Map<string, Answer | null>();
  const keyOf = (run: Run, key: string): string => `${run.template.name}/${key}`;
  const ask: Asker = async (next, run, before, typing) => {
    const { mode } = run.facts;
    const promised = promise?.mode === mode ? promise?.about : undefined;
    const options = next.step.question.from === 'earlier' ? await earlier() : [];
    const filled = fills?.(next.known.answers) ?? {};
    const loose = wordsFor(run, next);
    // A line that was taken as it was offered gives way to another one that was chosen since.
    const given = isOffered(next, before, filled) ? prefillOf(next, filled) : before;
    const start = withLoose(begun.get(next.key) ?? given, loose, () => prefillOf(next, filled));
    const framing = { words: world.words, therapist, earlier: options, fills: filled, promised, keepsWords };
    const framed = screenOf(next, run, start, framing);
    if (framed.about !== undefined) promise = { mode, about: framed.about };
    const kept = before !== undefined && start === before;
    let typed: string | undefined;
    const tell = (text: string): void => {
      typed = text;
      typing(text);
    };
    const recorded = record.get(keyOf(run, next.key));
    for (let screen: Screen = { ...framed.screen, recorded }; ;) {
      for (const part of next.parts) prompter.say([part.words, part.hint].filter(Boolean).join('\n'));
      const response = await prompter.ask({ ...screen, kept }, tell);
      if (response.is === 'back' && response.typed !== undefined) begun.set(next.key, response.typed);
      else if (response.is !== 'back') begun.delete(next.key);
      // Words that were offered here are taken up by the answer, or were taken away with the text.
      const isTaken = response.is === 'answer' || (response.is === 'skip' && typed === '');
      if (isTaken && loose.keys.length > 0) return { ...response, takes: loose.keys };
      if (response.is !== 'answer' || next.step.question.kind !== 'day') return response;
      const said = String(response.answer);
      const day = readDay(world, next.step.question.id, said);
      if (day !== undefined) return { is: 'answer', answer: day };
      if (hasLetters(said)) typing(said);
      refuse(screen, notThisDay(world, next.step.question.id, said));
      screen = { ...screen, given: undefined };
    }
  };
  return async (next, run, before, typing) => {
    if (recall !== undefined && record.size === 0) {
      recall(next.trail);
      for (const { key, answer } of next.trail) record.set(keyOf(run, key), answer);
    }
    const response = await ask(next, run, before, typing);
    if (response.is === 'answer') record.set(keyOf(run, next.key), response.answer);
    if (response.is === 'skip') record.set(keyOf(run, next.key), null);
    return response;
  };
}

// Words typed at a list stand below what the text question starts with, once.
function withLoose(
  start: Answer | undefined,
  { text }: LooseWords,
  prefill: () => string | undefined,
): Answer | undefined {
  if (text === '') return start;
  const begun = start ?? prefill();
  if (typeof begun !== 'string' || begun === '') return text;
  return begun.includes(text) ? begun : `${begun}\n\n${text}`;
}

export interface FileNeeds {
  /** What fills the places of opening lines, as things stand. */
  readonly fills?: (known: Answers) => Fills;
  /** Gets the ids of the questions that took their answers. */
  readonly asked?: Set<string>;
}

/**
 * Answers from a file: an unanswered question is skipped; one that comes back takes its answers one by one;
 * one that only stands before others ("A little more?") lets through to those that are answered.
 */
export function askFile(answers: Answers, { fills = () => ({}), asked = new Set() }: FileNeeds = {}): Asker {
  const taken = new Map<string, number>();
  return (next, { template }) => {
    const { question } = next.step;
    const answer = answers[question.id] ?? leadingTo(next.step, template, answers);
    asked.add(question.id);
    if (answer === undefined) {
      // An opening line that was chosen and not changed is said as it stands.
      const chosen = next.trail.some(
        ({ step }) =>
          step.question.kind === 'select' &&
          question.prefill.includes(step.question.id) &&
          answers[step.question.id] !== undefined,
      );
      const text = chosen ? prefillOf(next, fills(next.known.answers)) : undefined;
      if (text !== undefined) return Promise.resolve({ is: 'answer', answer: text });
      return Promise.resolve({ is: 'skip', unasked: true });
    }
    if (next.step.until === undefined || !Array.isArray(answer))
      return Promise.resolve({ is: 'answer', answer });
    const round = taken.get(question.id) ?? 0;
    taken.set(question.id, round + 1);
    const pick: unknown = answer[round];
    return Promise.resolve(typeof pick === 'string' ? { is: 'answer', answer: pick } : { is: 'skip' });
  };
}

/**
 * Says which answers of a file no question asked for, by their ids: those that are not kept, and texts that
 * are kept in the note all the same.
 */
export function tellUnasked(world: World, ids: readonly string[], texts: readonly string[] = []): void {
  const tell = (key: string, all: readonly string[]): void => {
    if (all.length > 0) world.messages.say(world.words(key, { ids: [...new Set(all)].join(', ') }));
  };
  tell(
    'answers.unasked',
    ids.filter(id => !texts.includes(id)),
  );
  tell(
    'answers.unasked_kept',
    ids.filter(id => texts.includes(id)),
  );
}

// The one option behind which something is asked that the file answers. A question that decides more than
// that (safety, an end, another way) is never answered for anybody.
function leadingTo(
  { question: { id, kind, saved, safety }, then, until }: AskStep,
  { steps }: Template,
  answers: Answers,
): string | undefined {
  const decides =
    saved ||
    safety ||
    kind !== 'select' ||
    until !== undefined ||
    then.length > 0 ||
    steps.some(step => step.is === 'go' && testsIn(step.when).some(({ field }) => field === id));
  if (decides) return undefined;
  const tests = steps.flatMap(step =>
    step.is === 'ask' && answers[step.question.id] !== undefined ? testsIn(step.when) : [],
  );
  return tests.find(({ field, is }) => field === id && is?.length === 1)?.is?.[0];
}

// Those that must all hold.
function testsIn({ tests, all = [] }: Condition): readonly FieldTest[] {
  return [...tests, ...all.flatMap(testsIn)];
}

function notThisDay(world: World, field: string, text: string): string {
  const both = bothDays(world, text);
  if (both !== undefined)
    return world.words('conversation.day_two_ways', { text, one: both.one, other: both.other });
  const period = periodIn(world, text);
  if (period !== undefined) {
    const [first, last] = [fullDay(period.first, world.words), fullDay(period.last, world.words)];
    return world.words('conversation.day_period', { text, first, last });
  }
  const near = nearDay(world, text, said => readDay(world, field, said));
  if (near !== undefined) return world.words('conversation.day_near', { text, near });
  return world.words(field === 'rest_until' ? 'conversation.day_ahead' : 'conversation.day_unclear', {
    text,
  });
}
