import { hasLetters } from '../../core/notes/answer.ts';
import type { Answer, Answers } from '../../core/notes/answer.ts';
import type { Response } from '../../core/interview/interview.ts';
import type { Fills } from '../../core/template/options.ts';
import { wordsFor } from '../../core/interview/loose-words.ts';
import type { LooseWords } from '../../core/interview/loose-words.ts';
import type { Option } from '../../core/template/template.ts';
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

// Returns the only option that leads to a question that the file answers. A question that decides more than
// that (safety, an end, another path) is never answered on behalf of the person.
// Returns the tests that must all be true.

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
