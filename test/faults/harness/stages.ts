import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keys, questions } from '../../e2e/support/hand.ts';
import type { Hand } from '../../e2e/support/hand.ts';
import type { Home } from '../../e2e/support/home.ts';
import { ids } from './person.ts';

/** A question of a run at a terminal, and its answer. */
export interface Stage {
  readonly key: string;
  /** What the draft must contain afterwards; undefined for an answer that only steers. */
  readonly answer?: unknown;
  /** What the note must contain afterwards. */
  readonly inNote: string;
  /** Types the answer without its last Enter. */
  readonly ready: (hand: Hand) => Promise<void>;
  /** Text that the screen shows only after it has accepted the answer. */
  readonly next: string;
  /** Milliseconds that the program waits after an Enter for the rest of a paste. */
  readonly later?: number;
}

/** A run at a terminal, question by question. */
export interface Course {
  readonly args: readonly string[];
  /** The note that it continues; undefined for a new note. */
  readonly note?: string;
  /** Answers the prompts before the first question. */
  readonly begin: (hand: Hand) => Promise<void>;
  readonly stages: readonly Stage[];
}

const ticked =
  (question: string, label: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.point(question, label);
    hand.press(' ');
    await hand.sees(`◉ ${label}`);
  };
const typed =
  (question: string, text: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.sees(question);
    hand.press(text);
    await hand.sees(`│ ${text}`);
    hand.press(keys.enter);
    await hand.sees(new RegExp(`│ ${text.replace('.', '\\.')}\\s*\\n\\s*│`));
  };
const scaled =
  (question: string, number: number, shows: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.sees(question);
    await hand.sees('Nothing chosen yet');
    hand.press(String(number));
    await hand.sees(shows);
  };
const kept: Stage = {
  key: 'keep',
  inNote: '',
  ready: hand => hand.point(questions.keep, 'Keep'),
  next: '.md',
};
const nothing = (): Promise<void> => Promise.resolve();

