import { bareNames, keyNamed } from '../../core/text/named-picks.ts';
import type { TemplatesPort } from '../../world/world.ts';

/** Returns the name of the sequence that a typed name means in any case; the typed name if there is none. */
export async function sequenceName({ templates }: TemplatesPort, typed: string): Promise<string> {
  const own = async (): Promise<readonly string[]> => (await templates.own()).map(({ name }) => name);
  if (templates.isShipped(typed) || /^[a-z0-9-]+$/.test(typed)) return typed;
  const names = [...(await templates.shipped()), ...(await own())];
  return names.includes(typed) ? typed : (keyNamed(typed, bareNames(names)) ?? typed);
}
