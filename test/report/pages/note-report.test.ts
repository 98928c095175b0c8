import { describe, expect, it } from 'vitest';
import type { Head, Section } from '../../../src/core/notes/reflection.ts';
import { noteJson, notePlain } from '../../../src/report/pages/note-report.ts';
import { dayOf } from '../../core/support.ts';

const fields = {
  'What happened': 'what',
  'One sentence': 'one_line',
  "How I'll start": 'opening_line',
  'How they responded': 'response',
};
const dated = { prepared: 'Prepared on {day}', followedUp: 'Followed up on {day}' };
const head: Head = {
  id: 'k3f9qa',
  session: dayOf('2026-03-12'),
  kinds: ['misread'],
  feelings: [],
  keys: { rupture: 1, id: 'k3f9qa', session: '2026-03-12', kinds: ['misread'], mood: { of: 'day' } },
};
const two = (heading: string, text: string): Section => ({ level: 2, heading, text });
const three = (heading: string, text: string): Section => ({ level: 3, heading, text });
const parsed = (sections: readonly Section[], over: Partial<Head> = {}): unknown =>
  JSON.parse(noteJson({ path: '/n/a.md', head: { ...head, ...over }, sections }, fields, dated));

describe('one moment as JSON', () => {
  it('has every key of the front matter, the path, and the answers as they were typed', () => {
    expect(parsed([two('What happened', ' They left.\n\n- so \n'), two('Mine', 'x')])).toEqual({
      version: 1,
      id: 'k3f9qa',
      session: '2026-03-12',
      kinds: ['misread'],
      mood: { of: 'day' },
      path: '/n/a.md',
      answers: { what: ' They left.\n\n- so \n', Mine: 'x' },
    });
  });

  it('has preparations and follow-ups with their days, each with its own answers', () => {
    expect(
      parsed([
        two('What happened', 'a'),
        two('Prepared on 2026-03-19', ''),
        three("How I'll start", 'b'),
        two('Followed up on 2026-03-21', ''),
        three('How they responded', 'c'),
        two('Prepared on 2026-03-26', ''),
        three("How I'll start", 'd'),
        two('One sentence', 'e'),
      ]),
    ).toMatchObject({
      answers: { what: 'a', one_line: 'e' },
      prepared: [
        { on: '2026-03-19', answers: { opening_line: 'b' } },
        { on: '2026-03-26', answers: { opening_line: 'd' } },
      ],
      followed_up: [{ on: '2026-03-21', answers: { response: 'c' } }],
    });
  });

  it('takes a heading for dated only when its day is one', () => {
    expect(
      parsed([two('Prepared on a whim', 'x'), two('Prepared on 2026-03-19 and after', 'y')]),
    ).toMatchObject({ answers: { 'Prepared on a whim': 'x', 'Prepared on 2026-03-19 and after': 'y' } });
  });

  it('keeps two texts under one heading, and a heading that is a name of JavaScript', () => {
    expect(
      parsed([two('What happened', 'a'), two('What happened', 'b'), two('constructor', 'c')]),
    ).toMatchObject({ answers: { what: 'a\n\nb', constructor: 'c' } });
    expect(noteJson({ path: '/n/a.md', head, sections: [two('__proto__', 'd')] }, fields, dated)).toContain(
      '"__proto__": "d"',
    );
  });

  it('says its version whatever the front matter holds', () => {
    expect(
      parsed([], {
        keys: { ...head.keys, version: 7, path: 'x', answers: 'x', prepared: 'x', followed_up: 'x' },
      }),
    ).toEqual({
      version: 1,
      id: 'k3f9qa',
      session: '2026-03-12',
      kinds: ['misread'],
      mood: { of: 'day' },
      path: '/n/a.md',
      answers: {},
    });
  });
});

describe('one moment as plain text', () => {
  it('is what is known of it, what was picked, then each text under its heading', () => {
    expect(
      notePlain(
        'They left',
        ['To bring up', 'They misunderstood me'],
        ['How it was: Mostly good', 'Held back: A bit'],
        [two('What happened', 'a\nb'), two('Prepared on 2026-03-19', ''), three("How I'll start", 'c')],
      ),
    ).toBe(
      "They left\nTo bring up\nThey misunderstood me\n\nHow it was: Mostly good\nHeld back: A bit\n\nWhat happened\na\nb\n\nPrepared on 2026-03-19\n\nHow I'll start\nc",
    );
    expect(notePlain('They left', [], [], [])).toBe('They left');
    expect(notePlain('They left', [], [], [two('What happened', 'a')])).toBe('They left\n\nWhat happened\na');
  });
});
