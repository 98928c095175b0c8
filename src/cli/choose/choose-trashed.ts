import { matchTitles } from '../../core/text/match-titles.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Prompter, Trashed, World } from '../../world/world.ts';
import { pickTrashed } from './pick-note.ts';

export interface TrashChoice {
  readonly world: World;
  /** What lies in the trash, the newest first. */
  readonly items: readonly Trashed[];
  /** What is done with the chosen one. */
  readonly command: 'show' | 'restore';
  /** Absent where nobody can be asked. */
  readonly ask: Prompter['ask'] | undefined;
}

/**
 * Finds the note in the trash that `typed` names: an id, the beginning of one, `last`, or words of a title;
 * of several with one id the deleted moment, else the newest version, or the one of that number (`k3f9qa~2`).
 * Without any word, or where several match, the person chooses; undefined when they choose none. Throws a
 * Problem (exit 2) for an unknown one, and where nobody can be asked.
 */
export async function chooseTrashed(
  { world, items, command, ask }: TrashChoice,
  typed: readonly string[],
): Promise<Trashed | undefined> {
  const whole = typed.join(' ');
  const [, text = whole, number] = /^(.+)~([1-9]\d{0,5})$/.exec(whole) ?? [];
  const found = typed.length === 0 ? items : matching(items, text);
  const notes = oneOfEach(found);
  const [only] = notes;
  if (typed.length > 0 && notes.length <= 1) {
    const meant = only && (number === undefined ? only : sameId(items, only.id)[Number(number) - 1]);
    if (meant === undefined) throw new Problem('trash.unknown', { id: whole }, { exit: Exit.misused });
    return meant;
  }
  if (ask !== undefined) {
    return pickTrashed({ world, command, ask }, typed.length === 0 ? items : notes);
  }
  if (typed.length === 0) {
    const missing = { command: `rupture trash ${command}`, argument: '<id>' };
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

function oneOfEach(items: readonly Trashed[]): readonly Trashed[] {
  return items.filter(item => sameId(items, item.id)[0] === item);
}

/** All with one id: deleted moments first, then earlier versions, the newest first in each. */
function sameId(items: readonly Trashed[], id: string): readonly Trashed[] {
  const same = items.filter(item => item.id === id);
  const isVersion = (item: Trashed): boolean => item.isVersion === true;
  return [...same.filter(item => !isVersion(item)), ...same.filter(isVersion)];
}

/** Gives what one of them is called by: its id, with a number where others of that id stand before it. */
export function nameOfTrashed(items: readonly Trashed[], item: Trashed): string {
  const at = sameId(items, item.id).indexOf(item);
  return at === 0 ? item.id : `${item.id}~${at + 1}`;
}
