import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchMatch, Marked, SearchQuery } from '../../../src/core/search/search.ts';
import { mayMatch, parseSearchQuery, searchTexts, textsOf } from '../../../src/core/search/search.ts';
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

describe('a match', () => {
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

  it('is marked at the starts of words if the line has such a match, else within words', () => {
    expect(look('A smart art remark', 'art')).toEqual(['A smart [art] remark']);
    expect(look('art, start, arts\nA start', 'art')).toEqual(['[art], start, [art]s', 'A st[art]']);
    expect(look('smart art', 'art', 'mart')).toEqual(['s[mart] [art]']);
  });

  it('ignores quotation marks around a phrase', () => {
    for (const said of ['"late again"', "'late again'", '“late again”', '„late again“', '«late again»']) {
      expect(look('They were late again.\nAgain late.', said)).toEqual(['They were [late again].']);
    }
    expect(parseSearchQuery(['""'])?.words).toEqual(['""']);
  });
});

describe('a result', () => {
  it('has every line with a word, marked as written', () => {
    expect(look('My Sister came.\nNobody else.\nsister, SISTER!', 'sister')).toEqual([
      'My [Sister] came.',
      '[sister], [SISTER]!',
    ]);
  });

  it('is a moment that has every word anywhere', () => {
    expect(look('one\ntwo', 'two', 'one')).toEqual(['[one]', '[two]']);
    expect(look('one\ntwo', 'two', 'three')).toBeUndefined();
  });

  it('counts the title, which is shown separately', () => {
    const found: SearchMatch | undefined = searchTexts(
      { title: 'The Clock', texts: [{ text: 'by noon' }] },
      want('clock', 'noon'),
    );
    expect([found === undefined ? '' : show(found.title), found?.lines.map(show)]).toEqual([
      'The [Clock]',
      ['by [noon]'],
    ]);
  });

  it('may span a line end if several words form a phrase', () => {
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

  it('joins matches that touch one another in a word', () => {
    expect(look('sisterhood', 'sister', 'terhood')).toEqual(['[sisterhood]']);
    expect(look('baaaa', 'aa')).toEqual(['b[aa][aa]']);
  });

  it('never splits a character', () => {
    expect(look('Fuß', 's')).toEqual(['Fu[ß]']);
    expect(look('cafe\u0301 x', 'cafe')).toEqual(['[cafe\u0301] x']);
    expect(look('a 👩‍👩‍👧 b', '👩')).toEqual(['a [👩‍👩‍👧] b']);
    expect(look('วันนี้ไม่ดี', 'ไม่')).toEqual(['วันนี้[ไม่]ดี']);
    expect(look('他没有听我说', '没有')).toEqual(['他[没有]听我说']);
  });

  it('names the key if the match is in the front matter', () => {
    const found = searchTexts(
      { title: 'T', texts: [{ before: 'kinds: ', text: 'joke, other: the fan' }] },
      want('fan'),
    );
    expect(found?.lines.map(show)).toEqual(['kinds: joke, other: the [fan]']);
    expect(
      searchTexts({ title: 'T', texts: [{ before: 'kinds: ', text: 'joke' }] }, want('kinds')),
    ).toBeUndefined();
  });

  it('is empty for an empty query', () => {
    expect([parseSearchQuery([]), parseSearchQuery(['', ' ', '\u00ad'])]).toEqual([undefined, undefined]);
  });
});

describe('the searched text', () => {
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

  it("is the person's own words in the front matter, kinds and feelings, and keys that are not ours", () => {
    expect(textsOf(head, [], '---\n---\n', () => true)).toEqual([
      { before: 'with: ', text: 'Dr M' },
      { before: 'kinds: ', text: 'joke, other: the fan' },
      { before: 'urges: ', text: 'to hum' },
      { before: 'tags: ', text: '#red, #3' },
      { before: 'mood: ', text: 'grey' },
      { text: '' },
    ]);
  });

  it("is what stands before the first heading, answers, and headings of one's own", () => {
    const file = '---\nid: a\n---\n\n# T\n\nBy hand.\n\n## What happened\n\nx\n\n## Dream\n\ny\n';
    expect(
      textsOf(
        momentOf('a', '2026-03-01').head,
        parseSections(file),
        file,
        heading => heading === 'What happened',
      ).map(({ text }) => text.trim()),
    ).toEqual(['By hand.', 'x', 'Dream', 'y']);
  });
});

describe('the quick check of a file', () => {
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

  it('never skips a file that has the words', () => {
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
              texts: textsOf(read.head, parseSections(file), file, () => true),
            },
            wanted,
          );
          if (found !== undefined) times += 1;
          expect(found === undefined || mayMatch(file, wanted)).toBe(true);
          expect(
            searchTexts(
              {
                title: read.head.title ?? '',
                texts: textsOf(read.head, parseSections(file), file, () => true, wanted),
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

  it('skips a file without them', () => {
    expect([
      mayMatch('My Sister’s café', want('cafe', "sister's")),
      mayMatch('nothing here', want('cafe')),
      mayMatch('x', want('?!')),
    ]).toEqual([true, false, true]);
  });
});

it('shows a limited number of lines per moment, and … if there are more', () => {
  const many = look('moved on\n'.repeat(2000), 'moved');
  expect([many?.length, many?.at(499), many?.at(-1)]).toEqual([501, '[moved] on', '…']);
  expect(look('moved on\n'.repeat(500), 'moved')?.at(-1)).toBe('[moved] on');
});

it('marks only the first of very many matches in a line, and keeps the whole line', () => {
  const text = 'an '.repeat(300_000);
  const [line] = searchTexts({ title: 'T', texts: [{ text }] }, want('a'))?.lines ?? [];
  expect([line?.filter(({ isMatch }) => isMatch).length, line?.length]).toEqual([200, 400]);
  expect(line?.map(piece => piece.text).join('') === text).toBe(true);
});
