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
 * and stops when it is told to, so that an editor finds all that was typed for it. All but what is read is
 * the input's own.
 */
export function openCleanInput(input: TerminalInput, options: FilterOptions): TerminalInput {
  const filter = openFilter(options);
  let listeners: readonly DataListener[] = [];
  let waiting: NodeJS.Timeout | undefined;

  const give = (text: string): void => {
    if (text === '') return;
    const chunk = Buffer.from(text, 'latin1');
    for (const listener of listeners) listener(chunk);
  };
  // What is held is part of a sequence for as long as more may come at once.
  const take = (chunk: Buffer | string): void => {
    clearTimeout(waiting);
    give(filter.take((typeof chunk === 'string' ? Buffer.from(chunk) : chunk).toString('latin1')));
    if (filter.isHolding()) waiting = setTimeout(() => give(filter.expire()), patienceMs);
  };
  const listen = (changed: readonly DataListener[]): void => {
    const before = listeners;
    listeners = changed;
    if (before.length === 0 && changed.length > 0) input.on('data', take);
    if (before.length > 0 && changed.length === 0) input.removeListener('data', take);
  };
  const add = (event: string, listener: Listener, isFirst: boolean): TerminalInput => {
    const read = listener as DataListener;
    if (event === 'data') listen(isFirst ? [read, ...listeners] : [...listeners, read]);
    else if (isFirst) input.prependListener(event, listener);
    else input.on(event, listener);
    return clean;
  };
  const remove = (event: string, listener: Listener): TerminalInput => {
    if (event === 'data') listen(listeners.filter(one => one !== listener));
    else input.removeListener(event, listener);
    return clean;
  };
  const clean = {
    isTTY: true,
    on: (event: string, listener: Listener) => add(event, listener, false),
    addListener: (event: string, listener: Listener) => add(event, listener, false),
    prependListener: (event: string, listener: Listener) => add(event, listener, true),
    once: (event: string, listener: Listener) => {
      input.once(event, listener);
      return clean;
    },
    off: remove,
    removeListener: remove,
    listenerCount: (event: string) => (event === 'data' ? listeners.length : input.listenerCount(event)),
    /** Data that is given here was read, and filtered, before. */
    emit: (event: string, ...given: readonly never[]) => {
      if (event !== 'data') return input.emit(event, ...given);
      for (const listener of listeners) listener(...(given as unknown as [Buffer]));
      return listeners.length > 0;
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
