import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/errors.ts';
import { answer, back, finish, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Line, Place, Ran } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

interface Made {
  readonly id: string;
  readonly status?: string;
  readonly session?: string;
  readonly size?: number;
  readonly extra?: string;
  readonly body?: string;
}

function make({
  id,
  status = 'open',
  session = '2026-03-05',
  size = 7,
  extra = '',
  body = '',
}: Made): string {
  const path = join(place.folder, `${session}-${id}.md`);
  const text = `---\nrupture: 1\nid: ${id}\nsession: ${session}\nstatus: ${status}\ntitle: Moment ${id}\nkinds: [misread, dismissed]\nfeelings: [small, angry]\nsize: ${size}\n${extra}history:\n  - ${session} ${status} ${size}\n---\n\n# Moment ${id}\n\n## What happened\n\nThey moved on.\n${body}`;
  writeFileSync(path, text);
  return path;
}

function prep(script: readonly Line[], args: readonly string[] = []): Promise<Ran> {
  return run(['prep', ...args], { place, script });
}

const drafts = (): readonly string[] => {
  const folder = join(place.folder, '.rupture', 'drafts');
  return existsSync(folder) ? readdirSync(folder) : [];
};

const plan: readonly Line[] = [
  ['how', answer('say')],
  ['starter', answer('plain')],
  ['opening_line', answer('Something last time stayed with me.')],
];

