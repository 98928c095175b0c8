import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, clockAt, openPlace, run, skip } from '../support/world.ts';
import type { Line, Place } from '../support/world.ts';

// Lines at tender moments must be true: checks each with the right value, on the screen that a person sees.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

interface Note {
  readonly id: string;
  readonly session?: string;
  readonly status?: string;
  readonly kinds?: string;
  readonly size?: number;
  readonly history?: readonly string[];
  readonly title?: string;
}

function keep({
  id,
  session = '2026-03-05',
  status = 'open',
  kinds = 'misread',
  size,
  history,
  title = `Moment ${id}`,
}: Note): void {
  const head = [
    'rupture: 1',
    `id: ${id}`,
    `session: ${session}`,
    `status: ${status}`,
    `title: ${title}`,
    `kinds: [${kinds}]`,
    ...(size === undefined ? [] : [`size: ${size}`]),
  ];
  const lines = history ?? [`${session} ${status}${size === undefined ? '' : ` ${size}`}`];
  writeFileSync(
    join(place.folder, `${session}-${id}.md`),
    `---\n${head.join('\n')}\nhistory:\n${lines.map(line => `  - ${line}\n`).join('')}---\n\n# ${title}\n`,
  );
}

const told = async (args: readonly string[], input = ''): Promise<string> => {
  const { out, err } = await run(args, { place, input });
  return `${out}${err}`.replace(/\s+/g, ' ');
};

describe('"It\'s smaller today"', () => {
  const wordsAt = async (before: number | undefined, now: number): Promise<string> => {
    keep({ id: 'aaaaaa', size: before });
    let words = '';
    await run(['prep', 'aaaaaa'], {
      place,
      script: [
        ['size', answer(now)],
        [
          'small_next',
          screen => {
            ({ words } = screen);
            return { is: 'finish' };
          },
        ],
      ],
    });
    return words;
  };
  const small = "It's small today. Small things are worth bringing up too. What would you like to do?";

  it.each<[number | undefined, number, string]>([
    [7, 2, "It's smaller today. Small things are worth bringing up too. What would you like to do?"],
    [2, 1, "It's smaller today. Small things are worth bringing up too. What would you like to do?"],
    [1, 2, small],
    [2, 2, small],
    [0, 0, small],
    [undefined, 1, small],
  ])('from %s to %s', async (before, now, words) => {
    expect(await wordsAt(before, now)).toBe(words);
  });
});

describe('the end of a follow-up', () => {
  const saidAfter = async (before: string, answers: string): Promise<string> => {
    keep({ id: 'aaaaaa', status: before, size: 5 });
    return told(['follow-up', 'aaaaaa', '--answers', '-'], answers);
  };
  const claims = [
    'You did something hard',
    'counts',
    'easier',
    'worked it through',
    "wasn't heard",
    'let this one go',
    'written down',
  ];
  const praise = new RegExp(claims.join('|'));

  it.each(['open', 'planned', 'raised', 'eased', 'not-addressed', 'repaired', 'let-go'])(
    'is nothing but that nothing changed where all was passed over, of what was %s',
    async before => {
      const said = await saidAfter(before, '{}');
      expect(said).toContain('Nothing was changed.');
      expect(said).not.toMatch(praise);
    },
  );

  it.each(['i-said-it', 'they-did', 'part'])('praises nothing if the only answer is %s', async cameUp => {
    const said = await saidAfter('planned', `came_up: ${cameUp}`);
    expect(said).toContain('Thank you for coming back to it. It has come up.');
    expect(said).not.toMatch(praise);
  });

  it.each(['eased', 'not-addressed', 'repaired', 'let-go'])(
    'claims nothing of today for what was %s before',
    async before => {
      for (const answers of ['came_up: i-said-it', 'size: 9', 'came_up: not-this-time']) {
        const said = await saidAfter(before, answers);
        expect(said).toContain("It's saved.");
        expect(said.replace('You came back to it. That counts.', '')).not.toMatch(praise);
      }
    },
  );

  it.each<[string, string]>([
    ['response: [listened]', 'You did something hard.'],
    ['size: 3', 'You did something hard.'],
    ['status: eased', "You did something hard. It's a little easier now."],
    ['status: not-addressed', "You did something hard. You said it, and it wasn't heard."],
    ['response: [punished]', 'Thank you for coming back to it.'],
  ])('praises only what the answers say: %s', async (answers, line) => {
    expect(await saidAfter('planned', `came_up: i-said-it\n${answers}`)).toContain(line);
  });

  it('says that something was let go if the person said so in this run', async () => {
    keep({ id: 'aaaaaa', status: 'let-go' });
    const said = await told(['let-go', 'aaaaaa', '--answers', '-'], 'size: 3');
    expect(said).toContain("You've let this one go.");
  });
});

