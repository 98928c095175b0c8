import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchMatch, Marked } from '../../../src/core/search/search.ts';
import { searchTexts } from '../../../src/core/search/search.ts';
import type { SearchQuery } from '../../../src/core/search/search-input.ts';
import { mayMatch, parseSearchQuery, searchableTexts } from '../../../src/core/search/search-input.ts';
import type { Section } from '../../../src/core/notes/reflection.ts';
import { formatNote, parseSections } from '../../../src/storage/format/note-text.ts';
import { readHead } from '../../../src/storage/format/front-matter.ts';
import { readYaml } from '../../../src/storage/format/yaml.ts';
import { hostile } from '../../storage/support.ts';
import { dayOf, momentOf } from '../support.ts';

function want(...words: readonly string[]): SearchQuery {
  const wanted = parseSearchQuery(words);
  if (wanted === undefined) throw new Error('nothing wanted');
  return wanted;
}

const show = (pieces: Marked): string =>
  pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');
const look = (text: string, ...words: readonly string[]): readonly string[] | undefined =>
  searchTexts({ title: 'T', texts: [{ text }] }, want(...words))?.lines.map(show);

describe('matches within words', () => {
  const begins = (text: string, ...words: readonly string[]): boolean | undefined =>
    searchTexts({ title: 'T', texts: [{ text }] }, want(...words))?.beginsWords;

  it.each([
    ['An art class', ['art'], true],
    ['(art)', ['art'], true],
    ['#art', ['art'], true],
    ['The start of it', ['art'], false],
    ['start, then art', ['art'], true],
    ['two arts, one smart', ['art', 'mart'], false],
    ['ÉCOLE', ['ecole'], true],
    ['他没有听我说', ['没有'], true],
    ['too late again', ['late again'], true],
    ['plate again', ['late again'], false],
  ] as const)('in "%s" each of %j begins one: %s', (text, words, is) => {
    expect(begins(text, ...words)).toBe(is);
  });

  it('marks the starts of words in a line that has one, else matches within words', () => {
    expect(look('A smart art remark', 'art')).toEqual(['A smart [art] remark']);
    expect(look('art, start, arts\nA start', 'art')).toEqual(['[art], start, [art]s', 'A st[art]']);
    expect(look('smart art', 'art', 'mart')).toEqual(['s[mart] [art]']);
  });

  it('ignores quotation marks around a phrase, and searches for the phrase', () => {
    for (const said of ['"late again"', "'late again'", '“late again”', '„late again“', '«late again»']) {
      expect(look('They were late again.\nAgain late.', said)).toEqual(['They were [late again].']);
    }
    expect(parseSearchQuery(['""'])?.words).toEqual(['""']);
  });
});

describe('searchTexts', () => {
  it('returns each matching line, with the matches marked in their original spelling', () => {
    expect(look('My Sister came.\nNobody else.\nsister, SISTER!', 'sister')).toEqual([
      'My [Sister] came.',
      '[sister], [SISTER]!',
    ]);
  });

  it('matches a moment only if it has every word, anywhere in it', () => {
    expect(look('one\ntwo', 'two', 'one')).toEqual(['[one]', '[two]']);
    expect(look('one\ntwo', 'two', 'three')).toBeUndefined();
  });

  it('searches the title, which it returns separately', () => {
    const found: SearchMatch | undefined = searchTexts(
      { title: 'The Clock', texts: [{ text: 'by noon' }] },
      want('clock', 'noon'),
    );
    expect([found === undefined ? '' : show(found.title), found?.lines.map(show)]).toEqual([
      'The [Clock]',
      ['by [noon]'],
    ]);
  });

  it('matches a phrase across the end of a line', () => {
    expect(look('before my\n  sister came\nafter', 'my sister')).toEqual(['before [my]', '  [sister] came']);
    expect(look('my, sister', 'my sister')).toBeUndefined();
  });

  it('treats regular expression syntax literally', () => {
    expect(look('(a|b)* .+ [x] $1 ^\\d', '(a|b)*', '.+', '[x]', '$1', '^\\d')).toEqual([
      '[(a|b)*] [.+] [[x]] [$1] [^\\d]',
    ]);
    expect(look('abc', '.')).toBeUndefined();
    expect(look('abc', 'a.c')).toBeUndefined();
  });

  it('joins overlapping matches within a word', () => {
    expect(look('sisterhood', 'sister', 'terhood')).toEqual(['[sisterhood]']);
    expect(look('baaaa', 'aa')).toEqual(['b[aa][aa]']);
  });

  it('never splits a visible character', () => {
    expect(look('Fuß', 's')).toEqual(['Fu[ß]']);
    expect(look('cafe\u0301 x', 'cafe')).toEqual(['[cafe\u0301] x']);
    expect(look('a 👩‍👩‍👧 b', '👩')).toEqual(['a [👩‍👩‍👧] b']);
    expect(look('วันนี้ไม่ดี', 'ไม่')).toEqual(['วันนี้[ไม่]ดี']);
    expect(look('他没有听我说', '没有')).toEqual(['他[没有]听我说']);
  });

  it('prefixes a line from the front matter with its key', () => {
    const found = searchTexts(
      { title: 'T', texts: [{ before: 'kinds: ', text: 'joke, other: the fan' }] },
      want('fan'),
    );
    expect(found?.lines.map(show)).toEqual(['kinds: joke, other: the [fan]']);
    expect(
      searchTexts({ title: 'T', texts: [{ before: 'kinds: ', text: 'joke' }] }, want('kinds')),
    ).toBeUndefined();
  });

  it('returns undefined for an empty query', () => {
    expect([parseSearchQuery([]), parseSearchQuery(['', ' ', '\u00ad'])]).toEqual([undefined, undefined]);
  });
});

