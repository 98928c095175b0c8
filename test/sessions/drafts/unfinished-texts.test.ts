import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exit } from '../../../src/errors.ts';
import { filesBelow } from '../../support/sealed.ts';
import { answer, finish, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Place, Ran, Reply, Screen } from '../../support/world.ts';

// Unfinished text, and answers about a moment that is no longer reached, must be in a note or beside the notes.

let place: Place;
let ids: readonly string[];
beforeEach(async () => {
  place = openPlace();
  await run(['reflect', '-m', 'An older one.'], { place, chance: seededChance(8) });
  await run(['reflect', '-m', 'Another one.'], { place, chance: seededChance(9) });
  ids = readdirSync(place.folder).flatMap(name => (name.endsWith('.md') ? [name.slice(11, 17)] : []));
});
afterEach(() => place.remove());

const words = 'They looked at the clock, twice.';
const drafts = (): string => join(place.folder, '.rupture', 'drafts');

/** Returns all texts of the folder; expects no draft, and that files beside the notes are named. */
function texts(ran: Ran): string {
  expect([ran.exit, readdirSync(drafts())]).toEqual([Exit.done, []]);
  const kept = join(place.folder, '.rupture', 'kept');
  const said = `${ran.err}${ran.said.join('\n')}`.replace(/\s+/g, '');
  for (const name of existsSync(kept) ? readdirSync(kept) : []) expect(said).toContain(name);
  const paths = filesBelow(place.folder).filter(path => path.endsWith('.md'));
  return paths.map(path => readFileSync(join(place.folder, path), 'utf8')).join('\n');
}

function draft(more: Readonly<Record<string, unknown>>): void {
  mkdirSync(drafts(), { recursive: true });
  writeFileSync(
    join(drafts(), 'dddddd.json'),
    JSON.stringify({
      draft: 1,
      pid: 1,
      host: 'elsewhere',
      at: 0,
      id: 'dddddd',
      template: 'reflect',
      mode: 'quick',
      session: '2026-03-01',
      started: '2026-03-01T10:00:00.000Z',
      answers: {},
      ...more,
    }),
  );
}

/** Resumes the draft, and ends the input at the first question. */
const endAtOnce = ({ id }: Screen): Reply => (id === 'draft' ? answer('dddddd') : finish);

describe('a draft of prep about two notes, if the input ends immediately', () => {
  it('keeps the answers about each note', async () => {
    const [one = '', other = ''] = ids;
    const answers = { [`wanted@${one}`]: 'To be heard.', [`wanted@${other}`]: words };
    draft({ template: 'prep', about: ids, answers });
    const ran = await run(['prep'], { place, replyTo: endAtOnce });
    expect(texts(ran)).toContain(words);
    expect(texts(ran)).toContain('To be heard.');
  });

  it('keeps the half-typed text about the second note', async () => {
    draft({ template: 'prep', about: ids, answers: {}, half: { key: `wanted@${ids[1]}`, text: words } });
    const ran = await run(['prep'], { place, replyTo: endAtOnce });
    expect(texts(ran)).toContain(words);
  });
});

it('a draft of let-go keeps its half-typed text if the input ends immediately', async () => {
  draft({ template: 'let-go', about: [ids[0]], answers: {}, half: { key: 'last_word', text: words } });
  const ran = await run(['let-go'], { place, replyTo: endAtOnce });
  expect(texts(ran)).toContain(words);
});

describe('a text left half typed by going back', () => {
  it('is saved in the note if the input ends', async () => {
    const ran = await run(['reflect', '--template', 'reflect'], {
      place,
      script: [
        ['sit', answer('bothered')],
        ['what', { is: 'back', typed: words }],
        ['sit', finish],
      ],
    });
    expect(texts(ran)).toContain(`## What happened\n\n${words}`);
  });

  it('is saved beside the notes in prep', async () => {
    const ran = await run(['prep', ids[0] ?? ''], {
      place,
      script: [
        ['size', answer(4)],
        ['wanted', { is: 'back', typed: words }],
        ['size', finish],
      ],
    });
    expect(texts(ran)).toContain(words);
  });

  it('is saved once if the person finishes it', async () => {
    const ran = await run(['reflect', '--template', 'reflect'], {
      place,
      script: [
        ['sit', answer('bothered')],
        ['what', { is: 'back', typed: 'They looked' }],
        ['sit', answer('bothered')],
        ['what', answer(words)],
        ['kinds', finish],
      ],
    });
    expect(texts(ran).match(/^They looked.*$/gm)).toEqual([words]);
  });

  it('is kept if it was meant to replace an answer', async () => {
    const ran = await run(['reflect', '--template', 'reflect'], {
      place,
      script: [
        ['sit', answer('bothered')],
        ['what', answer('They looked away.')],
        ['kinds', { is: 'back' }],
        ['what', { is: 'back', typed: words }],
        ['sit', finish],
      ],
    });
    expect(texts(ran)).toMatch(/They looked away\.[^]*They looked at the clock, twice\./);
  });
});

it('a text of --more is saved in the note if another answer skips its question', async () => {
  draft({ template: 'reflect', mode: 'full', about: [ids[0]], answers: { 'reflect/gone_on': words } });
  const ran = await run(['reflect', '--resume'], {
    place,
    replyTo: screen => (screen.id === 'preview' ? answer('keep') : skip),
  });
  expect(texts(ran)).toContain(`## Also written\n\n${words}`);
});
