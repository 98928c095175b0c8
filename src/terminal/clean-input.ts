import { EventEmitter } from 'node:events';
import type { TerminalInput } from './held-input.ts';
import { openFilter, type FilterOptions } from './input-filter.ts';

/**
 * How long the beginning of a sequence is waited for, in milliseconds: long for a terminal, short for a
 * person.
 */
const patienceMs = 100;

/**
 * Opens a terminal's input without what the terminal sends by itself. It reads only while somebody listens
 * and stops when it is told to, as the input itself does, so that an editor finds all that was typed for it.
 */
export function openCleanInput(input: TerminalInput, options: FilterOptions): TerminalInput {
  return Object.assign(new CleanInput(input, options), { isTTY: true }) as unknown as TerminalInput;
}

class CleanInput extends EventEmitter {
  readonly #input: TerminalInput;
  readonly #filter: ReturnType<typeof openFilter>;
  #waiting: NodeJS.Timeout | undefined;

  constructor(input: TerminalInput, options: FilterOptions) {
    super();
    this.#input = input;
    this.#filter = openFilter(options);
    this.on('newListener', (event) => {
      if (event === 'data' && this.listenerCount('data') === 0) input.on('data', this.#take);
    });
    this.on('removeListener', (event) => {
      if (event === 'data' && this.listenerCount('data') === 0) input.removeListener('data', this.#take);
    });
    for (const event of ['end', 'close', 'error']) {
      input.on(event, (cause: unknown) => this.#pass(event, cause));
    }
  }

  setRawMode(on: boolean): this {
    this.#input.setRawMode?.(on);
    return this;
  }

  resume(): this {
    this.#input.resume();
    return this;
  }

  pause(): this {
    this.#input.pause();
    return this;
  }

  isPaused(): boolean {
    return this.#input.isPaused();
  }

  // What is held is part of a sequence for as long as more may come at once.
  readonly #take = (chunk: Buffer | string): void => {
    clearTimeout(this.#waiting);
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    this.#give(this.#filter.take(bytes.toString('latin1')));
    if (this.#filter.isHolding()) this.#waiting = setTimeout(() => this.#expire(), patienceMs);
  };

  #expire(): void {
    this.#give(this.#filter.expire());
  }

  #give(text: string): void {
    if (text !== '') this.emit('data', Buffer.from(text, 'latin1'));
  }

  #pass(event: string, cause: unknown): void {
    clearTimeout(this.#waiting);
    // Nobody has to listen for an error here: the input's own listeners hear of it.
    if (event !== 'error' || this.listenerCount('error') > 0) this.emit(event, cause);
  }
}
