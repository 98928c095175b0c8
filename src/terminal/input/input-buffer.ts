/** Standard input where it is a terminal. */
export type TerminalInput = NodeJS.ReadableStream & { readonly setRawMode?: (on: boolean) => unknown };

/** What is typed while a question stands there and nobody reads it yet. */
export interface InputBuffer {
  /** Resolves when what was typed before is gone. */
  readonly emptied: () => Promise<void>;
  /** Gives what was typed since then, chunk by chunk as it came, and holds back no more. */
  readonly release: () => readonly (Buffer | string)[];
  /** Gives the terminal back as it was, and reads nothing more. */
  readonly close: () => void;
}

export interface InputBufferOptions {
  /** True where letters that were typed ahead, while another question went away, belong to this one. */
  readonly keepsLetters?: boolean;
}

/**
 * Takes a terminal's keys one by one and unechoed, and holds them back: what is typed once a question stands
 * there is its answer, however long it takes until somebody asks for it. Of what was typed before that,
 * letters may be kept; no Enter, Space or arrow answers a question that nobody has read.
 */
export function bufferInput(
  input: TerminalInput,
  { keepsLetters = false }: InputBufferOptions = {},
): InputBuffer {
  let chunks: (Buffer | string)[] = [];
  let counts = false;
  const hold = (chunk: Buffer | string): void => {
    if (counts) chunks.push(chunk);
    // Who wants to leave is let go at once, whatever stands there.
    else if (chunk.includes('\u0003')) chunks.push('\u0003');
    else if (keepsLetters) keep(lettersIn(chunk));
  };
  const keep = (letters: string): void => {
    // A Space before them is no part of a word.
    const text = chunks.length === 0 ? letters.trimStart() : letters;
    if (text !== '') chunks.push(Buffer.from(text, 'latin1'));
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

const keySequence = /\u001b(?:\[[0-9;:<=>?]*[ -/]*[@-~]|O.|[^])/g;
const control = /[\u0000-\u001f\u007f]+/g;

/** The text in a chunk, without keys that act; one space for line ends. Works on bytes, one letter each. */
function lettersIn(chunk: Buffer | string): string {
  const bytes = (typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1');
  return bytes
    .replace(keySequence, '')
    .replace(/[\r\n]+/g, ' ')
    .replace(control, '');
}

function turn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
