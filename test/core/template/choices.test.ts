import { describe, expect, it } from 'vitest';
import { languages } from 'shipped:templates';
import type { Choice } from '../../../src/core/template/choices.ts';
import { choicesIn, mergeChoices } from '../../../src/core/template/choices.ts';
import { frontKeys } from '../../../src/core/notes/reflection.ts';

const one = (id: string, heading: string, ...keys: readonly string[]): Choice => ({
  id,
  kind: 'select',
  heading,
  options: keys.map(key => ({ key, label: `${heading} ${key}` })),
});

describe('choices', () => {
  it('of a sequence are those stored in the front matter, in order, without facts', async () => {
    const reflect = (await languages['en']?.['sequence/reflect']?.())?.value;
    expect(reflect === undefined ? [] : choicesIn(reflect).map(({ id }) => id)).toEqual([
      'sit',
      'held_back',
      'shape',
      'strain_from',
      'repeat_of',
      'outside',
      'since',
      'urges',
      'noticed',
      'echo',
      'touches',
      'response',
      'let_go_reason',
      'care',
    ]);
  });

  it('exist for every front matter key that a question fills', async () => {
    const shipped = (await languages['en']?.choices())?.value ?? [];
    const facts = [
      'rupture',
      'id',
      'session',
      'created',
      'status',
      'title',
      'with',
      'kinds',
      'feelings',
      'size',
      'next',
      'rest_until',
      'template',
      'history',
    ];
    expect(frontKeys.filter(key => !facts.includes(key) && !shipped.some(({ id }) => id === key))).toEqual(
      [],
    );
    // Answers from before or after a session are in its dated part.
    expect(
      shipped.filter(({ id }) => ['came_up', 'how', 'want', 'worries', 'look_back', 'safe'].includes(id)),
    ).toEqual([]);
    expect(
      shipped.every(
        ({ heading, options, kind }) => heading !== '' && (kind === 'scale' || options.length > 0),
      ),
    ).toBe(true);
  });

  it('of the same id are merged: the first, with the options that only others have', () => {
    expect(mergeChoices([one('a', 'A', 'x'), one('b', 'B'), one('a', 'Z', 'x', 'y')])).toEqual([
      {
        id: 'a',
        kind: 'select',
        heading: 'A',
        options: [
          { key: 'x', label: 'A x' },
          { key: 'y', label: 'Z y' },
        ],
      },
      one('b', 'B'),
    ]);
  });
});
