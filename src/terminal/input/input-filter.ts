import { escape, sequenceAt } from './terminal-sequence.ts';

/**
 * Takes from what a terminal sends what no person typed: replies to questions that some program asked it
 * (colours, device attributes, the cursor's place, settings), reports of the mouse and of the focus. Works on
 * bytes, one letter each.
 */
export interface InputFilter {
  /** Gives what is left of a chunk. The beginning of a sequence is held until the rest comes. */
  readonly take: (chunk: string) => string;
  /** To be called when nothing has come for a while: gives what is held and was a key after all. */
  readonly expire: () => string;
  /** True when something is held. */
  readonly isHolding: () => boolean;
}

export interface FilterOptions {
  /** False where nobody reads keys, only lines: every sequence is left out. */
  readonly keys: boolean;
}

const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;
/** Opens a filter for one terminal; it remembers a sequence that has not arrived whole yet. */
export function openFilter(options: FilterOptions): InputFilter {
  return new TerminalFilter(options);
}

class TerminalFilter implements InputFilter {
  readonly #keys: boolean;
  #held = '';
  /** How much of `#held` came before `expire` was called; what came later may be typed. */
  #early = 0;
  #isPasting = false;
  #isAfterEscape = false;

  constructor({ keys }: FilterOptions) {
    this.#keys = keys;
  }

  take(chunk: string): string {
    const lateEnd = this.#isAfterEscape ? replyEnd(escape + chunk) - 1 : 0;
    this.#isAfterEscape = false;
    const data = this.#held + (lateEnd > 0 ? chunk.slice(lateEnd) : chunk);
    const boundary = this.#early;
    this.#hold('', 0);
    let text = '';
    for (let at = 0; at < data.length;) {
      const step = this.#isPasting ? this.#pastedAt(data, at) : this.#typedAt(data, at, boundary);
      text += step.text;
      at = step.end;
    }
    return text;
  }

  expire(): string {
    if (this.#held === escape) {
      this.#held = '';
      this.#isAfterEscape = true;
      return this.#keys ? escape : '';
    }
    if (this.#early === 0) {
      this.#early = this.#isPasting ? 0 : this.#held.length;
      return '';
    }
    const typed = this.#held.slice(this.#early);
    if (typed !== '') this.#hold('', 0);
    return typed;
  }

  isHolding(): boolean {
    return this.#held !== '' && this.#held.length !== this.#early;
  }

  #hold(held: string, early: number): void {
    this.#held = held;
    this.#early = early;
  }

  /** Gives pasted text as it is, up to the end of the paste. */
  #pastedAt(data: string, at: number): Taken {
    const end = data.indexOf(pasteEnd, at);
    this.#isPasting = end < 0;
    if (end >= 0) return { text: data.slice(at, end + pasteEnd.length), end: end + pasteEnd.length };
    const stop = data.length - partAtEnd(data, pasteEnd);
    this.#hold(data.slice(stop), 0);
    return { text: data.slice(at, stop), end: data.length };
  }

  /** Gives typed text up to the next sequence, and what that leaves. `boundary`: see `#early`. */
  #typedAt(data: string, at: number, boundary: number): Taken {
    const next = data.indexOf(escape, at);
    if (next < 0) return { text: data.slice(at), end: data.length };
    const text = data.slice(at, next);
    const found = sequenceAt(data, next);
    if (found.is === 'part') {
      this.#hold(data.slice(next), Math.max(0, boundary - next));
      return { text, end: data.length };
    }
    // A person who goes on typing after half a reply loses nothing.
    if (found.is === 'broken' || found.left === undefined)
      return { text, end: boundary > next ? boundary : found.end };
    this.#isPasting = found.left === pasteStart;
    return { text: this.#keys ? text + found.left : text, end: found.end };
  }
}

/** The text that is left of a part of a chunk, and where that part ends. */
interface Taken {
  readonly text: string;
  readonly end: number;
}

/** Gives the end of the whole reply that a text begins with; 0 when it begins with none. */
function replyEnd(data: string): number {
  const found = sequenceAt(data, 0);
  return found.is === 'whole' && found.left === '' && found.end > 2 ? found.end : 0;
}

/** Counts the letters at the end of a text that are the beginning of `mark`. */
function partAtEnd(data: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, data.length); length > 0; length -= 1) {
    if (data.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
