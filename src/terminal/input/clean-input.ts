import type { TerminalInput } from './input-buffer.ts';
import { openFilter, type FilterOptions } from './input-filter.ts';

/** Milliseconds to wait for the rest of a started sequence: long for a terminal, short for a person. */
const patienceMs = 100;

type Listener = Parameters<NodeJS.ReadableStream['on']>[1];
type DataListener = (chunk: Buffer) => void;

/**
 * Opens a terminal's input without the replies and reports that the terminal itself sends. It reads only
 * while it has a `data` listener and stops immediately when the last one is removed, so that an editor
 * started next receives everything typed for it. All events other than `data` pass straight through.
 */
export function openCleanInput(input: TerminalInput, options: FilterOptions): TerminalInput {
  const data = openCleanData(input, options);
  const add = (event: string, listener: Listener): TerminalInput => {
    if (event === 'data') data.listen([...data.listeners(), listener as DataListener]);
    else input.on(event, listener);
    return clean;
  };
  const addFirst = (event: string, listener: Listener): TerminalInput => {
    if (event === 'data') data.listen([listener as DataListener, ...data.listeners()]);
    else input.prependListener(event, listener);
    return clean;
  };
  const remove = (event: string, listener: Listener): TerminalInput => {
    if (event === 'data') data.listen(data.listeners().filter(known => known !== listener));
    else input.removeListener(event, listener);
    return clean;
  };
  const clean = {
    isTTY: true,
    on: add,
    addListener: add,
    prependListener: addFirst,
    once: (event: string, listener: Listener) => {
      input.once(event, listener);
      return clean;
    },
    off: remove,
    removeListener: remove,
    listenerCount: (event: string) =>
      event === 'data' ? data.listeners().length : input.listenerCount(event),
    /** Data emitted here was read, and filtered, earlier. */
    emit: (event: string, ...given: readonly never[]) => {
      if (event !== 'data') return input.emit(event, ...given);
      for (const listener of data.listeners()) listener(...(given as unknown as [Buffer]));
      return data.listeners().length > 0;
    },
    setRawMode: (on: boolean) => input.setRawMode?.(on),
    resume: () => {
      input.resume();
      return clean;
    },
    pause: () => {
      input.pause();
      return clean;
    },
    isPaused: () => input.isPaused(),
  } as unknown as TerminalInput;
  return clean;
}

interface CleanData {
  readonly listeners: () => readonly DataListener[];
  /** Replaces the listeners. The input is read as long as there is at least one. */
  readonly listen: (changed: readonly DataListener[]) => void;
}

/** Filters the data of an input, and passes the rest to the listeners. */
function openCleanData(input: TerminalInput, options: FilterOptions): CleanData {
  const filter = openFilter(options);
  let listeners: readonly DataListener[] = [];
  let expiryTimer: NodeJS.Timeout | undefined;

  const forward = (text: string): void => {
    if (text === '') return;
    const chunk = Buffer.from(text, 'latin1');
    for (const listener of listeners) listener(chunk);
  };
  // The filter buffers a started sequence while its rest may still arrive.
  const onData = (chunk: Buffer | string): void => {
    clearTimeout(expiryTimer);
    forward(filter.take((typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1')));
    if (filter.isHolding()) expiryTimer = setTimeout(() => forward(filter.expire()), patienceMs);
  };
  return {
    listeners: () => listeners,
    listen: changed => {
      const before = listeners;
      listeners = changed;
      if (before.length === 0 && changed.length > 0) input.on('data', onData);
      if (before.length > 0 && changed.length === 0) input.removeListener('data', onData);
    },
  };
}
