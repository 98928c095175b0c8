/** The life of a moment. In the order in which unresolved ones are brought up, then the resolved ones. */
export const statuses = ['planned', 'not-addressed', 'raised', 'open', 'eased', 'repaired', 'let-go', 'set-aside'] as const;
export type Status = (typeof statuses)[number];

/** Those that `summary` and `prep` show, in their order. */
export const unresolved: readonly Status[] = ['planned', 'not-addressed', 'raised', 'open', 'eased'];

export function parseStatus(text: string): Status | undefined {
  return statuses.find((status) => status === text);
}

export function isUnresolved(status: Status | undefined): boolean {
  return status !== undefined && unresolved.includes(status);
}
