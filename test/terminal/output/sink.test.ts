import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openDirectSink, type Sink } from '../../../src/terminal/output/sink.ts';

/** A descriptor that takes so many bytes a call, and after `room` of them says `code`. */
function descriptor(
  step: number,
  room = Infinity,
  code = '',
): { readonly write: typeof import('node:fs').writeSync; readonly text: () => string } {
  let taken = Buffer.alloc(0);
  const write = ((_fd: number, bytes: Uint8Array, from?: number | null) => {
    const at = from ?? 0;
    if (taken.length >= room) throw Object.assign(new Error(code), { code });
    const part = Buffer.from(bytes).subarray(at, at + Math.min(step, room - taken.length));
    taken = Buffer.concat([taken, part]);
    return part.length;
  }) as typeof import('node:fs').writeSync;
  return { write, text: () => taken.toString('utf8') };
}

const noStream = (): Sink => {
  throw new Error('no stream is wanted');
};

test('all of a text is written, however little is taken at once, and no stream is opened for it', () => {
  const to = descriptor(3);
  let done = 0;
  const sink = openDirectSink(1, noStream, to.write);
  sink.write('naïve ', () => (done += 1));
  sink.write('没有听我说\n', () => (done += 1));
  expect([to.text(), done]).toEqual(['naïve 没有听我说\n', 2]);
});

test('what a full pipe that does not wait leaves over goes to a stream, in order, and so does all after it', async () => {
  const to = descriptor(4, 6, 'EAGAIN');
  const rest: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, next) => {
      rest.push(Buffer.from(chunk));
      next();
    },
  });
  let opened = 0;
  const sink = openDirectSink(
    1,
    () => {
      opened += 1;
      return stream;
    },
    to.write,
  );
  const failures: string[] = [];
  sink.on('error', ({ message }) => failures.push(message));
  await new Promise<void>(resolve => {
    sink.write('ab没cdef');
    sink.write('ghi', resolve);
  });
  stream.destroy(new Error('gone'));
  await new Promise(resolve => {
    stream.on('close', resolve);
  });
  expect(Buffer.concat([Buffer.from(to.text(), 'utf8'), ...rest]).toString('utf8')).toBe('ab没cdefghi');
  expect([opened, failures]).toEqual([1, ['gone']]);
});

test('what can not be written is told to who listens, and never thrown', () => {
  const failures: (string | undefined)[] = [];
  const sink = openDirectSink(1, noStream, descriptor(9, 2, 'ENOSPC').write);
  sink.on('error', ({ code }) => failures.push(code));
  let done = 0;
  sink.write('abcdef', () => (done += 1));
  expect([failures, done]).toEqual([['ENOSPC'], 1]);
});