describe('"It still feels big"', () => {
  it.each<[number | undefined, number, string]>([
    [8, 7, 'It still feels big.'],
    [6, 6, 'It still feels big.'],
    [5, 7, 'It feels big today.'],
    [undefined, 9, 'It feels big today.'],
  ])('from %s to %s', async (before, now, words) => {
    keep({ id: 'aaaaaa', size: before });
    const { screens } = await run(['let-go', 'aaaaaa'], {
      place,
      replyTo: ({ id }) => {
        if (id === 'size') return answer(now);
        return id === 'ready' ? answer(true) : skip;
      },
    });
    expect(screens.find(({ id }) => id === 'still_big')?.words).toContain(words);
  });
});

describe('"It\'s written down"', () => {
  it.each<[string, boolean]>([
    ['', false],
    ['what: He was late', true],
    ['kinds: [practical]', true],
    ['one_line: Can we talk?', true],
  ])('appears only if something was written: %j', async (answers, isWritten) => {
    const said = await told(['reflect', '--answers', '-'], `sit: bothered\nnext: planned\n${answers}`);
    expect(said.includes("It's written down")).toBe(isWritten);
    expect(said).toContain('`rupture prep` can help you start.');
  });
});

describe('how often', () => {
  it('counts moments of one kind, and does not say that one event happened again', async () => {
    keep({ id: 'aaaaaa', kinds: 'forgot', title: "They forgot my sister's birthday" });
    keep({ id: 'bbbbbb', session: '2026-03-06', kinds: 'forgot', title: 'They forgot the fee we agreed on' });
    const said = await told(['summary']);
    expect(said).toContain('They forgot the fee we agreed on (second of its kind)');
    expect(said).not.toMatch(/\b(second|third) time\b/);
    expect(said).toContain('birthday (aaaaaa,');
  });
});

describe('a pattern for the list', () => {
  const bring = (): Promise<string> => told(['patterns', '--bring']);
  const threeOf = (kinds: string): void => {
    const ids = ['aaaaaa', 'bbbbbb', 'cccccc'];
    for (const [at, id] of ids.entries()) keep({ id, session: `2026-03-0${at + 1}`, kinds });
  };

  it('is nothing new if the only kind with three notes is one that the program leaves to the person', async () => {
    threeOf('identity');
    const said = await bring();
    expect(said).toContain('3 of 3');
    expect(said).toContain('There is nothing new for your list here.');
    expect(said).not.toContain('Nothing was named three times');
  });

  it('is reported as missing if no kind has three notes', async () => {
    for (const [at, kinds] of ['joke', 'pace', 'judged'].entries())
      keep({ id: `${'abc'[at]}aaaaa`, session: `2026-03-0${at + 1}`, kinds });
    expect(await bring()).toContain('Nothing was named three times or more.');
  });

  it.each(['practical', 'pace', 'method', 'ending', 'lead'])(
    'does not ask whether %s happens with other people too',
    async kinds => {
      threeOf(kinds);
      const said = await told(['patterns', '--bring'], '1\n\n');
      expect(said).toContain('Would you like to add this to your list of things to bring up?');
      expect(said).toContain('How would you like it to go next time?');
      expect(said).not.toMatch(/outside therapy|other people/);
    },
  );

  it('lets the person say so of what happens between two people', async () => {
    threeOf('judged');
    expect(await told(['patterns', '--bring'], '1\n\n')).toContain(
      'If it happens with other people too, you can write that as well.',
    );
  });
});

describe('an empty result', () => {
  it.each([['list'], ['summary'], ['search', 'moment']])(
    '%s does not deny a note that is kept apart',
    async (...args) => {
      keep({ id: 'aaaaaa', status: 'set-aside' });
      const said = await told(args);
      expect(said).not.toMatch(/no moment (is|holds|yet)|there is no moment|you can go/i);
      expect(said.trim()).toBe(
        {
          list: 'There is nothing to show here.',
          summary: "There's nothing on your list.",
          search: 'No moment in your lists has all of these words.',
        }[args[0] ?? ''],
      );
    },
  );

  it('says that nothing matches only if there is a filter', async () => {
    keep({ id: 'aaaaaa' });
    expect((await told(['list', '--kind', 'joke'])).trim()).toBe('Nothing in your lists matches.');
    expect((await told(['list', '--limit', '3'])).trim()).toContain('Moment aaaaaa');
  });

  it('says that there are no notes if there are none', async () => {
    expect(await told(['list'])).toContain('There is no moment yet.');
  });
});

