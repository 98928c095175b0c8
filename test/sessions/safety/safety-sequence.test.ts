import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/errors.ts';
import { wrapHanging } from '../../../src/terminal/text/wrap.ts';
import { answer, back, clockAt, finish, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Line, Place, Ran } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  // Skip the introduction of a first run.
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(
    join(place.folder, '2026-01-01-zzzzzz.md'),
    '---\nrupture: 1\nid: zzzzzz\nsession: 2026-01-01\nsit: fine\n---\n\n# A moment on 1 January\n',
  );
});
afterEach(() => place.remove());

/** Writes a moment of 5 March with these further lines of front matter. */
function make(id: string, front: readonly string[] = [], status = 'open'): string {
  const path = join(place.folder, `2026-03-05-${id}.md`);
  writeFileSync(
    path,
    [
      '---',
      'rupture: 1',
      `id: ${id}`,
      'session: 2026-03-05',
      `status: ${status}`,
      `title: Moment ${id}`,
      ...front,
      '---',
      '',
      `# Moment ${id}`,
      '',
    ].join('\n'),
  );
  return path;
}

let runs = 0;
function start(args: readonly string[], script: readonly Line[]): Promise<Ran> {
  runs += 1;
  return run(args, { place, script, chance: seededChance(runs) });
}

function fromFile(args: readonly string[], answers: object): Promise<Ran> {
  runs += 1;
  return run([...args, '--answers', '-'], {
    place,
    input: JSON.stringify(answers),
    chance: seededChance(runs),
  });
}

/** Returns the files below the person's home that contain this text. */
function filesWith(text: string): readonly string[] {
  return readdirSync(place.home, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => readFileSync(path, 'utf8').includes(text));
}

/** Returns the options of a question on a screen. */
function offered(id: string, found: string[][], response: Line[1] = finish): Line {
  return [
    id,
    screen => {
      found.push(screen.options.map(({ key }) => key));
      return typeof response === 'function' ? response(screen) : response;
    },
  ];
}

const cannotOpen: readonly Line[] = [
  ['safe', answer('no')],
  ['unsafe_how', answer('cannot-open')],
  ['see_options', answer('go-on')],
];
const begun: readonly Line[] = [
  ['sit', answer('bothered')],
  ['what', skip],
  ['kinds', skip],
];
const stopped = (): never => {
  throw new Cancelled('SIGINT');
};
const pushes = /bring it up|rupture prep|second try|early in the hour|out loud/i;

