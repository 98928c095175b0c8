import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Place, Ran, Reply, Screen } from '../../support/world.ts';

// Checks the first screen and a preparation after the therapist responded badly.
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

function make(id: string, status = 'planned'): string {
  const path = join(place.folder, `2026-03-05-${id}.md`);
  const head = ['rupture: 1', `id: ${id}`, 'session: 2026-03-05', `status: ${status}`, `title: Moment ${id}`];
  writeFileSync(
    path,
    ['---', ...head, 'history:', `  - 2026-03-05 ${status}`, '---', '', `# Moment ${id}`, ''].join('\n'),
  );
  return path;
}

let runs = 0;
/** Runs a command and answers what is given by the question's id; every other question is skipped. */
function go(args: readonly string[], given: Given): Promise<Ran> {
  runs += 1;
  const replyTo = ({ id }: Screen): Reply => {
    const response = id === 'preview' ? 'keep' : given[id];
    return response === undefined ? skip : answer(response);
  };
  return run(args, { place, replyTo, chance: seededChance(runs) });
}

const home = async (): Promise<string> =>
  (await run([], { place, input: '', outIsTerminal: true, env: { NO_COLOR: '1' } })).out;
const optionsOf = ({ screens }: Ran, id: string): readonly string[] =>
  screens.find(screen => screen.id === id)?.options.map(({ key }) => key) ?? [];

const denied = { came_up: 'i-said-it', response: ['denied'], size: 5, status: 'not-addressed' };
const punished = { ...denied, response: ['punished'], safe: 'yes' };
const prepLast = /Next: rupture reflect\n[^]*rupture help-now[^]*rupture prep/;

describe('the first screen after a hurtful response', () => {
  it.each([
    ['denied', denied],
    ['punished, and feeling safe', punished],
  ])('%s', async (_name, given) => {
    make('aaaaaa');
    await go(['follow-up', 'aaaaaa'], given);
    expect(await home()).toMatch(prepLast);
    await go(['follow-up', 'aaaaaa'], given);
    expect(await home()).toMatch(prepLast);
  });

  it.each([
    ['denied', denied],
    ['punished', punished],
  ])('in a reflection: %s', async (_name, given) => {
    const { came_up: _none, ...answers } = given;
    await go(['reflect'], { ...answers, sit: 'bothered', next: 'raised' });
    expect(await home()).toMatch(prepLast);
  });

  it.each(['owned', 'sorry', 'changed'])('is unchanged if they also %s', async good => {
    make('aaaaaa');
    await go(['follow-up', 'aaaaaa'], { ...denied, response: ['denied', good] });
    expect(await home()).toContain('Next: rupture prep');
  });

  it('is unchanged after a better later response', async () => {
    make('aaaaaa');
    await go(['follow-up', 'aaaaaa'], denied);
    await go(['follow-up', 'aaaaaa'], { ...denied, response: ['listened'], status: 'raised' });
    expect(await home()).toContain('Next: rupture prep');
  });

  it('is unchanged if another moment waits', async () => {
    make('aaaaaa');
    make('bbbbbb');
    await go(['follow-up', 'aaaaaa'], denied);
    expect(await home()).toContain('Next: rupture prep');
  });
});

describe('a preparation after being punished', () => {
  it('offers to keep it, and somebody else, before saying it', async () => {
    make('aaaaaa');
    await go(['follow-up', 'aaaaaa'], punished);
    const ran = await go(['prep', 'aaaaaa'], { how: 'say' });
    expect(optionsOf(ran, 'how').slice(0, 3)).toEqual(['keep', 'someone-first', 'say']);
    expect(optionsOf(ran, 'starter')).toContain('second-try');
    expect(optionsOf(ran, 'starter')[0]).not.toBe('second-try');
  });

  it('is unchanged after a better response', async () => {
    make('aaaaaa');
    await go(['follow-up', 'aaaaaa'], { ...denied, response: ['listened'] });
    const ran = await go(['prep', 'aaaaaa'], { how: 'say' });
    expect(optionsOf(ran, 'how')[0]).toBe('say');
    expect(optionsOf(ran, 'starter')[0]).toBe('second-try');
  });
});

it('counts no pattern note as a time that it happened', async () => {
  for (const id of ['aaaaaa', 'bbbbbb', 'cccccc']) {
    const path = make(id);
    writeFileSync(path, readFileSync(path, 'utf8').replace('history:', 'kinds: [misread]\nhistory:'));
  }
  await go(['patterns', '--bring'], { look_together: 'add' });
  const { out } = await run(['summary'], { place });
  expect(out).toContain('third');
  expect(out).not.toContain('fourth');
});
