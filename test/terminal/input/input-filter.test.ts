import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCleanInput } from '../../../src/terminal/input/clean-input.ts';
import { openFilter } from '../../../src/terminal/input/input-filter.ts';

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const text = (all: string): string => Buffer.from(all, 'latin1').toString('utf8');
const whole = (chunk: string, keys = true): string => text(openFilter({ keys }).take(bytes(chunk)));

// Replies that terminals send by themselves. From the manuals of xterm, VTE, kitty, foot, iTerm2, Windows Terminal and
// of the VT420.
const replies: Readonly<Record<string, string>> = {
  'a colour': '\u001b]11;rgb:1e1e/1e1e/2e2e\u001b\\',
  'a colour, ended by the bell': '\u001b]10;rgb:ffff/ffff/ffff\u0007',
  'a colour of the palette': '\u001b]4;1;rgb:cd/00/00\u001b\\',
  'the clipboard': '\u001b]52;c;aGVsbG8=\u0007',
  'the title': '\u001b]lnotes über mich\u001b\\',
  'device attributes': '\u001b[?62;22c',
  'secondary device attributes': '\u001b[>1;4600;0c',
  'tertiary device attributes': '\u001bP!|00000000\u001b\\',
  'device attributes of a VT100': '\u001b[?1;2c',
  'all is well': '\u001b[0n',
  'a colour scheme': '\u001b[?997;1n',
  'the place of the cursor': '\u001b[24;80R',
  'the place of the cursor on a page': '\u001b[?24;80;1R',
  'the size of the window': '\u001b[8;24;80t',
  'the size in pixels': '\u001b[4;600;800t',
  'a private mode': '\u001b[?2026;2$y',
  'a mode': '\u001b[4;2$y',
  'the keyboard': '\u001b[?1u',
  graphics: '\u001b[?2;0;1024S',
  parameters: '\u001b[2;1;1;128;128;1;0x',
  'a setting': '\u001bP1$r0m\u001b\\',
  'no setting': '\u001bP0$r\u001b\\',
  'a capability': '\u001bP1+r544e=787465726d\u001b\\',
  'its name': '\u001bP>|XTerm(370)\u001b\\',
  'a picture': '\u001b_Gi=31;OK\u001b\\',
  'the mouse': '\u001b[<0;10;5M',
  'the mouse, let go': '\u001b[<0;10;5m',
  'the mouse of urxvt': '\u001b[32;10;5M',
  'the mouse of the oldest': '\u001b[M !!',
  'the focus': '\u001b[I',
  'the focus, gone': '\u001b[O',
  'the end of a string': '\u001b\\',
  'a key, let go': '\u001b[97;1:3u',
  'an arrow, let go': '\u001b[1;1:3A',
  'something unknown': '\u001b[1;2;3w',
};
const keys: Readonly<Record<string, readonly [sent: string, key: string]>> = {
  'an arrow': ['\u001b[A', '\u001b[A'],
  'an arrow with Ctrl': ['\u001b[1;5D', '\u001b[1;5D'],
  'an arrow in application mode': ['\u001bOA', '\u001bOA'],
  'an arrow of the new protocol': ['\u001b[1;5:1D', '\u001b[1;5D'],
  Home: ['\u001b[H', '\u001b[H'],
  Delete: ['\u001b[3~', '\u001b[3~'],
  'Shift-Tab': ['\u001b[Z', '\u001b[Z'],
  'F5 of the console': ['\u001b[[E', '\u001b[[E'],
  'Shift-Delete of rxvt': ['\u001b[3$', '\u001b[3$'],
  'Alt-b': ['\u001bb', '\u001bb'],
  'Alt-Enter': ['\u001b\r', '\u001b\r'],
  'Alt-]': ['\u001b]', ''],
  'Alt-é': ['\u001bé', '\u001bé'],
  'Shift-Enter of xterm': ['\u001b[27;2;13~', '\u001b\r'],
  'Alt-Enter of xterm': ['\u001b[27;3;13~', '\u001b\r'],
  'Shift-Enter, new': ['\u001b[13;2u', '\u001b\r'],
  'Alt-Enter, new': ['\u001b[13;3u', '\u001b\r'],
  'Enter, new': ['\u001b[13u', '\r'],
  'Shift-Tab of xterm': ['\u001b[27;2;9~', '\u001b[Z'],
  'Escape, new': ['\u001b[27u', '\u001b'],
  'Ctrl-D, new': ['\u001b[100;5u', '\u0004'],
  'Ctrl-C of xterm': ['\u001b[27;5;99~', '\u0003'],
  'Ctrl-Backspace': ['\u001b[127;5u', '\u0017'],
  'Ctrl-Y of xterm': ['\u001b[27;5;121~', '\u0019'],
  'Ctrl-Y, new': ['\u001b[121;5u', '\u0019'],
  'Ctrl-_ of xterm': ['\u001b[27;6;95~', '\u001f'],
  'Ctrl-_, new': ['\u001b[45;6u', '\u001f'],
  'Ctrl-_ that it names': ['\u001b[45:95;6u', '\u001f'],
  'Ctrl-_ of a keyboard with that key elsewhere': ['\u001b[56:95;6u', '\u001f'],
  'Ctrl-/': ['\u001b[47;5u', '\u001f'],
  'Ctrl-^ that it names': ['\u001b[54:94;6u', '\u001e'],
  'a letter, new': ['\u001b[97u', 'a'],
  'a capital, new': ['\u001b[97;2u', 'A'],
  'a capital that it names': ['\u001b[97:65;2u', 'A'],
  'a capital of xterm': ['\u001b[27;2;196~', 'Ä'],
  'a letter that it writes': ['\u001b[101;;233u', 'é'],
  'Alt-f, new': ['\u001b[102;3u', '\u001bf'],
  'a key without a letter': ['\u001b[57358u', ''],
};

