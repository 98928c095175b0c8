import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, clockAt, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Place, Ran, Reply, Screen } from '../../support/world.ts';

// What a person reads after an answer that said that speaking up is not safe, on the screens of whole runs.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
  // Skip the introduction of a first run.
  writeFileSync(
    join(place.folder, '2026-01-01-zzzzzz.md'),
    '---\nrupture: 1\nid: zzzzzz\nsession: 2026-01-01\nsit: fine\n---\n\n# A moment on 1 January\n',
  );
});
afterEach(() => place.remove());

type Given = Readonly<Record<string, Parameters<typeof answer>[0]>>;

/** Writes a moment of 5 March, of the title "Moment ID"; `front` are further lines of its front matter. */
function make(id: string, front: readonly string[] = [], status = 'planned'): string {
  const path = join(place.folder, `2026-03-05-${id}.md`);
  const head = ['rupture: 1', `id: ${id}`, 'session: 2026-03-05', `status: ${status}`, `title: Moment ${id}`];
  writeFileSync(path, ['---', ...head, ...front, '---', '', `# Moment ${id}`, ''].join('\n'));
  return path;
}

let runs = 0;
/** Runs a command, answers questions by id, and skips every other question. */
function go(args: readonly string[], given: Given, at?: string): Promise<Ran> {
  runs += 1;
  const replyTo = ({ id }: Screen): Reply => {
    const response = id === 'preview' ? 'keep' : given[id];
    return response === undefined ? skip : answer(response);
  };
  return run(args, {
    place,
    replyTo,
    chance: seededChance(runs),
    now: at === undefined ? undefined : clockAt(at),
  });
}

