/** A line as it came, without its end; `ok` is false when its bytes are not UTF-8. */
export interface Line {
  readonly text: string;
  readonly ok: boolean;
  /** Counted from 1. */
  readonly number: number;
}

export interface LineReader {
  /**
   * The next line; undefined at the end of the input. Rejects when the run is ended, or the input fails (a
   * closed terminal).
   */
  readonly next: () => Promise<Line | undefined>;
  /** True when a further line is there, or comes within so many milliseconds: it was pasted. */
  readonly more: (ms: number) => Promise<boolean>;
  /**
   * Gives the number of the first line that has arrived, says something and was not asked for; undefined when
   * there is none.
   */
  readonly firstUnread: () => number | undefined;
  /** Leaves the input to another, until what is returned is called. */
  readonly lend: () => () => void;
  /** Lets go of the input. */
  readonly close: () => void;
}

/**
 * Reads lines one by one, however they arrive: all at once, byte by byte, with CRLF, without a last line end.
 */
export function openLines(input: NodeJS.ReadableStream, ended: AbortSignal): LineReader {
  const lines: Line[] = [];
  /** How many of them were given out. */
  let given = 0;
  let rest: Uint8Array[] = [];
  let count = 0;
  let over = false;
  let isStarted = false;
  let wake: (() => void) | undefined;

  let failed: { readonly cause: unknown } | undefined;
  const onError = (cause: unknown): void => {
    failed = { cause };
    onEnd();
  };
  const isEmpty = (): boolean => given === lines.length && !over;
  const keep = (bytes: Uint8Array): void => {
    count += 1;
    lines.push({ ...decode(bytes), number: count });
  };
  const onData = (data: Uint8Array | string): void => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      keep(join([...rest, bytes.subarray(from, end)]));
      rest = [];
      from = end + 1;
    }
    if (from < bytes.length) rest.push(bytes.subarray(from));
    input.pause();
    wake?.();
  };
  const onEnd = (): void => {
    if (over) return;
    over = true;
    if (rest.length > 0) keep(join(rest));
    rest = [];
    wake?.();
  };
  ended.addEventListener('abort', () => wake?.(), { once: true });
  const start = (): void => {
    isStarted = true;
    input.on('data', onData);
    for (const event of ['end', 'close']) input.on(event, onEnd);
    input.on('error', onError);
  };

  return {
    next: async () => {
      while (isEmpty()) {
        if (ended.aborted) throw ended.reason;
        await new Promise<void>(resolve => {
          wake = resolve;
          if (!isStarted) start();
          input.resume();
        });
      }
      if (ended.aborted) throw ended.reason;
      if (given === lines.length && failed) throw failed.cause;
      const line = lines[given];
      if (line !== undefined) given += 1;
      // Taken off one by one, all that wait would be moved each time.
      if (given === lines.length) lines.length = given = 0;
      return line;
    },
    more: async ms => {
      if (isEmpty() && !ended.aborted) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          input.resume();
        });
        input.pause();
      }
      return lines.length > given;
    },
    firstUnread: () => lines.slice(given).find(({ text, ok }) => !ok || text.trim() !== '')?.number,
    lend: () => {
      input.removeListener('data', onData);
      return () => {
        if (isStarted) input.on('data', onData);
      };
    },
    close: () => {
      input.removeListener('data', onData);
      input.pause();
    },
  };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function decode(bytes: Uint8Array): { text: string; ok: boolean } {
  const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)), ok: true };
  } catch {
    return { text: '', ok: false };
  }
}