describe('replies that a terminal sends by itself', () => {
  it.each(Object.entries(replies))('%s is not text', (_name, response) => {
    expect(whole(`I said${response} it`)).toBe('I said it');
    expect(whole(`${response}${response}x`)).toBe('x');
    expect(whole(`a${response}`, false)).toBe('a');
  });

  it.each(Object.entries(replies))('%s is not text, wherever it is split', (_name, response) => {
    for (let at = 1; at < bytes(response).length; at += 1) {
      const filter = openFilter({ keys: true });
      expect([
        at,
        filter.take(`a${bytes(response).slice(0, at)}`) + filter.take(`${bytes(response).slice(at)}b`),
      ]).toEqual([at, 'ab']);
    }
  });

  // For unknown sequences, and for two bytes, the second may have been typed.
  const late = Object.entries(replies).filter(
    ([name]) => name !== 'something unknown' && name !== 'the end of a string',
  );
  it.each(late)('%s is not text, however late its rest comes', (_name, response) => {
    for (let at = 2; at < bytes(response).length; at += 1) {
      const filter = openFilter({ keys: true });
      const parts = [
        filter.take(bytes(response).slice(0, at)),
        filter.expire(),
        filter.take(bytes(response).slice(at)),
        filter.expire(),
        filter.take('b'),
        filter.expire(),
      ];
      expect([at, parts.join('')]).toEqual([at, 'b']);
    }
    // A lone escape character becomes a key after a while; the rest of the sequence is still not text.
    const filter = openFilter({ keys: true });
    expect([filter.take('\u001b'), filter.expire(), filter.take(`${bytes(response).slice(1)}b`)]).toEqual([
      '',
      '\u001b',
      'b',
    ]);
  });

  it('are never mixed into typed text, however they arrive', () => {
    const typed = fc.constantFrom('a', 'è', '漢', '👍', '\r', ' ', '[', ']', ';', 'R', '0', '\u007f', '\t');
    const piece = fc.oneof(
      typed.map(one => [one, one] as const),
      fc.constantFrom(...Object.values(replies)).map(one => [one, ''] as const),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat({ max: 200 }), { maxLength: 6 }),
        (pieces, cuts) => {
          const sent = bytes(pieces.map(([one]) => one).join(''));
          const filter = openFilter({ keys: true });
          const edges = [0, ...cuts.filter(cut => cut < sent.length).sort((a, b) => a - b), sent.length];
          const got = edges
            .slice(1)
            .map((edge, at) => filter.take(sent.slice(edges[at], edge)))
            .join('');
          expect(text(got)).toBe(pieces.map(([, left]) => left).join(''));
          expect(filter.isHolding()).toBe(false);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('a key that a person presses', () => {
  it.each(Object.entries(keys))('%s is recognized', (_name, [sent, key]) => {
    const filter = openFilter({ keys: true });
    expect(text(filter.take(bytes(sent)) + filter.expire())).toBe(key);
    expect(whole(`${sent}x`, false).replace(/[\r]/g, '')).toBe('x');
  });

  it('is not lost after an incomplete reply', () => {
    for (const half of [
      '\u001b]11;rgb:1e1e/',
      '\u001bP1$r',
      '\u001b[24',
      '\u001b[?62;',
      '\u001b[',
      '\u001b]',
      '\u001bP',
    ]) {
      for (const typed of ['hello', 'said no\r', 'x']) {
        const filter = openFilter({ keys: true });
        const parts = [
          filter.take(half),
          filter.expire(),
          filter.take(typed),
          filter.expire(),
          filter.take('!'),
          filter.expire(),
        ];
        // Two bytes may be a key with Alt, which writes nothing.
        expect([half, parts.join('').replace(half.length === 2 ? half : '', '')]).toEqual([
          half,
          `${typed}!`,
        ]);
      }
    }
  });

  it('is not mistaken for a reply if Alt was held', () => {
    for (const alt of ['\u001b]', '\u001bP', '\u001b_', '\u001b^', '\u001bX'])
      expect(whole(`${alt}hello`)).toBe(`${alt}hello`);
  });

  it('stays unchanged in a paste, however it arrives', () => {
    const pasted = '\u001b[200~a\u001b]11;rgb:0/0/0\u0007 \u001b[31mred\u001b[0m\u001b[201~';
    expect(whole(`${pasted}\u001b[24;80Rb`)).toBe(`${pasted}b`);
    for (let at = 1; at < pasted.length; at += 1) {
      const filter = openFilter({ keys: true });
      expect([at, filter.take(pasted.slice(0, at)) + filter.take(`${pasted.slice(at)}b`)]).toEqual([
        at,
        `${pasted}b`,
      ]);
    }
  });
});

describe('the input', () => {
  const open = () => {
    const input = Object.assign(new PassThrough(), { setRawMode: () => undefined });
    const got: string[] = [];
    const clean = openCleanInput(input, { keys: true });
    const listen = (chunk: Buffer | string): void => void got.push(String(chunk));
    return { input, clean, listen, got };
  };
  const turn = (): Promise<void> =>
    new Promise(resolve => {
      setImmediate(() => setImmediate(resolve));
    });

  it('is read only while there is a listener; unread input stays', async () => {
    const { input, clean, listen, got } = open();
    clean.on('data', listen);
    input.write('a\u001b[24;80R');
    await turn();
    clean.removeListener('data', listen);
    clean.pause();
    expect([got.join(''), input.listenerCount('data'), input.isPaused()]).toEqual(['a', 0, true]);
    input.write('for the editor');
    expect(String(input.read())).toBe('for the editor');
  });

  it('emits a lone escape character', async () => {
    const { input, clean, got } = open();
    const came = new Promise<void>(resolve => {
      clean.on('data', chunk => {
        got.push(String(chunk));
        resolve();
      });
    });
    input.write('\u001b');
    await came;
    expect(got).toEqual(['\u001b']);
  });

  it('reports its end and errors', async () => {
    const { input, clean, listen } = open();
    const told: string[] = [];
    for (const event of ['end', 'error']) clean.on(event, () => told.push(event));
    clean.on('data', listen);
    input.end();
    await turn();
    input.emit('error', new Error('gone'));
    expect(told).toEqual(['end', 'error']);
    expect(clean.listenerCount('end')).toBe(input.listenerCount('end'));
  });
});
