import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseDay } from '../../src/core/dates/day.ts';
import { parseStatus } from '../../src/core/notes/status.ts';
import { Problem } from '../../src/errors.ts';
import { readFront, readHead, type NoteHead } from '../../src/storage/format/front-matter.ts';
import { readPlainFront } from '../../src/storage/format/read-plain-front.ts';
import { frontEndsAt, opensFront } from '../../src/storage/format/front-span.ts';
import { formatNote, formatSections, parseSections } from '../../src/storage/format/note-text.ts';
import { isId } from '../../src/storage/format/check-head.ts';
import { reviseText } from '../../src/storage/format/revise-text.ts';
import { parseYamlNodes, readYaml } from '../../src/storage/format/yaml.ts';
import { escapeControls, escapeControlsKeepingStyles } from '../../src/terminal/text/escape-controls.ts';
import { orderIn } from '../support/harm.ts';
import { hostile, noteOf } from '../storage/support.ts';
import { anyText, mutated, runs } from './mutations.ts';

const heads = [
  'rupture: 1\nid: k3f9qa\nsession: 2026-03-12\ncreated: 2026-03-12T19:04:55.120-05:00\nstatus: planned\ntitle: They got me wrong about my sister\nkinds: [misread, dismissed]\nfeelings: [small, angry]\nsize: 5\nsit: bothered\nshape: again\necho: [parent]\nnext: planned\nhistory:\n  - 2026-03-12 open 7\n  - 2026-03-19 planned 5\n',
  'rupture: 1\nid: aa2aaa\nsession: 2026-01-01\nsit: fine\n',
  'rupture: 1\nid: bb2bbb\nsession: 2026-01-01\nstatus: open\ntitle: "They said: “no” \\u00e9 #1"\nwith: "Dr. No"\nkinds: ["other: the fan, loud", misread]\nsize: 10\nrest_until: 2026-05-01\nrepeat_of: aa2aaa\ntemplate: reflect\nhistory:\n  - 2026-01-01 open\n',
  "# mine\nrupture: 1\nid: '234567'\nsession: 2026-01-01 # the day\nstatus: raised\ntags:\n- one\n- two\nempty:\ntitle: |\n  two\n  lines\nown: {a: [b, {c: d}]}\n",
];
const bodies = [
  '\n# T\n\n## What happened\n\nThey moved on.\n\n## One sentence\n\nCan we go back?\n\n## Prepared on 2026-03-19\n\n### What I want understood\n\nThat I don’t choose it.\n',
  '',
  '\n\\## not a heading\n\n```\n## x\n',
  '\r\n## A\r\n\r\nb\r\n',
];
const notes = heads.flatMap(head => bodies.map(body => `---\n${head}---\n${body}`));

/** Returns what `yaml` reads, or undefined if it refuses. */
function reference(text: string): unknown {
  try {
    return parse(text, { schema: 'core', logLevel: 'silent', stringKeys: true }) ?? {};
  } catch {
    return undefined;
  }
}

test('yaml agrees with everything that the plain reader returns', () => {
  let answered = 0;
  fc.assert(
    fc.property(fc.oneof(mutated(heads, 3), mutated(heads, 1), anyText), text => {
      const plain = readPlainFront(text);
      if (plain === undefined) return;
      answered += 1;
      expect(plain).toEqual(reference(text));
    }),
    runs(2000),
  );
  expect(answered).toBeGreaterThan(50);
});

test('the plain reader and the YAML reader find the same head', () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.oneof(mutated(heads, 2), mutated(heads, 1)), front => {
      if (front === '' || readPlainFront(front) === undefined) return;
      plain += 1;
      // A comment is for the YAML reader.
      const [quick, slow] = [front, `${front}# by hand\n`].map(text =>
        readHead(`---\n${text}---\n`, 'x', true, readYaml),
      );
      const seen = (read: NoteHead | undefined): unknown =>
        read?.is === 'head' ? { ...read.head, keys: read.head.keys } : read;
      expect(seen(quick)).toEqual(seen(slow));
    }),
    runs(2000),
  );
  expect(plain).toBeGreaterThan(50);
});

test('a head is either valid, or refused with a line of the file', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        mutated(notes),
        anyText.map(text => `---\nrupture: 1\n${text}\n---\n`),
      ),
      fc.boolean(),
      (text, named) => {
        const read = readHead(text, 'x.md', named, readYaml);
        const lines = text.split('\n').length + 1;
        expect([wrongIn(read, named, lines), Reflect.get({}, 'polluted')]).toEqual([undefined, undefined]);
      },
    ),
    runs(1500),
  );
});