describe('where speaking up is not safe', () => {
  const withoutSpeaking = ['open', 'someone-first', 'options', 'people'];

  it('a new note first offers what does not ask for it, without urging', async () => {
    const found: string[][] = [];
    const ran = await start(
      ['reflect'],
      [...begun, ['feelings', answer(['unsafe'])], ...cannotOpen, offered('next', found, answer('planned'))],
    );
    expect(found[0]?.slice(0, 5)).toEqual([...withoutSpeaking, 'planned']);
    // The option is still there, and no further question follows.
    expect(ran.said.at(-1)).toBe(
      "It's saved, and you don't have to say anything to them. `rupture help-now` shows people you can reach.",
    );
    expect(readFileSync(ran.out.trim(), 'utf8')).toMatch(/status: planned\n[^]*not_safe: "2026-03-12"\n/);
  });

  it.each<readonly [string, readonly Line[]]>([
    [
      'not being sure',
      [
        ['feelings', answer(['unsafe'])],
        ['safe', answer('not-sure')],
        ['not_sure_then', answer('go-on')],
        ['size', skip],
      ],
    ],
    [
      'no word on what makes it so',
      [
        ['feelings', answer(['unsafe'])],
        ['safe', answer('no')],
        ['unsafe_how', skip],
        ['size', skip],
      ],
    ],
    [
      'being safe with them, and unsafe',
      [
        ['feelings', answer(['unsafe'])],
        ['safe', answer('yes')],
        ['size', skip],
        ['safe_now', answer('yes')],
        ['safe_now_then', answer('go-on')],
      ],
    ],
  ])('so it is after %s', async (_name, script) => {
    const found: string[][] = [];
    await start(['reflect'], [...begun, ...script, offered('next', found)]);
    expect(found[0]?.slice(0, 4)).toEqual(withoutSpeaking);
  });

  it('counts later for this therapist and no other, until they say that they feel safe', async () => {
    const nextWith = async (therapist: string): Promise<string | undefined> => {
      const found: string[][] = [];
      await start(
        ['reflect', '--with', therapist],
        [...begun, ['feelings', skip], ['size', skip], offered('next', found)],
      );
      return found[0]?.[0];
    };
    await fromFile(['reflect', '--with', 'A'], { feelings: ['sad'], since: ['avoid'], what: 'He shouted.' });
    expect(await nextWith('A')).toBe('planned');
    await fromFile(['reflect', '--full', '--with', 'A'], {
      since: ['avoid'],
      safe: 'no',
      unsafe_how: 'cannot-open',
    });
    expect([await nextWith('A'), await nextWith('B')]).toEqual(['open', 'planned']);
    await run(['reflect', '--full', '--with', 'A', '--answers', '-'], {
      place,
      input: '{"since": ["avoid"], "safe": "yes"}',
      now: clockAt('2026-03-13T10:00:00.000Z'),
      chance: seededChance(99),
    });
    expect(await nextWith('A')).toBe('planned');
  });

  it.each<readonly [string, readonly string[]]>([
    ['the moment felt unsafe', ['feelings: [unsafe]']],
    ['it was said of the moment', ['not_safe: "2026-03-05"']],
    ['the closeness is kept secret', ['kinds: [secret-closeness]']],
  ])('a preparation and the first screen respect it where %s', async (_name, front) => {
    make('aaaaaa', front);
    const found: string[][] = [];
    const ran = await start(
      ['prep', 'aaaaaa', '--quick'],
      [
        offered('how', found, answer('say')),
        offered('starter', found, answer('none')),
        [
          'put_on_list',
          screen => {
            expect([screen.given, screen.words, screen.hint]).toEqual([
              false,
              "Put it on your list to bring up? You don't have to.",
              'It stays here either way.',
            ]);
            return answer(false);
          },
        ],
      ],
    );
    expect(found.map(options => options[0])).toEqual(['keep', 'none']);
    expect(found[0]?.slice(0, 5)).toEqual(['keep', 'someone-first', 'options', 'people', 'say']);
    expect(ran.said.join('\n')).not.toMatch(pushes);
    const home = (await run([], { place, input: '', outIsTerminal: true, env: { NO_COLOR: '1' } })).out;
    expect(home).toContain('Next: rupture reflect');
    expect([...home.matchAll(/rupture ([a-z-]+) {2,}/g)].map(([, name]) => name)).toEqual([
      'reflect',
      'help-now',
      'summary',
      'patterns',
      'prep',
    ]);
    expect((await run(['summary'], { place, input: '', outIsTerminal: true })).err).not.toContain(
      'rupture prep',
    );
  });

  it('a preparation without a terminal puts nothing on the list by itself, and what the file says still counts', async () => {
    const path = make('aaaaaa', ['feelings: [unsafe]']);
    await fromFile(['prep', 'aaaaaa'], { how: 'say', opening_line: 'Can we talk?' });
    expect(readFileSync(path, 'utf8')).toContain('status: open');
    await fromFile(['prep', 'aaaaaa'], { how: 'say', put_on_list: true });
    expect(readFileSync(path, 'utf8')).toContain('status: planned');
  });

  it('a worry that it will be used against them silences the replies that ask for speaking up', async () => {
    make('aaaaaa');
    const found: string[][] = [];
    const ran = await start(
      ['prep', 'aaaaaa'],
      [
        ['size', skip],
        ['wanted', skip],
        ['want', skip],
        ['worries', answer(['think-less', 'used-against-me', 'too-small'])],
        offered('how', found, answer('someone-first')),
        [
          'opening_line',
          screen => {
            expect([screen.words, screen.given]).toEqual([
              'Who will you talk to, and how could you start?',
              undefined,
            ]);
            return answer('Ana, can I tell you something?');
          },
        ],
        ['more', answer('more')],
        ['on_side', skip],
      ],
    );
    expect(found[0]?.slice(0, 2)).toEqual(['keep', 'someone-first']);
    expect(ran.said[1]).toBe("You can say less, or nothing, until you've talked to someone else.");
    // Words for somebody else are on no card and no list.
    expect(ran.said).not.toContain('Ana, can I tell you something?');
    expect(readFileSync(join(place.folder, '2026-03-05-aaaaaa.md'), 'utf8')).toMatch(
      /status: open\n[^]*Ana, can I tell you something\?/,
    );
  });

  it('several replies each appear below their answer', async () => {
    make('aaaaaa');
    const ran = await start(
      ['prep', 'aaaaaa'],
      [
        ['size', skip],
        ['wanted', skip],
        ['want', skip],
        ['worries', answer(['think-less', 'too-small'])],
        ['ease', skip],
        ['how', finish],
      ],
    );
    expect(ran.said).toContain(
      "They'll think less of me\nIt can help them help you. It says nothing bad about you.",
    );
    expect(ran.said).toContain("It's too small\nSmall things count. You don't need a big reason.");
  });

  it('a follow-up offers first what does not ask to try again, and takes the moment off the list when it is kept here', async () => {
    const path = make('aaaaaa', ['size: 4'], 'planned');
    const found: string[][] = [];
    const ran = await start(
      ['follow-up', 'aaaaaa'],
      [
        ['came_up', answer('not-this-time')],
        ['in_the_way', answer('unsafe')],
        ...cannotOpen,
        offered('try_next', found, answer('someone-first')),
        ['size', skip],
      ],
    );
    expect(found[0]).toEqual([...withoutSpeaking, 'next-time', 'smaller', 'let-go']);
    expect(readFileSync(path, 'utf8')).toMatch(/status: open\n[^]*not_safe: "2026-03-12"\n/);
    expect(ran.said.join('\n')).not.toMatch(pushes);
  });

  it.each(['punished', 'denied'])(
    'after “%s” nothing speaks of a second try, or of something hard',
    async response => {
      make('aaaaaa', [], 'planned');
      const safe: readonly Line[] = response === 'punished' ? [['safe', answer('yes')]] : [];
      const ran = await start(
        ['follow-up', 'aaaaaa'],
        [
          ['came_up', answer('i-said-it')],
          ['response', answer([response])],
          ...safe,
          ['size', skip],
          ['status', answer('not-addressed')],
          [
            'second_step',
            screen => {
              expect(screen.words).not.toMatch(pushes);
              return skip;
            },
          ],
          ['more', answer('done')],
        ],
      );
      expect(ran.said.join('\n')).not.toMatch(/second try|something hard/i);
      expect(ran.said).toContain(
        "You said it. How they answered isn't your fault, and you don't have to do anything more.",
      );
    },
  );

  it('pushing back has no starter that makes it a fault, and nothing calls a moment bigger than it looked', async () => {
    make('aaaaaa', ['size: 9', 'outside: 2', 'urges: [push-back, quiet]']);
    writeFileSync(
      join(place.folder, '2026-03-05-aaaaaa.md'),
      `${readFileSync(join(place.folder, '2026-03-05-aaaaaa.md'), 'utf8')}\n## What I did, or didn't say\n\nI said no.\n`,
    );
    let labels: readonly string[] = [];
    await start(
      ['prep', 'aaaaaa', '--quick'],
      [
        ['how', answer('say')],
        [
          'starter',
          screen => {
            labels = screen.options.map(({ label }) => label);
            return finish;
          },
        ],
      ],
    );
    expect(labels).toContain("Last time, I didn't agree, and I meant it. Can we talk about it?");
    expect(labels.filter(label => /bigger than it looked|push(ed)? back/.test(label))).toEqual([]);
  });
});

