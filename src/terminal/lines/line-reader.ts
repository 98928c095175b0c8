/** A line without its line end; `ok` is false, and `text` empty, when its bytes are not UTF-8. */
export interface Line {
  readonly text: string;
  readonly ok: boolean;
  /** Counted from 1. */
  readonly number: number;
}

export interface LineReader {
  /**
   * Returns the next line; undefined at the end of the input. Rejects when the run is interrupted or the
   * input fails (a closed terminal).
   */
  readonly next: () => Promise<Line | undefined>;
  /**
   * Resolves to true if another line is there, or arrives within `ms` milliseconds, which means that it was
   * pasted.
   */
  readonly more: (ms: number) => Promise<boolean>;
  /**
   * Returns the number of the first non-blank line that has arrived but was not read; undefined if there is
   * none.
   */
  readonly firstUnread: () => number | undefined;
  /** Lends the input to another reader. Call the returned function to take it back. */
  readonly lend: () => () => void;
  /** Stops listening and pauses the input. */
  readonly close: () => void;
}

/**
 * Reads lines one at a time, however they arrive: in one chunk, byte by byte, with CRLF, without a last line
 * end.
 */
export function openLines(input: NodeJS.ReadableStream, ended: AbortSignal): LineReader {
  return new QueuedLines(input, ended);
}

class QueuedLines implements LineReader {
  readonly #input: NodeJS.ReadableStream;
  readonly #ended: AbortSignal;
  readonly #lines: Line[] = [];
  /** How many of `#lines` `next` has returned. */
  #returned = 0;
  /** The bytes of the unfinished last line. */
  #rest: Uint8Array[] = [];
  #count = 0;
  #isOver = false;
  #isStarted = false;
  #failed: { readonly cause: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(input: NodeJS.ReadableStream, ended: AbortSignal) {
    this.#input = input;
    this.#ended = ended;
    ended.addEventListener('abort', () => this.#wake?.(), { once: true });
  }

  async next(): Promise<Line | undefined> {
    while (this.#isEmpty()) {
      if (this.#ended.aborted) throw this.#ended.reason;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        if (!this.#isStarted) this.#start();
        this.#input.resume();
      });
    }
    if (this.#ended.aborted) throw this.#ended.reason;
    if (this.#returned === this.#lines.length && this.#failed) throw this.#failed.cause;
    const line = this.#lines[this.#returned];
    if (line !== undefined) this.#returned += 1;
    // Clear the queue only once it is empty: shifting each line would move all waiting ones each time.
    if (this.#returned === this.#lines.length) this.#lines.length = this.#returned = 0;
    return line;
  }

  async more(ms: number): Promise<boolean> {
    if (this.#isEmpty() && !this.#ended.aborted) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        this.#input.resume();
      });
      this.#input.pause();
    }
    return this.#lines.length > this.#returned;
  }

  firstUnread(): number | undefined {
    const unread = this.#lines.slice(this.#returned);
    return unread.find(({ text, ok }) => !ok || text.trim() !== '')?.number;
  }

  lend(): () => void {
    this.#input.removeListener('data', this.#onData);
    return () => {
      if (this.#isStarted) this.#input.on('data', this.#onData);
    };
  }

  close(): void {
    this.#input.removeListener('data', this.#onData);
    this.#input.pause();
  }

  #start(): void {
    this.#isStarted = true;
    this.#input.on('data', this.#onData);
    for (const event of ['end', 'close']) this.#input.on(event, this.#onEnd);
    this.#input.on('error', this.#onError);
  }

  #isEmpty(): boolean {
    return this.#returned === this.#lines.length && !this.#isOver;
  }

  #addLine(bytes: Uint8Array): void {
    this.#count += 1;
    this.#lines.push({ ...decode(bytes), number: this.#count });
  }

  readonly #onData = (data: Uint8Array | string): void => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      this.#addLine(join([...this.#rest, bytes.subarray(from, end)]));
      this.#rest = [];
      from = end + 1;
    }
    if (from < bytes.length) this.#rest.push(bytes.subarray(from));
    this.#input.pause();
    this.#wake?.();
  };

  readonly #onEnd = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#rest.length > 0) this.#addLine(join(this.#rest));
    this.#rest = [];
    this.#wake?.();
  };

  readonly #onError = (cause: unknown): void => {
    this.#failed = { cause };
    this.#onEnd();
  };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function decode(bytes: Uint8Array): { text: string; ok: boolean } {
  const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)), ok: true };
  } catch {
    return { text: '', ok: false };
  }
}
