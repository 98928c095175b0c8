import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cancelled, Problem } from '../../../src/errors.ts';
import { openLinePrompter } from '../../../src/terminal/lines/line-prompter.ts';
import type { PromptResponse, Screen } from '../../../src/world/world.ts';
import { option, screen, screensByName } from '../screens.ts';
import { words } from '../voice.ts';

interface Told {
  readonly replies: readonly unknown[];
  /** The same as raw values. */
  readonly whole: readonly PromptResponse[];
  readonly said: string;
  readonly typed: readonly string[];
}

/** Asks the questions of a whole input; stops at "finish". */
async function tell(
  input: string | Uint8Array | readonly Uint8Array[],
  screens: readonly Screen[],
  details: { isTerminal?: boolean; width?: number } = {},
): Promise<Told> {
  const from = new PassThrough();
  const to = new PassThrough();
  const said: string[] = [];
  to.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const prompter = openLinePrompter({
    input: from,
    output: to,
    words,
    help: () => 'Please reach a person now.',
    ended: new AbortController().signal,
    isTerminal: false,
    width: 80,
    ...details,
  });
  for (const part of Array.isArray(input) ? input : [input]) from.write(part);
  from.end();
  const replies: unknown[] = [];
  const whole: PromptResponse[] = [];
  const typed: string[] = [];
  for (const each of screens) {
    const response: PromptResponse = await prompter.ask(each, text => typed.push(text));
    whole.push(response);
    replies.push(response.is === 'answer' ? response.answer : response.is);
    if (response.is === 'finish') break;
  }
  prompter.close();
  return { replies, whole, said: said.join(''), typed };
}

const one = (name: string): Screen => screensByName[name] ?? screen('text');
const first = async (input: string, of: Screen): Promise<unknown> => (await tell(input, [of])).replies[0];

