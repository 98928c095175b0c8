import { plaintextName } from '../fs/encrypted-name.ts';

/**
 * Patterns of the names, without `.md`, that syncing and copying programs give to a file's second version.
 */
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

/** Whether a file name, encrypted or not, is one that syncing programs give to a file's second version. */
export function isNamedLikeCopy(name: string): boolean {
  const plain = plaintextName(name);
  const stem = plain.endsWith('.md') ? plain.slice(0, -3) : plain;
  return copyNames.some(pattern => pattern.test(stem));
}

/**
 * Returns which of two files with the same id is the note; the other file is a copy. Prefers the canonical
 * name, then a name that is not a copy's, then the shorter path, then the path that sorts first.
 */
export function whichCounts(first: CopyName, second: CopyName): CopyName {
  return (
    [first, second].sort(
      (a, b) =>
        Number(b.canonical === b.name) - Number(a.canonical === a.name) ||
        Number(isNamedLikeCopy(a.name)) - Number(isNamedLikeCopy(b.name)) ||
        a.path.length - b.path.length ||
        (a.path < b.path ? -1 : 1),
    )[0] ?? first
  );
}

export interface CopyName {
  readonly path: string;
  readonly name: string;
  /** `SESSION-ID.md` according to the front matter; with `.age` if the file is encrypted. */
  readonly canonical: string;
}
