import { saveMessage } from '../../sessions/reflect/save-message.ts';
import { refuseTogether } from '../../cli/options/reflect-options.ts';
import type { ReflectOptions } from '../../cli/options/reflect-options.ts';
import type { Exit } from '../../errors.ts';
import type { World } from '../../world/world.ts';

/**
 * Saves a moment from `reflect -m TEXT…` without asking anything, and prints the path of the new file. Not
 * part of `reflect.ts`, so that the modules for asking are not loaded.
 */
export async function message(
  world: World,
  texts: readonly string[],
  options: ReflectOptions,
): Promise<Exit> {
  refuseTogether(options);
  return saveMessage(world, await world.openStore(), texts, options);
}
