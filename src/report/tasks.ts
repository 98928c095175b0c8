import type { Head } from '../core/reflection.ts';
import { isUnresolved } from '../core/status.ts';

/**
 * Writes the dates of a to-do as the Tasks plugin of Obsidian reads them: behind everything else on the line. ➕ is the day of the session,
 * 🛫 the day until which it rests, ✅ the day on which it was worked through or let go.
 */
export function taskDates(head: Head): string {
  const { session, restUntil, status } = head;
  if (isUnresolved(status)) return ` ➕ ${session}${restUntil === undefined ? '' : ` 🛫 ${restUntil}`}`;
  const done = lastChange(head);
  return ` ➕ ${session}${done === undefined ? '' : ` ✅ ${done}`}`;
}

// A line of the history: `2026-03-12 repaired 2`. It may have been edited by hand.
function lastChange({ keys }: Head): string | undefined {
  const history = keys['history'];
  const last = Array.isArray(history) ? history.at(-1) : undefined;
  return typeof last === 'string' ? /^\d{4}-\d\d-\d\d(?= )/.exec(last)?.[0] : undefined;
}
