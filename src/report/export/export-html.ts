import { leadOf } from '../../core/notes/body.ts';
import type { Day } from '../../core/dates/day.ts';
import type { Section } from '../../core/notes/reflection.ts';
import type { Words } from '../../world/world.ts';
import { fullDay } from '../text/dates.ts';
import type { ExportLabels, ExportNote } from './export-note.ts';
import { factLines, oldestFirst, spanWords, titleOfNote } from './export-note.ts';
import { pageStyle, pageStyleHash } from './export-style.ts';
import { htmlPictures } from '../patterns/html-pictures.ts';
import { htmlText } from '../text/html-text.ts';
import type { Picture } from '../patterns/picture.ts';

/** The part of the page above the notes: a sentence with the totals, and the pictures of the patterns. */
export interface PatternsPart {
  readonly totals: string;
  readonly pictures: readonly Picture[];
}

// The page loads nothing, runs nothing and sends nothing. It allows only our style.
const policy = `default-src 'none'; style-src 'sha256-${pageStyleHash}'; base-uri 'none'; form-action 'none'`;

/**
 * Yields the pieces of one self-contained page: the pictures (none if `counted` is undefined, because there
 * are too few notes), then the notes, newest last, with their texts as typed. The page can be printed, and is
 * light or dark as the browser prefers.
 */
export function* exportHtml(
  { notes, counted }: { notes: readonly ExportNote[]; counted: PatternsPart | undefined },
  today: Day,
  labels: ExportLabels,
  words: Words,
): Generator<string> {
  yield `<!doctype html>
<html lang="${htmlText(words('export.language'))}" dir="${htmlText(words('export.direction'))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${htmlText(words('export.title'))}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${htmlText(words('export.title'))}</h1>
<p class="facts">${htmlText(spanWords(notes, words))}</p>
</header>
<main>
`;
  if (counted !== undefined) {
    yield `<section>\n<h2>${htmlText(words('export.patterns'))}</h2>\n<p>${htmlText(words('patterns.about'))} ${htmlText(counted.totals)}</p>\n${htmlPictures(counted.pictures, words)}\n</section>\n`;
  }
  if (notes.length > 0) yield `<h2>${htmlText(words('export.moments'))}</h2>\n`;
  for (const note of oldestFirst(notes)) yield* article(note, labels, words);
  yield `</main>\n<footer>${htmlText(words('export.made', { day: fullDay(today, words) }))}</footer>\n</body>\n</html>\n`;
}

// In pieces: a note can have 2 MB, and each string that it is put into is a copy.
function* article(note: ExportNote, labels: ExportLabels, words: Words): Generator<string> {
  yield `<article>\n<h3 dir="auto">${htmlText(titleOfNote(note, words))}</h3>\n`;
  yield factLines(note, labels, words)
    .map(line => `<p class="facts" dir="auto">${htmlText(line)}</p>`)
    .join('\n');
  const lead = leadOf(note.text);
  if (lead !== '') yield `\n${textOf(lead)}`;
  const parts = partsOf(note.sections);
  for (const { opened, sections } of parts) {
    yield '\n';
    if (opened !== undefined) {
      yield `<div class="later">\n<h4 dir="auto">${htmlText(opened.heading)}</h4>`;
      if (opened.text.trim() !== '') yield `\n${textOf(opened.text)}`;
      yield '\n';
    }
    for (const [at, section] of sections.entries())
      yield `${at === 0 ? '' : '\n'}${sectionOf(section, opened === undefined ? 4 : 5)}`;
    if (opened !== undefined) yield '\n</div>';
  }
  if (lead === '' && parts.length === 0) yield '\n';
  yield '\n</article>\n';
}

interface StoryPart {
  /** The level 2 section that begins a dated part; undefined for the first part. */
  readonly opened?: Section;
  readonly sections: readonly Section[];
}

/** Groups the sections of level 3 with the section of level 2 above them. */
function partsOf(sections: readonly Section[]): readonly StoryPart[] {
  const parts: { opened?: Section; sections: Section[] }[] = [];
  for (const [at, section] of sections.entries()) {
    const opens = section.level === 2 && sections[at + 1]?.level === 3;
    const last = parts.at(-1);
    if (opens) parts.push({ opened: section, sections: [] });
    else if (last === undefined || (section.level === 2 && last.opened !== undefined))
      parts.push({ sections: [section] });
    else last.sections.push(section);
  }
  return parts;
}

function sectionOf({ heading, text }: Section, level: 4 | 5): string {
  return `<h${level} dir="auto">${htmlText(heading)}</h${level}>${text.trim() === '' ? '' : `\n${textOf(text)}`}`;
}

function textOf(text: string): string {
  return `<div class="text" dir="auto">${htmlText(text.trimEnd())}</div>`;
}
