import { hostname } from 'node:os';

let name: string | undefined;

/**
 * This machine's name, one for the whole run: by it a run knows what it wrote, and a machine may change its
 * name with the network.
 */
export function host(): string {
  return (name ??= hostname());
}