describe('searchableTexts', () => {
  const head = momentOf('a', '2026-03-01', {
    keys: {
      rupture: 1,
      id: 'a',
      status: 'open',
      title: 'T',
      with: 'Dr M',
      kinds: ['joke', 'other: the fan'],
      urges: ['leave', 'other: to hum'],
      next: 'open',
      tags: ['red', 3],
      mood: 'grey',
      history: ['2026-03-01 open'],
    },
  }).head;

  it("returns the person's own words in the front matter, kinds, feelings and keys of other programs", () => {
    expect(searchableTexts({ head, sections: [], text: '---\n---\n' }, () => true)).toEqual([
      { before: 'with: ', text: 'Dr M' },
      { before: 'kinds: ', text: 'joke, other: the fan' },
      { before: 'urges: ', text: 'to hum' },
      { before: 'tags: ', text: '#red, #3' },
      { before: 'mood: ', text: 'grey' },
      { text: '' },
    ]);
  });

  it('returns the text before the first heading, answers, and headings that the person wrote', () => {
    const file = '---\nid: a\n---\n\n# T\n\nBy hand.\n\n## What happened\n\nx\n\n## Dream\n\ny\n';
    expect(
      searchableTexts(
        { head: momentOf('a', '2026-03-01').head, sections: parseSections(file), text: file },
        heading => heading === 'What happened',
      ).map(({ text }) => text.trim()),
    ).toEqual(['By hand.', 'x', 'Dream', 'y']);
  });
});

describe('mayMatch', () => {
  const some = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'naïve',
      'Straße',
      'ΟΔΟΣ',
      '한국',
      'don’t',
      '"quoted" \\ back',
      'a: b',
      'x\u2028y',
      'ไม่',
      '👍🏽',
    ),
  );

  it('never rejects a file that has the words', () => {
    let times = 0;
    fc.assert(
      fc.property(some, some, some, fc.nat(), fc.nat(), (title, answer, own, from, length) => {
        const sections: Section[] = [{ level: 2, heading: 'What happened', text: answer }];
        const file = formatNote({
          id: 'k3f9qa',
          session: dayOf('2026-03-12'),
          title,
          front: { status: 'open', kinds: [`other: ${own}`] },
          sections,
        });
        const read = readHead(file, 'a.md', true, readYaml);
        if (read.is !== 'head') throw new Error('unreadable');
        for (const source of [title, answer, own]) {
          const start = source.length === 0 ? 0 : from % source.length;
          const word = source.slice(start, start + 1 + (length % 8));
          const wanted = parseSearchQuery([word]);
          if (wanted === undefined) continue;
          const found = searchTexts(
            {
              title: read.head.title ?? '',
              texts: searchableTexts(
                { head: read.head, sections: parseSections(file), text: file },
                () => true,
              ),
            },
            wanted,
          );
          if (found !== undefined) times += 1;
          expect(found === undefined || mayMatch(file, wanted)).toBe(true);
          expect(
            searchTexts(
              {
                title: read.head.title ?? '',
                texts: searchableTexts(
                  { head: read.head, sections: parseSections(file), text: file },
                  () => true,
                  wanted,
                ),
              },
              wanted,
            ),
          ).toEqual(found);
        }
      }),
      { seed: 11, numRuns: 2000 },
    );
    expect(times).toBeGreaterThan(2000);
  });

  it('rejects a file without them', () => {
    expect([
      mayMatch('My Sister’s café', want('cafe', "sister's")),
      mayMatch('nothing here', want('cafe')),
      mayMatch('x', want('?!')),
    ]).toEqual([true, false, true]);
  });
});

it('limits the lines of one moment and ends with … if there are more', () => {
  const many = look('moved on\n'.repeat(2000), 'moved');
  expect([many?.length, many?.at(499), many?.at(-1)]).toEqual([501, '[moved] on', '…']);
  expect(look('moved on\n'.repeat(500), 'moved')?.at(-1)).toBe('[moved] on');
});

it('marks only the first matches in a line with very many, and returns the whole line', () => {
  const text = 'an '.repeat(300_000);
  const [line] = searchTexts({ title: 'T', texts: [{ text }] }, want('a'))?.lines ?? [];
  expect([line?.filter(({ isMatch }) => isMatch).length, line?.length]).toEqual([200, 400]);
  expect(line?.map(piece => piece.text).join('') === text).toBe(true);
});
