import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Place, Ran, Reply, Screen } from '../../support/world.ts';

// What is said at the end, to somebody who was answered with anger or with no, or for whom it was not safe.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
  make('aaaaaa');
});
afterEach(() => place.remove());

type Given = Readonly<Record<string, Parameters<typeof answer>[0]>>;

function make(id: string, front: readonly string[] = []): void {
  const head = ['rupture: 1', `id: ${id}`, 'session: 2026-03-05', 'status: planned', `title: Moment ${id}`];
  const text = ['---', ...head, ...front, '---', '', `# Moment ${id}`, ''].join('\n');
  writeFileSync(join(place.folder, `2026-03-05-${id}.md`), text);
}

/** Answers questions by id, and skips every other question. */
const go = (args: readonly string[], given: Given): Promise<Ran> =>
  run(args, {
    place,
    replyTo: ({ id }: Screen): Reply => {
      const response = id === 'preview' ? 'keep' : given[id];
      return response === undefined ? skip : answer(response);
    },
  });
const followUp = (given: Given): Promise<Ran> => go(['follow-up', 'aaaaaa'], given);
const said = ({ said: all }: Ran): string => all.join('\n');
const fault = /isn't your fault/;

describe('after speaking', () => {
  it('“Worked through” stands where they listened, and denial alone is saved without a word', async () => {
    const given = { came_up: 'i-said-it', status: 'repaired' };
    const heard = said(await followUp({ ...given, response: ['denied', 'listened'] }));
    expect(heard).toContain('The two of you worked it through.');
    expect(heard).not.toMatch(fault);
    const alone = await followUp({ ...given, response: ['denied'] });
    expect(said(alone)).not.toMatch(fault);
    expect(alone.said.at(-1)).toBe("It's saved.");
  });

  it('says “You said it” only to a person who said so', async () => {
    const ran = await go(['reflect'], {
      sit: 'bothered',
      next: 'raised',
      response: ['punished'],
      safe: 'yes',
    });
    expect(said(ran)).toContain("It came up. How they answered isn't your fault");
    expect(said(ran)).not.toContain('You said it');
  });

  it('asks for nothing more if it came up and the rest was skipped', async () => {
    make('aaaaaa', ['not_safe: "2026-03-05"']);
    const ran = await followUp({ came_up: 'i-said-it', response: ['glad'] });
    expect(said(ran)).toContain("You don't have to say anything more to them.");
  });

  it.each(['punished', 'denied'])(
    'points to no good answer, and gives no line to say: %s',
    async response => {
      const ran = await followUp({
        came_up: 'i-said-it',
        response: [response],
        safe: 'yes',
        status: 'not-addressed',
        second_step: 'think',
      });
      expect(said(ran)).not.toContain('good-answer');
      expect(said(ran)).toContain('You can take time without telling them why.');
      expect(said(ran)).not.toContain('You could say');
    },
  );

  it('points to a good answer elsewhere, and gives the line', async () => {
    const ran = await followUp({
      came_up: 'i-said-it',
      response: ['moved-on'],
      status: 'not-addressed',
      second_step: 'think',
    });
    expect(said(ran)).toContain('good-answer');
    expect(said(ran)).toContain('You could say');
  });

  it.each<[string, Given]>([
    ['punished, and “No”', { came_up: 'i-said-it', response: ['punished'], safe: 'no', status: 'let-go' }],
    [
      'punished, and “Not sure”',
      { came_up: 'they-did', response: ['punished'], safe: 'not-sure', status: 'let-go' },
    ],
    ['“It didn’t feel safe”', { came_up: 'not-this-time', in_the_way: 'unsafe', try_next: 'let-go' }],
  ])('names people to reach when it is let go: %s', async (_name, given) => {
    const ran = await followUp(given);
    expect(ran.said.at(-1)).toBe(
      "You've let this one go. If you want it back: `rupture reopen`. " +
        '`rupture help-now` shows people you can reach.',
    );
  });

  it('names no people to reach if it is let go and the person feels safe', async () => {
    const ran = await followUp({
      came_up: 'i-said-it',
      response: ['punished'],
      safe: 'yes',
      status: 'let-go',
    });
    expect(ran.said.at(-1)).toBe("You've let this one go. If you want it back: `rupture reopen`.");
  });
});

describe('after a session that was mostly good', () => {
  it.each(['open', 'planned'])(
    'says only that it is saved where an earlier note was not safe: %s',
    async next => {
      make('aaaaaa', ['not_safe: "2026-03-05"']);
      const ran = await go(['reflect'], { sit: 'fine', held_back: 'a-bit', what: 'A small thing.', next });
      expect(said(ran)).not.toContain("You don't have to say anything");
      expect(ran.said).toContain("It's saved.");
    },
  );
});

describe('the preview', () => {
  it('does not mention speaking up after only “Maybe” to the line check', async () => {
    const ran = await go(['reflect'], { sit: 'bothered', kinds: ['unclear'], line_check: 'maybe' });
    expect(said(ran)).not.toContain('Speaking up');
    expect(readFileSync(ran.out.trim(), 'utf8')).toContain('not_safe: "2026-03-12"');
  });
});