describe('preparing', () => {
  it('says that nothing is waiting when nothing is unresolved', async () => {
    make({ id: 'aaaaaa', status: 'repaired' });
    const ran = await prep([]);
    expect(ran.exit).toBe(0);
    expect(ran.out).toBe('');
    expect(ran.err).toContain("There's nothing on your list.");
  });

  it('changes nothing if the person picks none today', async () => {
    const path = make({ id: 'aaaaaa' });
    const before = readFileSync(path, 'utf8');
    const ran = await prep([['picked', answer('none')]]);
    expect(ran.said.at(-1)).toBe(
      "That's fine. It will still be here. You don't have to bring anything today.",
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('asks four things in the quick mode, and puts the moment on the list', async () => {
    const path = make({ id: 'aaaaaa' });
    const ran = await prep(
      [['picked', answer('aaaaaa')], ...plan, ['put_on_list', answer(true)]],
      ['--quick'],
    );
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('status: planned');
    expect(text).toContain('  - 2026-03-12 planned 7\n');
    expect(text).toContain(
      "## Prepared on 2026-03-12\n\n### How I'll do it\n\nSay it\n\n### How I'll start\n\nSomething last time stayed with me.\n",
    );
    expect(ran.out.trim()).toBe(path);
    expect(drafts()).toEqual([]);
  });

  it('takes ids as the choice, fills the starters from the moment and starts the line from the one picked', async () => {
    make({ id: 'aaaaaa' });
    const soft =
      'This is hard to say. About last time, I wrote: “They moved on.” I felt small and angry. ' +
      'Can we talk about it?';
    const ran = await prep(
      [
        ['how', answer('say')],
        [
          'starter',
          screen => {
            expect(screen.options.find(({ key }) => key === 'soft')?.label).toBe(soft);
            // Nothing was said about what would help: a line that needs it is not offered.
            expect(screen.options.map(({ key }) => key)).not.toContain('with-want');
            expect(screen.options.map(({ key }) => key)).not.toContain('second-try');
            return answer('soft');
          },
        ],
        [
          'opening_line',
          screen => {
            expect(screen.given).toContain('I felt small and angry.');
            return answer(screen.given ?? '');
          },
        ],
        ['put_on_list', answer(false)],
      ],
      ['aaa', '--quick'],
    );
    expect(ran.exit).toBe(0);
  });

  it('replaces an unchanged suggestion when another start is chosen', async () => {
    make({ id: 'aaaaaa' });
    let offered = '';
    const takeAsOffered: Line[1] = screen => {
      offered = String(screen.given);
      return answer(offered);
    };
    const ran = await prep(
      [
        ['how', answer('say')],
        ['starter', answer('plain')],
        ['opening_line', takeAsOffered],
        ['put_on_list', answer(false)],
        ['preview', answer('change')],
        ['which', answer('starter')],
        ['starter', answer('soft')],
        [
          'opening_line',
          screen => {
            expect(screen.given).not.toBe(offered);
            expect(screen.given).toContain('This is hard to say.');
            return answer(`${String(screen.given)} Please.`);
          },
        ],
        ['preview', answer('change')],
        ['which', answer('starter')],
        ['starter', answer('plain')],
        [
          'opening_line',
          screen => {
            // A changed line is the person's own.
            expect(screen.given).toContain('Please.');
            return answer(String(screen.given));
          },
        ],
        ['preview', answer('keep')],
      ],
      ['aaaaaa', '--quick'],
    );
    expect(ran.exit).toBe(0);
  });

  it("puts the second try first for a moment that was not heard, and offers the person's own words", async () => {
    make({
      id: 'aaaaaa',
      status: 'not-addressed',
      body: '\n## One sentence\n\nWhen you moved on, I felt small.\n',
    });
    await prep(
      [
        ['how', answer('say')],
        [
          'starter',
          screen => {
            expect(screen.options.slice(0, 2).map(({ key }) => key)).toEqual(['second-try', 'own']);
            return answer('own');
          },
        ],
        [
          'opening_line',
          screen => {
            expect(screen.given).toBe('When you moved on, I felt small.');
            return skip;
          },
        ],
        ['put_on_list', skip],
      ],
      ['aaaaaa', '--quick'],
    );
  });

  it('suggests a smaller step after an earlier hurtful response', async () => {
    make({ id: 'aaaaaa' });
    const ran = await prep(
      [
        ['size', answer(5)],
        ['wanted', skip],
        ['want', skip],
        ['worries', answer(['fight'])],
        ['past_repair', answer(['turned-on-me'])],
        ['ease', skip],
        ['how', answer('say')],
        [
          'starter',
          screen => {
            expect(screen.options.slice(0, 2).map(({ key }) => key)).toEqual(['smallest', 'ask-me']);
            return finish;
          },
        ],
      ],
      ['aaaaaa'],
    );
    expect(ran.said).toContain('Then a smaller first step may be better.');
    expect(ran.said).toContain("Many people have never seen this go well. That's not your fault.");
  });

  it('does not ask again what usually happens when a preparation of the last 90 days says it', async () => {
    make({ id: 'aaaaaa' });
    make({
      id: 'bbbbbb',
      session: '2026-02-01',
      body: '\n## Prepared on 2026-02-10\n\n### What usually happened\n\nWe grew apart\n',
    });
    const ran = await prep(
      [
        ['size', skip],
        ['wanted', skip],
        ['want', skip],
        ['worries', answer(['fight'])],
        ['ease', skip],
        ['how', finish],
      ],
      ['aaaaaa'],
    );
    expect(ran.exit).toBe(0);
  });

  it('offers to bring, keep or let go of a moment that has become small', async () => {
    const path = make({ id: 'aaaaaa' });
    await prep(
      [
        ['size', answer(1)],
        ['small_next', answer('let-go')],
        ['let_go_reason', answer('smaller')],
        ['last_word', skip],
      ],
      ['aaaaaa'],
    );
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('status: let-go');
    expect(text).toContain('size: 1');
    expect(text).toContain('let_go_reason: smaller');
  });

  it('asks questions about each of two moments twice, and the others once', async () => {
    const one = make({ id: 'aaaaaa' });
    const two = make({ id: 'bbbbbb', size: 4 });
    const ran = await prep(
      [
        ['size', answer(6)],
        ['wanted', answer('One.')],
        ['want', answer(['heard'])],
        ['worries', answer(['none'])],
        ['how', answer('say')],
        ['starter', answer('plain')],
        ['opening_line', answer('First line.')],
        ['if_too_much', answer('breath')],
        [
          'on_card',
          screen => {
            expect([screen.options.map(({ key }) => key), screen.given]).toEqual([
              ['opening-line', 'wanted', 'want', 'if-too-much', 'none'],
              ['opening-line', 'wanted', 'want'],
            ]);
            return answer(['opening-line', 'want']);
          },
        ],
        ['more', answer('done')],
        ['size', answer(3)],
        ['wanted', answer('Two.')],
        ['starter', answer('plain')],
        ['opening_line', answer('Second line.')],
        ['put_on_list', answer(true)],
      ],
      ['aaaaaa', 'bbbbbb'],
    );
    expect(ran.exit).toBe(0);
    expect(readFileSync(one, 'utf8')).toContain('size: 6');
    expect(readFileSync(one, 'utf8')).toContain('First line.');
    expect(readFileSync(two, 'utf8')).toContain('Second line.');
    expect(readFileSync(two, 'utf8')).toContain('To be heard');
    for (const path of [one, two]) expect(readFileSync(path, 'utf8')).toContain('status: planned');
    // The card has what the person chose for it.
    const said = ran.said.join('\n');
    expect(said).toMatch(
      /First line\.\n\nWhat would help +To be heard\n\nSecond line\.\n\nWhat would help +To be heard/,
    );
  });

  it('saves a draft on Ctrl-C and continues it, with the answers of each moment', async () => {
    const one = make({ id: 'aaaaaa' });
    make({ id: 'bbbbbb' });
    const stopped = await prep(
      [
        ['size', answer(6)],
        ['wanted', answer('Only one.')],
        [
          'want',
          () => {
            throw new Cancelled('SIGINT');
          },
        ],
      ],
      ['aaaaaa', 'bbbbbb'],
    );
    expect(stopped.exit).toBe(130);
    expect(stopped.err).toContain('rupture prep goes on with it');
    expect(drafts()).toHaveLength(1);
    const ran = await run(['prep'], {
      place,
      chance: seededChance(5),
      script: [
        ['draft', screen => answer(screen.options[0]?.key ?? '')],
        ['want', finish],
      ],
    });
    expect(ran.err).toBe('');
    expect(readFileSync(one, 'utf8')).toContain('Only one.');
    expect(drafts()).toEqual([]);
  });

  it('saves answers that today’s questions do not use beside the notes, and says where', async () => {
    const one = make({ id: 'aaaaaa' });
    make({ id: 'bbbbbb' });
    await prep(
      [
        ['size', answer(6)],
        ['wanted', answer('Only one.')],
        [
          'want',
          () => {
            throw new Cancelled('SIGINT');
          },
        ],
      ],
      ['aaaaaa', 'bbbbbb'],
    );
    const [draft = ''] = drafts();
    const path = join(place.folder, '.rupture', 'drafts', draft);
    const held = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(
      path,
      JSON.stringify({
        ...held,
        answers: {
          ...held.answers,
          'gone@aaaaaa': 'A thought of its own.',
          dream: 'And a dream.',
          'size@aaaaaa': 'no number any more',
        },
      }),
    );
    const ran = await run(['prep'], {
      place,
      chance: seededChance(5),
      script: [
        ['draft', screen => answer(screen.options[0]?.key ?? '')],
        ['size', skip],
        ['want', finish],
      ],
    });
    const [kept = ''] = readdirSync(join(place.folder, '.rupture', 'kept'));
    expect(readFileSync(join(place.folder, '.rupture', 'kept', kept), 'utf8')).toBe(
      'no number any more\n\nA thought of its own.\n\nAnd a dream.\n',
    );
    expect(ran.err.replace(/\s+/g, '')).toContain(kept);
    expect(readFileSync(one, 'utf8')).toContain('Only one.');
    expect(drafts()).toEqual([]);
  });

  it('saves text for a question that a changed answer has removed from the path beside the notes, and says where', async () => {
    const path = make({ id: 'aaaaaa' });
    const ran = await prep(
      [
        ['how', answer('say')],
        ['starter', skip],
        ['opening_line', answer('A line of my own, which took long.')],
        ['put_on_list', back],
        ['opening_line', back],
        ['starter', back],
        ['how', answer('not-today')],
      ],
      ['aaaaaa', '--quick'],
    );
    const [kept = ''] = readdirSync(join(place.folder, '.rupture', 'kept'));
    expect(readFileSync(join(place.folder, '.rupture', 'kept', kept), 'utf8')).toBe(
      'A line of my own, which took long.\n',
    );
    expect([...ran.said, ran.err].join(' ').replace(/\s+/g, '')).toContain(kept);
    expect(readFileSync(path, 'utf8')).not.toContain('A line of my own');
    expect(drafts()).toEqual([]);
  });

  it('writes a card of at most nine lines, with only the chosen answers', async () => {
    make({ id: 'aaaaaa' });
    const long = 'It is a long thing that I want to say, and it goes on and on. '.repeat(12);
    const card = join(place.home, 'card.txt');
    const ran = await run(['prep', 'aaaaaa', '--answers', '-', '--card', card], {
      place,
      input: JSON.stringify({
        opening_line: long,
        wanted: long,
        want: ['heard'],
        worries: ['fight'],
        if_too_much: 'slow-down',
      }),
    });
    const text = readFileSync(card, 'utf8');
    expect(ran.exit).toBe(0);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(9);
    expect(text).toContain('To be heard');
    expect(text).not.toContain('fight');
    const again = await run(['prep', 'aaaaaa', '--answers', '-', '--card', card], {
      place,
      input: '{"opening_line": "Another line."}',
    });
    expect(readFileSync(card, 'utf8')).toBe(text);
    expect(again.exit).toBe(1);
  });

  it('leaves the moment alone and keeps a note apart if a line was crossed', async () => {
    const path = make({ id: 'aaaaaa' });
    const before = readFileSync(path, 'utf8');
    const ran = await prep(
      [
        ['size', skip],
        ['wanted', skip],
        ['want', skip],
        ['worries', skip],
        ['how', answer('say')],
        ['starter', skip],
        ['opening_line', skip],
        ['if_too_much', skip],
        ['more', answer('more')],
        ['on_side', answer(1)],
        ['safe', answer('no')],
        ['unsafe_how', answer('crossed')],
        ['line_kinds', answer(['threats'])],
        ['safety_step', answer('done')],
        ['apart', answer('keep')],
      ],
      ['aaaaaa'],
    );
    expect(ran.exit).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(before);
    const apart = readdirSync(place.folder).filter(name => name.startsWith('2026-03-12'));
    expect(readFileSync(join(place.folder, apart[0] ?? ''), 'utf8')).toContain('status: set-aside');
  });

  it('never overwrites a file that changed in the meantime: keeps both texts, exit 5', async () => {
    const path = make({ id: 'aaaaaa' });
    const ran = await prep(
      [
        ...plan.slice(0, 2),
        [
          'opening_line',
          () => {
            writeFileSync(
              path,
              readFileSync(path, 'utf8').replace('They moved on.', 'They moved on, twice.'),
            );
            return answer('A line.');
          },
        ],
        ['put_on_list', answer(true)],
      ],
      ['aaaaaa', '--quick'],
    );
    expect(ran.exit).toBe(5);
    expect(readFileSync(path, 'utf8')).toContain('They moved on, twice.');
    expect(readFileSync(path, 'utf8')).not.toContain('A line.');
    const kept = join(place.folder, '.rupture', 'kept');
    expect(readFileSync(join(kept, readdirSync(kept)[0] ?? ''), 'utf8')).toContain('A line.');
  });
});

describe('following up', () => {
  const follow = (script: readonly Line[], args: readonly string[] = ['aaaaaa']): Promise<Ran> =>
    run(['follow-up', ...args], { place, script });

  const sizedBefore = async (lines: readonly string[], size: string): Promise<string | undefined> => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace('size: 7\n', size)
        .replace(/history:\n.*\n/, ['history:', ...lines.map(line => `  - ${line}`), ''].join('\n')),
    );
    let seen: string | undefined;
    await follow([
      ['came_up', answer('they-did')],
      ['response', skip],
      [
        'size',
        screen => {
          seen = screen.recall;
          return finish;
        },
      ],
    ]);
    return seen;
  };

  it.each<[string, string | undefined, readonly string[], string]>([
    [
      'in their order',
      'Before: 2, 5, 8',
      ['2026-03-05 open 2', '2026-03-06 open 5', '2026-03-07 planned 8'],
      'size: 8\n',
    ],
    [
      'the last five of more',
      'Before: 3, 4, 5, 6, 7',
      [1, 2, 3, 4, 5, 6, 7].map(size => `2026-03-05 open ${size}`),
      'size: 7\n',
    ],
    ['with one that was changed by hand', 'Before: 2, 10', ['2026-03-05 planned 2'], 'size: 10\n'],
    [
      'once where a change of status took it along',
      'Before: 7, 5',
      ['2026-03-05 open 7', '2026-03-06 open 5', '2026-03-07 planned 5'],
      'size: 5\n',
    ],
    [
      "past lines that can't be read",
      'Before: 2, 8',
      ['2026-03-05 open 2', 'gone 4', '2026-03-06 open 11', '2026-03-07 planned 8'],
      'size: 8\n',
    ],
    ['one alone as the last time', 'Before: 7', ['2026-03-05 planned 7'], 'size: 7\n'],
    ['not at all where none was given', undefined, ['2026-03-05 planned'], ''],
  ])('shows the earlier sizes: %s', async (_name, expected, lines, size) => {
    expect(await sizedBefore(lines, size)).toBe(expected);
  });
  const heard: readonly Line[] = [
    ['came_up', answer('i-said-it')],
    ['response', answer(['listened', 'owned'])],
    ['size', answer(2)],
  ];

  it('records that it was worked through', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    const ran = await follow([...heard, ['status', answer('repaired')], ['more', answer('done')]]);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('status: repaired');
    expect(text).toContain('  - 2026-03-12 repaired 2\n');
    expect(text).toContain('### How they responded\n\nListened · Owned their part');
    expect(ran.said).toContain('You did something hard.');
    expect(ran.said.slice(-2)).toEqual([
      "The two of you worked it through. That's worth remembering.",
      'There is a short page on this: rupture learn good-answer',
    ]);
  });

  it('lists the changeable answers in the preview, each in its own words', async () => {
    make({ id: 'aaaaaa' });
    await run(['let-go', 'aaaaaa'], {
      place,
      script: [
        ['ready', answer(true)],
        ['let_go_reason', answer('learned')],
        ['size', answer(2)],
        ['last_word', answer('Enough of it.')],
        ['preview', answer('change')],
        [
          'which',
          screen => {
            expect(screen.options.map(({ label }) => label)).toEqual([
              'Are you ready to let this one go?   Yes',
              'What made it ready   I learned something',
              'How big   2',
              'A last word   Enough of it.',
              'Back',
            ]);
            return skip;
          },
        ],
      ],
    });
  });

  it('changes nothing if they have not met yet', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    const before = readFileSync(path, 'utf8');
    const ran = await follow([['came_up', answer('no-session')]]);
    expect(ran.said).toContain("That's fine. You can come back after you've met.");
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('keeps it on the list when it did not come up and is to be tried next time', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    const ran = await follow([
      ['came_up', answer('not-this-time')],
      ['in_the_way', answer('nerves')],
      ['try_next', answer('next-time')],
      ['size', answer(6)],
    ]);
    expect(readFileSync(path, 'utf8')).toContain('status: planned');
    expect(readFileSync(path, 'utf8')).toContain('  - 2026-03-12 planned 6\n');
    expect(ran.said).toContain("That's fine. It will still be here.");
    expect(ran.said).toContain('You came back to it. That counts.');
  });

  it('finds a smaller way and prepares it immediately', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    await follow([
      ['came_up', answer('not-this-time')],
      ['in_the_way', answer('time')],
      ['try_next', answer('smaller')],
      ['size', skip],
      ['how', answer('ask-me')],
      ['starter', answer('ask-me')],
      ['opening_line', answer('Ask me, please.')],
      ['if_too_much', skip],
      ['put_on_list', answer(true)],
    ]);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('## Followed up on 2026-03-12');
    expect(text).toContain("## Prepared on 2026-03-12\n\n### How I'll do it");
    expect(text).toContain('Ask me, please.');
    expect(text).toContain('status: planned');
  });

  it('leads to letting go if it no longer matters', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    await follow([
      ['came_up', answer('not-this-time')],
      ['in_the_way', answer('not-matter')],
      ['size', answer(1)],
      ['let_go_reason', answer('smaller')],
      ['last_word', skip],
    ]);
    expect(readFileSync(path, 'utf8')).toContain('status: let-go');
  });

  it('offers five steps when it was said but not heard, and lets it rest until a day', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    await follow([
      ['came_up', answer('i-said-it')],
      ['response', answer(['moved-on'])],
      ['size', answer(7)],
      ['status', answer('not-addressed')],
      [
        'second_step',
        screen => {
          expect(screen.options.map(({ key }) => key)).toEqual([
            'think',
            'rest',
            'options',
            'trusted',
            'try-again',
          ]);
          return answer('rest');
        },
      ],
      ['rest_until', answer('in 2 weeks')],
      ['more', answer('done')],
    ]);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('status: not-addressed');
    expect(text).toContain('rest_until: 2026-03-26');
  });

  it('hides the second try and asks about safety after a hurtful response', async () => {
    make({ id: 'aaaaaa', status: 'planned' });
    const ran = await follow([
      ['came_up', answer('i-said-it')],
      ['response', answer(['punished'])],
      ['safe', answer('not-sure')],
      ['not_sure_then', answer('safety-page')],
      ['size', skip],
      ['status', answer('not-addressed')],
      [
        'second_step',
        screen => {
          expect(screen.options.map(({ key }) => key)).not.toContain('try-again');
          return skip;
        },
      ],
      ['more', answer('done')],
    ]);
    expect(ran.said.join('\n')).toContain('Some things have no place in therapy.');
  });

  it.each([
    [
      'the second round that was not heard',
      '  - 2026-03-06 not-addressed 7\n',
      ['moved-on'],
      'not-addressed',
    ],
    ['three hard answers in one round', '', ['defensive', 'denied', 'about-me'], 'raised'],
  ] as const)('offers the options once after %s', async (_name, line, response, status) => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('history:\n', `history:\n${line}`));
    const ran = await follow([
      ['came_up', answer('i-said-it')],
      ['response', answer([...response])],
      ['size', skip],
      ['status', answer(status)],
      ...(status === 'not-addressed' ? [['second_step', skip] as const] : []),
      ['see_options', answer('see')],
      ['more', answer('done')],
    ]);
    expect(ran.said.join('\n')).toContain('get a second opinion');
  });

  it('may follow up a moment that was never planned, and says so', async () => {
    make({ id: 'aaaaaa' });
    const ran = await follow([['came_up', finish]]);
    expect(ran.said).toContain("This wasn't on your list to bring up, and that's fine.");
  });

  it('asks which note if there are several, the planned ones first', async () => {
    make({ id: 'aaaaaa' });
    make({ id: 'bbbbbb', status: 'planned' });
    await follow(
      [
        [
          'moment',
          screen => {
            expect(screen.options.map(({ key }) => key)).toEqual(['bbbbbb', 'aaaaaa']);
            return answer('bbbbbb');
          },
        ],
        ['came_up', finish],
      ],
      [],
    );
  });
});

