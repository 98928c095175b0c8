import { describe, expect, it } from 'vitest';
import { compileLanguage } from '../../../src/core/language/compile-language.ts';
import { openingFills, kindToMention, saysNo } from '../../../src/core/template/moment-facts.ts';
import type { ClauseLists, OpeningWords } from '../../../src/core/template/moment-facts.ts';
import { located, shippedList } from '../support.ts';

const helpNow = {
  name: 'help-now',
  file: 'help-now.yaml',
  at: located('say: [{words: a, reviewed: 2026-01}]\ninside: a\nfooter: a\n'),
};

/** Returns the faults of a file of lists, each as `line key`. */
function faultsIn(lists: string): readonly string[] {
  const { faults } = compileLanguage([{ name: 'lists', file: 'lists.yaml', at: located(lists) }, helpNow]);
  return faults.map(({ line, key }) => `${line} ${key.replace(/^templates\./, '')}`);
}

const inList = (name: string, ...options: readonly string[]): string =>
  `lists:\n  ${name}:\n${options.map(option => `    - {${option}}\n`).join('')}`;

describe('the words for a sentence, apart from the label', () => {
  it.each<[string, string, readonly string[]]>([
    ['a feeling without any', inList('feelings', 'key: sad, label: sad'), ['3 missing-clause']],
    [
      'a kind without any',
      inList('kinds', 'key: joke, label: A joke, clause: you joked', 'key: pace, label: The pace'),
      ['4 missing-clause'],
    ],
    [
      'a clause that ends a sentence',
      inList('kinds', 'key: joke, label: A joke, clause: you joked.'),
      ['3 bad-clause'],
    ],
    [
      'a clause with a placeholder',
      inList('kinds', 'key: joke, label: A joke, clause: "you {did}"'),
      ['3 bad-clause'],
    ],
    [
      'a clause with blanks at its ends',
      inList('kinds', 'key: joke, label: A joke, clause: " you joked"'),
      ['3 bad-clause'],
    ],
    [
      'a feeling with a comma, for feelings are joined by commas',
      inList('feelings', 'key: shaken, label: shaken, clause: "surprised, badly"'),
      ['3 bad-clause'],
    ],
    [
      'a clause that ends a sentence in any other list',
      inList('echo', 'key: parent, label: A parent, clause: a parent!'),
      ['3 bad-clause'],
    ],
  ])('are refused with %s', (_what, lists, faults) => {
    expect(faultsIn(lists)).toEqual(faults);
  });

  it.each<[string, string]>([
    ['an empty one: no sentence says it', inList('kinds', 'key: repeat, label: Again, clause: ""')],
    [
      'a clause where own words are asked for',
      inList('feelings', 'key: other, label: something else, asks_words: true'),
    ],
    [
      'none where it excludes all others',
      inList('feelings', "key: not-sure, label: can't name it, alone: true"),
    ],
    [
      'none where nothing is stored',
      inList('kinds', 'key: rather-not, label: Rather not say, stores: false'),
    ],
    ['none in a list that no sentence is made of', inList('echo', 'key: parent, label: A parent')],
    [
      'a comma in a kind',
      inList('kinds', 'key: identity, label: Who I am, clause: "you overlooked it, or got it wrong"'),
    ],
  ])('may be %s', (_what, lists) => {
    expect(faultsIn(lists)).toEqual([]);
  });

  it('keep the therapist in what the therapist did', async () => {
    const kinds = await shippedList('kinds');
    const hasClause = kinds.filter(({ clause }) => clause !== undefined && clause !== '');
    const theirs = hasClause.filter(({ label }) => /\b(They|judged|dismissed|believed)\b/.test(label));
    expect(theirs.length).toBeGreaterThan(14);
    const without = theirs.filter(({ clause }) => !/\byou(r)?\b/.test(clause ?? ''));
    expect(without.map(({ key, clause }) => `${key}: ${clause}`)).toEqual([]);
  });
});

const words: OpeningWords = {
  join: all => (all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`),
  withOwn: (feelings, own) => `${feelings}: ${own}`,
  time: { then: 'Last time' },
};

async function clauseLists(): Promise<ClauseLists> {
  return { kinds: await shippedList('kinds'), feelings: await shippedList('feelings'), urges: [], want: [] };
}

describe('feelings in a sentence', () => {
  it.each<[string, readonly string[], string | undefined]>([
    ['one', ['small'], 'small'],
    ['two', ['small', 'angry'], 'small and angry'],
    [
      'those that a label says in several words',
      ['taken-aback', 'cared-for', 'sad'],
      'taken aback, cared for and sad',
    ],
    [
      'own words behind the others, wherever they were picked',
      ['other: tight in my chest', 'small'],
      'small: tight in my chest',
    ],
    [
      'own words that are a sentence',
      ['small', 'angry', 'other: I wanted to cry.'],
      'small and angry: I wanted to cry',
    ],
    ['own words alone', ['other: tight in my chest'], 'tight in my chest'],
    ['none, where they could not be named', ['not-sure'], undefined],
    ['none, where only "something else" was picked', ['other'], undefined],
    ['none that no list knows', ['unknown-key'], undefined],
  ])('read as one: %s', async (_what, felt, sentence) => {
    expect(openingFills({ was_feelings: felt }, await clauseLists(), words)['feelings']).toBe(sentence);
  });
});

describe('the kind that an opening line speaks of', () => {
  it.each<[readonly string[], string | undefined]>([
    [['blunt', 'identity'], 'identity'],
    [['dismissed', 'joke'], 'dismissed'],
    [['repeat', 'joke'], 'joke'],
    [['repeat'], undefined],
    [['other: they laughed at my shoes'], 'other'],
    [[], undefined],
  ])('of %j is %s', async (kinds, said) => {
    expect(kindToMention(kinds, await shippedList('kinds'))).toBe(said);
  });
});

describe('an answer that says no', () => {
  const openings = [
    'no',
    'nope',
    'not',
    'nothing',
    'none',
    "i don't think",
    "i can't think",
    'i did nothing',
    "i didn't$",
    'nichts',
    'rien',
    'nada',
    '没有',
    'нет',
  ];

  it.each([
    'Nothing.',
    'nothing',
    'No',
    'No.',
    'no, nothing',
    'None',
    'Not really',
    'Not that I know of',
    'Nothing I can think of',
    "I don't think so",
    'I don’t think so.',
    "I can't think of anything",
    'I did nothing',
    "I didn't.",
    'Nope!',
    '-',
    '...',
    '?',
    '   ',
    '"Nothing"',
    'NOTHING',
    'Nichts.',
    'Rien du tout',
    'nada',
    '没有。',
    'Нет',
  ])('is %j', text => {
    expect(saysNo(text, openings)).toBe(true);
  });

  it.each([
    'I went quiet.',
    'Went quiet',
    "I didn't say that it hurt.",
    'Nobody spoke, me neither',
    'I said nothing',
    'Noted it and moved on',
    'No word came out of me for the rest of that hour, and I smiled.',
    'Ich schwieg',
  ])('is not %j', text => {
    expect(saysNo(text, openings)).toBe(false);
  });
});
