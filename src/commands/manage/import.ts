import { sourceNames, type SourceName } from '../../core/import/entry/entry.ts';
import { sourceNamed } from '../../core/import/read-source.ts';
import { bareNames } from '../../core/text/named-picks.ts';
import { offer } from '../../cli/options/read-flags.ts';
import { planImport } from '../../cli/transfer/import-plan.ts';
import { readImportFiles, readImportText } from '../../cli/transfer/import-reading.ts';
import { tellDone, tellSources, tellTrial } from '../../cli/transfer/import-report.ts';
import { carryOutImport, startImport } from '../../cli/transfer/import-run.ts';
import { Exit, Problem } from '../../errors.ts';
import type { World, WordsPort } from '../../world/world.ts';

export interface ImportOptions {
  readonly dryRun?: boolean;
  /** The source, as typed. */
  readonly from?: string;
  readonly update?: boolean;
}

/**
 * Imports our own export or another program's notes; never overwrites. Exits with 1 if something could not be
 * imported. Throws a Problem for an unknown source, an unknown format, and an empty folder.
 */
export async function importNotes(
  world: World,
  path: string,
  { dryRun = false, from, update = false }: ImportOptions,
): Promise<Exit> {
  const source = readSourceFlag(world, from);
  const found =
    path === '-'
      ? await readImportText(world, source)
      : await readImportFiles(world, await world.openIncoming(path), { named: path, from: source });
  const isNothing = found.own.length + found.entries.length + found.left.length === 0;
  if (isNothing) throw new Problem('import.nothing', { path });
  const store = await world.openStore();
  const index = await store.scan();
  tellSources(world, path === '-' ? world.words('answers.standard-input') : path, found.counts);
  const plan = await planImport(world, store, index, found);
  const writes = found.own.length + plan.additions.length + (update ? plan.changes.length : 0);
  if (!dryRun && writes > 0) await store.prepare();
  const done = startImport(plan);
  try {
    await carryOutImport(world, { store, index, own: found.own, plan, updates: update, dryRun }, done);
  } finally {
    // Also report if the disk filled up halfway.
    if (dryRun) tellTrial(world, done);
    else tellDone(world, done);
  }
  return done.left.some(({ isRefused }) => isRefused === true) ? Exit.failed : Exit.done;
}

function readSourceFlag({ words }: WordsPort, text: string | undefined): SourceName | undefined {
  if (text === undefined) return undefined;
  const source = sourceNamed(text);
  if (source !== undefined) return source;
  const choices = offer(words, text, bareNames(sourceNames));
  throw new Problem('import.unknown-source', { text, ...choices }, { exit: Exit.misused });
}
