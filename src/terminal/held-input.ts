/** Standard input where it is a terminal. */
export type TerminalInput = NodeJS.ReadableStream & { readonly setRawMode?: (on: boolean) => unknown };

/** What is typed while a question stands there and nobody reads it yet. */
export interface HeldInput {
  /** Resolves when what was typed before is gone. */
  readonly emptied: () => Promise<void>;
  /** Gives what was typed since then, chunk by chunk as it came, and holds back no more. */
  readonly release: () => readonly (Buffer | string)[];
  /** Gives the terminal back as it was, and reads nothing more. */
  readonly close: () => void;
}

/**
 * Takes a terminal's keys one by one and unechoed, and holds them back: what was typed before a question was there to be read is no answer to it, and
 * what is typed afterwards is one, however long it takes until somebody asks for it.
 */
export function holdInput(input: TerminalInput): HeldInput {
  let chunks: (Buffer | string)[] = [];
  let counts = false;
  const hold = (chunk: Buffer | string): void => {
    if (counts) chunks.push(chunk);
    // Who wants to leave is let go at once, whatever stands there.
    else if (chunk.includes('\u0003')) chunks.push('\u0003');
  };
  input.setRawMode?.(true);
  input.on('data', hold);
  input.resume();
  const release = (): readonly (Buffer | string)[] => {
    input.removeListener('data', hold);
    const held = chunks;
    chunks = [];
    return held;
  };
  return {
    emptied: async () => {
      // A turn of the event loop reads what is there; the one that runs may have done that already.
      await turn();
      await turn();
      counts = true;
    },
    release,
    close: () => {
      release();
      input.setRawMode?.(false);
      input.pause();
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
