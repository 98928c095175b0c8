import { writeFileSync } from 'node:fs';

/** The part of an output stream that this program uses. */
export interface Sink {
  /** Calls `done` once the text is written or has failed; failures go to the `error` listeners. */
  readonly write: (text: string | Uint8Array, done?: () => void) => unknown;
  readonly on: (event: 'error', listener: (cause: NodeJS.ErrnoException) => void) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * Opens a file descriptor for writing. If a disk is full after the first part of a text, Node's own stream
 * (`SyncWriteStream`) drops the rest and reports success; this sink reports the error to its `error`
 * listeners.
 */
export function openFileSink(fd: number): Sink {
  const listeners: ((cause: NodeJS.ErrnoException) => void)[] = [];
  return {
    write: (text, done) => {
      try {
        writeFileSync(fd, text);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        for (const listener of listeners) listener(error);
      }
      return done?.();
    },
    on: (_event, listener) => listeners.push(listener),
  };
}
