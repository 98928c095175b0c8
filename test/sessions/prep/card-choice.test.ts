import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Place, Ran, Reply, Screen } from '../../support/world.ts';

// A card has only what the person chose, and a preparation never pushes a person where speaking up is not safe.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

type Given = Readonly<Record<string, Parameters<typeof answer>[0]>>;

function make(id: string, front: readonly string[] = [], more: readonly string[] = []): string {
  const path = join(place.folder, `2026-03-05-${id}.md`);
  const head = ['rupture: 1', `id: ${id}`, 'session: 2026-03-05', 'status: planned', `title: Moment ${id}`];
  writeFileSync(path, ['---', ...head, ...front, '---', '', `# Moment ${id}`, '', ...more].join('\n'));
  return path;
}

/** Runs `prep`, answers questions by id, and skips every other question. */
const prep = (args: readonly string[], given: Given): Promise<Ran> =>
  run(['prep', ...args], {
    place,
    replyTo: ({ id }: Screen): Reply => {
      const response = id === 'preview' ? 'keep' : given[id];
      return response === undefined ? skip : answer(response);
    },
  });
const card = (): Promise<Ran> => run(['show', 'aaaaaa', '--card'], { place, input: '' });
const noCard = "There's no card for this one. rupture prep aaaaaa makes one.";
const asLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const idsOf = ({ screens }: Ran): readonly string[] => screens.map(({ id }) => id);

const wishes: Given = { size: 5, wanted: 'A private wish.', want: ['heard'], if_too_much: 'breath' };

async function expectNoCard(ran: Ran): Promise<void> {
  // The preview shows the answers before they are saved; the card is what comes after.
  const printed = ran.said.slice(1 + ran.said.findIndex(text => text.includes('A private wish.')));
  expect([ran.out, ...printed].join('\n')).not.toMatch(/A private wish|What would help|first words/);
  const again = await card();
  expect([again.out, asLine(again.err), again.exit]).toEqual(['', noCard, 1]);
}

describe('no card without a choice', () => {
  it.each(['keep', 'options', 'people', 'someone-first'])('after “used against me”: %s', async how => {
    make('aaaaaa');
    const ran = await prep(['aaaaaa'], { ...wishes, worries: ['used-against-me'], how });
    expect(idsOf(ran)).not.toContain('on_card');
    await expectNoCard(ran);
  });

  it.each(['not-today', 'someone-first'])('after an ordinary moment: %s', async how => {
    make('aaaaaa');
    const ran = await prep(['aaaaaa'], { ...wishes, how });
    expect(idsOf(ran)).not.toContain('on_card');
    await expectNoCard(ran);
  });

  it.each([undefined, 'say'])('after a skipped question about the card: %s', async how => {
    const path = make('aaaaaa');
    const given = { ...wishes, starter: 'own', opening_line: 'My first words.' };
    const ran = await prep(['aaaaaa'], how === undefined ? given : { ...given, how });
    expect(idsOf(ran)).toContain('on_card');
    expect(readFileSync(path, 'utf8')).toContain('### On the card\n\nNo card\n');
    await expectNoCard(ran);
  });

  it('after “No card”', async () => {
    make('aaaaaa');
    const ran = await prep(['aaaaaa'], { ...wishes, how: 'say', on_card: ['none'] });
    expect(idsOf(ran)).toContain('on_card');
    await expectNoCard(ran);
  });

  it.each(['keep', 'not-today', 'options', 'people', 'someone-first'])(
    'from a file of answers: %s',
    async how => {
      make('aaaaaa', ['not_safe: "2026-03-05"']);
      const input = JSON.stringify({ how, wanted: 'A private wish.' });
      const ran = await run(['prep', 'aaaaaa', '--answers', '-', '--card', '-'], { place, input });
      expect(ran.out).toBe('');
      await expectNoCard(ran);
    },
  );

  it.each([
    'Keep it here for now',
    'Not today',
    'Talk to someone else first',
    'Look at my options first',
    'See people I can reach first',
  ])('from a note of an older version: %s', async label => {
    make(
      'aaaaaa',
      [],
      [
        '## Prepared on 2026-03-08',
        '',
        '### What I want understood',
        '',
        'A private wish.',
        '',
        "### How I'll do it",
        '',
        label,
        '',
      ],
    );
    const again = await card();
    expect([again.out, asLine(again.err)]).toEqual(['', noCard]);
  });

  it('if the person finished before the question', async () => {
    make('aaaaaa');
    const ran = await run(['prep', 'aaaaaa'], {
      place,
      replyTo: ({ id }: Screen): Reply => {
        if (id === 'how') return { is: 'finish' };
        return wishes[id] === undefined ? skip : answer(wishes[id]);
      },
    });
    expect(idsOf(ran).at(-1)).toBe('how');
    await expectNoCard(ran);
  });

  it('is all of a file that says nothing of how, the same again', async () => {
    make('aaaaaa');
    const input = JSON.stringify({ wanted: 'A private wish.' });
    const ran = await run(['prep', 'aaaaaa', '--answers', '-', '--card', '-'], { place, input });
    expect(ran.out).toContain('A private wish.');
    expect((await card()).out).toBe(ran.out);
  });

  it('does not show an older card instead of none', async () => {
    make('aaaaaa');
    await prep(['aaaaaa'], { ...wishes, how: 'say', on_card: ['wanted'] });
    expect((await card()).out).toContain('A private wish.');
    await prep(['aaaaaa'], { how: 'not-today' });
    expect((await card()).out).toBe('');
  });

  it('keeps the card of an older version for a way that speaks, and a first sentence alone', async () => {
    make(
      'aaaaaa',
      [],
      [
        '## Prepared on 2026-03-08',
        '',
        '### What I want understood',
        '',
        'A private wish.',
        '',
        "### How I'll do it",
        '',
        'Say it',
        '',
      ],
    );
    expect((await card()).out).toContain('A private wish.');
    await prep(['aaaaaa'], { how: 'say', starter: 'own', opening_line: 'My first words.' });
    expect((await card()).out).toBe('My first words.\n');
  });
});

