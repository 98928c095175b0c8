import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keyOf, ownWords, picks } from '../../../src/core/notes/answer.ts';
import type { AskStep } from '../../../src/core/template/template.ts';
import { openTemplates } from '../../../src/storage/templates/templates.ts';
import { choicePrompt } from '../../../src/terminal/choice/choice-prompt.ts';
import type { PromptResponse, Screen } from '../../../src/world/world.ts';
import { openPlace } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';
import { keysOf, press, theme } from '../voice.ts';

/** Sentences that tired people type. */
const sentences = [
  "He hugged me at the end and held on. I didn't say anything.",
  'I felt so small and stupid',
  'She was 10 minutes late, again.',
  'They said no, and then yes, and then nothing at all',
  'I felt hurt, angry and alone',
  "I can't tell you what happened yet",
  'It feels tense between us since March',
  'Mostly good but something is bothering me',
  'Something else, I think',
  'Rather not say it here',
  'Skip this one please',
  'Show all of it to me',
  'No. Yes. Maybe. Not sure!',
  'yes, he touched my arm',
  'no one listens to me',
  'None of these are what I mean',
  'Nothing much, really nothing',
  'A bit. A lot.',
  'Keep it here for now, or let it go?',
  "I'm not sure I want to stop therapy",
  'Listened, but only to half of it',
  'Got defensive. Owned their part later.',
  'small small small small',
  'a b c d e f g h i j k',
  '1 2 3 and 4',
  '7',
  '3. What she said: "you always do this"',
  'HE SHOUTED AT ME AND I FROZE',
  'Ich hab mich so geschämt, äh, öde über alles',
  "Je me suis sentie très gênée, ça m'a blessé",
  'me dijo que no, y lloré mañana y noche',
  'Он опоздал на десять минут',
  '彼女は時計を見た。私は黙った。',
  '他 说 没关系 但是 我 很 难过',
  'أحسست أني صغيرة',
  '😀 fine 👨‍👩‍👧 really',
  "help me, I don't know what to say",
  'helpless',
  "what if it's me?",
  '?! … — “so”, ‘he’ said; then: nothing (again)',
  'first line.\nsecond line, after Enter\nthird one',
  'They moved on\nI said nothing\nThe end',
  'I wrote to her: are you angry? She said: no.',
  'it was 4:30 pm / 16:30 & raining #therapy @home',
  'other: tea',
  "Talk to someone else? I can't",
  'We ran out of time, as ever',
] as const;

const own = `template: 1
name: monday
steps:
  - ask: weather
    kind: select
    words: How was it?
    heading: Weather
    options: [{key: sun, label: I felt fine and sunny}, {key: rain, label: "They said it would rain, 10 times"}]
  - ask: many
    kind: multi
    limit: 2
    columns: 3
    words: Which of these? Up to two.
    heading: Many
    options: [{key: a, label: he}, {key: b, label: she}, {key: c, label: they}, {key: d, label: small, alone: true}]
  - ask: sure
    kind: confirm
    words: Sure?
    heading: Sure
  - ask: else
    kind: select
    words: Anything else?
    heading: Anything
    options: [{key: none, label: "No, nothing"}, {key: mine, label: In my words, asks_words: true}]
  - ask: last
    kind: text
    words: And last?
    heading: Last
`;
const names = [
  'reflect',
  'safety',
  'safe-check',
  'follow-up',
  'let-go',
  'prep',
  'prep-choice',
  'patterns',
  'first-run',
  'monday',
];

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Returns all remaining typed text, wherever it is. */
function wordsIn(half: string | undefined, screen: Screen): string {
  const owns = screen.options.filter(option => option.asksWords).map(option => option.key);
  const isOwn = (line: string): boolean => owns.includes(keyOf(line));
  return flat(
    (half ?? '')
      .split('\n')
      .map(line => (isOwn(line) ? (ownWords(line) ?? '') : line))
      .join(' '),
  );
}

const moments = ['They looked at the clock', 'I felt small, 12 Mar'].map((label, index) => ({
  key: `kaaaa${index}`,
  label,
  first: true,
  alone: false,
  stores: true,
  asksWords: false,
}));

