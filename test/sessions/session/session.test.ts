import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../src/errors.ts';
import { answer, back, clockAt, finish, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Line, Place, Ran } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  // Skip the introduction of a first run.
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(
    join(place.folder, '2026-01-01-aaaaaa.md'),
    '---\nrupture: 1\nid: aaaaaa\nsession: 2026-01-01\nsit: fine\n---\n\n# A moment on 1 January\n',
  );
});
afterEach(() => place.remove());

const quick: readonly Line[] = [
  ['sit', answer('bothered')],
  ['what', answer('They looked away.')],
  ['kinds', answer(['bored'])],
  ['feelings', answer(['small'])],
  ['size', answer(5)],
];
const keep: Line = ['preview', answer('keep')];

function reflect(script: readonly Line[], args: readonly string[] = []): Promise<Ran> {
  return run(['reflect', ...args], { place, script });
}

function notes(): readonly string[] {
  return readdirSync(place.folder)
    .filter(name => name.endsWith('.md') && !name.includes('aaaaaa'))
    .map(name => readFileSync(join(place.folder, name), 'utf8'));
}

/** Returns all files below the person's home that contain this text. */
function filesWith(text: string): readonly string[] {
  return readdirSync(place.home, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => readFileSync(path, 'utf8').includes(text));
}

function drafts(): readonly string[] {
  const folder = join(place.folder, '.rupture', 'drafts');
  return existsSync(folder) ? readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8')) : [];
}

describe('the first run', () => {
  beforeEach(() => {
    place.remove();
    place = openPlace();
  });

  it('prints five lines and asks for a yes', async () => {
    const ran = await reflect([['ok', answer(true)], ...quick, ['next', answer('open')], keep]);
    expect(ran.said[0]?.split('\n')).toHaveLength(5);
    expect(ran.said[0]).toContain(place.folder);
    expect(notes()).toHaveLength(1);
  });

  it('creates nothing if the answer is no', async () => {
    const ran = await reflect([['ok', answer(false)]]);
    expect(ran.exit).toBe(0);
    expect(ran.err).toContain('Nothing was saved.');
    expect(existsSync(place.folder)).toBe(false);
  });

  it('asks only once', async () => {
    await reflect([['ok', answer(true)], ...quick, ['next', answer('open')], keep]);
    const ran = await reflect([...quick, ['next', answer('open')], keep]);
    expect(ran.screens.map(({ id }) => id)).not.toContain('ok');
  });
});