describe('reflecting after something was planned', () => {
  it('asks about the planned note first, then about the new one', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    const ran = await run(['reflect'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        ['response', skip],
        ['size', answer(3)],
        ['status', answer('eased')],
        ['more', answer('done')],
        ['anything_new', answer('add')],
        ['sit', answer('fine')],
        ['good_moment', answer('They asked again.')],
        ['held_back', answer('no')],
        ['preview', answer('keep')],
      ],
    });
    expect(ran.exit).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('status: eased');
    expect(ran.out.trim().split('\n')).toHaveLength(2);
  });

  it('stops there if there is nothing new', async () => {
    make({ id: 'aaaaaa', status: 'planned' });
    const ran = await run(['reflect'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        ['response', skip],
        ['size', skip],
        ['status', skip],
        ['more', skip],
        ['anything_new', answer('stop')],
      ],
    });
    expect(ran.exit).toBe(0);
    expect(readdirSync(place.folder).filter(name => name.endsWith('.md'))).toHaveLength(1);
  });

  it('continues with the answers of an interrupted run', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    await run(['reflect'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        [
          'response',
          () => {
            throw new Cancelled('SIGINT');
          },
        ],
      ],
    });
    const [draft = ''] = drafts();
    await run(['reflect'], {
      place,
      script: [
        ['draft', answer(draft.replace('.json', ''))],
        ['response', answer(['listened'])],
        ['size', skip],
        ['status', answer('eased')],
        ['more', answer('done')],
        ['anything_new', answer('stop')],
      ],
    });
    expect(readFileSync(path, 'utf8')).toContain('I said it');
    expect(drafts()).toEqual([]);
  });

  it.each([
    ['deleted', () => run(['delete', 'aaaaaa', '--yes'], { place, input: '' })],
    ['kept apart', () => run(['mark', 'aaaaaa', 'set-aside'], { place, input: '' })],
  ])('offers no draft of a moment that is %s, and takes none for another', async (_how, meanwhile) => {
    make({ id: 'aaaaaa', status: 'planned' });
    const other = make({ id: 'bbbbbb', status: 'planned' });
    await run(['follow-up', 'aaaaaa'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        [
          'response',
          () => {
            throw new Cancelled('SIGINT');
          },
        ],
      ],
    });
    expect(drafts()).toHaveLength(1);
    await meanwhile();
    expect(drafts()).toHaveLength(1);
    const before = readFileSync(other, 'utf8');
    await run(['reflect'], {
      place,
      chance: seededChance(9),
      script: [
        ['came_up', answer('no-session')],
        ['sit', finish],
      ],
    });
    expect(readFileSync(other, 'utf8')).toBe(before);
    expect(drafts()).toHaveLength(1);
  });

  it('does not ask about a moment of the same session', async () => {
    make({ id: 'aaaaaa', status: 'planned', session: '2026-03-12' });
    const ran = await run(['reflect'], { place, script: [['sit', finish]] });
    expect(ran.screens.map(({ id }) => id)).toEqual(['sit']);
  });
});