/** Returns what is invalid in a head; undefined if it is valid. */
function wrongIn(read: NoteHead, named: boolean, lines: number): string | undefined {
  if (read.is === 'fault') return (read.fault.line ?? 1) <= lines ? undefined : 'a line behind the end';
  if (read.is !== 'head') return read.is === 'foreign' && !named ? undefined : read.is;
  const { id, session, status, size, kinds, feelings, title, with: who } = read.head;
  if (!isId(id) || parseDay(session) !== session) return 'id or day';
  if (status !== undefined && parseStatus(status) !== status) return 'status';
  if (size !== undefined && !(Number.isInteger(size) && size >= 0 && size <= 10)) return 'size';
  return [...kinds, ...feelings, title ?? '', who ?? ''].every(one => typeof one === 'string')
    ? undefined
    : 'texts';
}

test('finds the end of front matter at the same place in bytes and in text', () => {
  fc.assert(
    fc.property(mutated(notes), text => {
      const bytes = Buffer.from(text);
      const front = readFront(bytes.toString(), 'x', readYaml);
      const isOpen = opensFront(bytes, bytes.length);
      const end = frontEndsAt(bytes, bytes.length);
      // Where nothing follows the closing line, not even its end, the bytes can't tell it from one that was
      // cut: the whole file is read then.
      const [inBytes, inText] =
        isOpen && front.is === 'keys'
          ? [
              bytes.subarray(0, end < 0 ? bytes.length : end).toString(),
              bytes.toString().slice(0, front.span.body),
            ]
          : ['', ''];
      expect([isOpen || front.is === 'none', inBytes]).toEqual([true, inText]);
    }),
    runs(1000),
  );
});

test('reads any YAML, or refuses it with its line, without another exception', () => {
  const what = (text: string): string => {
    try {
      return parseYamlNodes(text, 'x').is;
    } catch (error) {
      return error instanceof Problem ? 'refused' : String(error);
    }
  };
  fc.assert(
    fc.property(fc.oneof(anyText, mutated(heads, 6)), text => {
      expect(['scalar', 'list', 'map', 'refused']).toContain(what(text));
    }),
    runs(1500),
  );
});

const answers = fc
  .oneof(
    fc
      .array(fc.oneof(fc.constantFrom(...hostile), anyText, fc.string({ unit: 'binary', maxLength: 12 })), {
        maxLength: 6,
      })
      .map(lines => lines.join('\n')),
    anyText,
  )
  .map(text => text.replace(/\r+\n/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd'));
const section = fc.record({
  level: fc.constantFrom<2 | 3>(2, 3),
  heading: fc.constantFrom('What happened', 'One sentence', 'Prepared on 2026-03-19'),
  text: answers,
});

test('sections read back as written, and appending changes nothing before', () => {
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 5 }),
      fc.array(section, { maxLength: 3 }),
      (sections, later) => {
        const text = formatNote(noteOf(sections));
        expect(parseSections(text)).toEqual(sections);
        expect(parseSections(`${text}${formatSections(later)}`)).toEqual([...sections, ...later]);
      },
    ),
    runs(500),
  );
});

/**
 * The text with another status; undefined where it is none of ours, or can't be changed safely and is said to
 * stay as it is.
 */
function eased(text: string): string | undefined {
  if (readHead(text, 'x', true, readYaml).is !== 'head') return undefined;
  try {
    return reviseText(text, { front: { status: 'eased' }, append: [] }, 'x', readYaml);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

test('any text has sections; a change of one key leaves the body and every other key as they are', () => {
  fc.assert(
    fc.property(mutated(notes), text => {
      expect(Array.isArray(parseSections(text))).toBe(true);
      const after = eased(text);
      const [before, read] = [text, after ?? text].map(one => readFront(one, 'x', readYaml));
      const seen = (front: typeof before, of: string): unknown =>
        front?.is === 'keys' ? [{ ...front.keys, status: '' }, of.slice(front.span.body)] : front?.is;
      expect(seen(read, after ?? text)).toEqual(seen(before, text));
    }),
    runs(1000),
  );
});

test('escaped text has no control sequence, and escaping it again changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), text => {
      expect([
        orderIn(escapeControls(text), { colours: false }),
        orderIn(escapeControlsKeepingStyles(text)),
        escapeControls(escapeControls(text)),
      ]).toEqual([undefined, undefined, escapeControls(text)]);
    }),
    runs(1000),
  );
});
