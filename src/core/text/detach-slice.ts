/**
 * Gives a text that stands alone: V8 keeps the whole of which one was cut for as long as the cut is kept, and
 * a note may be long.
 */
export function detachSlice(text: string): string {
  return JSON.parse(JSON.stringify(text));
}