function screenFor({ question }: AskStep, wordsTo: string | undefined): Screen {
  const { id, kind, words, options, limit, columns, anchors, from } = question;
  const all = from === 'earlier' ? [...moments, ...options] : options;
  const may = { skippable: true, canGoBack: true };
  return { id, kind, words, options: all, limit, columns, anchors, ...may, wordsTo };
}

describe('sentences typed at a list', () => {
  const place = openPlace();
  afterAll(() => place.remove());

  const slow = { timeout: 120_000 };
  it.each(names)('tick and choose nothing at any list of %s, and lose no letter', slow, async name => {
    const lists = await listsOf(place, name);
    expect(lists.length).toBeGreaterThan(0);
    for (const step of lists) {
      for (const wordsTo of [undefined, 'What happened']) {
        for (const sentence of sentences) typeAt(screenFor(step, wordsTo), sentence);
      }
    }
  });
});

async function listsOf(place: Place, name: string): Promise<readonly AskStep[]> {
  const folder = join(place.folder, 'templates');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'monday.yaml'), own);
  const { steps, offers } = await openTemplates('en', () => folder).sequence(name);
  const asked = [...steps, ...offers].filter((step): step is AskStep => step.is === 'ask');
  return asked.filter(({ question }) => ['select', 'multi', 'confirm'].includes(question.kind));
}

function typeAt(screen: Screen, sentence: string): void {
  // If no option takes words, they stay on their line, and a line end changes nothing.
  const text = screen.wordsTo === undefined ? flat(sentence) : sentence;
  const { pose: promptState, settled } = press(choicePrompt(screen, theme), keysOf(text));
  const at = `${screen.id}, ${screen.wordsTo ?? 'kept nowhere'}: ${sentence}`;
  expect([at, settled, wordsIn(promptState.partialText, screen)]).toEqual([at, undefined, flat(sentence)]);
  const shown = promptState.view({ columns: 80, rows: 60 }).lines;
  expect([at, shown.filter(line => line.includes('◉') && !line.includes(': '))]).toEqual([at, []]);
  const after = press(promptState, ['enter']).settled;
  const response: PromptResponse = after?.is === 'reply' ? after.reply : { is: 'skip' };
  const answer = response.is === 'answer' ? response.answer : [];
  // Only the option for own words may have been ticked.
  const owns = screen.options.filter(option => option.asksWords).map(option => option.key);
  const taken = typeof answer === 'boolean' ? [answer] : picks(answer).filter(pick => !owns.includes(pick));
  expect([at, taken]).toEqual([at, []]);
}

describe('the feelings', () => {
  const place = openPlace();
  afterAll(() => place.remove());

  const sizes = [
    [60, 20],
    [80, 24],
    [120, 40],
  ] as const;
  it.each(sizes)('are at least two-thirds visible at %i by %i', async (columns, rows) => {
    const { steps } = await openTemplates('en', () => join(place.folder, 'templates')).sequence('reflect');
    const step = steps.find((one): one is AskStep => one.is === 'ask' && one.key === 'feelings');
    if (step === undefined) throw new Error('no feelings');
    const {
      question: { words, hint, options, limit },
    } = step;
    expect([words, limit]).toEqual([expect.stringContaining('up to four'), 4]);
    const screen = { ...screenFor(step, ''), hint, progress: '4 of about 7' };
    const seen = (keys: readonly string[]): readonly string[] => {
      const size = { columns, rows };
      const { lines } = press(choicePrompt(screen, theme), keys, size).pose.view(size);
      expect(lines.length).toBeLessThan(rows);
      const isSeen = (label: string): boolean =>
        ['◯', '◉'].some(mark => lines.some(line => line.includes(`${mark} ${label}`)));
      return options.map(({ label }) => label).filter(isSeen);
    };
    const least = Math.ceil((options.length * 2) / 3);
    expect(seen([]).length).toBeGreaterThanOrEqual(least);
    expect(seen([...'so heavy, all of it', 'enter']).length).toBeGreaterThanOrEqual(least);
  });
});
