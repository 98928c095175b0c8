// Makes the pictures of the README from the built program: npm run build && npm run pictures.
// Runs the program on a pseudo-terminal, in a temporary home, on a fixed day. Writes the text on the screen
// as SVG, once for a light page and once for a dark one.
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = fileURLToPath(new URL('../../bin/rupture.js', import.meta.url));
const columns = 80;
const rows = 40;

// Every text colour has a contrast of at least 4.5:1 on its page; test/build/readme-pictures.test.ts checks
// it.
const palettes = {
  light: { page: '#ffffff', frame: '#d0d7de', text: '#1f2328', faint: '#59636e', accent: '#0b6574' },
  dark: { page: '#0d1117', frame: '#3d444d', text: '#e6edf3', faint: '#9198a1', accent: '#56d4dd' },
};
const font = 14;
const cell = 8.4;
const line = 20;
const margin = 20;

const clock = instant =>
  `const D = Date, at = D.parse(${JSON.stringify(instant)}); globalThis.Date = class extends D { constructor(...a) { super(...(a.length > 0 ? a : [at])); } static now() { return at; } };`;

/**
 * Runs the program and returns its screen after `play` has finished, or after the program has ended if there
 * is no `play`. For the format of the lines, see `readLines`.
 */
async function screenOf(args, { home, instant = '2026-11-26T19:30:00Z', play }) {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  const child = spawn(
    process.execPath,
    [`--import=data:text/javascript,${encodeURIComponent(clock(instant))}`, program, ...args],
    {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: home,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        TMPDIR: home,
        XDG_DATA_HOME: join(home, 'data'),
        XDG_CONFIG_HOME: join(home, 'config'),
        TERM: 'xterm-256color',
        TZ: 'UTC',
        LANG: 'C.UTF-8',
      },
    },
  );
  const ended = new Promise(resolve => child.onExit(resolve));
  child.onData(data => terminal.write(data));
  const flushed = () => new Promise(resolve => terminal.write('', resolve));
  const text = () =>
    Array.from(
      { length: terminal.buffer.active.length },
      (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
    ).join('\n');
  const until = async (check, what) => {
    for (const start = Date.now(); ; await new Promise(resolve => setTimeout(resolve, 20))) {
      await flushed();
      if (check()) return;
      if (Date.now() - start > 20_000) throw new Error(`waited in vain for ${what}\n${text()}`);
    }
  };
  const focused = () =>
    /^ *› (?:[◯◉] )?(.*)$/m.exec(text())?.[1] ?? /› (?:[◯◉] )?(.*?)(?: {2}|$)/m.exec(text())?.[1] ?? '';
  const person = {
    press: keys => child.write(keys),
    sees: expected => until(() => text().includes(expected), `“${expected}”`),
    focused,
    changed: before => until(() => focused() !== before, `another option than “${before}”`),
  };
  if (play === undefined) await ended;
  else await play(person);
  // Output from before the exit can arrive after the exit event.
  await new Promise(resolve => setTimeout(resolve, 100));
  await flushed();
  const lines = readLines(terminal);
  if (play !== undefined) {
    child.write('\u0003');
    await ended;
  }
  return lines;
}

/**
 * Returns the lines of the screen, without empty lines at the top and the bottom. A line is a list of runs of
 * text; a run ends where the style changes or at two or more spaces.
 */
function readLines({ buffer: { active } }) {
  const lines = Array.from({ length: active.length }, (_, row) => {
    const cells = active.getLine(row);
    const runs = [];
    let spaces = 2;
    for (let col = 0; col < columns; col += 1) {
      const current = cells?.getCell(col);
      const text = current?.getChars() ?? '';
      if (current === undefined || current.getWidth() === 0) continue;
      if (text.trim() === '') {
        spaces += 1;
        continue;
      }
      const role = styleOf(current);
      const last = runs.at(-1);
      if (last !== undefined && last.role === role && spaces < 2) last.text += ' '.repeat(spaces) + text;
      else runs.push({ col, role, text });
      runs.at(-1).end = col + current.getWidth();
      spaces = 0;
    }
    return runs;
  });
  while (lines.at(-1)?.length === 0) lines.pop();
  while (lines[0]?.length === 0) lines.shift();
  return lines;
}

/** Returns the class of a cell in the picture: accent, faint, bold or none. */
function styleOf(screenCell) {
  if (screenCell.isFgPalette() && screenCell.getFgColor() === 6) return 'a';
  if (screenCell.isDim()) return 'f';
  return screenCell.isBold() ? 'b' : '';
}

/**
 * Returns the blocks of a page whose first line starts with one of `beginnings`, with a blank line between.
 */
