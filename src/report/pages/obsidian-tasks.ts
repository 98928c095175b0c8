import type { Head } from '../../core/notes/reflection.ts';
import { isUnresolved } from '../../core/notes/status.ts';

/**
 * Appends the dates of a to-do to its first line, in the format of Obsidian's Tasks plugin: ➕ is the day of
 * the session, 🛫 the day until which the note rests, ✅ the day on which it was worked through or let go.
 */
export function withDates(lines: string, head: Head): string {
  return lines.replace(/$|(?=\n)/, () => datesOf(head));
}

function datesOf(head: Head): string {
  const { session, restUntil, status } = head;
  if (isUnresolved(status)) return ` ➕ ${session}${restUntil === undefined ? '' : ` 🛫 ${restUntil}`}`;
  const done = lastChange(head);
  return ` ➕ ${session}${done === undefined ? '' : ` ✅ ${done}`}`;
}

// Dates, priorities, repeats and ids of the Tasks plugin; tags and comments of Obsidian. The second pattern
// matches check boxes in a quote, which Obsidian treats as to-dos too.
const marks = /[📅🗓⏳⌛🛫✅➕❌🔁🏁🆔⛔🔺⏫🔼🔽⏬]\ufe0f?|(?<![^\s(“"'])#(?=[^\s#])|%(?=%)/gu;
const boxInQuote = /^(\s*>[\s>]*(?:[-*+]|\d{1,9}[.)])\s+)\[(?=.\])/gmu;

/**
 * Escapes a text for Obsidian and its Tasks plugin: breaks up whatever they would read as a date, a priority,
 * a tag or a comment with a zero-width space (U+200B), and escapes check boxes in quotes.
 */
export function taskText(text: string): string {
  return text.replace(marks, mark => `${mark}\u200b`).replace(boxInQuote, '$1\\[');
}

// Returns the day of the last history line, such as `2026-03-12 repaired 2`; undefined if it is malformed.
function lastChange({ keys }: Head): string | undefined {
  const history = keys['history'];
  const last = Array.isArray(history) ? history.at(-1) : undefined;
  return typeof last === 'string' ? /^\d{4}-\d\d-\d\d(?= )/.exec(last)?.[0] : undefined;
}
