import type { Exit } from '../errors.ts';
import type { World } from '../world.ts';
import { mark } from './mark.ts';

/** Brings a moment back: it is kept for now, and in sight. */
export async function reopen(world: World, id: string): Promise<Exit> {
  return mark(world, id, 'open', {});
}