function blocksOf(lines, beginnings) {
  const blocks = [[]];
  for (const runs of lines) {
    if (runs.length === 0) blocks.push([]);
    else blocks.at(-1).push(runs);
  }
  return beginnings.flatMap((beginning, at) => {
    const block = blocks.find(([first = []]) =>
      first
        .map(({ text }) => text)
        .join(' ')
        .startsWith(beginning),
    );
    if (block === undefined) throw new Error(`there is no part “${beginning}”`);
    return at === 0 ? block : [[], ...block];
  });
}

function svgOf(lines, { title, description }, palette) {
  const width = Math.round(columns * cell + 2 * margin);
  const height = lines.length * line + 2 * margin;
  const texts = lines.flatMap((runs, row) =>
    runs.map(({ col, end, role, text }) => {
      const x = round(margin + col * cell);
      const y = round(margin + row * line + 15);
      // `textLength` keeps columns aligned in any font.
      return `<text${role === '' ? '' : ` class="${role}"`} x="${x}" y="${y}" textLength="${round((end - col) * cell)}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description)}</desc>
<style>
text { font: ${font}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: ${palette.text}; white-space: pre }
.a { fill: ${palette.accent}; font-weight: bold }
.b { font-weight: bold }
.f { fill: ${palette.faint} }
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${palette.page}" stroke="${palette.frame}"/>
${texts.join('\n')}
</svg>
`;
}

function round(number) {
  return Number(number.toFixed(1));
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Returns the line on which a command was typed. */
const typed = command => [
  { col: 0, role: 'f', text: '$', end: 1 },
  { col: 2, role: '', text: command, end: 2 + command.length },
];

const enter = '\r';
const down = '\u001b[B';

/** Types a made-up moment key by key, up to the scale, and returns the screen. */
async function reflection(home) {
  // Save another moment first: above the very first one, the program shows its introduction.
  await screenOf(['reflect', '-m', 'They were late.'], { home, instant: '2026-11-12T19:30:00Z' });
  return screenOf(['reflect'], {
    home,
    play: async ({ press, sees, focused, changed }) => {
      const goTo = async label => {
        await sees('›');
        for (let at = focused(), steps = 0; !at.startsWith(label); at = focused(), steps += 1) {
          if (steps > 30) throw new Error(`there is no option “${label}”`);
          press(down);
          await changed(at);
        }
      };
      const pick = async (question, ...labels) => {
        await sees(question);
        for (const label of labels) {
          await goTo(label);
          press(' ');
          await sees(`◉ ${label}`);
        }
        press(enter);
      };
      await sees('How did it go with your therapist?');
      await goTo('Something is bothering me');
      press(enter);
      await sees('What happened?');
      for (const text of ['I told them about my sister. They said I like being needed,', 'and moved on.']) {
        press(text);
        await sees(`│ ${text}`);
        press(enter);
      }
      press(enter);
      await pick('Which of these come closest?', 'They misunderstood me', 'I felt dismissed');
      await pick('What did you feel?', 'misunderstood', 'small');
      await sees('Nothing chosen yet');
      press('7');
      await sees('7, between');
    },
  });
}

const home = await mkdtemp(join(tmpdir(), 'rupture-pictures-'));
try {
  const pictures = {
    reflect: {
      lines: [typed('rupture reflect'), [], ...(await reflection(home))],
      title: 'rupture reflect, in the middle of a reflection',
      description:
        'Four answered questions, each shrunk to a faint line: how it was, what happened, what is closest, what was felt. Below them the fifth: How big does it feel right now? A row of numbers from 0 to 10, and 7 is chosen, between “it stays with me” and “hard to think about much else”.',
    },
    summary: {
      lines: [typed('rupture demo summary'), [], ...(await screenOf(['demo', 'summary'], { home }))],
      title: 'rupture demo summary, what is unresolved in a made-up year',
      description:
        'Moments by what became of them: two to bring up, one said but not heard, one brought up and not settled yet, four kept for now, two easier but not finished. Each with its day, its size, its age, and the sentence that is prepared for it. At the end: Next: rupture prep.',
    },
    patterns: {
      lines: [
        typed('rupture demo patterns'),
        [],
        ...blocksOf(await screenOf(['demo', 'patterns'], { home }), [
          'Made-up notes',
          'This is what you picked and wrote',
          'What you worked through',
          'What became of what you brought up',
          'How big, then and now',
        ]),
      ],
      title: 'Parts of rupture demo patterns, a made-up year counted',
      description:
        'Repairs, each with the day, what it was about, its size then and now, and what helped. Bars for what became of ten moments that were brought up: six worked through, two easier, one not settled yet, one not heard. Lines from 0 to 10 for how big a moment was then and is now; all but few became smaller.',
    },
  };
  for (const [name, { lines, ...labels }] of Object.entries(pictures)) {
    for (const [theme, palette] of Object.entries(palettes))
      await writeFile(join(here, `${name}-${theme}.svg`), svgOf(lines, labels, palette));
  }
} finally {
  await rm(home, { recursive: true, force: true });
}
