import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Head } from '../../../src/core/notes/reflection.ts';
import { readHead, type NoteHead } from '../../../src/storage/format/front-matter.ts';
import { readPlainFront } from '../../../src/storage/format/read-plain-front.ts';
import { formatFront } from '../../../src/storage/format/write-front.ts';
import { readYaml } from '../../../src/storage/format/yaml.ts';
import { hostile } from '../support.ts';

const bare = (text: string): unknown => {
  try {
    return parse(text, { schema: 'core', logLevel: 'silent', stringKeys: true });
  } catch {
    return undefined;
  }
};

const pieces = fc.constantFrom(
  'a',
  'title',
  'size',
  'history',
  ':',
  ': ',
  ' ',
  '\n',
  '- ',
  '  - ',
  '[',
  ']',
  ', ',
  ',',
  '"',
  '\\',
  '\\n',
  '\\u0041',
  "'",
  '#',
  ' #',
  '1',
  '007',
  '5',
  'null',
  'true',
  'no',
  '2026-03-12',
  'T19:04:55.120-05:00',
  ' open 7',
  'é',
  '😀',
  '\u2028',
  '\t',
  '\r',
  '{',
  '}',
  '&',
  '*',
  '!',
  '%',
  '@',
  '`',
  '|',
  '>',
  '?',
  '-',
  '.',
  '~',
  'x: y',
  '0x1',
  '1e3',
  '\u00a0',
);
const fronts = fc.oneof(
  fc.array(pieces, { maxLength: 14 }).map(all => `${all.join('')}\n`),
  fc
    .array(fc.tuple(fc.constantFrom('title', 'size', 'kinds', 'x'), fc.array(pieces, { maxLength: 6 })), {
      maxLength: 4,
    })
    .map(lines => lines.map(([key, value]) => `${key}: ${value.join('')}\n`).join('')),
  fc
    .array(fc.array(pieces, { maxLength: 3 }), { maxLength: 4 })
    .map(
      items =>
        `kinds: [${items.map(item => item.join('')).join(', ')}]\nhistory:\n${items.map(item => `  - ${item.join('')}\n`).join('')}`,
    ),
);

test('the YAML reader reads the same from everything that the plain reader accepts', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fronts, text => {
      const plain = readPlainFront(text);
      if (plain === undefined) return;
      accepted += 1;
      expect(plain).toEqual(bare(text) ?? {});
    }),
    { numRuns: 20_000 },
  );
  expect(accepted).toBeGreaterThan(500);
});

const values = fc
  .oneof(
    fc.integer({ min: -5, max: 10_000 }),
    fc.constantFrom(...hostile),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('yes', 'No', 'y', '12:30', '1_000', '017', '2026-03-12', '=', '<<', '0o7', '.inf', 'NaN'),
    fc.array(
      fc.oneof(
        fc.constantFrom(...hostile),
        fc.string(),
        fc.constantFrom('on', 'small', 'other: x', 'e-0', 'E5'),
      ),
      { maxLength: 4 },
    ),
  )
  .map(value => (typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value));

test('YAML 1.2, YAML 1.1 and the plain reader read the same from what is written', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('title', 'with', 'kinds', 'size', 'own_key', 'history'), values),
      front => {
        const text = formatFront(front);
        expect(parse(text, { schema: 'core' }) ?? {}).toEqual({ ...front });
        expect(parse(text, { version: '1.1' }) ?? {}).toEqual({ ...front });
        const plain = readPlainFront(text);
        expect(plain ?? front).toEqual({ ...front });
      },
    ),
    { numRuns: 3000 },
  );
});

test('an item of a list may begin with a line separator', () => {
  const text = 'kinds: [\u2028", "a, b"]\n';
  expect(readPlainFront(text)).toEqual(parse(text));
});

test('an ordinary note is written so that reading it needs no YAML reader', () => {
  const text = formatFront({
    rupture: 1,
    id: 'k3f9qa',
    session: '2026-03-12',
    created: '2026-03-12T19:04:55.120-05:00',
    title: 'They said: “no” #1 😀',
    kinds: ['misread', 'other: the fan, loud'],
    size: 0,
    history: ['2026-03-12 open 7', '2026-03-19 planned'],
  });
  expect(readPlainFront(text)).toEqual(parse(text));
});

