import {
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled, Exit } from '../../../src/errors.ts';
import { seal } from '../../support/sealed.ts';
import { answer, clockAt, finish, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Line, Place, Ran, Reply, Setting } from '../../support/world.ts';

// The notes folder disappears during a run. Every word must be on the screen and, if the notes are not
// encrypted, in a private file of the home folder.

let place: Place;
beforeEach(async () => {
  place = openPlace();
  await run(['reflect', '-m', 'An older one.'], { place });
});
afterEach(() => {
  place.remove();
  rmSync(`${place.home}-away`, { recursive: true, force: true });
});

const words = 'They looked at the clock, twice.';
const takeAway = (): void => renameSync(place.folder, `${place.home}-away`);
const fileNo = (n: number): string => join(place.home, `rupture-answers-2026-03-12-${n}.md`);
const filesGiven = (): readonly string[] =>
  readdirSync(place.home).filter(name => name.startsWith('rupture-'));
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const stopped = (): never => {
  throw new Cancelled('SIGINT');
};

/** Runs a script whose folder disappears before the reply `at`; the person stops when asked again. */
async function goAt(args: readonly string[], script: readonly Line[], at: number): Promise<Ran> {
  const lines = script.slice(0, at + 1).map(([id, response], index): Line => [
    id,
    (screen, typing) => {
      if (index === at) takeAway();
      return typeof response === 'function' ? response(screen, typing) : response;
    },
  ]);
  const last = script[at]?.[0] ?? '';
  const all: Line[] = last === 'preview' ? lines : [...lines, [last, stopped]];
  return run(args, { place, script: all, chance: seededChance(5) });
}

function expectGiven(ran: Ran, ...texts: readonly string[]): void {
  const file = readFileSync(fileNo(1), 'utf8');
  for (const text of texts) {
    const contains = expect.stringContaining(text);
    expect([flat(ran.err), flat(file)]).toEqual([contains, contains]);
  }
  expect(lstatSync(fileNo(1)).mode & 0o777).toBe(0o600);
  expect(filesGiven()).toEqual(['rupture-answers-2026-03-12-1.md']);
  expect(ran.err.replace(/\s+/g, '')).toContain(fileNo(1));
  expect(ran.err).not.toContain('Kept as a draft');
}

const typed = (response: Reply): readonly string[] => {
  if (response.is !== 'answer') return [];
  const all = Array.isArray(response.answer) ? response.answer : [response.answer];
  const texts = all.filter((one): one is string => typeof one === 'string' && one.includes(' '));
  return texts.map(text => text.replace('other: ', ''));
};

const sequences: readonly (readonly [string, string, readonly Line[]])[] = [
  [
    'reflect',
    'open',
    [
      ['sit', answer('bothered')],
      ['what', answer(words)],
      ['kinds', answer(['other: The fan was loud'])],
      ['feelings', answer(['sad'])],
      ['size', answer(4)],
      ['next', answer('keep')],
      ['preview', answer('keep')],
    ],
  ],
  [
    'prep',
    'open',
    [
      ['size', answer(5)],
      ['wanted', answer(words)],
      ['want', answer(['other: A short pause'])],
    ],
  ],
  [
    'follow-up',
    'planned',
    [
      ['came_up', answer('i-said-it')],
      ['response', answer(['other: A long look'])],
      ['size', answer(3)],
    ],
  ],
  [
    'let-go',
    'open',
    [
      ['ready', answer(true)],
      ['let_go_reason', answer('other: It was a small thing')],
      ['size', answer(3)],
    ],
  ],
];

describe('gives the answers back if the folder disappears between two answers', () => {
  it.each(sequences)('of %s', async (command, status, script) => {
    // The answer about being ready only steers, and is in no note.
    const first = command === 'let-go' ? 1 : 0;
    for (let at = first; at < script.length; at++) {
      await run(['mark', 'last', status], { place });
      const ran = await goAt(command === 'reflect' ? [command] : [command, 'last'], script, at);
      const replies = script.slice(0, at + 1).map(([, response]) => response);
      const texts = replies.flatMap(response => (typeof response === 'function' ? [] : typed(response)));
      expect([at, ran.exit]).toEqual([at, script[at]?.[0] === 'preview' ? Exit.failed : Exit.interrupted]);
      expectGiven(ran, ...texts);
      place.remove();
      rmSync(`${place.home}-away`, { recursive: true, force: true });
      place = openPlace();
      await run(['reflect', '-m', 'An older one.'], { place });
    }
  });
});

