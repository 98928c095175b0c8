import { matchTitles } from '../../core/text/match-titles.ts';
import { Exit, Problem } from '../../errors.ts';
import type { Prompter, Trashed, World } from '../../world/world.ts';
import { pickTrashed } from './pick-note.ts';

/** How a command finds its note in the trash. */
export interface TrashChoice {
  readonly world: World;
  /** The contents of the trash, the newest first. */
  readonly items: readonly Trashed[];
  /** What the command does with the chosen note. */
  readonly command: 'show' | 'restore';
  /** Undefined if nobody can be asked. */
  readonly ask: Prompter['ask'] | undefined;
}

/**
 * Returns the note in the trash that `typed` names: an id, the beginning of an id, `last`, or words of a
 * title. If several notes have one id, that is the deleted note, else the newest version, or the version with
 * the given number (`k3f9qa~2`). Without arguments, or if several match, the person chooses; undefined if
 * they choose none. Throws a Problem (exit 2) if none matches, or if nobody can be asked.
 */
export async function chooseTrashed(
  { world, items, command, ask }: TrashChoice,
  typed: readonly string[],
): Promise<Trashed | undefined> {
  const typedText = typed.join(' ');
  const [, text = typedText, number] = /^(.+)~([1-9]\d{0,5})$/.exec(typedText) ?? [];
  const found = typed.length === 0 ? items : matching(items, text);
  const notes = firstOfEachId(found);
  const [single] = notes;
  if (typed.length > 0 && notes.length <= 1) {
    const match = single && (number === undefined ? single : sameId(items, single.id)[Number(number) - 1]);
    if (match === undefined) throw new Problem('trash.unknown', { id: typedText }, { exit: Exit.misused });
    return match;
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
  const startingWith = items.filter(({ id }) => text !== '' && id.toLowerCase().startsWith(start));
  return startingWith.length > 0 ? startingWith : matchTitles(items, ({ title }) => title ?? '', text);
}

function firstOfEachId(items: readonly Trashed[]): readonly Trashed[] {
  return items.filter(item => sameId(items, item.id)[0] === item);
}

/**
 * Returns all notes with an id: deleted notes first, then earlier versions, the newest first in each group.
 */
function sameId(items: readonly Trashed[], id: string): readonly Trashed[] {
  const same = items.filter(item => item.id === id);
  const isVersion = (item: Trashed): boolean => item.isVersion === true;
  return [...same.filter(item => !isVersion(item)), ...same.filter(isVersion)];
}

/** Returns the name of a note in the trash: its id, with a number if notes with that id come before it. */
export function nameOfTrashed(items: readonly Trashed[], item: Trashed): string {
  const at = sameId(items, item.id).indexOf(item);
  return at === 0 ? item.id : `${item.id}~${at + 1}`;
}