describe('questions as lines', () => {
  test('a whole session through a pipe', async () => {
    const { replies } = await tell(
      '3\nThey said something.\nThen moved on.\n\n1, 8\n\n7\nyes\n',
      ['sit', 'what', 'kinds', 'feelings', 'size', 'list'].map(one),
    );
    expect(replies).toEqual([
      'bothered',
      'They said something.\nThen moved on.',
      ['misread', 'forgot'],
      'skip',
      7,
      true,
    ]);
  });

  // Shifting the list per line would take minutes for half a million lines.
  test('many lines at once are an answer', async () => {
    const { replies } = await tell(`${'a\n'.repeat(500_000)}\n`, [one('what')]);
    expect(replies).toEqual(['a\n'.repeat(500_000).trimEnd()]);
  });

  test('a paste at a terminal is saved to the draft once, not line by line', async () => {
    const { typed, replies } = await tell('One.\nTwo.\nThree.\n\n', [one('what')], { isTerminal: true });
    expect(replies).toEqual(['One.\nTwo.\nThree.']);
    expect(typed.length).toBeLessThanOrEqual(1);
  });

  test('it reads like a page', async () => {
    const { said } = await tell('\n', [one('sit')]);
    expect(said).toBe(`
An empty line skips. :back goes back. :help shows people to reach. :done ends
here.

1 of about 7
How was it with your therapist?
  1  Mostly good
  2  Some good, some hard
  3  Something is bothering me
  4  It feels tense between us
  5  I can't tell yet
  6  Something not okay in therapy happened, or may have
One number.
`);
  });

  test('options are numbered through their groups', async () => {
    const { said } = await tell('', [one('kinds')]);
    expect(said).toContain('Not understood\n   1  They misunderstood me\n');
    expect(said).toContain('Not with me\n   5  They seemed bored or far away\n');
    expect(said).toContain('21  Something else (your own words can follow the number)');
  });

  test.each([40, 60, 80])('nothing is wider than %i columns, coloured or moved', async width => {
    const { said } = await tell('', Object.values(screensByName), { width });
    for (const line of said.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    expect(said).not.toMatch(/[\u001b\r]/);
  });

  test.each([
    ['9', 'There is no number 9 here. They go from 1 to 6.'],
    ['hello', '"hello" is not a number from this list.'],
    ['1 2', 'One number is enough here.'],
    ['1 because', '"Mostly good" takes no words of its own.'],
  ])('the wrong answer %s gets one clear sentence and the question again', async (line, sentence) => {
    const { said, replies } = await tell(`${line}\n2\n`, [one('sit')], { isTerminal: true });
    expect(said).toContain(sentence);
    expect(said.split('How was it').length).toBe(3);
    expect(replies).toEqual(['mixed']);
  });

  test.each([
    ['1 2 3 4', 'That is more than 3.'],
    ['1 22', '"Rather not say" stands alone.'],
  ])('several picks: explains %s', async (line, sentence) =>
    expect((await tell(`${line}\n`, [one('kinds')], { isTerminal: true })).said).toContain(sentence),
  );

  test('own words follow the number, or get a question', async () => {
    expect(await first('2 the fan was loud\n', one('care'))).toBe('other: the fan was loud');
    expect(await first('2\nthe fan was loud\n', one('care'))).toBe('other: the fan was loud');
    expect(await first('2\n\n', one('care'))).toBe('other');
    expect(await first('1, 14 heavy\n', one('feelings'))).toEqual(['hurt', 'other: heavy']);
  });

  test.each(['11', '-1', '7.5', 'seven'])('%s is not on the scale', async line =>
    expect((await tell(`${line}\n`, [one('size')], { isTerminal: true })).said).toContain(
      'is not a whole number from 0 to 10',
    ),
  );
  test.each([
    ['y', true],
    ['Yes', true],
    ['1', true],
    ['yes.', true],
    ['n', false],
    ['NO', false],
    ['2', false],
  ])('%s is an answer to yes or no', async (line, value) =>
    expect(await first(`${line}\n`, one('list'))).toBe(value),
  );
  test('the label of an option counts like its number', async () => {
    expect(await first('KEEP\n', one('keep'))).toBe('keep');
    expect(await first('dont keep\n', one('keep'))).toBe('drop');
    expect(await first('My own: the fan was loud\n', one('care'))).toBe('other: the fan was loud');
    expect(await first('my own\nthe fan\n', one('care'))).toBe('other: the fan');
    expect(await first('hurt, Something else\n\n', one('feelings'))).toEqual(['hurt', 'other']);
    expect(await first('It stays with me\n', one('size'))).toBe(5);
    expect(
      await first(
        'y\n',
        screen('select', { options: [option('no', 'No, not now'), option('yes', 'Yes, now')] }),
      ),
    ).toBe('yes');
  });
  test('a number after a label is still text', async () => {
    expect(
      await first(
        '1 week\n',
        screen('select', { options: [option('two', '2 weeks'), option('one', '1 week')] }),
      ),
    ).toBe('one');
  });
  test.each(['I felt small and hurt', 'no words', 'keep it', 'yes'])(
    '%j names no option and chooses none',
    async line => {
      await expect(tell(`${line}\n`, [one('keep')])).rejects.toMatchObject({
        key: 'terminal.input-not-understood',
        exit: 2,
      });
    },
  );
  test('a day is returned as typed', async () =>
    expect(await first('last tuesday\n', one('until'))).toBe('last tuesday'));

  test('an empty line skips, :back goes back, :done and the end of the input finish', async () => {
    expect(await first('\n', one('what'))).toBe('skip');
    expect(await first(':back\n', one('what'))).toBe('back');
    expect(await first(':done\n', one('kinds'))).toBe('finish');
    expect(await first('', one('kinds'))).toBe('finish');
  });

  test('the first question has no previous question', async () =>
    expect((await tell(':back\n', [one('sit')], { isTerminal: true })).said).toContain(
      'This is the first question.',
    ));
  test('shows the help and asks the question again', async () => {
    const { said, replies } = await tell(':help\n1\n', [one('sit')]);
    expect(said).toContain('Please reach a person now.');
    expect(replies).toEqual(['fine']);
  });

  test('text before the end of the input is the answer, then it finishes', async () =>
    expect((await tell('half a thought', [one('what'), one('size')])).replies).toEqual([
      'half a thought',
      'finish',
    ]));
  test('an empty line keeps the given answer', async () => {
    expect(await first('\n', one('given'))).toBe('When you moved on, I felt small.\nCan we go back?');
    expect(await first(':skip\n', one('given'))).toBe('skip');
    expect(await first('New words.\n\n', one('given'))).toBe('New words.');
  });
  test(':back saves typed lines for later, :skip keeps them as the answer', async () => {
    expect((await tell('one\ntwo\n:back\n', [one('what')])).whole).toEqual([
      { is: 'back', typed: 'one\ntwo' },
    ]);
    expect(await first('one\ntwo\n:skip\n', one('what'))).toBe('one\ntwo');
  });
  test('a paste on a terminal keeps its blank lines; in a pipe an empty line ends', async () => {
    const paste = '\none\n\ntwo\n\n\n';
    expect((await tell(paste, [one('what')], { isTerminal: true })).replies).toEqual(['one\n\ntwo']);
    expect((await tell(paste.trim(), [one('what'), one('given')])).replies).toEqual(['one', 'two']);
  });
  test('an invalid answer is in the draft', async () =>
    expect((await tell('hello\n1\n', [one('sit')], { isTerminal: true })).typed).toEqual(['hello']));
  test('words of invalid answers are saved with the answer, once each', async () => {
    const of = { ...one('sit'), wordsTo: 'What happened' };
    const { whole, said, typed } = await tell('He was late\nwell\n9\n1\n', [of], { isTerminal: true });
    expect(whole).toEqual([{ is: 'answer', answer: 'fine', words: 'He was late\nwell' }]);
    expect(said).toContain('Your words are kept for “What happened”.');
    expect(typed.slice(0, 2)).toEqual(['He was late', 'He was late\nwell']);
    const again = await tell('\n', [{ ...of, given: 'He was late\nwell' }], { isTerminal: true });
    expect(again.whole).toEqual([{ is: 'skip', words: 'He was late\nwell' }]);
  });
  test('words typed before the number of "Something else" are own words', async () => {
    const of = { ...one('care'), wordsTo: '' };
    const { whole, said } = await tell('a walk\n2\n', [of], { isTerminal: true });
    expect(whole).toEqual([{ is: 'answer', answer: 'other: a walk' }]);
    expect(said).toContain('Your words are kept. Type 2 to put them under “My own”.');
    const other = await tell('a walk\n3\n', [of], { isTerminal: true });
    expect(other.whole).toEqual([{ is: 'answer', answer: 'none', words: 'a walk' }]);
  });
  test('help alone shows people to reach where no text is asked for', async () => {
    const { said, replies } = await tell('Help\n7\n', [one('size')]);
    expect(said).toContain('Please reach a person now.');
    expect(replies).toEqual([7]);
  });
  test('help alone is not text; inside a text, or pasted before it, it is a word', async () => {
    const { said, replies } = await tell('Help\n\nThey sighed.\n\n', [one('what')]);
    expect(said).toContain('Please reach a person now.');
    expect(replies).toEqual(['They sighed.']);
    expect((await tell('help\nwas what I needed\n\n', [one('what')])).replies).toEqual([
      'help\nwas what I needed',
    ]);
    expect((await tell('Help\n\nThey sighed.\n\n', [one('what')], { isTerminal: true })).replies).toEqual([
      'Help\n\nThey sighed.',
    ]);
  });
  test.each([':help', 'help'])('%s between a number and its own words loses neither', async word => {
    const { said, replies } = await tell(`2\n${word}\nthe fan\n`, [one('care')]);
    expect(said).toContain('Please reach a person now.');
    expect(replies).toEqual(['other: the fan']);
  });
  test('a typed text that is offered again is an answer only if it is valid', async () => {
    const refused = await tell('\n', [{ ...one('feelings'), given: 'hello' }]);
    expect(refused.said).toContain('Typed here before: "hello"');
    expect(refused.replies).toEqual(['skip']);
    expect(await first('\n', { ...one('feelings'), given: 'hurt\nother: heavy' })).toEqual([
      'hurt',
      'other: heavy',
    ]);
    expect(await first('\n', { ...one('care'), given: 'other: tea' })).toBe('other: tea');
  });
  test('asks a required question again', async () =>
    expect((await tell('\n1\n', [one('keep')], { isTerminal: true })).replies).toEqual(['keep']));
  test('shows the bytes of a hostile label', async () =>
    expect(
      (await tell('', [screen('select', { options: [option('a', 'x\u001b[2J\u202ey')] })])).said,
    ).toContain('x\\u{1b}[2J\\u{202e}y'));
});

describe('a pipe', () => {
  test.each<readonly [string, string, string, string]>([
    ['sit', '9\n2\n', '1', 'There is no number 9 here. They go from 1 to 6.'],
    ['sit', '\ud83d\ude00\n2\n', '1', 'is not a number from this list.'],
    ['kinds', ':help\n1-3\n1\n', '2', '"1-3" is not a number from this list.'],
    ['kinds', '1 2 3 4\n', '1', 'That is more than 3.'],
    ['kinds', '1 22\n', '1', '"Rather not say" stands alone.'],
    ['size', '7.5\n7\n', '1', '"7.5" is not a whole number from 0 to 10.'],
    ['list', 'maybe\ny\n', '1', 'yes or no, please.'],
    ['sit', ':back\n2\n', '1', 'This is the first question.'],
    ['keep', ':skip\n1\n', '1', 'This one needs an answer.'],
    ['keep', '\n1\n', '1', 'This one needs an answer.'],
  ])('asks nothing again: %s, %j', async (name, input, line, why) => {
    const stopped = tell(input, [one(name), one('size')]);
    await expect(stopped).rejects.toMatchObject({
      key: 'terminal.input-not-understood',
      exit: 2,
      params: { line: Number(line), question: one(name).words },
    });
    await expect(stopped).rejects.toMatchObject({ params: { why: expect.stringContaining(why) } });
  });

  test('saves a line with words to the draft before it stops, but not a mere number', async () => {
    for (const [line, kept] of [
      ['They looked at the clock.', ['They looked at the clock.']],
      ['1-3', []],
      ['99', []],
    ] as const) {
      const typed: string[] = [];
      const from = new PassThrough();
      const prompter = openLinePrompter({
        input: from,
        output: new PassThrough(),
        words,
        help: () => '',
        ended: new AbortController().signal,
        isTerminal: false,
        width: 80,
      });
      from.end(`${line}\n`);
      await expect(prompter.ask(one('sit'), text => typed.push(text))).rejects.toBeInstanceOf(Problem);
      expect(typed).toEqual(kept);
    }
  });

  test('saves the lines of a text above the line that stops it', async () => {
    const typed: string[] = [];
    const from = new PassThrough();
    const prompter = openLinePrompter({
      input: from,
      output: new PassThrough(),
      words,
      help: () => '',
      ended: new AbortController().signal,
      isTerminal: false,
      width: 80,
    });
    from.end('One.\nTwo.\n:back\n');
    await expect(
      prompter.ask({ ...one('what'), canGoBack: false }, text => typed.push(text)),
    ).rejects.toBeInstanceOf(Problem);
    expect(typed).toEqual(['One.\nTwo.']);
  });

  test('reports once where input is left over after the last question', async () => {
    expect((await tell('2\n\n \nmore\nand more\n', [one('sit')])).said).toContain(
      'Standard input went on from line 4',
    );
    for (const input of ['2\n\n \n', '2\n', '2'])
      expect((await tell(input, [one('sit')])).said).not.toContain('went on');
  });
});

describe('lines', () => {
  test('arrive complete however the chunks are split, with LF or CRLF, with or without a final line end', async () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter(
        text =>
          !/[\r\n]/.test(text) &&
          text.trim() !== '' &&
          !text.trim().startsWith(':') &&
          new TextDecoder().decode(new TextEncoder().encode(text)) === text &&
          !text.startsWith('\ufeff'),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (lines, end, closed, size) => {
          const bytes = new TextEncoder().encode(lines.join(end) + (closed ? end : ''));
          const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.slice(index * size, (index + 1) * size),
          );
          expect((await tell(parts, [screen('text')])).replies).toEqual([lines.join('\n')]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('bytes that are not UTF-8 stop a pipe with a problem that names the line', async () => {
    const bad = tell(Uint8Array.of(...new TextEncoder().encode('fine\n'), 0xff, 0xfe, 10), [one('what')]);
    await expect(bad).rejects.toMatchObject({ key: 'terminal.input-not-utf8', params: { line: 2 } });
    await expect(bad).rejects.toBeInstanceOf(Problem);
  });

  test('an ending from outside saves the unfinished text', async () => {
    const from = new PassThrough();
    const ending = new AbortController();
    const to = new PassThrough();
    const prompter = openLinePrompter({
      input: from,
      output: to,
      words,
      help: () => '',
      ended: ending.signal,
      isTerminal: false,
      width: 80,
    });
    const typed: string[] = [];
    const asked = prompter.ask(one('what'), text => typed.push(text));
    from.write('one\ntwo\n');
    setImmediate(() => setImmediate(() => ending.abort('SIGTERM')));
    await expect(asked).rejects.toEqual(new Cancelled('SIGTERM'));
    expect(typed).toEqual(['one\ntwo']);
  });
});

test('answers of an earlier run take a line each, and only the latest are shown', () => {
  let said = '';
  const to = { write: (text: string | Uint8Array) => (said += String(text)), on: () => undefined };
  const prompter = openLinePrompter({
    input: new PassThrough(),
    output: to,
    words,
    help: () => '',
    ended: new AbortController().signal,
    isTerminal: true,
    width: 40,
  });
  prompter.record?.([
    { label: 'What happened', value: 'They sighed.\nThen they looked away for a long time.' },
  ]);
  expect(said).toMatch(/:done ends\s+here\.\n\nWhat happened: They sighed\. Then they l…\n$/);
  said = '';
  prompter.record?.(
    Array.from({ length: 20 }, (_, at) => ({ label: `Question ${at}`, value: 'x\u001b[2J' })),
  );
  expect(said.split('\n')).toEqual([
    '',
    '… 13 more before',
    ...Array.from({ length: 7 }, (_, at) => `Question ${at + 13}: x\\u{1b}[2J`),
    '',
  ]);
  prompter.close();
});

test('postponed requests run when no question is shown', async () => {
  const happened: string[] = [];
  const from = Object.assign(new PassThrough(), {
    setRawMode: (on: boolean) => happened.push(on ? 'hides' : 'shows'),
  });
  const to = {
    write: (text: string | Uint8Array) =>
      happened.push(String(text).includes('Passphrase') ? 'asks' : 'writes'),
    on: () => undefined,
  };
  const prompter = openLinePrompter({
    input: from,
    output: to,
    words,
    help: () => '',
    ended: new AbortController().signal,
    isTerminal: true,
    width: 80,
  });
  const response = prompter.ask({
    ...screen('text'),
    id: 'passphrase',
    kind: 'secret',
    words: 'Passphrase of your notes',
    bare: true,
  });
  from.write('six words\r');
  expect(await response).toEqual({ is: 'answer', answer: 'six words' });
  prompter.close();
  expect(happened.slice(0, 2)).toEqual(['hides', 'asks']);
  expect(happened.indexOf('shows')).toBeGreaterThan(1);
});

test.each([
  ['\r', 'skip'],
  ['\u0004', 'finish'],
  ['ab\u0004', 'ab'],
])('what is not shown, answered with %j, is %s', async (typed, expected) => {
  const from = Object.assign(new PassThrough(), { setRawMode: () => undefined });
  const to = { write: () => true, on: () => undefined };
  const prompter = openLinePrompter({
    input: from,
    output: to,
    words,
    help: () => '',
    ended: new AbortController().signal,
    isTerminal: true,
    width: 80,
  });
  const response = prompter.ask({ ...screen('text'), kind: 'secret', bare: true });
  from.write(typed);
  expect(await response).toEqual(expected === 'ab' ? { is: 'answer', answer: 'ab' } : { is: expected });
  prompter.close();
});

test('output after Ctrl-C starts on a new line, even after unfinished text', async () => {
  const ended = new AbortController();
  let said = '';
  const to = { write: (text: string | Uint8Array) => (said += String(text)), on: () => undefined };
  const prompter = openLinePrompter({
    input: new PassThrough(),
    output: to,
    words,
    help: () => '',
    ended: ended.signal,
    isTerminal: true,
    width: 80,
  });
  const response = prompter.ask(screen('text'));
  ended.abort('SIGINT');
  await expect(response).rejects.toThrow(Cancelled);
  expect(said).toMatch(/> \n$/);
});

test.each(['text', 'secret'] as const)(
  'what a terminal sends by itself, and an arrow, are no part of an answer: %s',
  async kind => {
    const ended = new AbortController();
    const from = Object.assign(new PassThrough(), { setRawMode: () => undefined });
    const to = { write: () => true, on: () => undefined };
    const prompter = openLinePrompter({
      input: from,
      output: to,
      words,
      help: () => '',
      ended: ended.signal,
      isTerminal: true,
      width: 80,
    });
    const response = prompter.ask({ ...screen('text'), kind });
    from.write('\u001b]11;rgb:1e1e/1e1e/2e2e\u001b\\\u001b[24;8');
    from.write('0Rhe\u001b[All\u001bOAo\n\n');
    expect(await response).toEqual({ is: 'answer', answer: 'hello' });
    prompter.close();
  },
);

test("treats all bytes in a pipe as the person's", async () => {
  const ended = new AbortController();
  const from = new PassThrough();
  const to = { write: () => true, on: () => undefined };
  const prompter = openLinePrompter({
    input: from,
    output: to,
    words,
    help: () => '',
    ended: ended.signal,
    isTerminal: false,
    width: 80,
  });
  const response = prompter.ask(screen('text'));
  from.write('a\u001b[24;80Rb\n\n');
  expect(await response).toEqual({ is: 'answer', answer: 'a\u001b[24;80Rb' });
  prompter.close();
});
