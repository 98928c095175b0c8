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
 * Moves files, their bytes, modes and times as they are; folders are made. Never onto another file: gives the
 * ways that were not gone because there was one, or nothing to move. On disk when it returns.
 */
export function moveAll(writer: Writer, ways: readonly FileMove[]): readonly FileMove[] {
  for (const folder of new Set(ways.map(({ to }) => dirname(to)))) writer.makeFolder(folder);
  const left = ways.filter(way => !carry(way));
  syncAll(
    writer,
    ways.flatMap(({ from, to }) => [to, from]),
  );
  return left;
}

/** Removes files; those that are gone are none. On disk when it returns. */
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

function carry({ from, to }: FileMove): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    // No links here, or across two disks, which the rename will name.
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