/** Runs that cover every kind of question. */
export const courses = {
  reflect: {
    args: ['reflect'],
    begin: hand => hand.choose(questions.start, 'Yes'),
    stages: [
      {
        key: 'sit',
        answer: 'bothered',
        inNote: 'sit: bothered',
        ready: hand => hand.point(questions.sit, 'Something is bothering me'),
        next: questions.what,
      },
      {
        key: 'what',
        answer: 'They moved on.',
        inNote: '\nThey moved on.\n',
        later: 25,
        ready: typed(questions.what, 'They moved on.'),
        next: questions.kinds,
      },
      {
        key: 'kinds',
        answer: ['misread'],
        inNote: 'kinds: [misread]',
        ready: ticked(questions.kinds, 'They misunderstood me'),
        next: questions.feelings,
      },
      {
        key: 'feelings',
        answer: ['hurt'],
        inNote: 'feelings: [hurt]',
        ready: ticked(questions.feelings, 'hurt'),
        next: questions.size,
      },
      {
        key: 'size',
        answer: 7,
        inNote: 'size: 7',
        ready: scaled(questions.size, 7, '7, between'),
        next: questions.next,
      },
      {
        key: 'next',
        answer: 'open',
        inNote: 'next: open',
        ready: hand => hand.point(questions.next, 'Keep it here for now'),
        next: questions.keep,
      },
      kept,
    ],
  },
  prep: {
    args: ['prep', ids.planned],
    note: `2026-03-05-${ids.planned}.md`,
    begin: nothing,
    stages: [
      {
        key: 'size',
        answer: 4,
        inNote: 'size: 4',
        ready: scaled('How big is it today?', 4, '4, between'),
        next: 'What do you most want them to understand?',
      },
      {
        key: 'wanted',
        answer: 'That I heard it.',
        inNote: '\nThat I heard it.\n',
        later: 25,
        ready: typed('What do you most want them to understand?', 'That I heard it.'),
        next: 'What would help?',
      },
      {
        key: 'want',
        answer: ['heard'],
        inNote: 'To be heard',
        ready: ticked('What would help?', 'To be heard'),
        next: 'What worries you about bringing it up?',
      },
      {
        key: 'worries',
        answer: ['defensive'],
        inNote: "They'll get defensive",
        ready: ticked('What worries you about bringing it up?', "They'll get defensive"),
        next: 'How easy would it be to speak openly today?',
      },
      {
        key: 'ease',
        answer: 4,
        inNote: 'How easy it is to be open\n\n4\n',
        ready: scaled('How easy would it be to speak openly today?', 4, '4, between'),
        next: 'How would you like to do it?',
      },
      {
        key: 'how',
        answer: 'not-today',
        inNote: 'Not today',
        ready: hand => hand.point('How would you like to do it?', 'Not today'),
        next: questions.keep,
      },
      kept,
    ],
  },
  'follow-up': {
    args: ['follow-up', ids.planned],
    note: `2026-03-05-${ids.planned}.md`,
    begin: nothing,
    stages: [
      {
        key: 'came_up',
        answer: 'part',
        inNote: 'Part of it',
        ready: hand => hand.point('Did it come up?', 'Part of it'),
        next: 'How did they respond?',
      },
      {
        key: 'response',
        answer: ['listened'],
        inNote: 'Listened',
        ready: ticked('How did they respond?', 'Listened'),
        next: 'How big is it now?',
      },
      {
        key: 'size',
        answer: 4,
        inNote: 'size: 4',
        ready: scaled('How big is it now?', 4, '4, between'),
        next: 'Where do things stand between you?',
      },
      {
        key: 'status',
        answer: 'eased',
        inNote: 'status: eased',
        ready: hand => hand.point('Where do things stand between you?', 'Easier, not finished'),
        next: 'Would you like to answer a few more questions?',
      },
      {
        key: 'more',
        inNote: '',
        ready: hand => hand.point('Would you like to answer a few more questions?', 'No, that'),
        next: questions.keep,
      },
      kept,
    ],
  },
  'let-go': {
    args: ['let-go', ids.planned],
    note: `2026-03-05-${ids.planned}.md`,
    begin: hand => hand.choose('Are you ready to let this one go?', 'Yes'),
    stages: [
      {
        key: 'let_go_reason',
        answer: 'learned',
        inNote: 'let_go_reason: learned',
        ready: hand => hand.point('What makes this a good time to let it go?', 'I learned what I needed'),
        next: 'How big is it today?',
      },
      {
        key: 'size',
        answer: 4,
        inNote: 'size: 4',
        ready: scaled('How big is it today?', 4, '4, between'),
        next: "Is there anything you'd like to write before you let it go?",
      },
      {
        key: 'last_word',
        answer: 'It was good to say.',
        inNote: '\nIt was good to say.\n',
        later: 25,
        ready: typed("Is there anything you'd like to write before you let it go?", 'It was good to say.'),
        next: questions.keep,
      },
      kept,
    ],
  },
} as const satisfies Readonly<Record<string, Course>>;

/** Returns those of the first `count` answers that are in neither the draft nor the note. */
export function lostOf(home: Home, { note: path, stages }: Course, count: number): readonly string[] {
  const [draft] = home.drafts();
  const [name] = path === undefined ? home.notes() : [path];
  const note = name === undefined ? '' : readFileSync(join(home.folder, name), 'utf8');
  const isKept = stages.every(({ inNote }) => note.includes(inNote)) && note !== '';
  return stages
    .slice(0, count)
    .filter(({ key, answer }) => {
      if (isKept) return false;
      if (key === 'keep') return true;
      const drafted = draft?.answers[key] ?? draft?.answers[`${key}@${ids.planned}`];
      return answer !== undefined && JSON.stringify(drafted) !== JSON.stringify(answer);
    })
    .map(({ key }) => key);
}
