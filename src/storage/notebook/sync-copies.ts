import { plaintextName } from '../fs/encrypted-name.ts';

/** The names that syncing and copying programs give to a second version of a file, without `.md`. */
const copyNames: readonly RegExp[] = [
  /\((?:[^()]*\b)?(?:conflicted copy|case conflict|conflict|konflikt|conflit|conflicto|sfconflict)\b[^()]*\)/i,
  /\[conflicted\]/i,
  /\.sync-conflict-\d{8}-\d{6}/i,
  /_conflict-\d{8}-\d{6}/i,
  /[._-]conflict(?:ed)?(?:[._-]?\d*)$/i,
  / \(\d+\)$/,
  / - copy(?: \(\d+\))?$/i,
  / copy(?: \d+)?$/i,
  / \((?:\w+ )?copy(?: \d+)?\)$/i,
  /^\d{4}-\d\d-\d\d-[a-z0-9]{6}[ -]\d+$/,
  /^\d{4}-\d\d-\d\d-[a-z0-9]{6}-[^.]+$/,
  /\.(?:orig|bak|backup)$/i,
];

/** Says whether a file's name is one that syncing programs give to a second version. */
export function isNamedLikeCopy(name: string): boolean {
  const clear = plaintextName(name);
  const stem = clear.endsWith('.md') ? clear.slice(0, -3) : clear;
  return copyNames.some(pattern => pattern.test(stem));
}

/**
 * Of two files with one id, the one that counts: the name we gave, then no copy's name, then the shorter
 * path, then the first.
 */
export function whichCounts(one: CopyName, other: CopyName): CopyName {
  return (
    [one, other].sort(
      (a, b) =>
        Number(b.canonical === b.name) - Number(a.canonical === a.name) ||
        Number(isNamedLikeCopy(a.name)) - Number(isNamedLikeCopy(b.name)) ||
        a.path.length - b.path.length ||
        (a.path < b.path ? -1 : 1),
    )[0] ?? one
  );
}

export interface CopyName {
  readonly path: string;
  readonly name: string;
  /** `SESSION-ID.md` of what the file says it is. */
  readonly canonical: string;
}