describe("the question about one's own safety", () => {
  const pointers = 'Please reach a person now.';

  it.each<readonly [string, readonly string[], readonly Line[]]>([
    [
      'a follow-up at size 9',
      ['follow-up', 'aaaaaa'],
      [
        ['came_up', answer('i-said-it')],
        ['response', skip],
        ['size', answer(9)],
      ],
    ],
    [
      'a follow-up, the size skipped by somebody who felt hopeless',
      ['follow-up', 'hhhhhh'],
      [
        ['came_up', answer('they-did')],
        ['response', skip],
        ['size', skip],
      ],
    ],
    [
      'a follow-up where it did not feel safe, though safe with them',
      ['follow-up', 'aaaaaa'],
      [
        ['came_up', answer('not-this-time')],
        ['in_the_way', answer('unsafe')],
        ['safe', answer('yes')],
        ['try_next', skip],
        ['size', answer(2)],
      ],
    ],
    [
      'letting go at size 10',
      ['let-go', 'aaaaaa'],
      [
        ['ready', answer(true)],
        ['let_go_reason', answer('eased')],
        ['size', answer(10)],
      ],
    ],
    [
      'letting go at size 8 by somebody who felt hopeless',
      ['let-go', 'hhhhhh'],
      [
        ['ready', answer(true)],
        ['let_go_reason', answer('ended')],
        ['size', answer(8)],
      ],
    ],
    ['a preparation at size 9', ['prep', 'aaaaaa'], [['size', answer(9)]]],
    ['a reflection at size 9', ['reflect'], [...begun, ['feelings', skip], ['size', answer(9)]]],
    [
      'a reflection on something held back, at size 10',
      ['reflect'],
      [
        ['sit', answer('fine')],
        ['good_moment', skip],
        ['held_back', answer('yes')],
        ['what', skip],
        ['size', answer(10)],
      ],
    ],
    [
      'a reflection that is hopeless, without a size',
      ['reflect'],
      [...begun, ['feelings', answer(['hopeless'])], ['size', skip]],
    ],
  ])('is asked once in %s, and people to reach are shown', async (_name, args, script) => {
    make('aaaaaa');
    make('hhhhhh', ['feelings: [hopeless]']);
    const ran = await start(args, [...script, ['safe_now', answer('not-sure')]]);
    expect(ran.screens.filter(({ id }) => id === 'safe_now')).toHaveLength(1);
    expect(ran.said.at(-1)).toContain(pointers);
    expect(ran.said.at(-1)).not.toContain('Someone near you.');
    // All of it is in sight, down to the shell's next line.
    expect(wrapHanging(ran.said.at(-1) ?? '', 57).length).toBeLessThanOrEqual(22);
  });

  it.each<readonly [string, readonly string[], readonly Line[]]>([
    [
      'size 8 in a follow-up',
      ['follow-up', 'aaaaaa'],
      [
        ['came_up', answer('i-said-it')],
        ['response', skip],
        ['size', answer(8)],
        ['status', skip],
        ['more', skip],
      ],
    ],
    [
      'size 7 of somebody who felt hopeless',
      ['let-go', 'hhhhhh'],
      [
        ['ready', answer(true)],
        ['let_go_reason', answer('eased')],
        ['size', answer(7)],
        ['still_big', skip],
        ['last_word', skip],
      ],
    ],
  ])('is not asked at %s', async (_name, args, script) => {
    make('aaaaaa');
    make('hhhhhh', ['feelings: [hopeless]']);
    expect((await start(args, script)).screens.map(({ id }) => id)).not.toContain('safe_now');
  });

  it('shows people to reach where the input ends at it', async () => {
    const ran = await start(
      ['reflect'],
      [...begun, ['feelings', answer(['hopeless'])], ['size', skip], ['safe_now', finish]],
    );
    expect(ran.said.join('\n')).toContain(pointers);
    expect(readFileSync(ran.out.trim(), 'utf8')).toContain('feelings: [hopeless]');
  });

  it('“Save and stop” saves the answers, and lets nothing go without a decision', async () => {
    const path = make('aaaaaa');
    const ran = await start(
      ['let-go', 'aaaaaa'],
      [
        ['ready', answer(true)],
        ['let_go_reason', answer('eased')],
        ['size', answer(9)],
        ['safe_now', answer('yes')],
        [
          'safe_now_then',
          screen => {
            expect(screen.hint).toBe('`rupture help-now` shows people you can reach, at any time.');
            return answer('stop');
          },
        ],
      ],
    );
    expect(ran.screens.map(({ id }) => id)).not.toContain('preview');
    expect(readFileSync(path, 'utf8')).toMatch(/status: open\n[^]*size: 9\n[^]*let_go_reason: eased/);
  });

  it.each<readonly [string, readonly string[], object, string]>([
    [
      'a reflection',
      ['reflect'],
      { what: 'They sighed.', feelings: ['hopeless'], size: 9, next: 'open' },
      'They sighed.',
    ],
    [
      'a reflection without a size',
      ['reflect'],
      { what: 'They sighed.', feelings: ['unlovable'] },
      'They sighed.',
    ],
    [
      'a reflection that answers it',
      ['reflect'],
      { what: 'They sighed.', feelings: ['hopeless'], safe_now: 'no', next: 'planned', one_line: 'Ask me.' },
      'Ask me.',
    ],
    [
      'not safe in oneself',
      ['reflect'],
      { feelings: ['unsafe'], safe: 'no', unsafe_how: 'in-myself', size: 3, next: 'open', what: 'At home.' },
      'At home.',
    ],
    [
      'a follow-up',
      ['follow-up', 'aaaaaa'],
      { came_up: 'i-said-it', size: 10, status: 'eased', helped: 'The walk.' },
      'The walk.',
    ],
    [
      'a follow-up that answers it',
      ['follow-up', 'aaaaaa'],
      { came_up: 'i-said-it', size: 10, safe_now: 'no', status: 'eased', helped: 'The walk.' },
      'The walk.',
    ],
    [
      'letting go',
      ['let-go', 'aaaaaa'],
      { let_go_reason: 'eased', size: 9, last_word: 'Enough.' },
      'Enough.',
    ],
    ['a preparation', ['prep', 'aaaaaa'], { size: 9, wanted: 'To be asked.' }, 'To be asked.'],
  ])(
    'prints them without a terminal and keeps all that is answered: %s',
    async (_name, args, answers, text) => {
      make('aaaaaa');
      const ran = await fromFile(args, answers);
      expect(ran.exit).toBe(0);
      expect(ran.err).toContain(pointers);
      expect(ran.err.split(pointers)).toHaveLength(2);
      expect(ran.err).not.toMatch(/not kept|rupture prep/);
      expect(readFileSync(ran.out.trim(), 'utf8')).toContain(text);
      expect(filesWith('"draft":')).toEqual([]);
    },
  );
});

