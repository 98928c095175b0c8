/** Replaces each lone surrogate with U+FFFD, since UTF-8 can't represent lone surrogates. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
