import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { bufferInput } from '../../../src/terminal/input/input-buffer.ts';

/** A terminal of which the modes are known. */
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

test('what was typed before a question stands there is gone, what is typed then is there as it came', async () => {
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

test('letters typed ahead are kept where they belong to the question, and no key that acts', async () => {
  const { input } = openInput();
  const held = bufferInput(input, { keepsLetters: true });
  input.write('\r \u001b[B\u001bOAHé said\r\r漢字\t\u007f');
  input.write(' no');
  await held.emptied();
  input.write('\r');
  await arrived();
  expect(texts(held.release()).join('|')).toBe('Hé said 漢字| no|\r');
});

test('once it is given it is not held any more', async () => {
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

test('Ctrl-C is never too early', async () => {
  const { input } = openInput();
  input.write('\r');
  const held = bufferInput(input);
  await arrived();
  input.write('\u0003');
  await held.emptied();
  expect(texts(held.release())).toEqual(['\u0003']);
});

test('the terminal is given back, read by nobody', async () => {
  const { input, modes } = openInput();
  const held = bufferInput(input);
  await held.emptied();
  held.close();
  expect(modes).toEqual([true, false]);
  expect(input.isPaused()).toBe(true);
  expect(input.listenerCount('data')).toBe(0);
  // Unread, and still there for who comes next.
  input.write('x');
  expect(String(input.read())).toBe('x');
});
