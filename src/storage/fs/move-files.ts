import { linkSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, writeProblem } from './problems.ts';
import { isThere } from './read-file.ts';
import type { Writer } from './write-file.ts';

export interface FileMove {
  readonly from: string;
  readonly to: string;
}

/**
 * Moves files and keeps their bytes, modes and times; makes missing folders. Never replaces a file: returns
 * the moves that it skipped because `to` existed already or `from` was missing. The moves are on disk when it
 * returns. Throws a Problem when a move fails.
 */
export function moveAll(writer: Writer, moves: readonly FileMove[]): readonly FileMove[] {
  for (const folder of new Set(moves.map(({ to }) => dirname(to)))) writer.makeFolder(folder);
  const skipped = moves.filter(move => !moveFile(move));
  syncAll(
    writer,
    moves.flatMap(({ from, to }) => [to, from]),
  );
  return skipped;
}

/** Removes files; ignores missing ones. The removals are on disk when it returns. Throws a Problem. */
export function removeAllFiles(writer: Writer, paths: readonly string[]): void {
  for (const path of paths) {
    try {
      unlinkSync(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw writeProblem(path, error);
    }
  }
  syncAll(writer, paths);
}

/** Moves a file without replacing another. Returns false if `to` exists or `from` is missing. */
function moveFile({ from, to }: FileMove): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    // The file system has no hard links, or the paths are on two disks; then the rename reports the error.
    return rename(from, to);
  }
  try {
    unlinkSync(from);
  } catch (error) {
    unlinkSync(to);
    throw writeProblem(from, error);
  }
  return true;
}

function rename(from: string, to: string): boolean {
  if (isThere(to) || !isThere(from)) return false;
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    throw writeProblem(to, error);
  }
}

function syncAll(writer: Writer, paths: readonly string[]): void {
  for (const folder of new Set(paths.map(path => dirname(path))))
    if (isThere(folder)) writer.syncFolder(folder, folder);
}
