import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrontValue } from '../../src/core/notes/reflection.ts';
import { readHead } from '../../src/storage/format/front-matter.ts';
import { formatNote } from '../../src/storage/format/note-text.ts';
import { readYaml } from '../../src/storage/format/yaml.ts';
import { dayOf } from '../core/support.ts';
import { hostile } from '../storage/support.ts';
import { hasPrograms, reportMissing } from '../support/needs.ts';
import { titles } from './hard-notes.ts';

// YAML 1.1 reads days and instants as such: they are written back as we have them before they are compared.
const python = `
import sys, json, yaml, datetime
def plain(v):
    if isinstance(v, datetime.datetime): return {'instant': v.timestamp()}
    if isinstance(v, datetime.date): return v.isoformat()
    if isinstance(v, list): return [plain(x) for x in v]
    if isinstance(v, dict): return {str(k): plain(x) for k, x in v.items()}
    return v
print(json.dumps([plain(yaml.safe_load(t)) for t in json.load(sys.stdin)]))
`;
const ruby = `
require 'yaml'; require 'json'; require 'date'
def plain(v)
  case v
  when Time then {'instant' => v.to_f.round(3)}
  when DateTime then {'instant' => v.to_time.to_f.round(3)}
  when Date then v.iso8601
  when Array then v.map { |x| plain(x) }
  when Hash then v.to_h { |k, x| [k.to_s, plain(x)] }
  else v
  end
end
puts JSON.generate(JSON.parse(STDIN.read).map { |t| plain(YAML.safe_load(t, permitted_classes: [Date, Time, DateTime])) })
`;

const tricky = [
  'no',
  'yes',
  'on',
  'null',
  '~',
  '12:30',
  '1_000',
  '017',
  '0x1f',
  '1e3',
  '.5',
  '2026-03-12',
  '2026-03-12T10:00:00Z',
  '=',
  '<<',
  '- a',
  'a: b',
  'a #b',
  '#a',
  '@a',
  '`a`',
  '%a',
  '!a',
  '&a',
  '*a',
  '|',
  '>',
  '? a',
  '[a]',
  '{a}',
  "'a'",
  '"a"',
  'a\\nb',
  'y',
  'N',
  'Off',
  '.inf',
  '.nan',
  '0b1',
  '1:2:3',
];
const words = fc
  .oneof(
    fc.constantFrom(...hostile, ...titles, ...tricky),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  .map(text => text.toWellFormed());
const option = fc.constantFrom('misread', 'off-idea', 'no', 'other: the fan', 'joke');
const note = fc.record({
  title: words,
  who: words,
  kinds: fc.array(
    fc.oneof(
      option,
      words.map(text => `other: ${text}`),
    ),
    { maxLength: 4 },
  ),
  size: fc.integer({ min: 0, max: 10 }),
  urges: fc.array(
    words.map(text => `other: ${text}`),
    { maxLength: 3 },
  ),
});

/** 200 front matters, the same in every run, each with what we read in it. */
const made = fc
  .sample(note, { seed: 20_261_122, numRuns: 200 })
  .map(({ title, who, kinds, size, urges }, at) => {
    const text = formatNote({
      id: `k3f${'abcdefghjk'[at % 10]}${'abcdefghjkmnpqrstuvw'[Math.floor(at / 10)]}a`,
      session: dayOf('2026-03-12'),
      title: title.trim() === '' ? 'A title' : title,
      front: {
        created: '2026-03-12T19:04:55.120-05:00',
        status: 'open',
        with: who.trim() === '' ? 'M' : who,
        kinds,
        feelings: ['small'],
        size,
        urges,
        rest_until: '2026-04-01',
        history: ['2026-03-12 open 5', '2026-03-13 planned'],
      },
      sections: [],
    });
    const read = readHead(text, 'a.md', true, readYaml);
    if (read.is !== 'head') throw new Error(`we can't read it ourselves: ${text}`);
    const front = text.slice(4, text.indexOf('\n---\n', 3) + 1);
    const keys: Record<string, FrontValue | { readonly instant: number }> = {
      ...read.head.keys,
      created: { instant: Date.parse('2026-03-12T19:04:55.120-05:00') / 1000 },
    };
    return { front, keys };
  });

function readWith(command: string, args: readonly string[]): readonly unknown[] {
  const { status, stdout, stderr } = spawnSync(command, args, {
    input: JSON.stringify(made.map(({ front }) => front)),
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8' },
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const python3 = ['/usr/bin/python3', 'python3'].find(
  path => spawnSync(path, ['-c', 'import yaml']).status === 0,
);
if (python3 === undefined) reportMissing('what PyYAML reads', 'python3 with yaml');

describe('front matter of 200 notes', () => {
  it.skipIf(python3 === undefined)('reads the same in PyYAML and here', () => {
    const read = readWith(python3 ?? 'python3', ['-c', python]);
    for (const [at, { front, keys }] of made.entries())
      expect({ front, keys: read[at] }).toEqual({ front, keys });
  });

  it.skipIf(!hasPrograms('what Ruby reads', 'ruby'))('reads the same in Ruby and here', () => {
    const read = readWith('ruby', ['-e', ruby]);
    for (const [at, { front, keys }] of made.entries())
      expect({ front, keys: read[at] }).toEqual({ front, keys });
  });
});
