import type { Words } from '../../world/world.ts';
import { fullDay } from '../text/dates.ts';
import { htmlText } from '../text/html-text.ts';
import { changeWords } from './patterns-pictures.ts';
import type { Part, Picture, Track } from './picture.ts';

/**
 * Returns the pictures as HTML sections: bars and changes of size as SVG with titles in words, the rest as
 * lists and tables.
 */
export function htmlPictures(pictures: readonly Picture[], words: Words): string {
  return pictures
    .map(({ title, over, parts }) => {
      const heading = `${htmlText(title)} <span class="over">${htmlText(over)}</span>`;
      return `<section class="picture">\n<h3>${heading}</h3>\n${parts.map(part => drawPart(part, words)).join('\n')}\n</section>`;
    })
    .join('\n');
}

function drawPart(part: Part, words: Words): string {
  switch (part.is) {
    case 'entries':
      return `<ul class="entries">\n${part.rows
        .map(({ day, title, size, texts }) => {
          const on = fullDay(day, words);
          const entry = title === '' ? on : words('patterns.entry', { day: on, title });
          const line =
            size === undefined
              ? entry
              : words('patterns.entry_sized', { entry, size: changeWords(size, 'change_words', words) });
          return `<li><span dir="auto">${htmlText(line)}</span>${texts.map(text => `\n<blockquote dir="auto">${htmlText(text)}</blockquote>`).join('')}</li>`;
        })
        .join('\n')}\n</ul>`;
    case 'bars':
      return `<ul class="rows">\n${part.rows
        .map(({ label, n }) =>
          row({
            label: htmlText(label),
            beside: htmlText(words('patterns.of', { n, of: part.of })),
            picture: bar(words('patterns.bar', { label, n, of: part.of }), n, part.of),
          }),
        )
        .join('\n')}\n</ul>`;
    case 'counts': {
      const items = part.rows.map(({ label, n }) => htmlText(words('patterns.count', { label, n })));
      return `<ul>\n${items.map(item => `<li dir="auto">${item}</li>`).join('\n')}\n</ul>`;
    }
    case 'grid':
      return `<table>\n<thead><tr><td></td>${part.columns.map(name => `<th scope="col" dir="auto">${htmlText(name)}</th>`).join('')}</tr></thead>\n<tbody>\n${part.rows
        .map(
          ({ label, cells }) =>
            `<tr><th scope="row" dir="auto">${htmlText(label)}</th>${cells.map(n => `<td>${n === 0 ? '' : n}</td>`).join('')}</tr>`,
        )
        .join('\n')}\n</tbody>\n</table>\n${sentences(part.sentences)}`;
    case 'tracks':
      return `<p class="legend">${htmlText(words('patterns.sizes.legend'))}</p>\n<ul class="rows tracks">\n${part.rows
        .map(track =>
          row({
            label: `<span class="day">${htmlText(fullDay(track.day, words))}</span> ${htmlText(track.title)}`,
            beside: htmlText(changeWords(track, 'change', words)),
            picture: sizeLine(track, words),
          }),
        )
        .join('\n')}\n</ul>`;
    case 'sentences':
      return sentences(part.lines);
  }
}

// A screen reader reads the title of the picture. Hide the label and number beside it, so that it does not
// read them twice.
function row({
  label,
  picture,
  beside,
}: {
  readonly label: string;
  readonly picture: string;
  readonly beside: string;
}): string {
  return `<li><span class="label" dir="auto" aria-hidden="true">${label}</span>${picture}<span class="beside" aria-hidden="true">${beside}</span></li>`;
}

function sentences(lines: readonly string[]): string {
  return lines.map(line => `<p dir="auto">${htmlText(line)}</p>`).join('\n');
}

function bar(title: string, n: number, of: number): string {
  return svg(
    title,
    undefined,
    `<rect class="rail" x="0" y="3" width="200" height="10" rx="2"/><rect class="bar" x="0" y="3" width="${round((200 * n) / Math.max(1, of))}" height="10" rx="2"/>`,
  );
}

/** Draws a scale from 0 to 10: an open circle at the earlier size, a filled one at the current size. */
function sizeLine(track: Track, words: Words): string {
  const at = (size: number): number => 8 + size * 18.4;
  const [before, now] = [at(track.before), at(track.now)];
  const ticks = [0, 5, 10]
    .map(size => `<line class="tick" x1="${round(at(size))}" y1="5" x2="${round(at(size))}" y2="11"/>`)
    .join('');
  const way =
    before === now ? '' : `<line class="way" x1="${round(before)}" y1="8" x2="${round(now)}" y2="8"/>`;
  return svg(
    words('patterns.entry', { day: fullDay(track.day, words), title: track.title }),
    words('export.track', { before: track.before, now: track.now }),
    `<line class="axis" x1="8" y1="8" x2="192" y2="8"/>${ticks}${way}<circle class="then" cx="${round(before)}" cy="8" r="5"/><circle class="now" cx="${round(now)}" cy="8" r="${before === now ? 2.5 : 5}"/>`,
  );
}

function svg(title: string, desc: string | undefined, within: string): string {
  return `<svg role="img" viewBox="0 0 200 16" width="200" height="16"><title>${htmlText(title)}</title>${desc === undefined ? '' : `<desc>${htmlText(desc)}</desc>`}${within}</svg>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