/** Calls a function with the number of a descriptor that has the passphrase. */
async function withPassphrase<T>(path: string, work: (descriptor: string) => Promise<T>): Promise<T> {
  const descriptor = openSync(path, 'r');
  try {
    return await work(String(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

const screenOf = ({ screens }: Ran, id: string): Screen | undefined =>
  screens.find(screen => screen.id === id);
const firstOf = (ran: Ran, id: string): string | undefined => screenOf(ran, id)?.options[0]?.key;
const idsOf = ({ screens }: Ran): readonly string[] => screens.map(({ id }) => id);
const told = ({ screens, said }: Ran): string =>
  [...screens.flatMap(({ words, hint }) => [words, hint ?? '']), ...said].join('\n');
const home = async (): Promise<string> =>
  (await run([], { place, input: '', outIsTerminal: true, env: { NO_COLOR: '1' } })).out;

const noMore =
  "It's saved. You don't have to say anything more to them. " +
  '`rupture help-now` shows people you can reach.';
const hurt = { came_up: 'i-said-it', response: ['punished'], safe: 'no', unsafe_how: 'cannot-open', size: 5 };

describe('an outcome does not make speaking up safe', () => {
  it.each(['repaired', 'eased', 'raised', 'not-addressed'])(
    'after being punished, and “%s”',
    async status => {
      make('aaaaaa');
      const after = await go(['follow-up', 'aaaaaa'], { ...hurt, status });
      expect(after.said.at(-1)).toBe(noMore);
      expect(told(after)).not.toMatch(/worked it through|worth remembering|easier now/i);
      const next = await go(['reflect'], { sit: 'bothered', next: 'planned' });
      expect(after.said).toContain('Thank you for coming back to it.');
      expect(firstOf(next, 'next')).toBe('open');
      expect(idsOf(next)).not.toContain('one_line');
      expect(told(next)).not.toMatch(/rupture prep/);
      expect(await home()).toMatch(/Next: rupture reflect\n[^]*rupture help-now[^]*rupture prep/);
    },
  );

  it('nor does a skipped question about safety', async () => {
    make('aaaaaa');
    const after = await go(['follow-up', 'aaaaaa'], {
      came_up: 'they-did',
      response: ['punished'],
      status: 'repaired',
    });
    expect(after.said.at(-1)).toBe(noMore);
  });

  it('nor does a reflection, nor a file of answers', async () => {
    const { came_up: _none, ...answers } = hurt;
    const given = { ...answers, sit: 'bothered', next: 'raised', status: 'repaired' };
    expect((await go(['reflect'], given)).said.at(-1)).toBe(noMore);
    const { err } = await run(['reflect', '--answers', '-'], { place, input: JSON.stringify(given) });
    expect(err.replace(/\s+/g, ' ')).toContain(noMore);
  });

  it.each(['repaired', 'eased', 'let-go'])('the first screen keeps to it when all is %s', async status => {
    make('aaaaaa', ['not_safe: "2026-03-05"'], status);
    const screen = await home();
    expect(screen.indexOf('rupture help-now')).toBeLessThan(screen.indexOf('rupture prep'));
    expect(screen).toContain('Next: rupture reflect');
  });

  it('the first screen keeps to it while it rests', async () => {
    make('aaaaaa', ['not_safe: "2026-03-05"', 'rest_until: 2026-05-01'], 'open');
    const screen = await home();
    expect(screen.indexOf('rupture help-now')).toBeLessThan(screen.indexOf('rupture prep'));
  });

  it.each(['repaired', 'eased'])('the person is asked, and “Yes” lifts it: %s', async status => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    const given = { came_up: 'i-said-it', response: ['listened', 'sorry'], size: 2, status };
    const passed = await go(['follow-up', 'aaaaaa'], given);
    expect(idsOf(passed)).toContain('safe');
    expect(passed.said.at(-1)).toBe(noMore);
    const after = await go(['follow-up', 'aaaaaa'], { ...given, safe: 'yes' });
    expect(after.said.join('\n')).toMatch(
      status === 'repaired' ? /worked it through/ : /It's a little easier/,
    );
    expect(after.said).not.toContain(noMore);
    expect(firstOf(await go(['reflect'], { sit: 'bothered' }), 'next')).toBe('planned');
  });

  it('the question is not asked if nothing was unsafe', async () => {
    make('aaaaaa');
    const after = await go(['follow-up', 'aaaaaa'], {
      came_up: 'i-said-it',
      response: ['listened'],
      status: 'repaired',
    });
    expect(idsOf(after)).not.toContain('safe');
    expect(after.said.join('\n')).toContain('The two of you worked it through.');
  });
});

describe('size 9 and 10 in a reflection', () => {
  const begun = { sit: 'bothered', feelings: ['sad'] };

  it.each([9, 10])('leads to the one question about being safe: %i', async size => {
    const ran = await go(['reflect'], { ...begun, size, safe_now: 'yes', safe_now_then: 'stop' });
    expect(idsOf(ran)).toEqual(expect.arrayContaining(['safe_now', 'safe_now_then']));
    expect(idsOf(ran)).not.toContain('fresh');
    expect(ran.said.at(-1)).toMatch(/^It's saved\. Tomorrow/);
  });

  it('does not at 8, which still offers to stop for today', async () => {
    const ran = await go(['reflect'], { ...begun, size: 8, fresh: 'stop' });
    expect(idsOf(ran)).toContain('fresh');
    expect(idsOf(ran)).not.toContain('safe_now');
  });

  it('keeps the quick path at eight counted questions', async () => {
    const ran = await go(['reflect'], {
      ...begun,
      size: 10,
      safe_now: 'yes',
      safe_now_then: 'go-on',
      next: 'raised',
      response: ['listened'],
      status: 'eased',
    });
    const counted = ran.screens.flatMap(({ progress }) => progress ?? []);
    expect(counted.length).toBeLessThanOrEqual(8);
    expect(counted.at(-1)).toMatch(/of about [5-8]$|^Question 8$/);
    expect(idsOf(ran).filter(id => id === 'safe_now')).toHaveLength(1);
  });

  it('prints people to reach with a file of answers, and saves every answer', async () => {
    const ran = await run(['reflect', '--answers', '-'], {
      place,
      input: '{"what": "They sighed.", "size": 9, "next": "open"}',
    });
    expect(ran.err.split('Please reach a person now.')).toHaveLength(2);
    expect(readFileSync(ran.out.trim(), 'utf8')).toMatch(/status: open\n[^]*size: 9\n[^]*They sighed\./);
  });

  it.each([
    [8, false],
    [9, true],
    [10, true],
  ])('set by hand to %i names people to reach: %s', async (size, isNamed) => {
    make('aaaaaa');
    const { err } = await run(['mark', 'aaaaaa', 'open', '--size', String(size)], { place, input: '' });
    expect(err.includes('`rupture help-now` shows people you can reach')).toBe(isNamed);
  });
});

describe('the row about speaking up', () => {
  const outright = /Speaking up +It doesn't feel safe/;
  const freely = /Speaking up +I don't have to/;
  const unsafe = { sit: 'bothered', feelings: ['unsafe'] };

  it.each<readonly [string, readonly string[], Given, RegExp]>([
    ['“No”', ['reflect'], { ...unsafe, safe: 'no' }, outright],
    ['“No, not sure how”', ['reflect'], { ...unsafe, safe: 'no', unsafe_how: 'not-sure' }, outright],
    [
      'not being able to be open',
      ['reflect'],
      { ...unsafe, safe: 'no', unsafe_how: 'cannot-open' },
      outright,
    ],
    [
      '“It didn’t feel safe”',
      ['follow-up', 'aaaaaa'],
      { came_up: 'not-this-time', in_the_way: 'unsafe', safe: 'not-sure' },
      outright,
    ],
    ['“Not sure”', ['reflect'], { ...unsafe, safe: 'not-sure' }, freely],
    ['a worry', ['prep', 'aaaaaa'], { worries: ['used-against-me'], how: 'keep' }, freely],
    [
      'being punished, and nothing said',
      ['follow-up', 'aaaaaa'],
      { came_up: 'i-said-it', response: ['punished'] },
      freely,
    ],
  ])('repeats the answer: after %s', async (_name, args, given, row) => {
    make('aaaaaa');
    const ran = await go(args, given);
    expect(ran.said.join('\n')).toMatch(row);
    expect(ran.said.join('\n').match(/Speaking up/g)).toHaveLength(1);
    const path = args[0] === 'reflect' ? ran.out.trim() : join(place.folder, '2026-03-05-aaaaaa.md');
    expect(readFileSync(path, 'utf8')).toContain('not_safe: "2026-03-12"');
  });
});

describe('the words and offers for a person for whom it is not safe', () => {
  const enough = "That's reason enough not to. You don't have to try again.";

  it('after “It didn’t feel safe” nothing speaks of another go', async () => {
    make('aaaaaa');
    const ran = await go(['follow-up', 'aaaaaa'], { came_up: 'not-this-time', in_the_way: 'unsafe' });
    expect(ran.said).toContain(enough);
    expect(told(ran)).not.toMatch(/another go|still be here/);
    for (const why of ['nerves', 'time', 'forgot', 'not-sure']) {
      const other = await go(['follow-up', 'aaaaaa'], { came_up: 'not-this-time', in_the_way: why });
      expect(other.said).toContain("That's fine. It will still be here.");
      expect(other.said).not.toContain(enough);
    }
  });

  it.each<readonly [string, Given, boolean]>([
    ['after being punished', { response: ['punished'], safe: 'no', unsafe_how: 'cannot-open' }, false],
    ['after being punished, though safe', { response: ['punished'], safe: 'yes' }, false],
    ['after being told that it did not happen', { response: ['denied'] }, false],
    ['not where they changed the subject', { response: ['moved-on'] }, true],
  ])('time to think takes no line to them: %s', async (_name, given, isLine) => {
    make('aaaaaa');
    const ran = await go(['follow-up', 'aaaaaa'], {
      came_up: 'i-said-it',
      ...given,
      status: 'not-addressed',
      second_step: 'think',
    });
    expect(ran.said.includes('You can take time without telling them why.')).toBe(!isLine);
    expect(ran.said.includes("You could say: 'I need some time before we go on with this.'")).toBe(isLine);
  });

  it('nor after an earlier answer', async () => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    const given = {
      came_up: 'i-said-it',
      response: ['moved-on'],
      status: 'not-addressed',
      second_step: 'think',
    };
    const { said } = await go(['follow-up', 'aaaaaa'], given);
    expect(said).toEqual(
      expect.arrayContaining([
        'You can take time without telling them why.',
        'Thank you for coming back to it.',
      ]),
    );
    expect(said).not.toContain('You did something hard.');
  });

  it('their own part is not asked about, nor offered', async () => {
    const front = ['kinds: [joke]', 'urges: [quiet]', 'echo: [parent]'];
    const body = "\n## What I did, or didn't say\n\nI went quiet.\n\n## My guess\n\nThey are bored.\n";
    const ask = async (more: readonly string[]): Promise<readonly (readonly string[])[]> => {
      const path = make('aaaaaa', [...front, ...more], 'open');
      writeFileSync(path, `${readFileSync(path, 'utf8')}${body}`);
      const full = await go(['reflect', '--full'], { sit: 'bothered', next: 'open' });
      const prepared = await go(['prep', 'aaaaaa', '--quick'], { how: 'say', starter: 'plain' });
      const after = await go(['follow-up', 'aaaaaa'], {
        came_up: 'i-said-it',
        response: ['listened'],
        more: 'more',
      });
      const keysOf = (ran: Ran, id: string): readonly string[] =>
        screenOf(ran, id)?.options.map(({ key }) => key) ?? [];
      return [
        idsOf(full).filter(id => id === 'mine'),
        keysOf(prepared, 'starter').filter(key => ['my-part', 'my-guess', 'familiar'].includes(key)),
        keysOf(after, 'owned_by').filter(key => ['both', 'me'].includes(key)),
      ];
    };
    expect(await ask([])).toEqual([['mine'], ['my-guess', 'my-part', 'familiar'], ['both', 'me']]);
    expect(await ask(['not_safe: "2026-03-05"'])).toEqual([[], [], []]);
  });

  it('the ways to do it are not introduced by the card', async () => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    expect(screenOf(await go(['prep', 'aaaaaa', '--quick'], {}), 'how')?.hint).toBe(
      "You don't have to bring it up.",
    );
    make('aaaaaa');
    expect(screenOf(await go(['prep', 'aaaaaa', '--quick'], {}), 'how')?.hint).toMatch(
      /^The card is your own words/,
    );
  });
});

describe('a pattern', () => {
  const threeOf = (front: readonly string[], id = 'cccccc'): void => {
    for (const one of ['aaaaaa', 'bbbbbb']) make(one, ['kinds: [joke]', 'with: A'], 'open');
    make(id, ['kinds: [joke]', 'with: A', ...front], 'repaired');
  };
  const page = async (): Promise<string> =>
    (await run(['patterns'], { place, input: '', outIsTerminal: true })).err;
  const bring = (given: Given): Promise<Ran> => go(['patterns', '--bring', '--with', 'A'], given);

  it.each([['not_safe: "2026-03-05"'], ['feelings: [unsafe]']])(
    'is not urged where it is not safe: %s',
    async front => {
      threeOf([front]);
      expect(await page()).not.toContain('--bring');
      const ran = await bring({ look_together: 'add' });
      expect(firstOf(ran, 'look_together')).toBe('no');
      expect(screenOf(ran, 'look_together')?.words).toMatch(/You don't have to\.$/);
      expect(idsOf(ran)).not.toContain('hope');
    },
  );

  it('nor where a note about this therapist is kept apart', async () => {
    threeOf([]);
    make('eeeeee', ['with: A'], 'set-aside');
    expect(await page()).not.toContain('--bring');
    expect(firstOf(await bring({}), 'look_together')).toBe('no');
  });

  it('is offered as before with a therapist it is safe with', async () => {
    threeOf([]);
    make('dddddd', ['with: B', 'not_safe: "2026-03-05"'], 'open');
    expect((await page()).replace(/\s+/g, ' ')).toContain('rupture patterns --bring puts it on your list');
    const ran = await bring({ look_together: 'add', hope: 'That they ask.' });
    expect(firstOf(ran, 'look_together')).toBe('add');
    expect(idsOf(ran)).toContain('hope');
  });
});

describe('earlier answers about safety', () => {
  it.each([
    ['reopen', ['reopen', 'aaaaaa']],
    ['mark', ['mark', 'aaaaaa', 'planned']],
  ])('stays with a note that was kept apart, and comes back by %s', async (_name, back) => {
    make('aaaaaa', ['sit: line', 'history:', '  - 2026-03-05 set-aside'], 'set-aside');
    await run(back, { place, input: '' });
    expect(await home()).not.toContain('Next: rupture prep');
    const ran = await go(['prep', 'aaaaaa'], { how: 'open' });
    expect(firstOf(ran, 'how')).not.toBe('say');
    expect(told(ran)).not.toContain('Bringing it up early');
  });

  it('is not known of an encrypted folder without its passphrase: nothing urges to speak', async () => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    const passphrase = join(place.home, 'passphrase');
    writeFileSync(passphrase, 'correct horse battery staple\n');
    await withPassphrase(passphrase, fd =>
      run(['encrypt', 'on', '--passphrase-fd', fd], { place, input: '' }),
    );
    const answers =
      'sit: mixed\nwhat: late\nkinds: [practical]\nfeelings: [annoyed]\nsize: 3\nnext: planned\n';
    const locked = await run(['reflect', '--answers', '-'], {
      place,
      input: answers,
      chance: seededChance(90),
    });
    expect(locked.err).toContain("It's written down, so you don't have to carry it.\n");
    expect(locked.err).not.toContain('rupture prep');
    const opened = await withPassphrase(passphrase, fd =>
      run(['reflect', '--answers', '-', '--passphrase-fd', fd], {
        place,
        input: answers,
        chance: seededChance(91),
      }),
    );
    expect(opened.err.replace(/\s+/g, ' ')).toContain("you don't have to say anything to them");
  });
});
