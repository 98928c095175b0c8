import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Line, Place } from '../../support/world.ts';

// Checks the first sentences that the program offers, in real runs on real files.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

interface Note {
  readonly id?: string;
  readonly session?: string;
  readonly status?: string;
  readonly kinds?: readonly string[];
  readonly feelings?: readonly string[];
  readonly size?: number;
  /** More lines of the front matter. */
  readonly front?: string;
  /** Texts by heading. */
  readonly texts?: Readonly<Record<string, string>>;
}

function keep(note: Note): void {
  const {
    id = 'aaaaaa',
    session = '2026-03-05',
    status = 'open',
    kinds = ['misread'],
    feelings = ['small', 'angry'],
    size = 6,
    front = '',
    texts = {},
  } = note;
  const picks = (all: readonly string[]): string => all.map(pick => JSON.stringify(pick)).join(', ');
  const head = [
    'rupture: 1',
    `id: ${id}`,
    `session: ${session}`,
    `status: ${status}`,
    `title: Moment ${id}`,
    `kinds: [${picks(kinds)}]`,
    `feelings: [${picks(feelings)}]`,
    `size: ${size}`,
    ...front.split('\n').filter(Boolean),
    'history:',
    `  - ${session} ${status} ${size}`,
  ];
  const sections = Object.entries(texts).map(([heading, text]) => `## ${heading}\n\n${text}\n`);
  writeFileSync(
    join(place.folder, `${session}-${id}.md`),
    `---\n${head.join('\n')}\n---\n\n# Moment ${id}\n\n${sections.join('\n')}`,
  );
}

/** The first sentences offered for the moment `aaaaaa`, in their order. */
async function offeredFor(note: Note, before: readonly Line[] = []): Promise<readonly string[]> {
  keep(note);
  const labels: string[] = [];
  await run(['prep', 'aaaaaa', ...(before.length === 0 ? ['--quick'] : [])], {
    place,
    script: [
      ...before,
      ['how', answer('say')],
      [
        'starter',
        screen => {
          labels.push(...screen.options.map(({ label }) => label));
          return skip;
        },
      ],
      ['opening_line', { is: 'finish' }],
    ],
  });
  return labels;
}

const mine = "What I did, or didn't say";
/** Matches lines that start with the person's own part, or blame the person or their past. */
const blames = /part of me|assume something|familiar|bigger than it looked|I pushed back|I went quiet/;

describe('the first of the ways to start', () => {
  const everything = {
    front: 'urges: [quiet, push-back]\necho: [parent]\noutside: 1',
    texts: { [mine]: 'I went quiet.', 'My guess': 'I guess they are bored.' },
  };
  it.each<[string, Note]>([
    ['their own part, a guess and an echo', everything],
    ['the same at a great size', { ...everything, size: 8 }],
    ['a kind with no words for a sentence', { ...everything, kinds: ['repeat'] }],
    ['nothing at all', { kinds: [], feelings: [] }],
    ['nothing but their own part', { ...everything, kinds: [], feelings: [] }],
    ['a goal', { ...everything, kinds: ['goals'] }],
    ['a moment that was not heard', { ...everything, status: 'not-addressed' }],
  ])('never blames the speaker, whatever was written: %s', async (_what, note) => {
    const labels = await offeredFor(note);
    expect(labels.length).toBeGreaterThan(3);
    expect(labels[0]).not.toMatch(blames);
  });

  it('never makes the moment small, nor does any other', async () => {
    const labels = await offeredFor({ size: 10, front: 'outside: 2' });
    expect(labels[0]).toBe("There's something from last time that I'd like to come back to.");
    expect(labels.join('\n')).not.toMatch(/bigger|looked/);
  });

  it('is the second try after "Said, but not heard" in this very run', async () => {
    keep({ status: 'planned' });
    let labels: readonly string[] = [];
    await run(['follow-up', 'aaaaaa'], {
      place,
      script: [
        ['came_up', answer('i-said-it')],
        ['response', answer(['moved-on'])],
        ['size', skip],
        ['status', answer('not-addressed')],
        ['second_step', answer('try-again')],
        ['how', answer('say')],
        [
          'starter',
          screen => {
            labels = screen.options.map(({ label }) => label);
            return { is: 'finish' };
          },
        ],
      ],
    });
    expect(labels[0]).toBe("I brought this up before, and it's still with me. Can I try again?");
  });
});

