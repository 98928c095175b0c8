import * as fc from 'fast-check';

/**
 * How often a property is tried: few times with the other tests, as often as `npm run test:fuzz` asks. A
 * tenth of that where a run works on the disk.
 */
export function runs(few: number, { onDisk = false } = {}): fc.Parameters<unknown> {
  const asked = Number(process.env['RUPTURE_FUZZ_RUNS'] ?? '');
  return { numRuns: asked > 0 ? Math.max(few, Math.ceil(onDisk ? asked / 10 : asked)) : few };
}

/** Syntax of YAML, Markdown, JSON and terminals, and property names of every object. */
const pieces = [
  '\n',
  '\n\n',
  ' ',
  '  ',
  '\t',
  '\r',
  '\r\n',
  ':',
  ': ',
  '- ',
  '  - ',
  '---',
  '---\n',
  '...',
  '[',
  ']',
  '{',
  '}',
  ',',
  ', ',
  '"',
  "'",
  '\\',
  '\\n',
  '\\u0041',
  '\\x1b',
  '#',
  ' #',
  '&a ',
  '*a',
  '!',
  '!!js/function ',
  '%',
  '|',
  '>',
  '?',
  '? ',
  '~',
  '<<: ',
  '@',
  '`',
  'null',
  'true',
  'no',
  'y',
  '0',
  '1',
  '-1',
  '007',
  '0x1',
  '0o7',
  '1e3',
  '1e999',
  '.nan',
  '.inf',
  '1_000',
  '12:30',
  '2026-03-12',
  '2026-02-30',
  '9999-12-31',
  'T19:04:55.120-05:00',
  'open',
  'repaired',
  'a',
  'é',
  'ß',
  '漢',
  '😀',
  '\u200d',
  '\u0000',
  '\u0007',
  '\u001b[2J',
  '\u009b31m',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\ud800',
  '\u202e',
  '__proto__',
  'constructor',
  'toString',
  'rupture: 1',
  'id: k3f9qa',
  'title: ',
  'history:',
  'kinds: [',
  '## ',
  '### ',
  '# ',
  '> ',
  '```',
  '<!--',
  '$&',
  '../../x',
  '/etc/passwd',
];

/** A change of a text: the position (a fraction of its length), the removed length, and the inserted text. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 3 }) }, { weight: 1, arbitrary: fc.nat({ max: 200 }) }),
  put: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant('') },
  ),
  /** Puts a line of the text itself there. */
  line: fc.option(fc.nat({ max: 40 }), { nil: undefined, freq: 6 }),
});

/** These texts with some changes: nearly correct texts find more faults than random texts. */
export function mutated(texts: readonly string[], most = 4): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: most })).map(([text, changes]) =>
    changes.reduce((now, { at, cut, put, line }) => {
      const from = Math.floor(at * now.length);
      const again = line === undefined ? put : `\n${now.split('\n')[line] ?? ''}\n`;
      return now.slice(0, from) + again + now.slice(from + cut);
    }, text),
  );
}

/** Any value that YAML or JSON can express. */
export const anyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map(all => all.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