describe('the safety sequence in a file of answers', () => {
  it.each<readonly [string, readonly string[], object]>([
    ['a text that no question asks for', ['reflect'], { sit: 'line', what: 'He touched me.' }],
    ['a kind', ['reflect'], { kinds: ['line'], what: 'He touched me.', one_line: 'No more.' }],
    ['a note', ['reflect'], { sit: 'line', note: 'He touched me.' }],
    ["words of one's own", ['reflect'], { sit: 'line', kinds: [{ other: 'He touched me.' }] }],
    [
      'a line that was crossed, from a follow-up',
      ['follow-up', 'aaaaaa'],
      {
        came_up: 'i-said-it',
        response: ['punished'],
        safe: 'no',
        unsafe_how: 'crossed',
        note: 'He touched me.',
        helped: 'Nothing.',
      },
    ],
    [
      'a line that was crossed, from a preparation',
      ['prep', 'aaaaaa'],
      {
        worries: ['cry-freeze'],
        on_side: 1,
        more: 'more',
        safe: 'no',
        unsafe_how: 'crossed',
        wanted: 'He touched me.',
      },
    ],
  ])('is kept apart, and where to turn is shown: %s', async (_name, args, answers) => {
    const before = make('aaaaaa', ['with: A']);
    const untouched = readFileSync(before, 'utf8');
    const ran = await fromFile(args, answers);
    expect(ran.exit).toBe(0);
    const note = readFileSync(ran.out.trim(), 'utf8');
    expect(note).toContain('status: set-aside');
    for (const text of Object.values(answers).filter(value => typeof value === 'string' && /\s/.test(value)))
      expect(note).toContain(text);
    expect(note).toContain('He touched me.');
    const said = ran.err.replace(/\s+/g, ' ');
    expect(said).toContain('what they did is their responsibility');
    expect(said).toContain('therapyabuse.org');
    expect(ran.err).not.toMatch(/not kept: [a-z_, ]*(what|note|one_line|wanted|helped)/);
    expect(readFileSync(before, 'utf8')).toBe(untouched);
    // It counts for the therapist it is about.
    expect(/^with: (.*)$/m.exec(note)?.[1]).toBe(args[0] === 'reflect' ? undefined : 'A');
  });

  it.each<readonly [string, readonly string[], object]>([
    ['a good session with more than it asks', ['reflect'], { sit: 'fine', what: 'A small thing.' }],
    ['a question of the long way', ['reflect'], { detail: 'A small thing.' }],
    [
      'a follow-up of a session that has not been',
      ['follow-up', 'aaaaaa'],
      { came_up: 'no-session', helped: 'A small thing.' },
    ],
    ['letting go without being ready', ['let-go', 'aaaaaa'], { ready: false, last_word: 'A small thing.' }],
    [
      'a preparation for another day',
      ['prep', 'aaaaaa'],
      { how: 'not-today', opening_line: 'A small thing.' },
    ],
    ['a preparation of no moment', ['prep'], { picked: ['none'], wanted: 'A small thing.' }],
  ])('is on disk, whatever no question asked for: %s', async (_name, args, answers) => {
    make('aaaaaa');
    const ran = await fromFile(args, answers);
    expect(ran.exit).toBe(0);
    const found = filesWith('A small thing.').filter(path => !path.includes('undo'));
    expect(found).toHaveLength(1);
    const [kept = ''] = found;
    expect(kept === ran.out.trim() || ran.err.replace(/\s+/g, '').includes(kept)).toBe(true);
  });
});