describe("the way to start that speaks of one's own part", () => {
  const offer = "Last time, part of me wanted to go quiet. I'd like to try saying it.";
  it.each(['Nothing.', 'No', 'not really', 'None that I know of', "I don't think so.", '-', 'Nichts', 'n/a'])(
    'is not built on %j',
    async text => {
      expect(await offeredFor({ front: 'urges: [quiet]', texts: { [mine]: text } })).not.toContain(offer);
    },
  );

  it('uses what the person wrote, and expresses a wish: a tick need not be a deed', async () => {
    expect(
      await offeredFor({ front: 'urges: [quiet]', texts: { [mine]: 'I smiled and said it was fine.' } }),
    ).toContain(offer);
  });

  it('does not treat pushing back as a fault', async () => {
    const labels = await offeredFor({ front: 'urges: [push-back]', texts: { [mine]: 'I pushed back.' } });
    expect(labels.join('\n')).not.toMatch(/pushed? back/);
  });

  it.each<[string, Note]>([
    ['who the person is', { kinds: ['blunt', 'identity'] }],
    ['feeling unsafe', { feelings: ['unsafe'] }],
    ['a size of 9', { size: 9 }],
    ['shame at 7', { feelings: ['ashamed'], size: 7 }],
  ])('is not offered beside %s, nor what blames their past or a guess (RQ26)', async (_what, note) => {
    const labels = await offeredFor({
      front: 'urges: [quiet]\necho: [parent]',
      texts: {
        [mine]: 'I went quiet.',
        'My guess': 'I guess they are bored.',
      },
      ...note,
    });
    expect(labels.filter(label => blames.test(label))).toEqual([]);
  });

  it('builds no guess on an answer that says no', async () => {
    expect((await offeredFor({ texts: { 'My guess': 'No, not really.' } })).join('\n')).not.toContain(
      'assume',
    );
    expect(
      (await offeredFor({ texts: { 'My guess': 'I guess they are bored of me.' } })).join('\n'),
    ).toContain("I've started to assume something about you.");
  });
});