describe('the closing line', () => {
  const closing = async (answers: object, command = 'follow-up'): Promise<string> => {
    keep({ id: 'aaaaaa', status: 'planned', size: 5 });
    return told([command, 'aaaaaa', '--answers', '-'], JSON.stringify(answers));
  };

  it('does not say that it moves when time ran out', async () => {
    const said = await closing({ came_up: 'part', response: ['no-time'], size: 7, status: 'raised' });
    expect(said).toContain('It came up, and time ran out. You can add to this after your next session.');
    expect(said).not.toMatch(/moving/);
  });

  it('says that it came up if it did', async () => {
    expect(await closing({ came_up: 'i-said-it', response: ['listened'], status: 'raised' })).toContain(
      'It has come up. You can add to this after your next session.',
    );
  });

  it('does not say "You said it" if the therapist said it', async () => {
    const said = await closing({ came_up: 'they-did', response: ['moved-on'], status: 'not-addressed' });
    expect(said).toContain("It came up, and you weren't heard.");
    expect(said).not.toContain('You said it');
  });

  it('suggests nothing if the note rests until a day', async () => {
    const said = await closing(
      { let_go_reason: 'afraid', rest_or_go: 'rest', rest_until: '2026-04-01' },
      'let-go',
    );
    expect(said).toContain(
      "It's out of sight until the day you chose. Nothing has to happen before then. " +
        'aaaaaa: resting until Wed 1 April.',
    );
    expect(said).not.toMatch(/rupture prep|carry it/);
  });

  it('does not say that the person brought it up if the therapist did', async () => {
    const said = await closing({ came_up: 'they-did', response: ['denied'], status: 'not-addressed' });
    expect(said).toContain("It came up. How they answered isn't your fault");
    expect(said).not.toContain('You said it.');
  });

  it('never urges a second try (RQ25)', async () => {
    for (const response of [['denied'], ['punished'], ['moved-on'], ['defensive']]) {
      expect(await closing({ came_up: 'i-said-it', response, status: 'not-addressed' })).not.toMatch(
        /second try|that counts\./i,
      );
    }
  });
});

describe('"This wasn\'t on your list"', () => {
  const follow = (): Promise<string> =>
    told(['follow-up', 'aaaaaa', '--answers', '-'], '{"came_up": "i-said-it", "status": "raised"}');

  it('appears for a note that was never on the list', async () => {
    keep({ id: 'aaaaaa' });
    expect(await follow()).toContain("This wasn't on your list to bring up, and that's fine.");
  });

  it.each([
    [['2026-03-05 planned 7', '2026-03-08 not-addressed 7'], 'not-addressed'],
    [['2026-03-05 planned'], 'planned'],
  ] as const)('is not said of one that was: %j', async (history, status) => {
    keep({ id: 'aaaaaa', status, history });
    expect(await follow()).not.toContain('on your list');
  });
});

describe('"come back to it tomorrow"', () => {
  const start: readonly Line[] = [
    ['sit', answer('bothered')],
    ['what', answer('They left early.')],
    ['kinds', skip],
    ['feelings', skip],
  ];
  const fresh: readonly Line[] = [
    ['size', answer(8)],
    ['fresh', answer('stop')],
  ];
  const big: readonly Line[] = [
    ['size', answer(9)],
    ['safe_now', answer('yes')],
    ['safe_now_then', answer('stop')],
  ];

  it.each([
    ['8', fresh],
    ['9', big],
  ])('names a command that goes on with it the next day, at size %s', async (_size, stop) => {
    keep({ id: 'zzzzzz', session: '2026-02-05', status: 'repaired' });
    const { said } = await run(['reflect'], { place, script: [...start, ...stop] });
    const id = /rupture reflect --more ([a-z0-9]+)`/.exec(said.join('\n'))?.[1] ?? '';
    const name = readdirSync(place.folder).find(file => file.includes('2026-03-12')) ?? '';
    expect(name).toContain(id);
    const next = await run(['reflect', '--more', id], {
      place,
      now: clockAt('2026-03-13T08:00:00.000-05:00'),
      script: [
        ['shape', answer('one-moment')],
        ['strain_from', { is: 'finish' }],
      ],
    });
    expect(next.exit).toBe(0);
    expect(readFileSync(join(place.folder, name), 'utf8')).toContain('shape: one-moment');
  });
});

describe('the counts', () => {
  it('are of picks and notes, without an average or a rate (RQ24, RQ28)', async () => {
    const outcomes = [
      ['repaired', 1],
      ['eased', 3],
      ['not-addressed', 8],
    ] as const;
    for (const [at, [status, now]] of outcomes.entries()) {
      keep({
        id: `${'abc'[at]}aaaaa`,
        session: `2026-03-0${at + 1}`,
        status,
        size: now,
        history: ['2026-03-01 open 6', `2026-03-08 ${status} ${now}`],
      });
    }
    for (const format of ['markdown', 'plain']) {
      const said = await told(['patterns', '--format', format]);
      expect(said).toContain('This is what you picked and wrote, counted.');
      expect(said).toContain('Worked through: 1');
      expect(said).toContain('2 are smaller now. 1 is bigger now.');
      expect(said).not.toMatch(/own words|middle|average|typical|went from|Worked through: \d+ of/);
    }
  });
});