describe('a preparation where speaking up is not safe', () => {
  const calm = 'You can look at this without bringing it up. You can stop at any time.';

  it.each([
    ['named', ['aaaaaa']],
    ['the only one', []],
  ])('opens without a push: %s', async (_how, args) => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    const ran = await prep(args, { picked: 'aaaaaa' });
    expect(ran.said[0]).toBe(calm);
    expect(ran.said.join('\n')).not.toContain('practice');
  });

  it('offers “None today” first, with one moment or two', async () => {
    make('aaaaaa', ['feelings: [unsafe]']);
    const first = async (): Promise<readonly unknown[]> => {
      const screen = (await prep([], { picked: ['none'] })).screens.find(({ id }) => id === 'picked');
      return [screen?.words, screen?.options[0]?.key];
    };
    const right = ['Which one would you like to look at?', 'none'];
    expect(await first()).toEqual(right);
    make('bbbbbb');
    expect(await first()).toEqual(right);
    const ran = await prep([], { picked: ['none'] });
    expect(ran.said.join('\n')).toContain(calm);
    expect(ran.said.join('\n')).not.toContain('practice');
  });

  it('asks how before anything about speaking, so that keeping it here ends the run', async () => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    expect(idsOf(await prep(['aaaaaa'], { size: 5, how: 'keep' }))).toEqual(['size', 'how', 'preview']);
    const spoken = idsOf(await prep(['aaaaaa'], { ...wishes, how: 'say' }));
    expect(spoken.slice(0, 5)).toEqual(['size', 'how', 'wanted', 'want', 'worries']);
    expect(spoken.filter(id => id === 'how')).toHaveLength(1);
    expect(idsOf(await prep(['aaaaaa', '--quick'], {}))[0]).toBe('how');
  });

  it('saves typed text if how is changed to keeping it here', async () => {
    const path = make('aaaaaa', ['not_safe: "2026-03-05"']);
    const ways = ['say', 'keep'];
    const previews = [answer('change'), answer('keep')];
    const ran = await run(['prep', 'aaaaaa'], {
      place,
      replyTo: ({ id }: Screen): Reply => {
        if (id === 'how') return answer(ways.shift() ?? 'keep');
        if (id === 'preview') return previews.shift() ?? answer('keep');
        if (id === 'which') return answer('how');
        return wishes[id] === undefined ? skip : answer(wishes[id]);
      },
    });
    const [, aside = ''] = /(\S+\.md)/.exec(ran.said.find(text => text.includes('.md')) ?? '') ?? [];
    const kept = aside.replace(/^~/, place.home);
    expect(readFileSync(path, 'utf8')).toContain('Keep it here for now');
    expect(readFileSync(kept, 'utf8')).toContain('A private wish.');
  });

  it.each([true, false])(
    'asks what a person added behind how, wherever that stands: unsafe %s',
    async isUnsafe => {
      make('aaaaaa', isUnsafe ? ['not_safe: "2026-03-05"'] : []);
      mkdirSync(join(place.folder, 'templates'));
      writeFileSync(
        join(place.folder, 'templates', 'prep.yaml'),
        'extends: prep\nadd:\n' +
          '  - {after: how, ask: weather, kind: text, words: The weather?, heading: Weather}\n',
      );
      expect(idsOf(await prep(['aaaaaa'], { size: 5, how: 'say' }))).toContain('weather');
    },
  );

  it('is unchanged elsewhere', async () => {
    make('aaaaaa');
    const ran = await prep([], { picked: 'aaaaaa', size: 5 });
    expect(ran.said[0]).toContain('You can treat this as practice.');
    const screen = ran.screens.find(({ id }) => id === 'picked');
    expect([screen?.words, screen?.options[0]?.key]).toEqual([
      'Which one would you like to bring up? One is enough.',
      'aaaaaa',
    ]);
    expect(idsOf(ran).slice(0, 6)).toEqual(['picked', 'size', 'wanted', 'want', 'worries', 'how']);
  });
});
