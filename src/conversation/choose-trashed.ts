import { matchTitles } from '../core/match-titles.ts';
import { Exit, Problem } from '../errors.ts';
import type { Prompter, Trashed, World } from '../world.ts';
import { pickTrashed } from './pick-note.ts';

/**
 * Finds the note in the trash that `typed` names: an id, the beginning of one, `last`, or words of a title;
 * of several versions of one note the newest. Without any word, or where several match, the person chooses;
 * undefined when they choose none. Throws a Problem (exit 2) for an unknown one, and where nobody can be
 * asked.
 */
export async function chooseTrashed(
  world: World, items: readonly Trashed[], typed: readonly string[], ask: Prompter['ask'] | undefined,
): Promise<Trashed | undefined> {
  const text = typed.join(' ');
  const found = typed.length === 0 ? items : matching(items, text);
  const notes = newestOfEach(found);
  const [only] = notes;
  if (typed.length > 0 && notes.length <= 1) {
    if (only === undefined) throw new Problem('trash.unknown', { id: text }, { exit: Exit.misused });
    return only;
  }
  if (ask !== undefined) return pickTrashed(world, typed.length === 0 ? items : notes, ask);
  if (typed.length === 0) {
    const missing = { command: 'rupture trash restore', argument: '<id>' };
    throw new Problem('cli.missing-argument', missing, { exit: Exit.misused });
  }
  const near = notes.map(({ id }) => id).join(', ');
  throw new Problem('cli.ambiguous-name', { text, near }, { exit: Exit.misused });
}

function matching(items: readonly Trashed[], text: string): readonly Trashed[] {
  if (text === 'last') return items.slice(0, 1);
  const exact = items.filter(({ id }) => id === text);
  if (exact.length > 0) return exact;
  const start = text.toLowerCase();
  const begun = items.filter(({ id }) => text !== '' && id.toLowerCase().startsWith(start));
  return begun.length > 0 ? begun : matchTitles(items, ({ title }) => title ?? '', text);
}

/** The items come newest first. */
function newestOfEach(items: readonly Trashed[]): readonly Trashed[] {
  return items.filter(({ id }, at) => items.findIndex((other) => other.id === id) === at);
}
