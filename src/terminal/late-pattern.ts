/**
 * A regular expression that is made when it is first used; stands in for `RegExp` where a package makes
 * dozens of them that ask for every letter of all scripts, of which a page uses three. Throws with its first
 * use, not before, what `RegExp` throws.
 */
export class LatePattern {
  readonly source: string;
  readonly flags: string;
  #made: RegExp | undefined;

  constructor(source: string | { readonly source: string; readonly flags: string }, flags?: string) {
    this.source = typeof source === 'string' ? source : source.source;
    this.flags = flags ?? (typeof source === 'string' ? '' : source.flags);
  }

  get lastIndex(): number {
    return this.#pattern.lastIndex;
  }

  set lastIndex(at: number) {
    this.#pattern.lastIndex = at;
  }

  get #pattern(): RegExp {
    return (this.#made ??= new RegExp(this.source, this.flags));
  }

  exec(text: string): RegExpExecArray | null {
    return this.#pattern.exec(text);
  }

  test(text: string): boolean {
    return this.#pattern.test(text);
  }

  [Symbol.match](text: string): RegExpMatchArray | null {
    return this.#pattern[Symbol.match](text);
  }

  [Symbol.matchAll](text: string): RegExpStringIterator<RegExpMatchArray> {
    return this.#pattern[Symbol.matchAll](text);
  }

  [Symbol.replace](text: string, by: string): string;
  [Symbol.replace](text: string, by: (found: string, ...parts: string[]) => string): string;
  [Symbol.replace](text: string, by: string & ((found: string, ...parts: string[]) => string)): string {
    return this.#pattern[Symbol.replace](text, by);
  }

  [Symbol.search](text: string): number {
    return this.#pattern[Symbol.search](text);
  }

  [Symbol.split](text: string, limit?: number): string[] {
    return this.#pattern[Symbol.split](text, limit);
  }
}
