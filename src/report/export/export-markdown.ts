import { bodyOf, withoutTitle } from '../../core/notes/body.ts';
import type { Words } from '../../world/world.ts';
import type { ExportLabels, ExportNote } from './export-note.ts';
import { factLines, oldestFirst, spanWords, titleOfNote } from './export-note.ts';
import { lowerHeadings } from '../text/lower-headings.ts';
import { markdownLine } from '../text/markdown-text.ts';

/**
 * Yields the pieces of one Markdown document: a title, then for each note (newest last) a heading of level 2,
 * its facts in words, and its text with its headings lowered to level 3 and below.
 */
export function* exportMarkdown(
  notes: readonly ExportNote[],
  labels: ExportLabels,
  words: Words,
): Generator<string> {
  yield `# ${words('export.title')}\n\n${spanWords(notes, words)}\n`;
  for (const note of oldestFirst(notes)) {
    const facts = factLines(note, labels, words)
      .map(line => `*${markdownLine(line)}*`)
      .join('\\\n');
    const body = lowerHeadings(withoutTitle(bodyOf(note.text)).trim());
    yield `\n## ${markdownLine(titleOfNote(note, words)).replace(/#+$/, marks => `\\${marks}`)}\n\n${facts}\n${body === '' ? '' : `\n${body}\n`}`;
  }
}
