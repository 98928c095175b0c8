import { describe, expect, it } from 'vitest';
import type { DataMap, Text } from './templates.ts';
import {
  allQuestions,
  isMap,
  keyedWords,
  labels,
  learnPages,
  listOf,
  lists,
  mapOf,
  question,
  questionsOf,
  readYaml,
  said,
  sentencesOf,
  sequenceNames,
  stepsOf,
  textsUnder,
  wordCount,
  wordings,
} from './templates.ts';

const questionWords: readonly Text[] = allQuestions.flatMap(wordings);
const learnTexts: readonly Text[] = learnPages.map(({ topic, title, body }) => ({
  at: `learn.${topic}`,
  words: `${title}.\n${body}`,
}));
const everywhere = (): readonly Text[] => [...questionWords, ...labels, ...said, ...keyedWords()];

describe('questions', () => {
  it('never begin with "Why" (RQ15)', () => {
    const sentences = everywhere().flatMap(({ at, words }) =>
      sentencesOf(words).map(sentence => ({ at, sentence })),
    );
    expect(sentences.filter(({ sentence }) => /^["']?why\b.*\?/i.test(sentence))).toEqual([]);
  });

  it('have 18 words or fewer, and so have their options (RQ31)', () => {
    expect([...questionWords, ...labels].filter(({ words }) => wordCount(words) > 18)).toEqual([]);
  });

  it('read easily: their mean Flesch-Kincaid grade is 4 or below (RQ31)', () => {
    const grades = questionWords.map(({ words }) => grade(words));
    expect(grades.length).toBeGreaterThan(50);
    expect(grades.reduce((sum, one) => sum + one, 0) / grades.length).toBeLessThanOrEqual(4);
  });

  it('have options with labels if there is something to pick', () => {
    expect(
      allQuestions.filter(
        ({ map, options }) =>
          ['select', 'multi'].includes(String(map['kind'])) &&
          options.length === 0 &&
          map['from'] === undefined,
      ),
    ).toEqual([]);
    expect(
      allQuestions.flatMap(({ options }) => options).filter(option => typeof option['label'] !== 'string'),
    ).toEqual([]);
  });

  it('have a heading when their answer is saved, and no two fields share that of a text', () => {
    expect(
      allQuestions
        .filter(({ map }) => map['saved'] !== false && typeof map['heading'] !== 'string')
        .map(({ id }) => id),
    ).toEqual([]);
    const owners = new Map<string, Set<string>>();
    for (const { id, map } of allQuestions) {
      const heading = String(map['heading']);
      if (map['kind'] === 'text') owners.set(heading, (owners.get(heading) ?? new Set()).add(id));
    }
    expect([...owners].filter(([, ids]) => ids.size > 1)).toEqual([]);
  });
});

describe('words', () => {
  const banned =
    /\b(overreact\w*|proportion\w*|distort\w*|trigger\w*|should(n't)?|must(n't)?|dysfunction\w*|issues?|victims?|clients?|patients?|symptoms?|resistance|toxic|closure|just|simply|obviously)\b/i;

  it('have no banned words; learn may say "client" (RQ32)', () => {
    // Words that a person may type for a day never appear on a screen.
    const shown = everywhere().filter(({ at }) => !at.startsWith('en/words/dates.yaml.said.'));
    expect(shown.filter(({ words }) => banned.test(words))).toEqual([]);
    expect(learnTexts.filter(({ words }) => banned.test(words.replace(/\bclients?\b/gi, '')))).toEqual([]);
  });

  it('name no disorder and no theory of people (RQ23)', () => {
    const theory =
      /disorder|attachment|transference|projection|\bsplitting\b|narcissis|toxic|gaslight|red flag|personalit/i;
    expect([...everywhere(), ...learnTexts].filter(({ words }) => theory.test(words))).toEqual([]);
  });

  it('say "rupture" outside learn only as the command\'s name (RQ35)', () => {
    const command =
      /`[^`]*`|\brupture (?=[a-z][a-z-]+\b|--|<|\{)|\.rupture\b|\brupture-cli\b|\brupture:|"rupture"|'rupture'/g;
    const found = [...questionWords, ...labels, ...said].filter(({ words }) =>
      /ruptur/i.test(words.replace(/`rupture( [^`]*)?`/g, '')),
    );
    expect(found).toEqual([]);
    expect(
      keyedWords().filter(({ words }) =>
        /\bruptures\b|\bruptured\b|\b(a|the|this|your|each|every|no) rupture\b/i.test(
          words.replace(command, ''),
        ),
      ),
    ).toEqual([]);
  });

  it('have 20 words or fewer in every sentence of notes and pages (RQ31)', () => {
    const sentences = [...said, ...learnTexts].flatMap(({ at, words }) =>
      sentencesOf(words).map(sentence => ({ at, sentence })),
    );
    expect(sentences.filter(({ sentence }) => wordCount(sentence) > 20)).toEqual([]);
  });

  // Except headings, which identify earlier answers.
  it('have no idiom that fails translation (RQ31)', () => {
    const idiom =
      /sit right with|fell flat|made smaller|got little back|\bdrop me\b|turned on me|pay for it|\bit keeps[.,]|put (this one |one )?down|set it down|\bsour\b|rough (patch|edge)|\bbumps?\b|\bsting\b|out of step|on (my|your) side|think it through|know this work|weighs|hard to place|going as you are|mark against/i;
    const texts = [...everywhere(), ...learnTexts].filter(
      ({ at }) => !at.endsWith('.heading') && !at.startsWith('safe'),
    );
    expect(texts.filter(({ words }) => idiom.test(words))).toEqual([]);
  });

  it('are no sentence glued from parts: an opening line has places for whole clauses, and no sentence is made of places alone (RQ30)', () => {
    // What changed in a note, by its id, is a line and no sentence.
    const glued = everywhere().filter(
      ({ words }) =>
        /[.?]$/.test(words) &&
        !words.startsWith('{id}: ') &&
        /^[^\p{L}]*(\{\w+\}[^\p{L}]*)+$/u.test(words.trim()),
    );
    expect(glued).toEqual([]);
    const openings = question('prep', 'starter').options;
    const places = openings.flatMap(({ label }) =>
      [...String(label).matchAll(/\{(\w+)\}/g)].map(([, place]) => place),
    );
    expect([...new Set(places)].sort()).toEqual(['about', 'did', 'feelings', 'from', 'then', 'want', 'when']);
    // The comments tell translators what each placeholder takes.
    const told = openings.map(({ translator }) => String(translator ?? '')).join(' ');
    expect([...new Set(places)].filter(place => !told.includes(`{${place}}`))).toEqual([]);
  });

  it('are calm: no exclamation marks and no emoji', () => {
    const loud = /(?<=[\p{L}.?…])!|\p{Extended_Pictographic}/u;
    expect([...everywhere(), ...learnTexts].filter(({ words }) => loud.test(words))).toEqual([]);
  });

  it('call the therapist "they" (RQ34)', () => {
    expect(
      [...everywhere(), ...learnTexts].filter(({ words }) =>
        /\b(he|she|him|her|his|hers|himself|herself)\b/i.test(words),
      ),
    ).toEqual([]);
  });
});

describe('lists', () => {
  const optionLists: readonly { readonly at: string; readonly options: readonly DataMap[] }[] = [
    ...Object.entries(lists).map(([name, items]) => ({
      at: `lists.${name}`,
      options: items.filter(item => 'key' in item),
    })),
    ...allQuestions.map(({ file, id, options }) => ({ at: `${file}.${id}`, options })),
  ];

  it('have each key once', () => {
    const repeated = optionLists.flatMap(({ at, options }) => {
      const keys = options.map(option => String(option['key']));
      return keys.filter((key, index) => keys.indexOf(key) !== index).map(key => `${at}.${key}`);
    });
    expect(repeated).toEqual([]);
  });

  it('let "none", "not sure" and "rather not say" exclude all other picks where there may be several', () => {
    const multis = [
      ...optionLists.filter(({ at }) => ['lists.kinds', 'lists.feelings', 'lists.echo'].includes(at)),
      ...allQuestions
        .filter(({ map }) => map['kind'] === 'multi')
        .map(({ file, id, options }) => ({ at: `${file}.${id}`, options })),
    ];
    const marked = multis
      .flatMap(({ at, options }) => options.map(option => ({ at, option })))
      .filter(({ option }) => ['none', 'not-sure', 'rather-not'].includes(String(option['key'])));
    expect(marked.length).toBeGreaterThan(6);
    expect(
      marked
        .filter(({ option }) => option['alone'] !== true)
        .map(({ at, option }) => `${at}.${String(option['key'])}`),
    ).toEqual([]);
  });

  it('store nothing for "rather not say"', () => {
    const marked = optionLists
      .flatMap(({ at, options }) => options.map(option => ({ at, option })))
      .filter(({ option }) => option['key'] === 'rather-not');
    expect(marked.filter(({ option }) => option['stores'] !== false).map(({ at }) => at)).toEqual([]);
  });

  it('ask for the person\'s own words at "something else"', () => {
    const marked = optionLists
      .flatMap(({ at, options }) => options.map(option => ({ at, option })))
      .filter(({ option }) => option['key'] === 'other');
    expect(marked.filter(({ option }) => option['asks_words'] !== true).map(({ at }) => at)).toEqual([]);
  });

  it('show ten kinds first, and "rather not say"', () => {
    const first = listOf(lists['kinds'] ?? [])
      .map(mapOf)
      .filter(item => item['first'] === true)
      .map(item => item['key']);
    expect(first).toEqual([
      'misread',
      'not-getting-it',
      'bored',
      'insensitive',
      'dismissed',
      'judged',
      'method',
      'repeat',
      'unclear',
      'line',
      'rather-not',
    ]);
  });

  it('anchor the size at 0, 2, 5, 8 and 10', () => {
    const anchors = mapOf(mapOf(readYaml('en/lists.yaml')['anchors'])['size']);
    expect(Object.keys(anchors).map(Number)).toEqual([0, 2, 5, 8, 10]);
    expect(question('reflect', 'size').map['anchors']).toBe('size');
  });
});

describe('safety', () => {
  it('opens at once wherever a crossed line is named (RQ1)', () => {
    const jumps = (['sit', 'kinds', 'line_check'] as const).map(id => question('reflect', id).map['then']);
    expect(jumps).toEqual([
      [{ when: { sit: 'line' }, go: { open: 'safety' } }],
      [{ when: { kinds: 'line' }, go: { open: 'safety' } }],
      [{ when: { line_check: 'yes' }, go: { open: 'safety' } }],
    ]);
    expect(listOf(question('safe-check', 'unsafe_how').map['then'])[0]).toEqual({
      when: { unsafe_how: 'crossed' },
      go: { open: 'safety' },
    });
  });

  it('asks about acts, and offers the page after "Maybe" without filing the moment apart (RQ1)', () => {
    const [check, page] = ['line_check', 'line_page'].map(id => question('reflect', id).map);
    expect(check?.['words']).toMatch(/^Did they /);
    expect(page?.['when']).toEqual({
      kinds: ['unclear', 'secret-closeness'],
      line_check: { asked: true, is: 'maybe' },
    });
    expect([
      page?.['then'],
      page?.['unasked'],
      listOf(page?.['options']).map(one => mapOf(one)['page']),
    ]).toEqual([undefined, 'safety', ['safety', undefined]]);
  });

  it('shows a page wherever nobody could be asked (RQ5)', () => {
    const unasked = allQuestions.flatMap(({ file, id, map }) =>
      map['unasked'] === undefined ? [] : [`${file}.${id}: ${String(map['unasked'])}`],
    );
    expect(unasked.sort()).toEqual([
      'let-go.safe_now: help-now',
      'reflect.line_page: safety',
      'safe-check.not_sure_then: safety',
      'safe-check.safe: safety',
      'safe-check.see_options: other-options',
      'safe-check.unsafe_how: safety',
      'safety.line_kinds: safety',
      'safety.safety_step: safety',
    ]);
  });

  it("says that harm was not the person's fault, and names sexual violence and any adult (S3)", () => {
    const said3 = stepsOf('safety')
      .map(step => String(step['part']))
      .join(' ');
    expect(said3).toContain(
      'what they did is their responsibility. That stays true if you liked them, agreed, or went back.',
    );
    const pointers = helpLines()
      .map(line => String(line['words']))
      .join('\n');
    expect(pointers).toContain('After sexual violence');
    expect(pointers).toContain('Under 18: a parent or another adult you trust');
    expect(pointers).toContain("If home isn't safe");
    expect(pointers).not.toContain('Someone near you.');
  });

  it('tells reporting from talking to someone', () => {
    const pages = mapOf(readYaml('en/safety.yaml')['pages']);
    const options = new Map(
      question('safety', 'safety_step').options.map(option => [option['key'], option['page']]),
    );
    expect([options.get('report'), options.get('talk')]).toEqual(['report', 'talk']);
    expect(pages['report']).not.toEqual(pages['talk']);
  });

  it("asks nothing about the person's own side, and never speaks of mending or raising it (RQ2)", () => {
    const own = ['echo', 'like_unlike', 'touches', 'meant_for', 'noticed', 'theirs', 'mine', 'look_back'];
    expect(
      stepsOf('safety').filter(step => own.includes(String(step['ask'] ?? step['use']).replace(/.*\//, ''))),
    ).toEqual([]);
    const texts = textsUnder(readYaml('en/safety.yaml'), 'safety');
    expect(
      texts.filter(({ words }) =>
        /repair|mend|misunderst|your part|say(ing)? it again|differently|bring it up|stay and see/i.test(
          words,
        ),
      ),
    ).toEqual([]);
  });

  it("can't be hidden, is not counted, and steers without being written", () => {
    const guarded = [
      ...questionsOf('safe-check'),
      ...questionsOf('safety'),
      ...['line_check', 'line_page'].map(id => question('reflect', id)),
      ...['safe_now', 'safe_now_then'].map(id => question('let-go', id)),
    ];
    expect(
      guarded.filter(({ map }) => map['safety'] !== true || map['counts'] !== false).map(({ id }) => id),
    ).toEqual([]);
    const written = guarded.filter(({ map }) => map['saved'] !== false).map(({ id }) => id);
    expect(written).toEqual(['line_kinds', 'note']);
  });

  it('asks one question at size 9, at hopeless or unlovable with size 8 or none, and where it felt unsafe with a safe therapist; ends at help unless it is "yes" (RQ5)', () => {
    const { map } = question('let-go', 'safe_now');
    const [first] = stepsOf('reflect').filter(step => step['use'] === 'let-go/safe_now');
    expect(first?.['when']).toEqual({
      any: [
        { size: { asked: true, at_least: 9 } },
        {
          feelings: ['hopeless', 'unlovable'],
          any: [{ size: { at_least: 8 } }, { size: { answered: false } }],
        },
        { feelings: 'unsafe', safe: 'yes' },
      ],
    });
    expect(map['then']).toEqual([{ when: { safe_now: ['not-sure', 'no'] }, go: { end: 'help' } }]);
  });

  it('has no phone number anywhere (RQ8)', () => {
    const digits = [...everywhere(), ...learnTexts].filter(({ words }) =>
      /\d[\d\s().-]{3,}\d|\d{5,}/.test(words.replace(/\d{4}-\d{2}-\d{2}|\d{1,3}(,\d{3})+/g, '')),
    );
    expect(digits).toEqual([]);
    expect(
      textsUnder(
        helpLines().map(line => line['words'] ?? ''),
        'help-now',
      ).filter(({ words }) => /\d/.test(words.replace('Under 18', ''))),
    ).toEqual([]);
  });

  it('has the day of the last check for each link (RQ8)', () => {
    const linked = helpLines().filter(line => /\b[a-z-]+\.(com|org|info|net)\b/.test(String(line['words'])));
    expect(linked.length).toBeGreaterThan(2);
    expect(linked.filter(line => !/^\d{4}-(0[1-9]|1[0-2])$/.test(String(line['reviewed'])))).toEqual([]);
    expect(
      [...questionWords, ...labels, ...said].filter(
        ({ at, words }) => !at.startsWith('help-now') && /\b[a-z-]+\.(com|org|info|net)\b/.test(words),
      ),
    ).toEqual([]);
  });

  it('names the places to turn to (RQ8)', () => {
    const all = helpLines()
      .map(line => String(line['words']))
      .join(' ');
    for (const place of [
      'local emergency number',
      'findahelpline.com',
      'befrienders.org',
      'iasp.info',
      'therapyabuse.org',
      'licenses therapists where you live',
      'someone you trust',
      'Under 18',
    ]) {
      expect(all).toContain(place);
    }
  });

  it('says the same at the safety page and in the safety sequence', () => {
    const page = listOf(mapOf(readYaml('en/safe-check.yaml')['pages'])['safety'])[0];
    expect(stepsOf('safety').map(step => step['part'])).toContain(page);
    expect(listOf(mapOf(readYaml('en/safety.yaml')['pages'])['safety'])[0]).toBe(page);
  });
});

describe('fairness', () => {
  it('asks what they did before what I did, and leaves mine out by its rules (RQ26)', () => {
    const ids = questionsOf('reflect').map(({ id }) => id);
    expect(ids.indexOf('theirs')).toBeGreaterThan(-1);
    expect(ids.indexOf('mine')).toBeGreaterThan(ids.indexOf('theirs'));
    expect(question('reflect', 'mine').map['when']).toEqual({
      not: {
        any: [
          { strain_from: { only: 'topic' } },
          { kinds: ['line', 'identity', 'secret-closeness'] },
          { line_check: 'maybe' },
          { feelings: 'unsafe' },
          { safe: { asked: true, not: 'yes' } },
          { not_safe: 'yes' },
          { size: { at_least: 9 } },
          { feelings: ['ashamed', 'unlovable'], size: { at_least: 7 } },
        ],
      },
    });
  });

  const fixed = [
    'ask them to change something',
    'ask who else you can speak to there',
    'end with this therapist',
    'get a second opinion',
    'look for another therapist',
    'stay, and see how it goes',
    'take a break',
    'try saying it again',
  ];

  it('lists the options in one order everywhere (RQ25)', () => {
    const learn = learnPages.find(({ topic }) => topic === 'options')?.body ?? '';
    expect(itemsOf(learn)).toEqual(fixed);
    const same = optionPages().filter(({ file }) => file !== 'safety');
    expect(same.map(({ file }) => file)).toEqual(['follow-up']);
    expect(same.filter(({ text }) => text !== learn)).toEqual([]);
  });

  it('keeps that order in the safety sequence, which leaves out what leads back to the therapist (RQ2, RQ25)', () => {
    const away = listOf(mapOf(readYaml('en/safe-check.yaml')['pages'])['other-options']).join('\n\n');
    expect(
      optionPages()
        .filter(({ file }) => file === 'safety')
        .map(({ text }) => text),
    ).toEqual([away]);
    const items = itemsOf(away);
    expect(items).toEqual(fixed.filter(item => items.includes(item)));
    expect(items.length).toBeGreaterThan(4);
  });

  it('notes that an echo takes nothing away, at every echo but "none" (RQ27)', () => {
    expect(question('reflect', 'echo').map['notes']).toEqual([
      {
        id: 'N5',
        when: { echo: { answered: true, not: 'none' } },
        words: "An echo doesn't make this moment less real. Both can be true.",
      },
    ]);
  });
});

describe('length', () => {
  it('is at most seven questions on the usual quick path (RQ10)', () => {
    // What a good session asks instead, and what comes up only after an earlier moment was named, is off the
    // usual way.
    const usual = counted('quick')
      .map(step => String(step['ask']))
      .filter(id => !['good_moment', 'held_back', 'repeat_of'].includes(id));
    expect(usual).toEqual(['sit', 'what', 'kinds', 'feelings', 'size', 'next', 'one_line']);
  });

  it('is at most 28 questions on the full path (RQ10)', () => {
    // Of `wanted` and `meant` one is asked, and `held_back` belongs to a good session.
    const most = counted('full')
      .map(step => String(step['ask']))
      .filter(id => !['meant', 'held_back'].includes(id));
    expect(most.length).toBeLessThanOrEqual(28);
  });

  it('spares a small moment the questions that weigh (RQ10)', () => {
    expect(mapOf(question('reflect', 'about_me').map['when'])['size']).toEqual({ at_least: 5 });
    expect(mapOf(question('reflect', 'outside').map['when'])['size']).toEqual({ at_least: 7 });
  });

  it('goes from "it keeps replaying" over what one felt like doing to what is next (RQ12)', () => {
    const steps = stepsOf('reflect');
    const since = steps.findIndex(step => step['ask'] === 'since');
    const out = steps.findIndex(
      step => step['go'] === 'next' && mapOf(step['when'] ?? {})['since'] === 'replay',
    );
    const between = steps
      .slice(since + 1, out)
      .flatMap(step => ('ask' in step ? [step['ask']] : 'include' in step ? [step['include']] : []));
    expect([...new Set(between)]).toEqual(['safe-check', 'urges']);
  });

  it('asks at most one thing more of a good session (RQ29)', () => {
    const ids = stepsOf('reflect')
      .slice(0, 4)
      .map(step => step['ask'] ?? step['go']);
    expect(ids).toEqual(['sit', 'good_moment', 'held_back', { end: 'finish' }]);
  });
});

describe('learn', () => {
  it('has eleven pages with a title each', () => {
    expect(learnPages.map(({ topic }) => topic).sort()).toEqual([
      'common',
      'crossed-lines',
      'echoes',
      'good-answer',
      'hard-work',
      'keeping-quiet',
      'mending',
      'options',
      'out-of-step',
      'saying-it',
      'who-you-are',
    ]);
    expect(learnPages.filter(({ title }) => title === '')).toEqual([]);
  });

  it('has pages of 130 words or fewer', () => {
    expect(
      learnPages
        .filter(({ body }) => wordCount(body) > 130)
        .map(({ topic, body }) => [topic, wordCount(body)]),
    ).toEqual([]);
  });

  // Each figure that a page gives, and the source it was read in.
  const figures: readonly (readonly [topic: string, figure: string, source: string])[] = [
    ['common', '20', 'oleary-barrett-2020'],
    ['common', '40', 'oleary-barrett-2020'],
    ['common', '100', 'oleary-barrett-2020'],
    ['mending', '11', 'eubanks-2018'],
    ['mending', '1,314', 'eubanks-2018'],
    ['keeping-quiet', '547', 'blanchard-farber-2016'],
    ['keeping-quiet', '7', 'blanchard-farber-2016'],
    ['keeping-quiet', '10', 'blanchard-farber-2016'],
    ['saying-it', '21', 'farber-2004'],
    ['who-you-are', '120', 'owen-2014'],
    ['who-you-are', 'about half', 'owen-2014'],
    ['who-you-are', 'Three in four', 'owen-2014'],
  ];

  it('gives no figure without a source that it names and that resolves (RQ49)', () => {
    const sources = mapOf(readYaml('en/sources.yaml')['sources']);
    const found = learnPages.flatMap(({ topic, body }) =>
      [
        ...body
          .replace('Under 18?', '')
          .matchAll(
            /\d[\d,.]*\d|\d|\babout half\b|\b(?:one|two|three|four|five|six|seven|eight|nine) in (?:two|three|four|five|ten)\b/gi,
          ),
      ].map(([figure]) => `${topic}: ${figure}`),
    );
    expect([...new Set(found)].sort()).toEqual(
      figures.map(([topic, figure]) => `${topic}: ${figure}`).sort(),
    );
    for (const [topic, , source] of figures) {
      expect(learnPages.find(page => page.topic === topic)?.sources).toContain(source);
      expect(Object.keys(sources)).toContain(source);
    }
  });

  it('names only sources that are listed, and lists each with a title; none is on no page', () => {
    const sources = mapOf(readYaml('en/sources.yaml')['sources']);
    expect(learnPages.flatMap(page => page.sources).filter(id => !(id in sources))).toEqual([]);
    expect(
      Object.entries(sources).filter(([, source]) => typeof mapOf(source)['citation'] !== 'string'),
    ).toEqual([]);
    // Authors (year). A title. Where it stands.
    const untitled = Object.entries(sources).filter(
      ([, source]) => !/^[^()]+ \(\d{4}\)\. [^.?]{15,}[.?] \S/.test(String(mapOf(source)['citation'])),
    );
    expect(untitled).toEqual([]);
    const used = new Set(learnPages.flatMap(page => page.sources));
    expect(Object.keys(sources).filter(id => !used.has(id))).toEqual([]);
    const dois = Object.values(sources).flatMap(source => mapOf(source)['doi'] ?? []);
    expect(dois.filter(doi => !/^10\.\d{4,}\/\S+$/.test(String(doi)))).toEqual([]);
  });

  it('is what the pointers of the sequences lead to', () => {
    const pointed = sequenceNames.flatMap(file =>
      listOf(readYaml(`en/${file}.yaml`)['pointers']).map(pointer => String(mapOf(pointer)['learn'])),
    );
    expect(pointed.length).toBeGreaterThan(3);
    expect(pointed.filter(topic => !learnPages.some(page => page.topic === topic))).toEqual([]);
  });
});

describe('pages', () => {
  it('that an option shows are there', () => {
    const missing = allQuestions.flatMap(({ file, id, map, options }) => {
      // Include the pages of included sequences.
      const included = stepsOf(file).flatMap(step =>
        typeof step['include'] === 'string' ? [step['include']] : [],
      );
      const pages = Object.assign(
        {},
        ...[...included, file].map(name => readYaml(`en/${name}.yaml`)['pages'] ?? {}),
      ) as DataMap;
      return [...options.map(option => option['page']), map['unasked']]
        .filter(page => page !== undefined && page !== 'help-now' && !(isMap(pages) && String(page) in pages))
        .map(page => `${file}.${id}: ${String(page)}`);
    });
    expect(missing).toEqual([]);
  });
});

// The usual formula; syllables are counted as groups of vowels, a silent e at the end left out.
function grade(text: string): number {
  const sentences = sentencesOf(text).length;
  const words = text.toLowerCase().match(/[a-z']+/g) ?? [];
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesOf(word: string): number {
  const plain = word
    .replace(/[^a-z]/g, '')
    .replace(/(?<=[^aeiouy][a-z]*)(?<![td])ed$/, 'd')
    .replace(/(?<=[aeiouy][^aeiouy]+)e$/, '');
  return Math.max(1, (plain.match(/[aeiouy]+/g) ?? []).length);
}

/** Returns the counted questions of a mode, in order. */
function counted(mode: string): readonly DataMap[] {
  return stepsOf('reflect')
    .filter(step => !('after_minutes' in step) && 'ask' in step && step['counts'] !== false)
    .filter(step => step['modes'] === undefined || listOf(step['modes']).includes(mode));
}

function helpLines(): readonly DataMap[] {
  const help = readYaml('en/help-now.yaml');
  return [...listOf(help['say']), ...listOf(help['pointers'])].map(mapOf);
}

/** The pages `options` of the sequences, by file. */
function optionPages(): readonly { readonly file: string; readonly text: string }[] {
  return sequenceNames.flatMap(file => {
    const pages = readYaml(`en/${file}.yaml`)['pages'];
    const page = isMap(pages) ? pages['options'] : undefined;
    return page === undefined ? [] : [{ file, text: listOf(page).join('\n\n') }];
  });
}

function itemsOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter(line => line.startsWith('- '))
    .map(line => line.slice(2));
}
