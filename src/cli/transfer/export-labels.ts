import { findPatterns, leastMoments } from '../../core/patterns/patterns.ts';
import type { PatternsPart } from '../../report/export/export-html.ts';
import type { ExportLabels, ExportNote } from '../../report/export/export-note.ts';
import { picturesOf } from '../../report/patterns/patterns-pictures.ts';
import { totals } from '../../report/patterns/patterns-text.ts';
import type { NoteFile, TemplatesPort, WordsPort, OutputPort, SettingsPort } from '../../world/world.ts';
import { labelsOf } from '../options/read-flags.ts';
import { readPickLabels, readTexts } from '../show/patterns-texts.ts';

/**
 * Returns the labels of statuses, kinds and feelings, and of the other choices that appear in these notes.
 */
export async function exportLabels(
  { templates }: TemplatesPort,
  notes: readonly ExportNote[],
): Promise<ExportLabels> {
  const [status, kinds, feelings] = await Promise.all(
    ['status', 'kinds', 'feelings'].map(async name => labelsOf(await templates.list(name))),
  );
  return {
    status: status ?? {},
    kinds: kinds ?? {},
    feelings: feelings ?? {},
    choices: await templates.choices([...new Set(notes.flatMap(({ head }) => Object.keys(head.keys)))]),
  };
}

/** Counts the notes for a page; undefined below three notes, where nothing is counted. */
export async function countForPage(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  notes: readonly ExportNote[],
  { includeSetAside }: { readonly includeSetAside: boolean },
): Promise<PatternsPart | undefined> {
  const found = findPatterns(notes, { includeSetAside });
  if (found.moments < leastMoments) return undefined;
  const byPath = new Map<string, NoteFile>(notes.map(note => [note.path, note]));
  const read = (path: string): Promise<NoteFile> => {
    const note = byPath.get(path);
    return note === undefined ? Promise.reject(new Error('counted, and not read')) : Promise.resolve(note);
  };
  const report = await readTexts(world, { read }, found);
  return {
    totals: totals(found, world.words),
    pictures: picturesOf(report, await readPickLabels(world), world.words),
  };
}
