import { saveMessage } from '../../sessions/reflect/save-message.ts';
import { refuseTogether } from '../../cli/options/reflect-options.ts';
import type { ReflectOptions } from '../../cli/options/reflect-options.ts';
import type { Exit } from '../../errors.ts';
import type { World } from '../../world/world.ts';

/**
 * Keeps a moment from `reflect -m TEXT…`, without a question; standard output gets the path of the file.
 * Apart from `reflect`, so that nothing that asks is loaded.
 */
export async function message(
  world: World,
  texts: readonly string[],
  options: ReflectOptions,
): Promise<Exit> {
  refuseTogether(options);
  return saveMessage(world, await world.openStore(), texts, options);
}
