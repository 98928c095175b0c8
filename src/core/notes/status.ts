/**
 * The statuses of a moment: the unresolved ones in the order in which `summary` shows them, then the rest.
 */
export const statuses = [
  'planned',
  'not-addressed',
  'raised',
  'open',
  'eased',
  'repaired',
  'let-go',
  'set-aside',
] as const;
/** The status of a moment; see `statuses`. */
export type Status = (typeof statuses)[number];

/** The statuses that `summary` and `prep` show, in their order. */
export const unresolved: readonly Status[] = ['planned', 'not-addressed', 'raised', 'open', 'eased'];

const known: ReadonlyMap<string, Status> = new Map(statuses.map(status => [status, status]));
const unresolvedSet: ReadonlySet<Status | undefined> = new Set(unresolved);

/** Parses a status as written in a file; returns undefined if it is not one. */
export function parseStatus(text: string): Status | undefined {
  return known.get(text);
}

/** Whether `summary` and `prep` show this status. They show no session without a hard moment (no status). */
export function isUnresolved(status: Status | undefined): boolean {
  return unresolvedSet.has(status);
}
