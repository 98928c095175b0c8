import type { TerminalInput } from './input-buffer.ts';
import { openFilter, type FilterOptions } from './input-filter.ts';

/**
 * How long the beginning of a sequence is waited for, in milliseconds: long for a terminal, short for a
 * person.
 */
const patienceMs = 100;

type Listener = Parameters<NodeJS.ReadableStream['on']>[1];
type DataListener = (chunk: Buffer) => void;

/**
 * Opens a terminal's input without what the terminal sends by itself. It reads only while somebody listens,
 * and stops at once when asked to, so that an editor finds everything that was typed for it. Everything
 * except the data passes straight to the input.
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
    /** The data given here was read, and filtered, before. */
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
  /** Replaces the listeners. The input is read while there are any. */
  readonly listen: (changed: readonly DataListener[]) => void;
}

/** Filters the data of an input, and gives the rest to listeners. */
function openCleanData(input: TerminalInput, options: FilterOptions): CleanData {
  const filter = openFilter(options);
  let listeners: readonly DataListener[] = [];
  let waiting: NodeJS.Timeout | undefined;

  const give = (text: string): void => {
    if (text === '') return;
    const chunk = Buffer.from(text, 'latin1');
    for (const listener of listeners) listener(chunk);
  };
  // The filter holds the beginning of a sequence for as long as the rest may come at once.
  const take = (chunk: Buffer | string): void => {
    clearTimeout(waiting);
    give(filter.take((typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1')));
    if (filter.isHolding()) waiting = setTimeout(() => give(filter.expire()), patienceMs);
  };
  return {
    listeners: () => listeners,
    listen: changed => {
      const before = listeners;
      listeners = changed;
      if (before.length === 0 && changed.length > 0) input.on('data', take);
      if (before.length > 0 && changed.length === 0) input.removeListener('data', take);
    },
  };
}
