// Characters that `JSON.stringify` does not escape although they control a terminal, reverse text, or end a
// line in some programs.
const unsafeCharacters = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Returns a value as JSON, with `indent` spaces per level. Escapes characters that could control a terminal,
 * so that it is safe to print; it parses back to the same value.
 */
export function jsonText(value: object, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    unsafeCharacters,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
