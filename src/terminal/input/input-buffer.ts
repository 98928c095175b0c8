/** Standard input, if it is a terminal. */
export type TerminalInput = NodeJS.ReadableStream & { readonly setRawMode?: (on: boolean) => unknown };

/** Collects what is typed while a question is on the screen but not read yet. */
export interface InputBuffer {
  /**
   * Resolves once everything typed before the question has been read; drops it except for letters to keep.
   */
  readonly emptied: () => Promise<void>;
  /** Returns what was typed since then, in the chunks in which it arrived, and stops collecting. */
  readonly release: () => readonly (Buffer | string)[];
  /** Restores the terminal's mode, and stops reading. */
  readonly close: () => void;
}

export interface InputBufferOptions {
  /** True to keep letters that were typed ahead, while the question before was closing. */
  readonly keepsLetters?: boolean;
}

/**
 * Switches a terminal to raw mode without echo and collects its keys: what is typed once a question is on the
 * screen is its answer, however late it is read. Of what was typed before that, only letters may be kept, so
 * that no Enter, Space or arrow answers a question that the person has not read.
 */
export function bufferInput(
  input: TerminalInput,
  { keepsLetters = false }: InputBufferOptions = {},
): InputBuffer {
  let chunks: (Buffer | string)[] = [];
  let isQuestionShown = false;
  const onData = (chunk: Buffer | string): void => {
    if (isQuestionShown) chunks.push(chunk);
    // Ctrl-C always passes, so that the person can leave at any time.
    else if (chunk.includes('\u0003')) chunks.push('\u0003');
    else if (keepsLetters) keepLetters(lettersIn(chunk));
  };
  const keepLetters = (letters: string): void => {
    // Leading spaces are not part of a word.
    const text = chunks.length === 0 ? letters.trimStart() : letters;
    if (text !== '') chunks.push(Buffer.from(text, 'latin1'));
  };
  input.setRawMode?.(true);
  input.on('data', onData);
  input.resume();
  const release = (): readonly (Buffer | string)[] => {
    input.removeListener('data', onData);
    const collected = chunks;
    chunks = [];
    return collected;
  };
  return {
    emptied: async () => {
      // One turn of the event loop reads the pending input; the current turn may be past that phase, so wait
      // for two.
      await turn();
      await turn();
      isQuestionShown = true;
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

/**
 * Returns the text of a chunk without keys that act, and one space for each group of line ends. One character
 * per byte.
 */
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
