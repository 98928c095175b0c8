import type { Head } from '../../core/notes/reflection.ts';
import { isUnresolved } from '../../core/notes/status.ts';

/**
 * Puts the dates of a to-do at the end of its first line, as the Tasks plugin of Obsidian wants them. ➕ is
 * the day of the session, 🛫 the day until which it rests, ✅ the day on which it was worked through or let
 * go.
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

// Dates, priorities, repeats and ids of the Tasks plugin; tags, comments, and boxes in a quote, which are
// to-dos there too.
const marks = /[📅🗓⏳⌛🛫✅➕❌🔁🏁🆔⛔🔺⏫🔼🔽⏬]\ufe0f?|(?<![^\s(“"'])#(?=[^\s#])|%(?=%)/gu;
const boxInQuote = /^(\s*>[\s>]*(?:[-*+]|\d{1,9}[.)])\s+)\[(?=.\])/gmu;

/**
 * Makes a text harmless for Obsidian and its Tasks plugin: an unseen space (U+200B) breaks up what they would
 * take for a date, a priority, a tag or a comment.
 */
export function taskText(text: string): string {
  return text.replace(marks, mark => `${mark}\u200b`).replace(boxInQuote, '$1\\[');
}

// A line of the history: `2026-03-12 repaired 2`. It may have been edited by hand.
function lastChange({ keys }: Head): string | undefined {
  const history = keys['history'];
  const last = Array.isArray(history) ? history.at(-1) : undefined;
  return typeof last === 'string' ? /^\d{4}-\d\d-\d\d(?= )/.exec(last)?.[0] : undefined;
}
