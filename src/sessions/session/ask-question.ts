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
import type {
  Draft,
  Prompter,
  RecordRow,
  Screen,
  WordsPort,
  ClockPort,
  SettingsPort,
  OutputPort,
} from '../../world/world.ts';
import { isOffered, prefillOf, screenOf } from './question-screen.ts';
import { bothDays, nearDay, periodIn, readDay } from '../../cli/options/day-flags.ts';
import type { NextAsk, Run, AnsweredStep } from '../../core/interview/run.ts';

/**
 * Asks one question, of a person or of a file of answers, and returns the response. `before` is the earlier
 * answer, if any; call `typing` with each half-typed text.
 */
export type Asker = (
  next: NextAsk,
  run: Run,
  before: Answer | undefined,
  typing: (text: string) => void,
) => Promise<Response>;

/** How to ask a person the questions of one note. */
export interface PersonNeeds {
  /** Returns the options of a question about an earlier note. */
  readonly earlier: () => Promise<readonly Option[]>;
  /** A half-typed text from an earlier run: its question starts with it. */
  readonly half?: Draft['half'];
  /** Returns the values for the placeholders of labels, given the answers so far. */
  readonly fills?: (answers: Answers) => Fills;
  /** False if nothing saves words typed at a list; true if absent. */
  readonly keepsWords?: boolean;
  /** Shows the earlier answers above the first question of a resumed draft. */
  readonly recall?: Recall;
}

/** Shows the answers of an earlier run, at most once. */
export type Recall = (trail: readonly AnsweredStep[]) => void;

/** Returns a function that shows the answers of a resumed draft; undefined without a draft. */
export function recallOf(
  { words }: WordsPort,
  prompter: Prompter,
  draft: Draft | undefined,
): Recall | undefined {
  if (draft === undefined) return undefined;
  let isShown = false;
  return trail => {
    const rows = trail.flatMap(({ step: { question }, answer }): readonly RecordRow[] => {
      // The answer to a question about an earlier note is an id, which tells a person nothing.
      if (answer === null || question.from === 'earlier') return [];
      const label = question.heading === '' ? question.words : question.heading;
      return [{ label, value: answerWords(question, answer, words) }];
    });
    if (isShown || rows.length === 0) return;
    isShown = true;
    prompter.record?.(rows);
  };
}