describe('the opening line about what happened', () => {
  const saidOf = async (kinds: readonly string[]): Promise<string> => {
    const labels = await offeredFor({ kinds });
    return labels.find(label => label.startsWith('This is hard')) ?? '';
  };

  it.each<[readonly string[], string]>([
    [['dismissed'], 'I felt dismissed by you'],
    [['forgot'], "you forgot something I'd told you"],
    [['silent'], 'you stayed quiet when I needed you to say something'],
    [['spoke-over'], 'you spoke when I needed quiet'],
    [['joke'], 'you made a joke that hurt'],
    [['lead'], "you asked me to lead and I didn't know where to start"],
    [['blunt', 'identity'], 'you overlooked something about who I am, or got it wrong'],
    [['unclear'], 'something felt off'],
  ])('%j keeps the one who did it', async (kinds, clause) => {
    expect(await saidOf(kinds)).toBe(
      `This is hard to say. Last time, ${clause}. I felt small and angry. Can we talk about it?`,
    );
  });

  const wrote = async (what: string, note: Note = {}): Promise<string> => {
    const labels = await offeredFor({ kinds: ['practical'], texts: { 'What happened': what }, ...note });
    return labels.find(label => label.startsWith('This is hard')) ?? '';
  };
  const quoting = (quote: string, about = 'last time'): string =>
    `This is hard to say. About ${about}, I wrote: “${quote}” I felt small and angry. Can we talk about it?`;
  const byKind =
    'This is hard to say. Last time, something practical bothered me. ' +
    'I felt small and angry. Can we talk about it?';

  it.each<[string, string]>([
    ['He was ten minutes late.', 'He was ten minutes late.'],
    ['He was ten minutes late', 'He was ten minutes late.'],
    ['late again, no apology\n\nI paid in full.', 'late again, no apology. I paid in full.'],
    ['They cancelled an hour before! I cried', 'They cancelled an hour before! I cried.'],
    ['Why was she late? I never asked.', 'Why was she late? I never asked.'],
    [
      'I told them about my sister. Then they looked at the clock.',
      'I told them about my sister. Then they looked at the clock.',
    ],
    ['He said "you always do this".', 'He said ‘you always do this’.'],
    ['She said “never mind.”', 'She said ‘never mind.’'],
    ['He said:\n"It is time"', 'He said: ‘It is time’.'],
    ['- They moved my hour\n- They forgot the bill', 'They moved my hour. They forgot the bill.'],
    ['Dr. Weber was late again', 'Dr. Weber was late again.'],
    ['他又迟到了', '他又迟到了。'],
  ])('is quoted as the person wrote it, with he and she as they stand: %j', async (what, quote) => {
    expect(await wrote(what)).toBe(quoting(quote));
  });

  it('is quoted with its day, in each way to start that says what happened', async () => {
    keep({ id: 'bbbbbb', session: '2026-03-10' });
    expect(await wrote('He was late again.')).toBe(quoting('He was late again.', 'what happened on 5 March'));
    const texts = { 'What happened': 'He laughed at me.' };
    const labels = await offeredFor({ kinds: ['insensitive'], front: 'echo: [parent]', texts });
    const quote = 'About what happened on 5 March, I wrote: “He laughed at me.”';
    expect(labels).toContain(`Can I check something? ${quote} What did you mean?`);
    expect(labels).toContain(`${quote} That feeling is familiar. Can we look at then and now?`);
  });

  it("is quoted where it is the person's own word for a kind and nothing else was written", async () => {
    const said = await wrote('', { kinds: ['other: they laughed at my shoes'], texts: {} });
    expect(said).toBe(quoting('they laughed at my shoes.'));
  });

  it.each([[], ['repeat']])('is quoted where no kind has words for it: %s', async (...kinds) => {
    expect(await wrote('He was ten minutes late.', { kinds })).toBe(quoting('He was ten minutes late.'));
    expect(await wrote('', { kinds, texts: {} })).toBe('');
  });

  it('names the kind if it felt unsafe', async () => {
    const said = await wrote('He was ten minutes late.', { feelings: ['unsafe'] });
    expect(said).toBe(byKind.replace('small and angry', 'unsafe'));
  });

  it.each<[string, string, Note]>([
    ['is one word', 'Lateness.', {}],
    ['says no', 'Nothing much.', {}],
    ['is long', `He ${'looked at the clock and '.repeat(5)} left.`, {}],
    ['is long in the second sentence', `He was late. ${'He looked at the clock and '.repeat(5)} left.`, {}],
    ['goes on behind its end', 'Then he turned around and said:', {}],
    ['has lines that may go on or not', 'he was late\nsaid nothing', {}],
    ['has half a quotation', 'He said "it is time', {}],
    ['is not there', '', { texts: {} }],
    ['is said where speaking up is not safe', 'He was ten minutes late.', { front: 'not_safe: 2026-03-05' }],
  ])('is said by its kind where the text %s', async (_what, what, note) => {
    expect(await wrote(what, note)).toBe(byKind);
  });

  it.each([['mine'], ['practical', 'line'], ['practical', 'secret-closeness']])(
    'never quotes where the kinds are %s %s',
    async (...kinds) => {
      const labels = await offeredFor({ kinds, texts: { 'What happened': 'He held my hand.' } });
      expect(labels.join('\n')).not.toContain('hand');
    },
  );

  it('begins no list of ways to start with a quotation', async () => {
    const texts = { 'What happened': 'I was stupid again.' };
    const labels = await offeredFor({ kinds: ['misread'], texts });
    expect(labels[0]).not.toContain('stupid');
  });

  it('joins feelings so that they read as one sentence, own words last', async () => {
    const labels = await offeredFor({ feelings: ['taken-aback', 'other: tight in my chest', 'cared-for'] });
    expect(labels[1]).toBe(
      'This is hard to say. Last time, I felt misunderstood by you. ' +
        'I felt taken aback and cared for: tight in my chest. Can we talk about it?',
    );
  });

  it.each([
    'mine',
    'forgot',
    'silent',
    'spoke-over',
    'dismissed',
    'lead',
    'method',
    'pace',
    'goals',
    'practical',
    'ending',
    'unclear',
    'bored',
    'uninterested',
    'fell-flat',
    'care-doubt',
  ])('never asks "What did you mean?" after the kind %s', async kind => {
    expect((await offeredFor({ kinds: [kind] })).join('\n')).not.toContain('What did you mean?');
  });

  it('asks it after something that was said', async () => {
    expect(await offeredFor({ kinds: ['insensitive'] })).toContain(
      'Can I check something? Last time, you said something that hurt. What did you mean?',
    );
  });
});

