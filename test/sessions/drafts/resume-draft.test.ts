import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Exit } from '../../../src/errors.ts';
import { filesBelow } from '../../support/sealed.ts';
import { openPlace, run, type Place, type Ran } from '../../support/world.ts';

// Resumes a draft with an input that ends immediately. Afterwards its content must be in a note or beside
// the notes.

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const words = 'They said we were out of time.';

/** Writes a draft into the folder, and resumes it with an input that ends immediately. */
async function resumeAsItIs(draft: Readonly<Record<string, unknown>>): Promise<Ran> {
  const drafts = join(place.folder, '.rupture', 'drafts');
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  const kept = {
    draft: 1,
    pid: 1,
    host: 'elsewhere',
    at: 0,
    id: 'keeee6',
    template: 'reflect',
    mode: 'quick',
    session: '2026-03-09',
    started: '2026-03-09T18:00:00.000Z',
    ...draft,
  };
  writeFileSync(join(drafts, 'keeee6.json'), JSON.stringify(kept));
  return run(['reflect', '--resume'], { place, input: '' });
}

interface Resumed {
  readonly err: string;
  readonly texts: readonly string[];
}

async function resume(draft: Readonly<Record<string, unknown>>): Promise<Resumed> {
  const { exit, err } = await resumeAsItIs(draft);
  expect([exit, readdirSync(join(place.folder, '.rupture', 'drafts'))]).toEqual([Exit.done, []]);
  const paths = filesBelow(place.folder).filter(path => path.endsWith('.md'));
  const texts = paths.map(path => readFileSync(join(place.folder, path), 'utf8'));
  return { err: err.replace(/\s+/g, ' '), texts };
}

it.each([
  ['an answer behind a question that was left open', { answers: { what: words } }],
  [
    'a text half typed, its question next',
    { answers: { sit: 'bothered' }, half: { key: 'what', text: words } },
  ],
  ['a text half typed, another question next', { answers: {}, half: { key: 'what', text: words } }],
  ['words half typed at a list', { answers: { what: 'x' }, half: { key: 'kinds', text: words } }],
  ['an answer to a question that is gone', { answers: { gone: words } }],
  ['a text half typed at a question that is gone', { answers: {}, half: { key: 'gone', text: words } }],
])('%s is in a note or beside the notes', async (_what, draft) => {
  const { texts } = await resume(draft);
  expect(texts.filter(text => text.includes(words))).toHaveLength(1);
});

it('saves nothing of a draft without words', async () => {
  const { err, texts } = await resume({ answers: {} });
  expect([err, texts]).toEqual([expect.stringContaining('Nothing was answered, so nothing was kept.'), []]);
});

it.each([
  ['one word', { answers: { dream: 'Alone' } }, /^dream: Alone$/m],
  ['own words', { answers: { weather: ['fog', 'other: hail'] } }, /^weather: fog, other: hail$/m],
  ['one word half typed', { answers: {}, half: { key: 'dream', text: 'Alone' } }, /^dream: Alone$/m],
  ['an answer of another kind', { answers: { kinds: 'Alone' } }, /^kinds: Alone$/m],
])('%s of a question that is gone is beside the notes', async (_what, draft, expected) => {
  const { err, texts } = await resume(draft);
  expect(texts).toEqual([expect.stringMatching(expected)]);
  expect(err).toContain('kept');
});

it('saves a draft without its template beside the notes, and names the file', async () => {
  const drafts = join(place.folder, '.rupture', 'drafts');
  const kept = join(place.folder, '.rupture', 'kept');
  const ran = await resumeAsItIs({
    template: 'monday',
    answers: { weather: 'fog', wish: words },
    half: { key: 'last', text: 'And so' },
  });
  expect([ran.exit, readdirSync(drafts)]).toEqual([Exit.misused, []]);
  const [name = ''] = readdirSync(kept);
  expect(readFileSync(join(kept, name), 'utf8')).toBe(`weather: fog\n\n${words}\n\nAnd so\n`);
  expect(ran.err.replace(/\s+/g, '')).toContain(name);
});