/** Returns the head with its lazily read parts. */
const told = ({
  id,
  session,
  created,
  status,
  title,
  with: who,
  kinds,
  feelings,
  size,
  restUntil,
  template,
  keys,
}: Head): Head => ({
  id,
  session,
  created,
  status,
  title,
  with: who,
  kinds,
  feelings,
  size,
  restUntil,
  template,
  keys,
});

// A comment is nothing that the plain reader knows, so the YAML reader reads the rest.
test('the plain reader and the YAML reader return the same head for keys in any order', () => {
  let plain = 0;
  const line = fc.oneof(
    fc.constantFrom(
      'created: 2026-03-12T19:04:55.120-05:00',
      'created: 2026-02-30T19:04:55Z',
      'status: open',
      'status: no',
      'status: done',
      'title: They are late',
      'title: false',
      'title: "a: b"',
      'title: ""',
      'with: "Ada"',
      'sit: bothered',
      'sit: true',
      'kinds: [misread, "other: x, y"]',
      'kinds: [no]',
      'kinds: []',
      'feelings: [small]',
      'size: 7',
      'size: 10',
      'size: 11',
      'outside: 3',
      'rest_until: 2026-05-01',
      'rest_until: 2026-05-41',
      'kinds: ["Misread", " ", ""]',
      'feelings: ["Other: X", "7"]',
      'sit: "Fine"',
      'sit: ["Fine"]',
      'urges: "Go, stay"',
      'outside: "3"',
      'care: " Walk "',
      'next: ["a", "b"]',
      'echo: ""',
      'repeat_of: abcdef',
      'history:\n  - 2026-03-12 open 7',
      'mine: x',
      'kinds: [a, a b]',
      'since: 12',
      'since: 012',
    ),
    fc
      .tuple(fc.constantFrom('title', 'with', 'kinds', 'sit'), fc.array(pieces, { maxLength: 5 }))
      .map(([key, value]) => `${key}: ${value.join('')}`),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.nat(8), (lines, at) => {
      const own = lines.toSpliced(at, 0, 'rupture: 1\nid: k3f9qa', 'session: 2026-03-12');
      const text = own.map(one => `${one}\n`).join('');
      if (readPlainFront(text) === undefined) return;
      plain += 1;
      const [quick, slow] = [text, `${text}# by hand\n`].map(front =>
        readHead(`---\n${front}---\n`, 'n.md', true, readYaml),
      );
      expect(quick?.is === 'head' ? told(quick.head) : quick).toEqual(
        slow?.is === 'head' ? told(slow.head) : slow,
      );
    }),
    { numRuns: 10_000 },
  );
  expect(plain).toBeGreaterThan(1000);
});

const head = (text: string, named = false): NoteHead => readHead(text, 'n.md', named, readYaml);
const good = 'rupture: 1\nid: k3f9qa\nsession: 2026-03-12\n';

test.each([
  ['no id', 'rupture: 1\nsession: 2026-03-12\n', 'storage.id-missing', undefined],
  ['an id with a slash', 'rupture: 1\nid: ../x\nsession: 2026-03-12\n', 'storage.id-bad', 3],
  ['no session', 'rupture: 1\nid: abc\n', 'storage.session-missing', undefined],
  ['a day that does not exist', 'rupture: 1\nid: abc\nsession: 2026-02-30\n', 'storage.day-bad', 4],
  ['a resting day that does not exist', `${good}rest_until: 2026-13-01\n`, 'storage.day-bad', 5],
  ['an unknown status', `${good}# by hand\nstatus: done\n`, 'storage.status-unknown', 6],
  ['a size of eleven', `${good}size: 11\n`, 'storage.size-bad', 5],
  ['a size in words', `${good}size: big\n`, 'storage.size-bad', 5],
  ['a newer version', 'rupture: 2\nid: abc\n', 'storage.newer-version', 2],
  ['no version', 'rupture: yes\nid: abc\n', 'storage.bad-version', 2],
  ['a repeated key', `${good}id: other\n`, 'storage.data-key-twice', 5],
  ['an alias', `${good}a: &x [1]\nb: *x\n`, 'storage.data-alias', 5],
  ['a tag', `${good}a: !!js/function "x"\n`, 'storage.data-tag', 5],
  ['broken YAML', `${good}a: [1\n`, 'storage.data-syntax', undefined],
  ['nesting', `${good}a: ${'['.repeat(4000)}\n`, 'storage.data-too-deep', 5],
  ['kinds as a map', `${good}kinds: {a: 1}\n`, 'storage.list-expected', 5],
])('%s is named with its line', (_name, front, key, line) => {
  const read = head(`---\n${front}---\n`);
  expect(read).toMatchObject({ is: 'fault', fault: line === undefined ? { key } : { key, line } });
});