describe('a session', () => {
  it('keeps a moment and prints its path alone', async () => {
    const ran = await reflect([
      ...quick,
      ['next', answer('planned')],
      ['one_line', answer('You looked away.')],
      keep,
    ]);
    expect(ran.out.trim()).toMatch(/2026-03-12-[a-z][a-z0-9]{5}\.md$/);
    expect(notes()[0]).toContain('status: planned');
    expect(ran.said.at(-1)).toContain('rupture prep');
    expect(drafts()).toEqual([]);
  });

  it('keeps the picks in the order in which they were made', async () => {
    await reflect([
      ['sit', skip],
      ['what', skip],
      ['kinds', answer(['judged', 'misread'])],
      ['feelings', answer(['small', 'angry'])],
      ['size', skip],
      ['next', skip],
      keep,
    ]);
    expect(notes()[0]).toContain('kinds: [judged, misread]\nfeelings: [small, angry]');
    expect(notes()[0]).toContain('title: I felt judged');
  });

  it('keeps a file with only a date when everything is skipped and the person keeps it', async () => {
    await reflect([
      ['sit', skip],
      ['what', skip],
      ['kinds', skip],
      ['feelings', skip],
      ['size', skip],
      ['next', skip],
      keep,
    ]);
    expect(notes()[0]).toContain('title: A moment on 12 March');
    expect(notes()[0]).not.toContain('##');
  });

  it('leaves nothing on disk if the person discards it', async () => {
    const ran = await reflect([
      ...quick,
      ['next', answer('open')],
      ['preview', answer('drop')],
      ['sure', answer('stay')],
      ['preview', answer('drop')],
      ['sure', answer('drop')],
    ]);
    expect(notes()).toEqual([]);
    expect(drafts()).toEqual([]);
    expect(ran.out).toBe('');
    expect(ran.said.at(-1)).toBe('Nothing was kept.');
  });

  it('saves nothing without an answer', async () => {
    const ran = await reflect([['sit', finish]]);
    expect(ran.exit).toBe(0);
    expect(ran.said.at(-1)).toBe('Nothing was answered, so nothing was kept.');
    expect(notes()).toEqual([]);
  });

  it('saves the answers if it is finished in the middle', async () => {
    await reflect([
      ['sit', answer('bothered')],
      ['what', answer('They looked away.')],
      ['kinds', finish],
    ]);
    expect(notes()[0]).toContain('They looked away.');
    expect(notes()[0]).toContain('status: open');
  });

  it('goes back across a condition, and keeps later answers while they apply', async () => {
    const ran = await reflect([
      ['sit', answer('fine')],
      ['good_moment', back],
      [
        'sit',
        screen => {
          expect(screen.given).toBe('fine');
          return answer('bothered');
        },
      ],
      ['what', answer('They looked away.')],
      ['kinds', answer(['bored'])],
      ['feelings', back],
      ['kinds', back],
      ['what', answer('They looked at the clock.')],
      ['feelings', answer(['small'])],
      ['size', answer(5)],
      ['next', answer('open')],
      keep,
    ]);
    expect(ran.exit).toBe(0);
    expect(notes()[0]).toContain('They looked at the clock.');
    expect(notes()[0]).toContain('kinds: [bored]');
    expect(notes()[0]).toContain('sit: bothered');
  });

  it('saves a text that a changed answer has removed from the path', async () => {
    await reflect([
      ['sit', answer('fine')],
      ['good_moment', answer('They asked about the coat.')],
      ['held_back', back],
      ['good_moment', back],
      ['sit', answer('bothered')],
      ['what', skip],
      ['kinds', skip],
      ['feelings', skip],
      ['size', skip],
      ['next', skip],
      ['preview', () => answer('keep')],
    ]);
    expect(notes()[0]).toContain('## A moment to keep\n\nThey asked about the coat.');
  });

  it('offers a text again that was left half typed by going back', async () => {
    await reflect([
      ['sit', answer('bothered')],
      ['what', { is: 'back', typed: 'They looked' }],
      ['sit', answer('strained')],
      [
        'what',
        screen => {
          expect(screen.given).toBe('They looked');
          expect(screen.kept).toBe(false);
          return answer('They looked away.');
        },
      ],
      ['kinds', finish],
    ]);
    expect(notes()[0]).toContain('They looked away.');
  });

  it('offers an answer again that could not be saved, and says what is wrong', async () => {
    const away = `${place.folder}-away`;
    const ran = await reflect([
      ['sit', answer('bothered')],
      [
        'what',
        () => {
          renameSync(place.folder, away);
          return answer('They looked away.');
        },
      ],
      [
        'what',
        screen => {
          expect(screen.given).toBe('They looked away.');
          renameSync(away, place.folder);
          return answer(String(screen.given));
        },
      ],
      ['kinds', finish],
    ]);
    expect(ran.exit).toBe(0);
    expect(ran.said.join('\n')).toContain(place.folder);
    expect(notes()[0]).toContain('They looked away.');
  });

  it('changes an answer from the preview and comes back to it', async () => {
    const ran = await reflect([
      ...quick,
      ['next', answer('open')],
      ['preview', answer('change')],
      ['which', answer('next')],
      ['next', answer('planned')],
      ['one_line', skip],
      keep,
    ]);
    expect(ran.screens.map(({ id }) => id).slice(-5)).toEqual([
      'preview',
      'which',
      'next',
      'one_line',
      'preview',
    ]);
    expect(notes()[0]).toContain('status: planned');
  });

  it('goes back from the preview to the last answer, and further', async () => {
    const ran = await reflect([
      ...quick,
      ['next', answer('open')],
      ['preview', back],
      ['next', back],
      ['size', answer(7)],
      ['preview', back],
      ['next', answer('planned')],
      ['one_line', skip],
      keep,
    ]);
    expect(ran.screens.find(({ id }) => id === 'preview')?.canGoBack).toBe(true);
    expect(notes()[0]).toMatch(/size: 7[^]*status: planned|status: planned[^]*size: 7/);
  });

  it('changes nothing when the choice of an answer ends with Back, or the question whether to delete is left', async () => {
    const ran = await reflect([
      ...quick,
      ['next', answer('open')],
      ['preview', answer('change')],
      [
        'which',
        screen => {
          expect([screen.options.at(-1)?.label, screen.skippable]).toEqual(['Back', false]);
          return answer(screen.options.at(-1)?.key ?? '');
        },
      ],
      ['preview', answer('change')],
      ['which', back],
      ['preview', answer('drop')],
      ['sure', back],
      keep,
    ]);
    expect(ran.exit).toBe(0);
    expect(notes()).toHaveLength(1);
  });

  it('says once how many questions there are: the number never grows, and none is beyond it', async () => {
    const counts = (ran: Ran): readonly (readonly [at: number, about: number])[] =>
      ran.screens.flatMap(({ progress = '' }) => {
        const [, at, about] = /^(\d+) of about (\d+)$/.exec(progress) ?? [];
        expect([progress, at !== undefined || progress === '' || /^Question \d+$/.test(progress)]).toEqual([
          progress,
          true,
        ]);
        return at === undefined ? [] : [[Number(at), Number(about)] as const];
      });
    const raised: readonly Line[] = [
      ['next', answer('raised')],
      ['response', answer(['listened'])],
      ['status', answer('let-go')],
    ];
    for (const [args, script] of [
      [
        ['reflect'],
        [
          ['sit', answer('fine')],
          ['good_moment', skip],
          ['held_back', answer('yes')],
          ['what', skip],
          ['size', skip],
          ['next', finish],
        ],
      ],
      [['reflect'], [...quick, ...raised]],
      [
        ['reflect'],
        [
          ['sit', answer('fine')],
          ['good_moment', back],
          ['sit', answer('bothered')],
          ...quick.slice(1),
          ...raised,
        ],
      ],
    ] as const) {
      const all = counts(await run([...args], { place, script: [...script] }));
      expect(all.length).toBeGreaterThan(4);
      expect(new Set(all.map(([, about]) => about)).size).toBe(1);
      for (const [at, about] of all) expect(at).toBeLessThanOrEqual(about);
    }
  });

  it('tells the record what was answered before the person went back', async () => {
    const ran = await reflect([
      ['sit', answer('bothered')],
      ['what', skip],
      ['kinds', back],
      ['what', back],
      ['sit', answer('mixed')],
      ['kinds', back],
      ['what', answer('They sighed.')],
      ['kinds', finish],
    ]);
    expect(ran.screens.map(({ id, recorded }) => [id, recorded])).toEqual([
      ['sit', undefined],
      ['what', undefined],
      ['kinds', undefined],
      ['what', null],
      ['sit', 'bothered'],
      ['kinds', undefined],
      ['what', null],
      ['kinds', undefined],
    ]);
  });

  it('does not treat a text as unfinished that was only viewed again', async () => {
    await reflect([
      ['sit', answer('bothered')],
      ['what', answer('They sighed.')],
      ['kinds', back],
      [
        'what',
        (_screen, typing) => {
          typing?.('They sighed.');
          return back;
        },
      ],
      ['sit', answer('mixed')],
      [
        'kinds',
        () => {
          throw new Cancelled('SIGINT');
        },
      ],
    ]);
    expect(drafts()).toEqual([expect.not.stringContaining('"half"')]);
    expect(drafts()).toEqual([expect.stringContaining('They sighed.')]);
  });

  it('continues at the third question to add more', async () => {
    const ran = await reflect([
      ...quick,
      ['next', answer('open')],
      ['preview', answer('more')],
      ['shape', answer('one-moment')],
      ['strain_from', answer('between')],
      ['detail', finish],
    ]);
    expect(ran.exit).toBe(0);
    expect(notes()[0]).toContain('shape: one-moment');
    expect(ran.screens.filter(({ id }) => id === 'good_moment')).toEqual([]);
  });

  it('stops and saves if it is still fresh', async () => {
    const ran = await reflect([...quick.slice(0, 4), ['size', answer(8)], ['fresh', answer('stop')]]);
    expect(notes()[0]).toContain('size: 8');
    expect(ran.said.at(-1)).toMatch(
      /^It's saved\. Tomorrow, or whenever you like, `rupture reflect --more [a-z0-9]{6}` carries on with it\.$/,
    );
  });

  it('shows people to reach and keeps the draft when the person is not safe', async () => {
    const ran = await reflect([
      ...quick.slice(0, 3),
      ['feelings', answer(['hopeless'])],
      ['size', answer(8)],
      ['safe_now', answer('no')],
    ]);
    expect(ran.exit).toBe(0);
    expect(ran.said.at(-1)).toContain('Please reach a person now.');
    expect(ran.said.at(-1)).toContain('What you wrote is kept.');
    expect(notes()).toEqual([]);
    expect(drafts()[0]).toContain('They looked away.');
    expect(drafts()[0]).not.toContain('safe_now');
  });

  it('offers the end after ten minutes in the full mode, unless the timer is off', async () => {
    let minutes = 0;
    const now = (): ReturnType<ReturnType<typeof clockAt>> => ({ ...clockAt()(), ms: minutes * 60_000 });
    const later = (response: ReturnType<typeof answer>) => () => {
      minutes += 6;
      return response;
    };
    const script: readonly Line[] = [
      ['sit', later(answer('bothered'))],
      ['what', later(answer('They looked away.'))],
      ['time_up', answer('next')],
      ['next', answer('open')],
      ['care', skip],
      keep,
    ];
    const ran = await run(['reflect', '--full'], { place, script, now });
    expect(ran.exit).toBe(0);
    await run(['config', 'set', 'timer', 'off'], { place });
    minutes = 0;
    const without = await run(['reflect', '--full'], {
      place,
      script: [...script.slice(0, 2), ['shape', finish]],
      now,
    });
    expect(without.screens.map(({ id }) => id)).not.toContain('time_up');
  });

  it('names a page about its subject after the closing', async () => {
    const ran = await reflect([
      ['sit', skip],
      ['what', skip],
      ['kinds', answer(['identity'])],
      ['feelings', skip],
      ['size', skip],
      ['next', answer('open')],
      keep,
    ]);
    expect(ran.said.at(-1)).toContain('rupture learn who-you-are');
  });

  it.each([
    ['nothing', ''],
    ['a blank', ' '],
  ])('writes no name where --with is %s, though a setting has one', async (_name, who) => {
    await run(['config', 'set', 'with', 'M'], { place });
    await run(['reflect', '--with', who, '-m', 'They forgot my name.'], { place, chance: seededChance(7) });
    await reflect([...quick, ['next', answer('open')], keep], ['--with', who]);
    await run(['reflect', '--with', who, '--answers', '-'], {
      place,
      chance: seededChance(8),
      input: 'what: They looked away.\n',
    });
    await run(['reflect', '-m', 'Again.'], { place, chance: seededChance(9) });
    expect(
      notes()
        .map(text => /^with:.*/m.exec(text)?.[0])
        .filter(Boolean),
    ).toEqual(['with: M']);
    expect(notes()).toHaveLength(4);
  });

  it('links the moment that was tried before', async () => {
    await run(['reflect', '-m', 'They forgot my name.'], { place, chance: seededChance(7) });
    const earlier = /^id: (.*)$/m.exec(notes()[0] ?? '')?.[1] ?? '';
    const ran = await reflect([
      ['sit', skip],
      ['what', skip],
      ['kinds', answer(['repeat'])],
      [
        'repeat_of',
        screen => {
          expect(screen.options.map(({ key }) => key)).toEqual([earlier, 'none']);
          return answer(earlier);
        },
      ],
      ['feelings', skip],
      ['size', skip],
      ['next', skip],
      keep,
    ]);
    expect(ran.exit).toBe(0);
    expect(notes().some(text => text.includes(`repeat_of: ${earlier}`))).toBe(true);
  });

  it('calls the therapist what the person calls them', async () => {
    await run(['config', 'set', 'therapist_word', 'Dr M'], { place });
    const ran = await reflect([['sit', finish]]);
    expect(ran.screens[0]?.words).toBe('How did it go with Dr M?');
  });

  it('leaves out what the person has hidden, and never a safety question', async () => {
    await run(['config', 'set', 'hide', 'feelings,size'], { place });
    const ran = await reflect([
      ['sit', skip],
      ['what', skip],
      ['kinds', answer(['unclear'])],
      ['line_check', answer('no')],
      ['next', skip],
      keep,
    ]);
    expect(ran.exit).toBe(0);
  });
});