/** Returns a clock that removes the folder when first read: by then the program has read the whole text. */
function clockTakingAway(): Setting['now'] {
  let isAway = false;
  return () => {
    if (!isAway) takeAway();
    isAway = true;
    return clockAt()();
  };
}

const answers = `sit: bothered\nwhat: ${words}\n`;

describe('gives the input back if the folder disappears before it is saved', () => {
  it.each([
    ['a message on standard input', ['reflect', '-m', '-'], words],
    ['a message of the command line', ['reflect', '-m', words], ''],
    ['a file of answers', ['reflect', '--answers', '-'], answers],
    ['a note on standard input', ['mark', 'last', 'planned', '--note', '-'], words],
    ['a note of the command line', ['mark', 'last', 'planned', '--note', words], ''],
    ['answers of prep', ['prep', 'last', '--answers', '-'], `size: 4\nwanted: ${words}\n`],
    ['answers of follow-up', ['follow-up', 'last', '--answers', '-'], `came_up: part\nhelped: ${words}\n`],
    ['answers of let-go', ['let-go', 'last', '--answers', '-'], `last_word: ${words}\n`],
  ])('%s is in a file, and no error quotes it', async (_what, args, input) => {
    const ran = await run(args, { place, input, now: clockTakingAway() });
    expect([ran.exit, readFileSync(fileNo(1), 'utf8'), lstatSync(fileNo(1)).mode & 0o777]).toEqual([
      Exit.failed,
      expect.stringContaining(words),
      0o600,
    ]);
    expect([ran.err.replace(/\s+/g, ''), ran.out]).toEqual([expect.stringContaining(fileNo(1)), '']);
    expect(ran.err).not.toContain('looked at the clock');
  });

  it('also on the screen, at a terminal', async () => {
    const ran = await run(['reflect', '-m', words], { place, script: [], now: clockTakingAway() });
    expect(ran.exit).toBe(Exit.failed);
    expectGiven(ran, words);
  });

  it('but not text that was refused for another reason', async () => {
    const ran = await run(['mark', 'nobody', 'open', '--note', words], { place, input: '' });
    expect([ran.err.includes('looked'), filesGiven()]).toEqual([false, []]);
  });
});

