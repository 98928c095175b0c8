// What JSON leaves as it is and a terminal takes for an order, or turns letters around by.
const unseen = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Writes a value as JSON, `indent` spaces a level, in which no character drives a terminal: it reads back the same. */
export function jsonText(value: object, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(unseen, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
