// Characters that JSON leaves alone although they control a terminal, reverse text, or end a line in some
// programs.
const unseen = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Writes a value as JSON, `indent` spaces a level, in which no character drives a terminal: it reads back the
 * same.
 */
export function jsonText(value: object, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    unseen,
    one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
