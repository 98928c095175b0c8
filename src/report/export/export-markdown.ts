import { bodyOf, withoutTitle } from '../../core/notes/body.ts';
import type { Words } from '../../world/world.ts';
import type { ExportLabels, ExportNote } from './export-note.ts';
import { factLines, oldestFirst, spanWords, titleOfNote } from './export-note.ts';
import { lowerHeadings } from '../text/lower-headings.ts';
import { markdownLine } from '../text/markdown-text.ts';

/**
 * Writes one document, in pieces: a heading for the whole, one of level 2 for each moment (the newest last),
 * what is known of it in words, and its text with its headings below that.
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