describe('writes nothing of an encrypted folder to disk', () => {
  const everywhere = (): string =>
    readdirSync(place.home, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');

  it('on a terminal', async () => {
    await seal(place);
    const ran = await goAt(['reflect'], sequences[0]?.[2] ?? [], 1);
    const isOnDisk = everywhere().includes('looked at');
    expect([ran.exit, filesGiven(), isOnDisk]).toEqual([Exit.interrupted, [], false]);
    expect(flat(ran.err)).toContain(words);
    expect(flat(ran.err)).toContain('Your notes are encrypted, so this was not written to any disk.');
  });

  it('through a pipe, and prints it to standard output', async () => {
    await seal(place);
    const ran = await run(['reflect', '-m', '-'], { place, input: words, now: clockTakingAway() });
    expect([ran.exit, ran.out, filesGiven()]).toEqual([Exit.failed, `${words}\n`, []]);
    expect([ran.err.includes('looked'), flat(ran.err)]).toEqual([
      false,
      expect.stringContaining('It is on standard output.'),
    ]);
  });

  it('if the folder was missing at the start and may be encrypted', async () => {
    takeAway();
    const ran = await run(['reflect', '-m', '-'], { place, input: words });
    expect([ran.exit, ran.out, filesGiven()]).toEqual([Exit.failed, `${words}\n`, []]);
  });
});

describe('the file in the home folder', () => {
  it('never overwrites a file and follows no link', async () => {
    const other = join(place.home, 'other.md');
    writeFileSync(fileNo(1), 'mine\n');
    symlinkSync(other, fileNo(2));
    const ran = await run(['reflect', '-m', '-'], { place, input: words, now: clockTakingAway() });
    expect(ran.err.replace(/\s+/g, '')).toContain(fileNo(3));
    const texts = [1, 3].map(n => readFileSync(fileNo(n), 'utf8'));
    expect(texts).toEqual(['mine\n', `${words}\n`]);
    expect(() => lstatSync(other)).toThrow('ENOENT');
  });

  it.each([
    ['nobody looks on', false],
    ['somebody looks on', true],
  ])('that can not be made is said, where %s', async (_what, looks) => {
    const home = join(place.home, 'not-a-folder');
    writeFileSync(home, '');
    const setting = { place, env: { HOME: home }, now: clockTakingAway() };
    const args = ['reflect', '-m', words];
    const ran = await run(args, looks ? { ...setting, script: [] } : { ...setting, input: '' });
    expect(flat(ran.err)).toContain('could not be written to your home folder');
    const said = flat(looks ? ran.err : ran.out);
    expect([ran.exit, said]).toEqual([Exit.failed, expect.stringContaining(words)]);
  });

  it('is not written in a demo', async () => {
    await run(['demo', 'reflect', '-m', words], { place, input: '' });
    expect(filesGiven()).toEqual([]);
  });
});

it('gives back a resumed draft even without a new answer', async () => {
  const before: Line[] = [
    ['sit', answer('bothered')],
    ['what', answer(words)],
    ['kinds', stopped],
  ];
  await run(['reflect'], { place, script: before, chance: seededChance(5) });
  const ran = await run(['reflect', '--resume'], {
    place,
    script: [
      [
        'kinds',
        () => {
          takeAway();
          return stopped();
        },
      ],
    ],
  });
  expect(ran.exit).toBe(Exit.interrupted);
  expectGiven(ran, words);
});

it('gives back a half-typed text', async () => {
  const type: Line = [
    'what',
    (_screen, typing) => {
      takeAway();
      typing?.(words);
      return stopped();
    },
  ];
  const ran = await run(['reflect'], { place, script: [['sit', answer('bothered')], type] });
  expect(ran.exit).toBe(Exit.interrupted);
  expectGiven(ran, words, 'Something');
});

it('gives back what was written in the safety sequence', async () => {
  const ran = await run(['reflect'], {
    place,
    script: [
      ['sit', answer('line')],
      ['line_kinds', answer(['other: The door was shut'])],
      ['safety_step', answer('note')],
      [
        'note',
        () => {
          takeAway();
          return answer(words);
        },
      ],
      ['note', stopped],
    ],
  });
  expect(ran.exit).toBe(Exit.interrupted);
  expectGiven(ran, 'The door was shut', words);
});

it('gives back the preparation of two notes', async () => {
  await run(['reflect', '-m', 'Another one.'], { place, chance: seededChance(9) });
  const ids = readdirSync(place.folder).flatMap(name => (name.endsWith('.md') ? [name.slice(11, 17)] : []));
  const ran = await run(['prep', ...ids], {
    place,
    replyTo: screen => {
      if (screen.id === 'wanted') return answer(`${words} ${screen.given === undefined ? '' : 'again'}`);
      if (screen.id === 'put_on_list') {
        takeAway();
        return finish;
      }
      return skip;
    },
  });
  expect(ran.exit).toBe(Exit.failed);
  expectGiven(ran, words);
});

it('saves the draft, and does not give it back, if the folder is back in time', async () => {
  const ran = await run(['reflect'], {
    place,
    script: [
      ['sit', answer('bothered')],
      [
        'what',
        () => {
          takeAway();
          return answer(words);
        },
      ],
      [
        'what',
        () => {
          renameSync(`${place.home}-away`, place.folder);
          return answer(words);
        },
      ],
      ['kinds', stopped],
    ],
  });
  expect([ran.exit, filesGiven(), ran.err.includes('Kept as a draft')]).toEqual([Exit.interrupted, [], true]);
});

it('saves the draft and says so if the folder is back when the person stops', async () => {
  const ran = await run(['reflect'], {
    place,
    script: [
      ['sit', answer('bothered')],
      [
        'what',
        () => {
          takeAway();
          return answer(words);
        },
      ],
      [
        'what',
        () => {
          renameSync(`${place.home}-away`, place.folder);
          return stopped();
        },
      ],
    ],
    chance: seededChance(5),
  });
  const [name = ''] = readdirSync(join(place.folder, '.rupture', 'drafts'));
  expect(readFileSync(join(place.folder, '.rupture', 'drafts', name), 'utf8')).toContain(words);
  const said = ran.err.match(/Kept as a draft/g);
  expect([ran.exit, filesGiven(), said]).toEqual([Exit.interrupted, [], ['Kept as a draft']]);
});

it('gives nothing back without an answer', async () => {
  const ran = await run(['reflect'], {
    place,
    script: [
      [
        'sit',
        () => {
          takeAway();
          return stopped();
        },
      ],
    ],
  });
  expect([ran.exit, ran.err, filesGiven()]).toEqual([Exit.interrupted, '', []]);
});
