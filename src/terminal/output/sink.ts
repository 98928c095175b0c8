import { writeSync } from 'node:fs';

/** Where text goes: as much of a stream as is used of one. */
export interface Sink {
  /**
   * Calls `done` when the text has left, or can't any more; what went wrong is told to the `error` listener.
   */
  readonly write: (text: string | Uint8Array, done?: () => void) => unknown;
  readonly on: (event: 'error', listener: (cause: NodeJS.ErrnoException) => void) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * Writes to a pipe or a file at once, as Node's streams do there, without loading them. One that is full and
 * does not wait is left to `stream`.
 */
export function openDirectSink(fd: number, stream: () => Sink, write: typeof writeSync = writeSync): Sink {
  const listeners: ((cause: NodeJS.ErrnoException) => void)[] = [];
  let waiting: Sink | undefined;
  return {
    write: (text, done) => {
      if (waiting !== undefined) return waiting.write(text, done);
      const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
      let at = 0;
      try {
        while (at < bytes.length) at += write(fd, bytes, at);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (!('code' in error) || error.code !== 'EAGAIN') {
          for (const listener of listeners) listener(error);
        } else {
          waiting = stream();
          for (const listener of listeners) waiting.on('error', listener);
          return waiting.write(bytes.subarray(at), done);
        }
      }
      return done?.();
    },
    on: (_event, listener) => {
      listeners.push(listener);
      waiting?.on('error', listener);
    },
  };
}
