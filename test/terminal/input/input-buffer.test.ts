import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { bufferInput } from '../../../src/terminal/input/input-buffer.ts';

/** Makes a terminal that records its modes. */
function openInput(): {
  readonly input: PassThrough & { setRawMode: (on: boolean) => void };
  readonly modes: readonly boolean[];
} {
  const modes: boolean[] = [];
  return {
    input: Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void modes.push(on) }),
    modes,
  };
}

const arrived = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(() => setImmediate(resolve));
  });
const texts = (chunks: readonly (Buffer | string)[]): readonly string[] => chunks.map(String);

test('drops keys typed before a question shows, and keeps later keys in order', async () => {
  const { input, modes } = openInput();
  input.write('\r\r');
  const held = bufferInput(input);
  input.write('y');
  await held.emptied();
  input.write('\u001b[B');
  await arrived();
  input.write('a\rb');
  await arrived();
  expect(texts(held.release())).toEqual(['\u001b[B', 'a\rb']);
  expect(modes).toEqual([true]);
});

test('keeps letters typed ahead for the question, but no key that acts', async () => {
  const { input } = openInput();
  const held = bufferInput(input, { keepsLetters: true });
  input.write('\r \u001b[B\u001bOAHé said\r\r漢字\t\u007f');
  input.write(' no');
  await held.emptied();
  input.write('\r');
  await arrived();
  expect(texts(held.release()).join('|')).toBe('Hé said 漢字| no|\r');
});

test('does not keep the input after handing it on', async () => {
  const { input } = openInput();
  const held = bufferInput(input);
  await held.emptied();
  input.write('a');
  await arrived();
  expect(texts(held.release())).toEqual(['a']);
  input.write('b');
  await arrived();
  expect(texts(held.release())).toEqual([]);
});

test('handles Ctrl-C at any time', async () => {
  const { input } = openInput();
  input.write('\r');
  const held = bufferInput(input);
  await arrived();
  input.write('\u0003');
  await held.emptied();
  expect(texts(held.release())).toEqual(['\u0003']);
});

test('restores the terminal and stops reading it', async () => {
  const { input, modes } = openInput();
  const held = bufferInput(input);
  await held.emptied();
  held.close();
  expect(modes).toEqual([true, false]);
  expect(input.isPaused()).toBe(true);
  expect(input.listenerCount('data')).toBe(0);
  // Still unread, for the next reader.
  input.write('x');
  expect(String(input.read())).toBe('x');
});