describe('a line that was crossed', () => {
  const callbacks: readonly (readonly [string, readonly Line[]])[] = [
    ['the first question', [['sit', answer('line')]]],
    [
      'a kind',
      [
        ['sit', skip],
        ['what', answer('A secret.')],
        ['kinds', answer(['bored', 'line'])],
      ],
    ],
    [
      'something unclear',
      [
        ['sit', skip],
        ['what', answer('A secret.')],
        ['kinds', answer(['unclear'])],
        ['line_check', answer('yes')],
      ],
    ],
    [
      'not being safe',
      [
        ['sit', skip],
        ['what', answer('A secret.')],
        ['kinds', skip],
        ['feelings', answer(['unsafe'])],
        ['safe', answer('no')],
        ['unsafe_how', answer('crossed')],
      ],
    ],
  ];
  for (const [door, script] of callbacks) {
    it(`behind ${door} asks once before a note apart is kept`, async () => {
      const seen: number[] = [];
      const ran = await reflect([
        ...script,
        ['line_kinds', answer(['secret'])],
        ['safety_step', answer('done')],
        [
          'apart',
          () => {
            seen.push(notes().length);
            return answer('keep');
          },
        ],
      ]);
      expect(seen).toEqual([0]);
      expect(notes()[0]).toContain('status: set-aside');
      expect(notes()[0]).toContain('line_kinds: [secret]');
      expect(ran.said.slice(-2)).toEqual([
        expect.stringContaining('Kept apart from your lists.'),
        'rupture list --include-set-aside shows it.',
      ]);
      expect(drafts()).toEqual([]);
      expect((await run(['summary'], { place })).out).toBe('');
    });
  }

  for (const [door, script] of callbacks) {
    it(`behind ${door} leaves neither a note nor a draft when nothing is to be saved, and says so`, async () => {
      const ran = await reflect([
        ...script,
        ['line_kinds', answer(['secret'])],
        ['safety_step', answer('note')],
        ['note', answer('On the 10th.')],
        ['safety_step', answer('done')],
        ['apart', answer('drop')],
      ]);
      expect(ran.exit).toBe(0);
      expect(ran.said.at(-1)).toBe('Nothing was saved.');
      expect([notes(), drafts(), ran.out]).toEqual([[], [], '']);
      expect(filesWith('On the 10th.')).toEqual([]);
    });
  }

  it('undoes the note if it was not that kind of thing, and asks again with nothing chosen', async () => {
    const ran = await reflect([
      ['sit', skip],
      ['what', answer('A silence.')],
      ['kinds', answer(['line'])],
      ['line_kinds', skip],
      ['safety_step', answer('not-this')],
      [
        'kinds',
        screen => {
          expect(screen.given).toBeUndefined();
          expect(notes()).toEqual([]);
          expect(drafts()[0]).toContain('A silence.');
          return answer(['silent']);
        },
      ],
      ['feelings', skip],
      ['size', skip],
      ['next', skip],
      keep,
    ]);
    expect(ran.exit).toBe(0);
    expect(notes()[0]).toContain('kinds: [silent]');
  });

  it('loses no word of a note that was written there and undone', async () => {
    await reflect([
      ['sit', answer('line')],
      ['line_kinds', skip],
      ['safety_step', answer('note')],
      ['note', answer('On the 10th.')],
      ['safety_step', answer('not-this')],
      [
        'sit',
        screen => {
          expect(drafts()[0]).toContain('On the 10th.');
          expect(screen.id).toBe('sit');
          return answer('bothered');
        },
      ],
      ['what', skip],
      ['kinds', skip],
      ['feelings', skip],
      ['size', skip],
      ['next', skip],
      keep,
    ]);
    expect(notes()[0]).toContain('## Also written\n\nOn the 10th.');
  });

  it('repeats what would help until nothing more is needed', async () => {
    const ran = await reflect([
      ['sit', answer('line')],
      ['line_kinds', skip],
      ['safety_step', answer('note')],
      ['note', answer('On the 10th.')],
      ['safety_step', answer('end-words')],
      ['safety_step', answer('safe-now')],
      ['safety_step', answer('talk')],
      ['safety_step', answer('report')],
      ['safety_step', answer('done')],
      ['apart', answer('keep')],
    ]);
    expect(notes()[0]).toContain('## A dated note\n\nOn the 10th.');
    const said = ran.said.join('\n');
    expect(said).toContain('I am ending our sessions');
    expect(said).toContain('Please reach a person now.');
    expect(said).toContain('therapyabuse.org');
  });

  it("shows the person's own contacts first", async () => {
    writeFileSync(join(place.folder, 'help.md'), 'My sister: ring her.\n');
    const ran = await run(['help-now'], { place });
    expect(ran.out.startsWith('My sister: ring her.')).toBe(true);
    expect(ran.exit).toBe(0);
  });

  const stopped = (): never => {
    throw new Cancelled('SIGINT');
  };

  it.each<readonly [string, readonly Line[], readonly Line[]]>([
    [
      'the note',
      [
        ['line_kinds', answer(['touch'])],
        ['safety_step', answer('note')],
        ['note', answer('On the 10th.')],
        ['safety_step', stopped],
      ],
      [['safety_step', answer('done')]],
    ],
    [
      'what it was',
      [['line_kinds', stopped]],
      [
        ['line_kinds', answer(['touch'])],
        ['safety_step', answer('note')],
        ['note', answer('On the 10th.')],
        ['safety_step', answer('done')],
      ],
    ],
    [
      'the question whether to save it',
      [
        ['line_kinds', answer(['touch'])],
        ['safety_step', answer('note')],
        ['note', answer('On the 10th.')],
        ['safety_step', answer('done')],
        ['apart', stopped],
      ],
      [],
    ],
  ])('is a draft when it is ended at %s, and goes on there', async (_name, before, after) => {
    const crossed: readonly Line[] = [
      ['sit', skip],
      ['what', answer('A hand.')],
      ['kinds', skip],
      ['feelings', answer(['unsafe'])],
      ['safe', answer('no')],
      ['unsafe_how', answer('crossed')],
    ];
    const ran = await reflect([...crossed, ...before]);
    expect(ran.exit).toBe(130);
    expect(ran.err).toContain('Kept as a draft. rupture reflect goes on with it.');
    expect([notes().length, drafts().length]).toEqual([0, 1]);
    const next = await run(['reflect', '--resume'], { place, script: [...after, ['apart', answer('keep')]] });
    expect(next.exit).toBe(0);
    expect(drafts()).toEqual([]);
    expect(notes()[0]).toMatch(
      /line_kinds: \[touch\][^]*## What happened\n\nA hand\.\n\n## A dated note\n\nOn the 10th\.\n$/,
    );
  });

  it('keeps a half-typed note as a draft when the run is ended in the middle of it', async () => {
    const ran = await run(['reflect'], {
      place,
      script: [
        ['sit', answer('line')],
        ['line_kinds', skip],
        ['safety_step', answer('note')],
        [
          'note',
          (_screen, typing) => {
            typing?.('On the 1');
            return stopped();
          },
        ],
      ],
    });
    expect(ran.exit).toBe(130);
    expect(drafts()[0]).toContain('On the 1');
    await run(['reflect', '--resume'], {
      place,
      script: [
        ['line_kinds', skip],
        ['safety_step', answer('done')],
        ['apart', answer('keep')],
      ],
    });
    expect(notes()[0]).toContain('## A dated note\n\nOn the 1\n');
  });
});

