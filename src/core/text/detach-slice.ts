/**
 * Copies a string. V8 keeps the whole string in memory for as long as a slice of it is in use, and a note may
 * be long.
 */
export function detachSlice(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
