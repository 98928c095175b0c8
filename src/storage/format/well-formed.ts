/** Puts U+FFFD in the place of each lone surrogate: UTF-8 has no bytes for one. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