describe('adding to a quick note', () => {
  it('asks from the third question on, and adds to the file without touching what was there', async () => {
    const path = make({ id: 'aaaaaa', extra: 'sit: bothered\nnext: open\n' });
    const before = readFileSync(path, 'utf8');
    const ran = await run(['reflect', '--more', 'aaa'], {
      place,
      script: [
        ['shape', answer('again')],
        ['strain_from', answer('between')],
        ['detail', answer('The look.')],
        ['meant', skip],
        ['outside', skip],
        ['since', finish],
      ],
    });
    expect(ran.exit).toBe(0);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('shape: again');
    expect(text).toContain('## What part stayed with me\n\nThe look.');
    expect(text).toContain('  - 2026-03-12 open 7\n');
    expect(text.startsWith(before.slice(0, before.indexOf('history:')).split('sit:')[0] ?? '-')).toBe(true);
    expect(text.match(/## What happened/g)).toHaveLength(1);
  });

  it('says on the third time in a day that resting it is fine', async () => {
    const path = make({ id: 'aaaaaa' });
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(
        'history:\n',
        'history:\n  - 2026-03-12 open 7\n  - 2026-03-12 open 7\n',
      ),
    );
    const ran = await run(['reflect', '--more'], { place, script: [['shape', finish]] });
    expect(ran.said.join('\n')).toContain("You've come back to this a few times today.");
  });

  it('names the way back in the earlier moment that was tried again', async () => {
    const path = make({ id: 'aaaaaa' });
    await run(['reflect'], {
      place,
      script: [
        ['sit', skip],
        ['what', skip],
        ['kinds', answer(['repeat'])],
        ['repeat_of', answer('aaaaaa')],
        ['feelings', skip],
        ['size', skip],
        ['next', skip],
        ['preview', answer('keep')],
      ],
    });
    const made = readdirSync(place.folder).find(name => name.startsWith('2026-03-12')) ?? '';
    expect(readFileSync(join(place.folder, made), 'utf8')).toContain('repeat_of: aaaaaa');
    expect(readFileSync(path, 'utf8')).toContain(`repeated_in: [${made.slice(11, 17)}]`);
  });
});

// Nothing leads from what is kept apart to raising it (RQ2, RQ3).
describe('a note that is set aside', () => {
  it.each([
    ['prep', 'aaaaaa'],
    ['prep', 'last'],
    ['follow-up', 'aaaaaa'],
    ['let-go', 'aaa'],
    ['reflect', '--more', 'aaaaaa'],
    ['reflect', '--more'],
  ])('can not be continued: %s %s', async (...args) => {
    const path = make({ id: 'aaaaaa', status: 'set-aside' });
    const before = readFileSync(path, 'utf8');
    const ran = await run(args, { place, script: [] });
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain('“aaaaaa” is kept apart from your lists.');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each([
    ['prep', '{"picked": ["aaaaaa"], "how": "say"}'],
    ['follow-up', '{"moment": "aaaaaa", "came_up": "they-did"}'],
    ['let-go', '{"moment": "aaaaaa"}'],
  ])('nor by %s with a file of answers', async (command, input) => {
    const path = make({ id: 'aaaaaa', status: 'set-aside' });
    const before = readFileSync(path, 'utf8');
    expect((await run([command, '--answers', '-'], { place, input })).exit).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('is still shown, and brought back by hand', async () => {
    const path = make({ id: 'aaaaaa', status: 'set-aside' });
    expect((await run(['show', 'aaaaaa'], { place })).exit).toBe(0);
    expect((await run(['reopen', 'aaaaaa'], { place })).exit).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('status: open');
  });
});

describe('a run without a result', () => {
  it.each([['follow-up'], ['let-go']])(
    '%s says so when no moment was chosen, though some wait',
    async command => {
      make({ id: 'aaaaaa' });
      make({ id: 'bbbbbb' });
      const ran = await run([command], { place, script: [['moment', skip]] });
      expect(ran.said).toEqual(['Nothing was changed.']);
    },
  );

  it.each([
    ['follow-up', 'came_up'],
    ['let-go', 'ready'],
  ])('%s says so if nothing was answered', async (command, first) => {
    make({ id: 'aaaaaa', status: 'planned' });
    const ran = await run([command, 'aaaaaa'], { place, script: [[first, finish]] });
    expect(ran.said.at(-1)).toBe('Nothing was changed.');
    expect(ran.out).toBe('');
  });

  it('reflect --more says so when nothing was added, and names no file', async () => {
    const path = make({ id: 'aaaaaa' });
    const before = readFileSync(path, 'utf8');
    const ran = await run(['reflect', '--more'], { place, script: [['shape', finish]] });
    expect(ran.said.at(-1)).toBe('Nothing was changed.');
    expect(ran.out).toBe('');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('prep with a file says the same as to a person who picks none today', async () => {
    make({ id: 'aaaaaa' });
    expect((await run(['prep', '--answers', '-'], { place, input: '{"picked": ["none"]}' })).err).toContain(
      "That's fine. It will still be here. You don't have to bring anything today.",
    );
  });
});

describe('a preparation by its id', () => {
  it('does not mention a feeling without a name', async () => {
    const path = make({ id: 'aaaaaa' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('[small, angry]', '[small, other]'));
    const ran = await prep(
      [
        ['how', answer('say')],
        [
          'starter',
          screen => {
            expect(screen.options.find(({ key }) => key === 'soft')?.label).toContain('I felt small. ');
            return skip;
          },
        ],
        ['opening_line', skip],
        ['put_on_list', answer(false)],
      ],
      ['aaaaaa', '--quick'],
    );
    expect(ran.exit).toBe(0);
  });

  it('begins with the sentence that the choice begins with, and ends at a short page', async () => {
    make({ id: 'aaaaaa' });
    const ran = await prep([...plan, ['put_on_list', answer(true)]], ['aaaaaa', '--quick']);
    expect(ran.said[0]).toBe(
      "You can treat this as practice. It doesn't have to come out right. At the end there is a card for you: your own words on a few lines.",
    );
    expect(ran.said.at(-1)).toBe('There is a short page on this: rupture learn good-answer');
  });

  it('suggests no next step on a day without a preparation', async () => {
    make({ id: 'aaaaaa' });
    const ran = await prep([['how', answer('not-today')]], ['aaaaaa', '--quick']);
    expect(ran.said.join('\n')).not.toContain('rupture learn');
  });
});

describe('answers in a file', () => {
  it('follow a question that only leads to them', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    const ran = await run(['follow-up', 'aaaaaa', '--answers', '-'], {
      place,
      input:
        '{"came_up": "i-said-it", "status": "eased", "helped": "You asked again.", "closeness": "closer"}',
    });
    expect(readFileSync(path, 'utf8')).toContain('You asked again.');
    expect(readFileSync(path, 'utf8')).toContain('Closer');
    expect(ran.err).not.toContain('not kept');
  });

  it.each([
    ['a note of safety', ['reflect'], '{"sit": "line", "note": "He touched me."}', 'set-aside'],
    [
      'a preparation with a small size',
      ['prep', 'aaaaaa'],
      '{"size": 1, "opening_line": "Hello.", "let_go_reason": "smaller", "put_on_list": true}',
      'planned',
    ],
  ])('never decide for the person: %s', async (_name, args, input, status) => {
    make({ id: 'aaaaaa' });
    const ran = await run([...args, '--answers', '-'], { place, input });
    expect(ran.exit).toBe(0);
    expect(readFileSync(ran.out.trim(), 'utf8')).toContain(`status: ${status}`);
  });

  it('names, with two notes, the answers that were not asked for', async () => {
    make({ id: 'aaaaaa' });
    make({ id: 'bbbbbb' });
    const ran = await run(['prep', 'aaaaaa', 'bbbbbb', '--answers', '-'], {
      place,
      input:
        '{"how": "say", "aaaaaa": {"want": ["heard"], "opening_line": "One."}, "bbbbbb": {"want": ["sorry"], "opening_line": "Two."}}',
    });
    expect(ran.err).toContain('Not asked here, so not kept: want.');
  });

  it('are named if no question asked for them', async () => {
    const path = make({ id: 'aaaaaa', status: 'planned' });
    const ran = await run(['follow-up', 'aaaaaa', '--answers', '-'], {
      place,
      input: '{"came_up": "they-did", "status": "raised", "in_the_way": "time", "second_step": "rest"}',
    });
    expect(ran.err).toContain('Not asked here, so not kept: in_the_way, second_step.');
    expect(readFileSync(path, 'utf8')).toContain('status: raised');
    expect(
      (
        await run(['reflect', '--answers', '-'], {
          place,
          input:
            '{"what": "They moved on.", "detail": "The look.", "one_line": "Can we go back?", "outside": "I\'d believe you."}',
        })
      ).err,
    ).toContain('Not asked here, but kept in the note: detail, one_line, outside.');
  });

  it('set until when it rests, and a resting moment keeps its status', async () => {
    const path = make({ id: 'aaaaaa', status: 'eased' });
    const ran = await run(['follow-up', 'aaaaaa', '--answers', '-'], {
      place,
      input:
        '{"came_up": "they-did", "status": "let-go", "let_go_reason": "no-energy", "rest_or_go": "rest", "rest_until": "in 2 weeks"}',
    });
    expect(ran.err).toContain('aaaaaa: resting until Thu 26 March.');
    expect(readFileSync(path, 'utf8')).toMatch(/status: eased\n[^]*rest_until: 2026-03-26/);
    // A settled moment does not rest.
    const settled = make({ id: 'bbbbbb', status: 'repaired' });
    await run(['follow-up', 'bbbbbb', '--answers', '-'], {
      place,
      input:
        '{"came_up": "they-did", "status": "let-go", "let_go_reason": "no-energy", "rest_or_go": "rest", "rest_until": "in 2 weeks"}',
    });
    expect(readFileSync(settled, 'utf8')).toContain('status: raised');
  });
});
