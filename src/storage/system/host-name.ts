import { hostname } from 'node:os';

let cachedName: string | undefined;

/**
 * Returns this machine's name, read once per run: a machine may change its name when the network changes, and
 * a run must recognize its own locks by the name.
 */
export function host(): string {
  return (cachedName ??= hostname());
}