test('reports front matter without an end', () => {
  expect(head(`---\n${good}`)).toMatchObject({ is: 'fault', fault: { key: 'storage.front-open' } });
});

test('treats a file without our key as foreign, broken or not', () => {
  for (const text of [
    'hello',
    '',
    '---\ntitle: x\n---\n',
    '---\ntitle: [x\n---\n',
    '---js\nrupture\n---\n',
    '---\ntitle: x\n',
    '--- x\n',
  ])
    expect(head(text)).toEqual({ is: 'foreign' });
  expect(head('', true)).toMatchObject({ is: 'fault', fault: { key: 'storage.front-missing' } });
});

test('reads ids and titles as text, whatever they look like', () => {
  for (const [written, id] of [
    ['123456', '123456'],
    ['007', '007'],
    ['1e5', '1e5'],
    ['true', 'true'],
    ['"x"', 'x'],
    ['0x1F', '0x1F'],
  ]) {
    expect(head(`---\nrupture: 1\nid: ${written}\nsession: 2026-03-12\ntitle: 2026\n---\n`)).toMatchObject({
      is: 'head',
      head: { id, title: '2026', keys: { id } },
    });
  }
});

test('keeps unknown keys, even __proto__, without harm', () => {
  const read = head(`---\n${good}__proto__: {polluted: 1}\nmine: {a: [1, {b: 2}]}\n---\n`);
  expect(read.is === 'head' ? Object.keys(read.head.keys) : []).toEqual([
    'rupture',
    'id',
    'session',
    '__proto__',
    'mine',
  ]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('reads front matter with a BOM, CRLF and comments', () => {
  const read = head(`\ufeff---\r\n# mine\r\n${good.replaceAll('\n', '\r\n')}status: open # still\r\n---\r\n`);
  expect(read).toMatchObject({ is: 'head', head: { id: 'k3f9qa', status: 'open' } });
});

test('reads or refuses twenty thousand keys quickly', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1\n`).join('');
  expect(head(`---\n${good}${many}---\n`)).toMatchObject({
    is: 'fault',
    fault: { key: 'storage.data-too-long' },
  });
});

// Forms that notes apps, linters and people give to a property.
test.each([
  ['session: 2026-03-12T00:00:00', { session: '2026-03-12' }],
  ['session: 2026-03-12 00:00', { session: '2026-03-12' }],
  ['session: 2026-03-12T00:00:00.000+01:00', { session: '2026-03-12' }],
  ['session: "2026-03-12"', { session: '2026-03-12' }],
  ['session: 2026/03/12', { session: '2026-03-12' }],
  ['session: 2026-3-12', { session: '2026-03-12' }],
  ['session: 20260312', { session: '2026-03-12' }],
  ['session: "[[2026-03-12]]"', { session: '2026-03-12' }],
  ['session: [[2026-03-12]]', { session: '2026-03-12' }],
  ['session:\n  - 2026-03-12', { session: '2026-03-12' }],
  ['session: 28/11/2026', { session: '2026-11-28' }],
  ['session: 28.11.2026', { session: '2026-11-28' }],
  ['size: 7/10', { size: 7 }],
  ['size: |\n  7', { size: 7 }],
  ['rest_until: 2026-04-01T09:00', { restUntil: '2026-04-01' }],
  ['rest_until: ""', { restUntil: undefined }],
  ['size: "7"', { size: 7 }],
  ["size: '07'", { size: 7 }],
  ['size: 7.0', { size: 7 }],
  ['size: "7.0"', { size: 7 }],
  ['size: [7]', { size: 7 }],
  ['size: ""', { size: undefined }],
  ['size:', { size: undefined }],
  ['size: "10" # big', { size: 10 }],
  ['status: Planned', { status: 'planned' }],
  ['status: PLANNED', { status: 'planned' }],
  ['status: " planned "', { status: 'planned' }],
  ['status: Not Addressed', { status: 'not-addressed' }],
  ['status: let_go', { status: 'let-go' }],
  ['status: [planned]', { status: 'planned' }],
  ['status:\n  - Planned', { status: 'planned' }],
  ['status:', { status: undefined }],
  ['Status: planned', { status: 'planned' }],
  ['STATUS : Planned', { status: 'planned' }],
  ['kinds:\n  - misread\n  - dismissed', { kinds: ['misread', 'dismissed'] }],
  ['kinds:\n- Misread\n-\n- "dismissed"', { kinds: ['misread', 'dismissed'] }],
  ['kinds: misread', { kinds: ['misread'] }],
  ['kinds: misread, Dismissed', { kinds: ['misread', 'dismissed'] }],
  ['kinds: "other: the fan, and all"', { kinds: ['other: the fan, and all'] }],
  ['kinds: [ "other: The Fan" , misread ]', { kinds: ['other: The Fan', 'misread'] }],
  ['kinds: ""', { kinds: [] }],
  ['feelings:\n  - Small # really', { feelings: ['small'] }],
  ['title: "They left"', { title: 'They left' }],
  ['title: >-\n  They\n  left', { title: 'They left' }],
  ['with: [K.]', { with: 'K.' }],
  ['created: 2026-03-12T19:04:55-05:00', { created: '2026-03-12T19:04:55-05:00' }],
  ['created: 2026-03-12', { created: undefined }],
])('%j is read as it is meant, with either line end', (lines, expected) => {
  for (const end of ['\n', '\r\n']) {
    const own = `# by hand\n${lines}\nid: k3f9qa\n${/^session/i.test(lines) ? '' : 'session: 2026-03-11\n'}rupture: 1`;
    const read = head(`---\n${own}\n---\n`.replaceAll('\n', end));
    expect(read.is === 'head' ? read.head : read).toMatchObject(expected);
  }
});

test('all of the program sees normalized values', () => {
  const read = head(
    `---\n${good}size: "7"\nstatus: Planned\noutside: "3"\nsit: Mixed\nurges: leave\nhistory: 2026-03-12 open 7\n---\n`,
  );
  expect(read).toMatchObject({
    is: 'head',
    head: {
      keys: {
        size: 7,
        status: 'planned',
        outside: 3,
        sit: 'mixed',
        urges: ['leave'],
        history: ['2026-03-12 open 7'],
      },
    },
  });
});

test.each([
  ['status: Done', 'storage.status-unknown'],
  ['status: [planned, open]', 'storage.status-unknown'],
  ['size: "7 of 10"', 'storage.size-bad'],
  ['size: "11"', 'storage.size-bad'],
  ['size: 7.5', 'storage.size-bad'],
  ['rest_until: soon', 'storage.day-bad'],
  ['rest_until: 03/04/2026', 'storage.day-bad'],
  ['Size: big', 'storage.size-bad'],
])("%j can't be read and is named with its line", (line, key) => {
  expect(head(`---\n${good}${line}\n---\n`)).toMatchObject({ is: 'fault', fault: { key, line: 5 } });
});

test('keeps the case and the values of other people’s keys', () => {
  const read = head(`---\n${good}Tags: [A, B]\nSize_of: "7"\nsize: 3\nSize: "7"\n---\n`);
  expect(read).toMatchObject({
    is: 'head',
    head: { size: 3, keys: { Tags: ['A', 'B'], Size_of: '7', Size: '7' } },
  });
});

test("a time without an offset is this machine's", () => {
  const read = head(`---\n${good}created: 2026-03-12 19:04\n---\n`);
  const created = read.is === 'head' ? read.head.created : undefined;
  expect(created).toMatch(/^2026-03-12T19:04:00[+-]\d\d:\d\d$/);
  expect(new Date(created ?? '').getTime()).toBe(new Date(2026, 2, 12, 19, 4).getTime());
});
