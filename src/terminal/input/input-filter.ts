import { escape, sequenceAt } from './terminal-sequence.ts';

/**
 * Removes from a terminal's input everything that no person typed: replies to queries from programs (colours,
 * device attributes, cursor position, settings), and reports of the mouse and the focus. Works on strings
 * with one character per byte.
 */
export interface InputFilter {
  /** Returns what is left of a chunk. An unfinished sequence at its end is buffered until the rest comes. */
  readonly take: (chunk: string) => string;
  /** Call when no input has arrived for a while: returns buffered input that was a key after all. */
  readonly expire: () => string;
  /** True if input is buffered that `expire` may return. */
  readonly isHolding: () => boolean;
}

export interface FilterOptions {
  /** False when only lines are read: then every sequence is removed. */
  readonly keys: boolean;
}

const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;
/** Opens a filter for one terminal. It keeps an unfinished sequence between chunks. */
export function openFilter(options: FilterOptions): InputFilter {
  return new TerminalFilter(options);
}

class TerminalFilter implements InputFilter {
  readonly #keys: boolean;
  #pending = '';
  /** How much of `#pending` came before `expire` was called; what came later may be typed by a person. */
  #early = 0;
  #isPasting = false;
  #isAfterEscape = false;

  constructor({ keys }: FilterOptions) {
    this.#keys = keys;
  }

  take(chunk: string): string {
    const lateEnd = this.#isAfterEscape ? replyEnd(escape + chunk) - 1 : 0;
    this.#isAfterEscape = false;
    const data = this.#pending + (lateEnd > 0 ? chunk.slice(lateEnd) : chunk);
    const boundary = this.#early;
    this.#setPending('', 0);
    let text = '';
    for (let at = 0; at < data.length;) {
      const step = this.#isPasting ? this.#pastedAt(data, at) : this.#typedAt(data, at, boundary);
      text += step.text;
      at = step.end;
    }
    return text;
  }

  expire(): string {
    if (this.#pending === escape) {
      this.#pending = '';
      this.#isAfterEscape = true;
      return this.#keys ? escape : '';
    }
    if (this.#early === 0) {
      this.#early = this.#isPasting ? 0 : this.#pending.length;
      return '';
    }
    const typed = this.#pending.slice(this.#early);
    if (typed !== '') this.#setPending('', 0);
    return typed;
  }

  isHolding(): boolean {
    return this.#pending !== '' && this.#pending.length !== this.#early;
  }

  #setPending(pending: string, early: number): void {
    this.#pending = pending;
    this.#early = early;
  }

  /** Returns pasted text unchanged, up to the end of the paste. */
  #pastedAt(data: string, at: number): FilteredPart {
    const end = data.indexOf(pasteEnd, at);
    this.#isPasting = end < 0;
    if (end >= 0) return { text: data.slice(at, end + pasteEnd.length), end: end + pasteEnd.length };
    const stop = data.length - partAtEnd(data, pasteEnd);
    this.#setPending(data.slice(stop), 0);
    return { text: data.slice(at, stop), end: data.length };
  }

  /**
   * Returns typed text up to the next sequence, and what the filter leaves of that. `boundary`: see `#early`.
   */
  #typedAt(data: string, at: number, boundary: number): FilteredPart {
    const next = data.indexOf(escape, at);
    if (next < 0) return { text: data.slice(at), end: data.length };
    const text = data.slice(at, next);
    const found = sequenceAt(data, next);
    if (found.is === 'part') {
      this.#setPending(data.slice(next), Math.max(0, boundary - next));
      return { text, end: data.length };
    }
    // Keep what a person types after half a reply.
    if (found.is === 'broken' || found.remaining === undefined)
      return { text, end: boundary > next ? boundary : found.end };
    this.#isPasting = found.remaining === pasteStart;
    return { text: this.#keys ? text + found.remaining : text, end: found.end };
  }
}

/** The text that is left of a part of a chunk, and the index at which that part ends. */
interface FilteredPart {
  readonly text: string;
  readonly end: number;
}

/** Returns the end of the complete reply that a text begins with; 0 if it begins with none. */
function replyEnd(data: string): number {
  const found = sequenceAt(data, 0);
  return found.is === 'complete' && found.remaining === '' && found.end > 2 ? found.end : 0;
}

/** Returns the length of the longest start of `mark` that `data` ends with. */
function partAtEnd(data: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, data.length); length > 0; length -= 1) {
    if (data.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
