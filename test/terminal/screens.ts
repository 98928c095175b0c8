import type { Option } from '../../src/core/template/template.ts';
import type { Screen } from '../../src/world/world.ts';

type OptionDetails = Partial<Omit<Option, 'key' | 'label'>>;

export function option(key: string, label: string, details: OptionDetails = {}): Option {
  return { key, label, first: false, alone: false, stores: true, asksWords: false, ...details };
}

export function screen(kind: Screen['kind'], details: Partial<Screen> = {}): Screen {
  return {
    id: 'id',
    kind,
    words: 'What happened?',
    options: [],
    anchors: [],
    skippable: true,
    canGoBack: true,
    ...details,
  };
}

const kinds: readonly (readonly [string, readonly (readonly [string, string, OptionDetails?])[]])[] = [
  [
    'Not understood',
    [
      ['misread', 'They misunderstood me', { first: true }],
      ['off-idea', 'They explained me in a way that felt off'],
      ['not-getting-it', "They didn't seem to get it", { first: true }],
      ['not-believed', "I wasn't believed"],
    ],
  ],
  [
    'Not with me',
    [
      ['bored', 'They seemed bored or far away', { first: true }],
      ['uninterested', "Something that matters to me didn't interest them"],
      ['fell-flat', 'I shared something and got little back'],
      ['forgot', "They forgot something I'd told them"],
      ['silent', 'They stayed quiet when I wanted words'],
      ['spoke-over', 'They spoke when I needed quiet'],
    ],
  ],
  [
    'Hurt',
    [
      ['insensitive', 'They said something that hurt', { first: true }],
      ['blunt', 'It was said too harshly'],
      ['joke', "They joked about something that isn't funny to me"],
      ['dismissed', 'I felt dismissed, or made smaller', { first: true }],
      ['judged', 'I felt judged', { first: true }],
      ['identity', 'Something about who I am was missed or got wrong'],
    ],
  ],
  [
    'How we work',
    [
      ['method', "How we work isn't working for me", { first: true }],
      ['pace', 'Too fast, too slow, too much, or pushed'],
    ],
  ],
  [
    'Hard to place',
    [
      ['repeat', "We tried to fix something and it didn't settle", { first: true }],
      ['unclear', "Something felt off. I can't name it yet", { first: true }],
      ['other', 'Something else', { asksWords: true }],
    ],
  ],
  ['', [['rather-not', 'Rather not say', { alone: true, stores: false }]]],
];

const feelings = [
  'hurt',
  'disappointed',
  'rejected',
  'misunderstood',
  'unlovable',
  'annoyed',
  'frustrated',
  'angry',
  'anxious',
  'scared',
  'unsafe',
  'sad',
  'lonely',
];

export const screensByName: Readonly<Record<string, Screen>> = {
  sit: screen('select', {
    id: 'sit',
    words: 'How was it with your therapist?',
    progress: '1 of about 7',
    canGoBack: false,
    options: [
      option('fine', 'Mostly good'),
      option('mixed', 'Some good, some hard'),
      option('bothered', 'Something is bothering me'),
      option('strained', 'It feels tense between us'),
      option('not-sure', "I can't tell yet"),
      option('line', 'Something not okay in therapy happened, or may have'),
    ],
  }),
  what: screen('text', {
    id: 'what',
    words: 'What happened? Only what was said or done. Meaning can come later.',
    progress: '2 of about 7',
    hint: 'Two or three lines are plenty. Any language. Half-sentences are fine.',
  }),
  kinds: screen('multi', {
    id: 'kinds',
    words: 'Which of these is closest? Pick up to three.',
    progress: '3 of about 7',
    limit: 3,
    options: kinds.flatMap(([group, options]) =>
      options.map(([key, label, details]) => option(key, label, { ...details, group: group || undefined })),
    ),
  }),
  feelings: screen('multi', {
    id: 'feelings',
    words: 'What did you feel? Mixed is normal.',
    hint: "Can't name it? A body word is fine: tight, sick, heavy, blank.",
    limit: 4,
    columns: 3,
    options: [
      ...feelings.map((label, index) =>
        option(label, label, {
          group: index < 5 ? 'Hurt' : index < 8 ? 'Angry' : index < 11 ? 'Afraid' : 'Low',
        }),
      ),
      option('other', 'something else', { asksWords: true }),
      option('not-sure', "can't name it", { alone: true }),
    ],
  }),
  size: screen('scale', {
    id: 'size',
    words: 'How big is it for you right now?',
    progress: '5 of about 7',
    anchors: [
      { at: 0, words: 'barely there' },
      { at: 2, words: 'a small bump' },
      { at: 5, words: 'it stays with me' },
      { at: 8, words: 'hard to think about much else' },
      { at: 10, words: 'as big as it gets' },
    ],
  }),
  care: screen('select', {
    id: 'care',
    words: "What's one kind thing you can do next?",
    options: [
      option('air', 'Get some air, water or food'),
      option('other', 'My own', { asksWords: true }),
      option('none', 'Nothing right now'),
    ],
  }),
  list: screen('confirm', { id: 'list', words: 'Put it on your list to bring up?' }),
  until: screen('day', { id: 'until', words: 'Until which day?' }),
  keep: screen('select', {
    id: 'keep',
    words: 'Keep it?',
    skippable: false,
    columns: 4,
    options: [
      option('keep', 'Keep'),
      option('more', 'Add more'),
      option('change', 'Change an answer'),
      option('drop', "Don't keep"),
    ],
  }),
  given: screen('text', {
    id: 'given',
    words: 'Change any word.',
    given: 'When you moved on, I felt small.\nCan we go back?',
  }),
};
