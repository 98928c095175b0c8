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

/**
 * What stands above the moments: how many are counted, in words, and the pictures. Undefined while there are
 * too few to count.
 */
export interface Counted {
  readonly totals: string;
  readonly pictures: readonly Picture[];
}

// Nothing is loaded, nothing runs, nothing is sent; of styles only ours.
const policy = `default-src 'none'; style-src 'sha256-${pageStyleHash}'; base-uri 'none'; form-action 'none'`;

/**
 * Writes one page that needs nothing else, in pieces: the pictures of what was counted, then the moments, the
 * newest last, their texts as they were typed. It can be printed; it is light or dark as the reader likes.
 */
export function* exportHtml(
  { notes, counted }: { notes: readonly ExportNote[]; counted: Counted | undefined },
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
  for (const note of oldestFirst(notes)) yield article(note, labels, words);
  yield `</main>\n<footer>${htmlText(words('export.made', { day: fullDay(today, words) }))}</footer>\n</body>\n</html>\n`;
}

function article(note: ExportNote, labels: ExportLabels, words: Words): string {
  const facts = factLines(note, labels, words)
    .map(line => `<p class="facts" dir="auto">${htmlText(line)}</p>`)
    .join('\n');
  const lead = leadOf(note.text);
  const parts = [
    lead === '' ? '' : textOf(lead),
    ...partsOf(note.sections).map(({ opened, sections }) => {
      const within = sections.map(section => sectionOf(section, opened === undefined ? 4 : 5)).join('\n');
      if (opened === undefined) return within;
      const text = opened.text.trim() === '' ? '' : `\n${textOf(opened.text)}`;
      return `<div class="later">\n<h4 dir="auto">${htmlText(opened.heading)}</h4>${text}\n${within}\n</div>`;
    }),
  ].filter(part => part !== '');
  return `<article>\n<h3 dir="auto">${htmlText(titleOfNote(note, words))}</h3>\n${facts}\n${parts.join('\n')}\n</article>\n`;
}

interface StoryPart {
  /** The heading that opens a later part. */
  readonly opened?: Section;
  readonly sections: readonly Section[];
}

/** Gathers the sections of level 3 below the one of level 2 that opens them. */
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