it("saves a text for a person's own question in any sequence", async () => {
  mkdirSync(join(place.folder, 'templates'));
  writeFileSync(
    join(place.folder, 'templates', 'monday.yaml'),
    [
      'extends: reflect',
      'add:',
      '  - {after: size, ask: in_my_body, kind: text, words: Where?, heading: In my body}',
      '',
    ].join('\n'),
  );
  const ran = await fromFile(['reflect', '--template', 'monday'], {
    sit: 'line',
    in_my_body: 'In my throat.',
  });
  expect(ran.exit).toBe(0);
  expect(readFileSync(ran.out.trim(), 'utf8')).toContain('## In my body\n\nIn my throat.\n');
});

describe('the safety sequence', () => {
  const crossed: readonly Line[] = [
    ['came_up', answer('i-said-it')],
    ['response', answer(['punished'])],
    ['safe', answer('no')],
    ['unsafe_how', answer('crossed')],
  ];
  const told: readonly Line[] = [
    ['line_kinds', answer(['touch'])],
    ['safety_step', answer('note')],
    ['note', answer('On the 10th.')],
  ];

  it('from a follow-up leaves nothing behind if the person saves nothing', async () => {
    const path = make('aaaaaa', [], 'planned');
    const before = readFileSync(path, 'utf8');
    const ran = await start(
      ['follow-up', 'aaaaaa'],
      [...crossed, ...told, ['safety_step', answer('done')], ['apart', answer('drop')]],
    );
    expect(ran.said.at(-1)).toBe('Nothing was saved.');
    expect([filesWith('On the 10th.'), filesWith('"draft":'), readFileSync(path, 'utf8'), ran.out]).toEqual([
      [],
      [],
      before,
      '',
    ]);
  });

  it('is resumed by going back from the question whether to save it', async () => {
    make('aaaaaa', [], 'planned');
    const ran = await start(
      ['follow-up', 'aaaaaa'],
      [
        ...crossed,
        ...told,
        ['safety_step', answer('done')],
        ['apart', back],
        ['safety_step', back],
        ['note', answer('On the 12th.')],
        ['apart', answer('keep')],
      ],
    );
    expect(ran.screens.find(({ id }) => id === 'apart')?.canGoBack).toBe(true);
    const text = readFileSync(ran.out.trim(), 'utf8');
    expect([text.includes('On the 12th.'), text.includes('On the 10th.')]).toEqual([true, false]);
  });

  it('from an interrupted follow-up is a draft that a reflection resumes', async () => {
    make('aaaaaa', ['with: A'], 'planned');
    const ran = await start(['follow-up', 'aaaaaa'], [...crossed, ...told, ['safety_step', stopped]]);
    expect([ran.exit, filesWith('status: set-aside')]).toEqual([130, []]);
    expect(ran.err).toContain('Kept as a draft. rupture reflect goes on with it.');
    const next = await start(
      ['reflect', '--resume'],
      [
        ['safety_step', answer('done')],
        ['apart', answer('keep')],
      ],
    );
    expect(readFileSync(next.out.trim(), 'utf8')).toMatch(
      /status: set-aside\n[^]*with: A\n[^]*line_kinds: \[touch\]\n[^]*## A dated note\n\nOn the 10th\.\n$/,
    );
  });

  it('loses no word if it was not that kind of thing and the follow-up ends before its next answer', async () => {
    make('aaaaaa', [], 'planned');
    await start(
      ['follow-up', 'aaaaaa'],
      [...crossed, ...told, ['safety_step', answer('not-this')], ['unsafe_how', stopped]],
    );
    expect(filesWith('On the 10th.')).toHaveLength(1);
    const ran = await start(
      ['follow-up'],
      [
        ['draft', screen => answer(screen.options[0]?.key ?? '')],
        ['safe', answer('yes')],
        ['size', skip],
        ['status', skip],
        ['more', answer('done')],
      ],
    );
    expect(ran.exit).toBe(0);
    expect(filesWith('On the 10th.').filter(path => path.includes('kept'))).toHaveLength(1);
  });

  it('loses no answer about the other note if a resumed preparation goes back from it', async () => {
    const [one, two] = [make('aaaaaa'), make('bbbbbb')];
    const about = (text: string): readonly Line[] => [
      ['size', skip],
      ['wanted', answer(text)],
    ];
    const rest: readonly Line[] = [
      ['starter', skip],
      ['opening_line', skip],
    ];
    await start(
      ['prep', 'aaaaaa', 'bbbbbb'],
      [
        ...about('The first.'),
        ['want', skip],
        ['worries', skip],
        ['how', answer('say')],
        ...rest,
        ['if_too_much', skip],
        ['on_card', skip],
        ['more', answer('more')],
        ['on_side', answer(1)],
        ['safe', answer('not-sure')],
        ['not_sure_then', answer('go-on')],
        ...about('The second.'),
        ['starter', stopped],
      ],
    );
    const ran = await start(
      ['prep'],
      [
        ['draft', screen => answer(screen.options[0]?.key ?? '')],
        ['starter', skip],
        ['more', answer('more')],
        ['safe', answer('no')],
        ['unsafe_how', answer('crossed')],
        ['line_kinds', skip],
        ['safety_step', answer('not-this')],
        ['unsafe_how', answer('not-sure')],
        ['not_sure_then', answer('go-on')],
        ...rest,
        ['put_on_list', skip],
      ],
    );
    expect(ran.exit).toBe(0);
    expect(readFileSync(one, 'utf8')).toContain('The first.');
    expect(readFileSync(two, 'utf8')).toContain('The second.');
  });
});

describe('reflect --more that leads to the safety sequence', () => {
  it('gives the separate note none of the answers of the existing one', async () => {
    const path = make('aaaaaa', ['sit: bothered', 'kinds: [misread]', 'shape: again']);
    const before = readFileSync(path, 'utf8');
    const ran = await run(['reflect', '--more', 'aaaaaa'], {
      place,
      chance: seededChance(1000),
      replyTo: screen => {
        const answers: Readonly<Record<string, Line[1]>> = {
          feelings: answer(['unsafe']),
          safe: answer('no'),
          unsafe_how: answer('crossed'),
        };
        const response = answers[screen.id];
        if (response !== undefined && typeof response !== 'function') return response;
        return screen.skippable ? skip : answer(screen.options[0]?.key ?? 'words');
      },
    });
    expect(ran.exit).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(before);
    const [apart = ''] = filesWith('status: set-aside');
    const text = readFileSync(apart, 'utf8');
    expect(text).toContain('title: A moment on 5 March');
    expect(text).not.toMatch(/^(?:sit|kinds|shape):/m);
  });
});
