// Makes folders of realistic notes for the bench. The same seed produces the same bytes.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const idLetters = 'abcdefghjkmnpqrstuvwxyz';
const idCharacters = `${idLetters}23456789`;
const kinds = [
  'misread',
  'off-idea',
  'not-getting-it',
  'bored',
  'fell-flat',
  'forgot',
  'silent',
  'insensitive',
  'blunt',
  'dismissed',
  'judged',
  'care-doubt',
  'method',
  'pace',
  'practical',
  'repeat',
  'unclear',
];
const feelings = ['small', 'angry', 'sad', 'ashamed', 'numb', 'alone', 'anxious', 'confused', 'hurt'];
const settledStatuses = ['repaired', 'let-go', 'set-aside'];
const unsettledStatuses = ['planned', 'not-addressed', 'raised', 'open', 'eased'];
const openings = [
  'They moved on before I was done',
  'I said I was tired of being the strong one',
  'They mixed up my two brothers',
  'We went over time and they looked at the clock',
  'I asked for less homework and got more',
  'They went quiet when I wanted words',
  'It was said too fast',
];
const sentences = [
  'I had been talking about the weekend, and how the house felt too full and too quiet at once.',
  'They wrote something down, and I kept wondering what it was.',
  'When I stopped, nobody said anything for a while, and I could hear the fan.',
  'I think I laughed, which I do when I would rather not.',
  'Later on the bus I noticed that my jaw hurt.',
  'It was not what they said so much as how quickly they said it.',
  'I wanted them to ask one more question and they asked about something else.',
  'Maybe I had not been clear; I went round and round it.',
  'I did not say that it stung.',
];
const headings = [
  'What happened',
  'What part stayed with me',
  'What I want understood',
  'What they did',
  "What I did, or didn't say",
];

/**
 * Writes `count` notes into `folder`, about 15 % of them unresolved, each with five answers of about
 * `letters` characters. With `planned: false`, no note is on the list to bring up, so `reflect` does not ask
 * about one first.
 */
export function makeNotes(folder, count, { seed = 7, planned = true, letters = 350 } = {}) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const next = random(seed);
  const pick = list => list[Math.floor(next() * list.length)];
  for (let index = 0; index < count; index += 1) {
    const day = new Date(Date.UTC(2006, 0, 2) + Math.floor((index / count) * 7300) * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const id = pick(idLetters) + Array.from({ length: 5 }, () => pick(idCharacters)).join('');
    writeFileSync(
      join(folder, `${day}-${id}.md`),
      noteText({
        id,
        day,
        index,
        pick,
        next,
        open: planned ? unsettledStatuses : unsettledStatuses.slice(1),
        letters,
      }),
      { mode: 0o600 },
    );
  }
}

/**
 * Copies a folder from `makeNotes` and changes the front matter as Obsidian or an edit by hand would:
 * properties in any order, additional properties, lists with one item per line, the title in quotes.
 */
export function copyReordered(from, to, { seed = 11 } = {}) {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const next = random(seed);
  for (const name of readdirSync(from).filter(file => file.endsWith('.md'))) {
    const text = readFileSync(join(from, name), 'utf8');
    const end = text.indexOf('\n---\n');
    // A property continues over all following lines that begin with a space.
    const properties = text
      .slice(4, end)
      .split(/\n(?! )/)
      .map(property =>
        property
          .replace(/^(\w+): \[(.*)\]$/, (_, key, items) => `${key}:\n  - ${items.split(', ').join('\n  - ')}`)
          .replace(/^title: (.*)$/, 'title: "$1"'),
      );
    properties.push('tags:\n  - therapy', 'aliases: []', 'cssclasses:\n  - wide');
    const shuffled = properties.map(property => [next(), property]).toSorted(([a], [b]) => a - b);
    const front = shuffled.map(([, property]) => property).join('\n');
    writeFileSync(join(to, name), `---\n${front}${text.slice(end)}`, { mode: 0o600 });
  }
}

/** Writes a jrnl journal with `count` entries, about one per day. */
export function makeJournal(path, count, { seed = 7 } = {}) {
  const next = random(seed);
  const pick = list => list[Math.floor(next() * list.length)];
  const entries = Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2006, 0, 2) + index * 86_000_000).toISOString();
    const text = Array.from({ length: 5 }, () => pick(sentences)).join(' ');
    return `[${at.slice(0, 10)} ${at.slice(11, 16)}] ${pick(openings)}.\n${text} @therapy\n`;
  });
  writeFileSync(path, entries.join('\n'));
}

function noteText({ id, day, index, pick, next, open, letters }) {
  const status = index % 20 < 3 ? pick(open) : pick(settledStatuses);
  const title = pick(openings);
  const size = Math.floor(next() * 9) + 1;
  const head = [
    '---',
    'rupture: 1',
    `id: ${id}`,
    `session: ${day}`,
    `created: ${day}T19:04:55.120+01:00`,
    `status: ${status}`,
    `title: ${title}`,
    'sit: bothered',
    `kinds: [${pick(kinds)}]`,
    `feelings: [${pick(feelings)}, hopeful]`,
    `size: ${size}`,
    'shape: again',
    'noticed: maybe',
    'next: planned',
    'history:',
    `  - ${day} open ${size + 1}`,
    `  - ${day} ${status} ${size}`,
    '---',
  ];
  const parts = headings.map(heading => `## ${heading}\n\n${paragraph(pick, letters)}`);
  return `${head.join('\n')}\n\n# ${title}\n\n${parts.join('\n\n')}\n\n## One sentence\n\nWhen you moved on, I felt small. Can we go back?\n`;
}

function paragraph(pick, length) {
  let text = '';
  while (text.length < length) text += `${text === '' ? '' : ' '}${pick(sentences)}`;
  return text;
}

function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