describe('a draft', () => {
  const stopped: readonly Line[] = [
    ['sit', answer('bothered')],
    ['what', answer('They looked away.')],
    [
      'kinds',
      () => {
        throw new Cancelled('SIGINT');
      },
    ],
  ];

  it('survives Ctrl-C, is named, and is offered at the next start', async () => {
    const ran = await reflect(stopped);
    expect(ran.exit).toBe(130);
    expect(ran.err).toContain('Kept as a draft.');
    const next = await run(['reflect'], {
      place,
      chance: seededChance(9),
      script: [
        [
          'draft',
          screen => {
            expect(screen.options[0]?.label).toContain('They looked away');
            return answer(screen.options[0]?.key ?? '');
          },
        ],
        ['kinds', answer(['bored'])],
        ['feelings', skip],
        ['size', skip],
        ['next', skip],
        keep,
      ],
    });
    expect(next.exit).toBe(0);
    expect(notes()[0]).toContain('They looked away.');
    expect(drafts()).toEqual([]);
  });

  it('continues at an unfinished change of a text', async () => {
    await reflect(stopped);
    const file = join(
      place.folder,
      '.rupture',
      'drafts',
      readdirSync(join(place.folder, '.rupture', 'drafts'))[0] ?? '',
    );
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(
        '"answers":',
        '"half":{"key":"what","text":"They looked away, and"},"answers":',
      ),
    );
    const ran = await reflect(
      [
        [
          'what',
          screen => {
            expect(screen.given).toBe('They looked away, and');
            return answer('They looked away, and sighed.');
          },
        ],
        ['kinds', finish],
      ],
      ['--resume'],
    );
    expect(ran.exit).toBe(0);
    expect(notes()[0]).toContain('They looked away, and sighed.');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('is kept through %s, and the run exits with %i', async (ending, exit) => {
    const ran = await reflect([
      ['sit', answer('bothered')],
      [
        'what',
        () => {
          throw new Cancelled(ending);
        },
      ],
    ]);
    expect(ran.exit).toBe(exit);
    expect(drafts()[0]).toContain('bothered');
  });

  it('stays while another note is written and saved', async () => {
    await reflect(stopped);
    await run(['reflect'], {
      place,
      chance: seededChance(9),
      script: [['draft', answer('new')], ...quick, ['next', answer('open')], keep],
    });
    await run(['reflect', '-m', 'Something else.'], { place, chance: seededChance(11) });
    expect(drafts()).toHaveLength(1);
    expect(notes()).toHaveLength(2);
  });

  it('continues with --resume, and is dropped with --discard', async () => {
    await reflect(stopped);
    const resumed = await reflect(
      [
        [
          'kinds',
          () => {
            throw new Cancelled('SIGINT');
          },
        ],
      ],
      ['--resume'],
    );
    expect(resumed.exit).toBe(130);
    expect((await run(['reflect', '--discard'], { place, input: '' })).err).toContain('Deleted the draft');
    expect(drafts()).toEqual([]);
    expect((await run(['reflect', '--discard'], { place, input: '' })).err).toContain('There is no draft.');
    expect((await reflect([], ['--resume'])).said.at(-1)).toBe('There is no draft.');
  });

  it('is never offered in a pipe, and stays', async () => {
    await reflect(stopped);
    const ran = await run(['reflect'], { place, input: '3\nA silence.\n\n', chance: seededChance(9) });
    expect(ran.exit).toBe(0);
    expect(notes()).toHaveLength(1);
    expect(drafts()).toHaveLength(1);
  });
});