/** Returns an asker that asks the person, one screen per question. */
export function askPerson(
  world: ClockPort & WordsPort & SettingsPort,
  prompter: Prompter,
  needs: PersonNeeds,
): Asker {
  const { earlier, half: partialText, fills, recall, keepsWords = true } = needs;
  // Texts that the person left half typed by going back: their questions start with them.
  const halfTyped = new Map(partialText === undefined ? [] : [[partialText.key, partialText.text]]);
  const therapist = world.settings.get('therapist_word');
  const refuse = prompter.refuse ?? ((_screen, why) => prompter.say(why));
  // Never raise the total in “3 of about 7”. “Add more” begins a new count.
  let shownTotal: { readonly mode: Answer | undefined; readonly about: number } | undefined;
  // The answers that the lines above the question show, by question.
  const record = new Map<string, Answer | null>();
  const keyOf = (run: Run, key: string): string => `${run.template.name}/${key}`;
  const ask: Asker = async (next, run, before, typing) => {
    const { mode } = run.facts;
    const promised = shownTotal?.mode === mode ? shownTotal?.about : undefined;
    const options = next.step.question.from === 'earlier' ? await earlier() : [];
    const filled = fills?.(next.known.answers) ?? {};
    const loose = wordsFor(run, next);
    // An unchanged suggestion is replaced if the person has since chosen another line.
    const current = isOffered(next, before, filled) ? prefillOf(next, filled) : before;
    const start = withLooseWords(halfTyped.get(next.key) ?? current, loose, () => prefillOf(next, filled));
    const framing = { words: world.words, therapist, earlier: options, fills: filled, promised, keepsWords };
    const framed = screenOf(next, run, start, framing);
    if (framed.about !== undefined) shownTotal = { mode, about: framed.about };
    const isUnchanged = before !== undefined && start === before;
    let typed: string | undefined;
    const onTyping = (text: string): void => {
      typed = text;
      typing(text);
    };
    const recorded = record.get(keyOf(run, next.key));
    for (let screen: Screen = { ...framed.screen, recorded }; ;) {
      for (const part of next.parts) prompter.say([part.words, part.hint].filter(Boolean).join('\n'));
      const response = await prompter.ask({ ...screen, kept: isUnchanged }, onTyping);
      if (response.is === 'back' && response.typed !== undefined) halfTyped.set(next.key, response.typed);
      else if (response.is !== 'back') halfTyped.delete(next.key);
      // The answer contains the words offered here, or the person deleted them with the text.
      const usesWords = response.is === 'answer' || (response.is === 'skip' && typed === '');
      if (usesWords && loose.keys.length > 0) return { ...response, takes: loose.keys };
      if (response.is !== 'answer' || next.step.question.kind !== 'day') return response;
      const typedDay = String(response.answer);
      const day = readDay(world, next.step.question.id, typedDay);
      if (day !== undefined) return { is: 'answer', answer: day };
      if (hasLetters(typedDay)) typing(typedDay);
      refuse(screen, dayRefusal(world, next.step.question.id, typedDay));
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

// Appends words typed at a list to the text that the question starts with, unless it contains them.
function withLooseWords(
  start: Answer | undefined,
  { text }: LooseWords,
  prefill: () => string | undefined,
): Answer | undefined {
  if (text === '') return start;
  const base = start ?? prefill();
  if (typeof base !== 'string' || base === '') return text;
  return base.includes(text) ? base : `${base}\n\n${text}`;
}

/** How to answer from a file. */
export interface FileNeeds {
  /** Returns the values for the placeholders of opening lines, given the answers so far. */
  readonly fills?: (known: Answers) => Fills;
  /** Collects the ids of the questions that were asked. */
  readonly asked?: Set<string>;
}

/**
 * Returns an asker that answers from a file. A question without an answer is skipped; a question that is
 * asked repeatedly takes its answers in turn; a question that only leads to others ("A little more?") is
 * answered so that the questions with answers are reached.
 */
export function askFile(answers: Answers, { fills = () => ({}), asked = new Set() }: FileNeeds = {}): Asker {
  const picksUsed = new Map<string, number>();
  return (next, { template }) => {
    const { question } = next.step;
    const answer = answers[question.id] ?? leadingTo(next.step, template, answers);
    asked.add(question.id);
    if (answer === undefined) {
      // The person chose an opening line and did not change it: use it as it is.
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
    const round = picksUsed.get(question.id) ?? 0;
    picksUsed.set(question.id, round + 1);
    const pick: unknown = answer[round];
    return Promise.resolve(typeof pick === 'string' ? { is: 'answer', answer: pick } : { is: 'skip' });
  };
}

/**
 * Says which answers of a file no question asked for, by id; those in `texts` are saved in the note anyway,
 * the others are not.
 */
export function tellUnasked(
  world: WordsPort & OutputPort,
  ids: readonly string[],
  texts: readonly string[] = [],
): void {
  const report = (key: string, all: readonly string[]): void => {
    if (all.length > 0) world.messages.say(world.words(key, { ids: [...new Set(all)].join(', ') }));
  };
  report(
    'answers.unasked',
    ids.filter(id => !texts.includes(id)),
  );
  report(
    'answers.unasked_kept',
    ids.filter(id => texts.includes(id)),
  );
}

// Returns the only option that leads to a question that the file answers. A question that decides more than
// that (safety, an end, another path) is never answered on behalf of the person.
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
    steps.some(step => step.is === 'go' && requiredTests(step.when).some(({ field }) => field === id));
  if (decides) return undefined;
  const tests = steps.flatMap(step =>
    step.is === 'ask' && answers[step.question.id] !== undefined ? requiredTests(step.when) : [],
  );
  return tests.find(({ field, is }) => field === id && is?.length === 1)?.is?.[0];
}

// Returns the tests that must all be true.
function requiredTests({ tests, all = [] }: Condition): readonly FieldTest[] {
  return [...tests, ...all.flatMap(requiredTests)];
}

function dayRefusal(world: ClockPort & WordsPort, field: string, text: string): string {
  const both = bothDays(world, text);
  if (both !== undefined)
    return world.words('conversation.day_two_ways', { text, one: both.one, other: both.other });
  const period = periodIn(world, text);
  if (period !== undefined) {
    const [first, last] = [fullDay(period.first, world.words), fullDay(period.last, world.words)];
    return world.words('conversation.day_period', { text, first, last });
  }
  const near = nearDay(world, text, candidate => readDay(world, field, candidate));
  if (near !== undefined) return world.words('conversation.day_near', { text, near });
  return world.words(field === 'rest_until' ? 'conversation.day_ahead' : 'conversation.day_unclear', {
    text,
  });
}
