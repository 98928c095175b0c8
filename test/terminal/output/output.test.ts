import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openOutput, openMessages } from '../../../src/terminal/output/output.ts';
import type { StreamOptions } from '../../../src/terminal/output/output.ts';
import { openStyle, plainStyle } from '../../../src/terminal/output/styles.ts';
import { widthOf } from '../../../src/terminal/text/width.ts';

function listen(details: Partial<StreamOptions> = {}) {
  const stream = new PassThrough();
  const seen: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => seen.push(chunk));
  const told: string[] = [];
  const options: StreamOptions = {
    stream,
    isTerminal: false,
    columns: undefined,
    style: plainStyle,
    onBroken: () => told.push('broken'),
    onFailed: cause => told.push(cause.message),
    ...details,
  };
  return { options, told, seen: () => Buffer.concat(seen).toString() };
}

const nasty = '\u001b[1ma\u001b]52;c;aGk=\u0007b\r\nc\u202e';

describe('output', () => {
  test('a pipe gets raw output byte for byte, and otherwise no foreign control character', async () => {
    const { options, seen } = listen();
    const out = openOutput(options);
    out.raw(nasty);
    out.line(nasty);
    out.text('x');
    await out.markdown(`# T\n${nasty}`);
    await out.done();
    const shown = '\\u{1b}[1ma\\u{1b}]52;c;aGk=\\u{7}b\r\nc\\u{202e}';
    expect(seen()).toBe(`${nasty}${shown}\nx# T\n${shown}`);
  });

  test('a terminal gets no foreign control character, and our own styles', async () => {
    const style = await openStyle({ colour: true });
    const { options, seen } = listen({ isTerminal: true, style });
    const out = openOutput(options);
    out.line(`${style.accent('go')} ${nasty}`);
    await out.markdown(`# Title ${nasty}\n\n- **one** ${nasty}`);
    await out.done();
    expect(seen().replace(/\u001b\[(1|2|22|36|39)m/g, '')).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
    );
    expect(seen()).toContain('\u001b[36m\u001b[1mgo');
  });

  test('the width is 80 if unknown', () => {
    expect(openOutput(listen({ columns: 0 }).options).width).toBe(80);
    expect(openOutput(listen({ columns: 42 }).options).width).toBe(42);
  });

  test('a closed reader ends output quietly, once', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, next) => next(Object.assign(new Error('gone'), { code: 'EPIPE' })),
    });
    const { options, told } = listen({ stream });
    const out = openOutput(options);
    out.line('a');
    out.line('b');
    await out.done();
    out.line('c');
    expect(told).toEqual(['broken']);
  });

  test('reports a full disk', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, next) => next(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    });
    const { options, told } = listen({ stream });
    const out = openOutput(options);
    out.raw('a');
    await out.done();
    expect(told).toEqual(['no space']);
  });

  test('done waits for a slow reader', async () => {
    let arrived = 0;
    const stream = new Writable({
      highWaterMark: 10,
      write: (chunk: Buffer, _encoding, next) =>
        setImmediate(() => {
          arrived += chunk.length;
          next();
        }),
    });
    const out = openOutput(listen({ stream }).options);
    for (let count = 0; count < 500; count += 1) out.line('x'.repeat(99));
    await out.done();
    expect(arrived).toBe(50_000);
  });

  test('without colour there are no escape codes', async () => {
    const style = await openStyle({ colour: false });
    expect(style.accent('a') + style.faint('b') + style.strong('c')).toBe('abc');
  });
});

describe('talk', () => {
  test('is wrapped and escaped', () => {
    const { options, seen } = listen({ isTerminal: true, columns: 30 });
    openMessages(options).say(`There is no moment called "k4". Close to it: k3f9qa ${nasty}`);
    for (const line of seen().split('\n')) expect(widthOf(line)).toBeLessThan(30);
    expect(seen()).toContain('  There is no');
    expect(seen()).toContain('\\u{202e}');
  });
});

describe('rendered Markdown', () => {
  const page =
    '# When you moved on\n\nA paragraph with **strong** words and `rupture prep` that is long enough to wrap on a narrow screen.\n\n- one **bold** item that is long enough to wrap as well, twice on a narrow screen\n- [ ] a task\n  - nested\n\n1. first\n2. second\n\n> quoted\n\n:heart: [a page](https://example.org)\n\n---\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n我告诉他们关于我妹妹的事情，他们说我喜欢被需要，然后就继续说下去了，我觉得自己很渺小。\n';
  test.each([40, 60, 80])('keeps to %i columns', async columns => {
    const { options, seen } = listen({ isTerminal: true, columns });
    const out = openOutput(options);
    await out.markdown(page);
    for (const line of seen().split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });
  test('reads as a page', async () => {
    const { options, seen } = listen({ isTerminal: true, columns: 60 });
    await openOutput(options).markdown(page);
    expect(seen()).not.toContain('**');
    expect(seen()).toContain(':heart:');
    expect(seen().match(/\[ \]/g)).toHaveLength(1);
    expect(seen()).toContain('  When you moved on\n\n  A paragraph with strong words and rupture prep');
    expect(seen()).toContain('a page (https://example.org)');
    expect(seen()).not.toContain('\u001b');
    expect(seen()).toMatchInlineSnapshot(`
      "  When you moved on

        A paragraph with strong words and rupture prep that is
        long enough to wrap on a narrow screen.

          - one bold item that is long enough to wrap as well,
            twice on a narrow screen
          - [ ] a task
            - nested

          1. first
          2. second

          quoted

        :heart: a page (https://example.org)

        ·  ·  ·

        a   b
        1   2

        我告诉他们关于我妹妹的事情，他们说我喜欢被需要，然后就继
        续说下去了，我觉得自己很渺小。
      "
    `);
  });
});
