import type { KeypressEvent } from '@inquirer/core';
import type { Key } from './prompt-state.ts';

/** A key event of readline, with the fields that its types leave out. */
export type RawKey = KeypressEvent & { readonly sequence?: string; readonly meta?: boolean };

export interface Keys {
  /** Handles one key event of readline. */
  readonly press: (event: RawKey) => void;
  /**
   * Watches the chunks as they arrive, to detect a paste on a terminal without bracketed paste. Returns a
   * function that stops watching.
   */
  readonly watch: (input: NodeJS.ReadableStream) => () => void;
  /** Emits what has arrived of an unfinished paste: no more of it will come. */
  readonly flush: () => void;
}

/** Control characters that readline has no name for: Ctrl-^ and Ctrl-_. */
const controls: Readonly<Record<string, string>> = { '\u001e': '^', '\u001f': '_' };

/** Turns readline's events into keys, and each paste into one text. Calls `take` with each of them. */
export function openKeys(take: (key: Key) => void): Keys {
  let bracketed = false;
  let chunk = false;
  let pasted: string[] = [];

  const flush = (): void => {
    const text = pasted.join('');
    pasted = [];
    if (text !== '') take({ is: 'paste', text });
  };
  const before = (data: Buffer | string): void => {
    chunk = !bracketed && isPaste(data.toString('latin1'));
  };
  const after = (): void => {
    if (!chunk) return;
    chunk = false;
    if (!bracketed) flush();
  };
  return {
    flush,
    press: event => {
      if (event.name === 'paste-start') {
        bracketed = true;
        return;
      }
      if (event.name === 'paste-end') {
        bracketed = false;
        return flush();
      }
      const sequence = event.sequence ?? '';
      if (bracketed || chunk) {
        if (!sequence.startsWith('\u001b')) pasted.push(sequence);
        return;
      }
      const control = controls[sequence];
      const [name, ctrl] = control === undefined ? [event.name ?? '', event.ctrl] : [control, true];
      take({ is: 'key', name, ctrl, alt: event.meta ?? false, shift: event.shift, text: sequence });
    },
    watch: input => {
      input.prependListener('data', before);
      input.on('data', after);
      return () => {
        input.removeListener('data', before);
        input.removeListener('data', after);
      };
    },
  };
}

/** True if text follows a line end or a tab: a person who types sends those last in a chunk. */
function isPaste(chunk: string): boolean {
  return !chunk.includes('\u001b') && /[\r\n\t][^\r\n\t]/.test(chunk);
}
