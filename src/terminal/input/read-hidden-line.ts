import { Cancelled } from '../../errors.ts';

/** A terminal's input, whose echo can be switched off. */
export type HidingInput = NodeJS.ReadableStream & { readonly setRawMode?: (on: boolean) => unknown };

/**
 * Reads one line from a terminal without showing it. Returns '' for Enter alone, undefined for Ctrl-D alone.
 * `ask` prints the question; it is called once the echo is off, so that an immediate answer is not shown
 * either. Throws Cancelled on Ctrl-C, and when the run is interrupted.
 */
export async function readHidden(
  input: HidingInput,
  ended: AbortSignal,
  ask: () => void,
): Promise<string | undefined> {
  const bytes: number[] = [];
  let isFinished = false;
  input.setRawMode?.(true);
  try {
    ask();
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        input.removeListener('data', onData);
        for (const event of ['end', 'close', 'error']) input.removeListener(event, onEnd);
        ended.removeEventListener('abort', onEnd);
        input.pause();
      };
      const onEnd = (): void => {
        stop();
        const isSignal = ended.reason === 'SIGTERM' || ended.reason === 'SIGINT';
        reject(new Cancelled(ended.aborted && isSignal ? ended.reason : 'SIGHUP'));
      };
      const onData = (data: Uint8Array | string): void => {
        for (const byte of typeof data === 'string' ? Buffer.from(data) : data) {
          if (byte === 3) {
            stop();
            return reject(new Cancelled('SIGINT'));
          }
          if (byte === 13 || byte === 10 || byte === 4) {
            stop();
            isFinished = byte === 4 && bytes.length === 0;
            return resolve();
          }
          press(bytes, byte);
        }
      };
      input.on('data', onData);
      for (const event of ['end', 'close', 'error']) input.on(event, onEnd);
      ended.addEventListener('abort', onEnd, { once: true });
      input.resume();
    });
  } finally {
    input.setRawMode?.(false);
  }
  return isFinished ? undefined : Buffer.from(bytes).toString('utf8');
}

function press(bytes: number[], byte: number): void {
  if (byte === 21) bytes.length = 0;
  else if (byte !== 127 && byte !== 8) bytes.push(byte);
  // Delete all bytes of a multi-byte character.
  else while (bytes.length > 0 && ((bytes.pop() ?? 0) & 0xc0) === 0x80) continue;
}
