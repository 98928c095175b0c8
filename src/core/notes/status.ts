/** The life of a moment. In the order in which unresolved ones are brought up, then the resolved ones. */
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
export type Status = (typeof statuses)[number];

/** Those that `summary` and `prep` show, in their order. */
export const unresolved: readonly Status[] = ['planned', 'not-addressed', 'raised', 'open', 'eased'];

const known: ReadonlyMap<string, Status> = new Map(statuses.map(status => [status, status]));
const unsettled: ReadonlySet<Status | undefined> = new Set(unresolved);

/** Reads a status as it is written in a file; undefined when there is none of this name. */
export function parseStatus(text: string): Status | undefined {
  return known.get(text);
}

/**
 * Says whether `summary` and `prep` show it. A session with no hard moment has no status and is not shown.
 */
export function isUnresolved(status: Status | undefined): boolean {
  return unsettled.has(status);
}