describe('when it was', () => {
  const sentences = async (note: Note): Promise<string> => (await offeredFor(note)).join('\n');

  it('is "last time" of the last session', async () => {
    keep({ id: 'bbbbbb', session: '2026-02-19' });
    expect(await sentences({})).toContain("There's something from last time");
  });

  it('is the day once there was a later session', async () => {
    keep({ id: 'bbbbbb', session: '2026-03-10' });
    const said = await sentences({});
    expect(said).not.toMatch(/last time/i);
    expect(said).toContain("There's something from 5 March that I'd like to come back to.");
    expect(said).toContain('On 5 March, I felt misunderstood by you.');
    expect(said).toContain('Could you ask me about what happened on 5 March?');
  });

  it('is the day once it is weeks ago, though nothing was written since', async () => {
    expect(await sentences({ session: '2026-02-19' })).toContain('from 19 February that');
    expect(await sentences({ id: 'aaaaaa', session: '2025-11-06' })).not.toMatch(/last time/i);
  });

  it('says the year of another year', async () => {
    expect(await sentences({ session: '2025-11-06' })).toContain(
      "There's something from 6 November 2025 that",
    );
  });

  it('is "last time" although there was a later session with somebody else', async () => {
    keep({ id: 'bbbbbb', session: '2026-03-10', front: 'with: Group' });
    expect(await sentences({ front: 'with: T' })).toContain('from last time');
    keep({ id: 'cccccc', session: '2026-03-10', front: 'with: t' });
    expect(await sentences({ front: 'with: T' })).not.toContain('from last time');
  });

  it('is no single time for a pattern', async () => {
    const said = await sentences({ session: '2026-03-12', front: 'template: patterns' });
    expect(said).not.toMatch(/last time|12 March/i);
    expect(said).toContain('More than once, I felt misunderstood by you.');
  });

  it('is not moved by a pattern that was put on the list later', async () => {
    keep({ id: 'bbbbbb', session: '2026-03-12', front: 'template: patterns' });
    expect(await sentences({})).toContain('from last time');
  });
});

describe('the card', () => {
  const answers = {
    opening_line: 'Can we go back?',
    wanted: "That I don't choose it.",
    want: ['own', 'meant'],
    if_too_much: 'card',
  };
  const cardOf = async (given: object): Promise<string> => {
    keep({});
    const input = JSON.stringify(given);
    const ran = await run(['prep', 'aaaaaa', '--answers', '-', '--card', '-'], { place, input });
    return ran.out;
  };

  it('addresses the therapist on the front, and the person on the back', async () => {
    const [front = '', back = ''] = (await cardOf(answers)).split('--- On the back, for you alone ---\n');
    expect(front.replace(/\s+/g, ' ').trim()).toBe(
      "Can we go back? What I want understood That I don't choose it. " +
        'What would help To hear you own your part · To know what you meant',
    );
    expect(front).not.toMatch(/\bthe(y|m|ir)\b/);
    expect(back.replace(/\s+/g, ' ').trim()).toBe('If it gets too much Hand over the card');
  });

  it.each(['heard', 'meant', 'own', 'sorry', 'change', 'mend', 'roots', 'said', 'decide'])(
    'says nothing of "them" with %s',
    async want => {
      const card = await cardOf({ opening_line: 'Can we go back?', want: [want] });
      expect(card).toContain('What would help');
      expect(card).not.toMatch(/\bthe(y|m|ir)\b/i);
    },
  );

  it('has no back if there is nothing for it, and at most nine lines with a back', async () => {
    const long = 'It goes on and on, and there is more of it. '.repeat(20);
    expect(await cardOf({ opening_line: 'Can we go back?' })).toBe('Can we go back?\n');
    const card = await cardOf({ ...answers, opening_line: long, wanted: long, if_too_much: { other: long } });
    expect(card.trimEnd().split('\n').length).toBeLessThanOrEqual(9);
    expect(card).toContain('--- On the back, for you alone ---\nIf it gets too much   ');
  });

  it("is said in the note in the person's own view", async () => {
    keep({});
    await run(['prep', 'aaaaaa', '--answers', '-'], { place, input: JSON.stringify({ want: ['own'] }) });
    expect((await run(['show', 'aaaaaa'], { place, input: '' })).out).toContain(
      'To hear what they think their part was',
    );
  });

  it.each<[string, readonly string[], string]>([
    ['in full', ['prep', 'aaaaaa'], '\n\n\n7 11\n2\n3\n'],
    ['in quick', ['prep', 'aaaaaa', '--quick'], '3\n'],
    ['without an id', ['prep'], '1\n\n\n\n7 11\n'],
    ['where a follow-up comes to it', ['follow-up', 'aaaaaa'], '4\n1\n2\n\n3\n'],
  ])('is introduced before it is first named, %s', async (_where, args, input) => {
    keep({ status: 'planned' });
    const said = (await run(args, { place, input })).err.replace(/\s+/g, ' ');
    expect(said.match(/\bcard\b/g)?.length).toBeGreaterThan(1);
    expect(said.slice(0, said.search(/\bcard\b/) + 60)).toMatch(
      /card (for you: your|is your) own words on a few lines/,
    );
  });
});
