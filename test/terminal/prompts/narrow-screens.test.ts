import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PassThrough } from 'node:stream';
import { tableOf } from '../../../src/core/command-line/command-table.ts';
import { buildProgram } from '../../../src/program.ts';
import { openLinePrompter } from '../../../src/terminal/lines/line-prompter.ts';
import { choicePrompt } from '../../../src/terminal/choice/choice-prompt.ts';
import { scalePrompt } from '../../../src/terminal/prompts/scale-prompt.ts';
import { textPrompt } from '../../../src/terminal/prompts/text-prompt.ts';
import type { PromptState } from '../../../src/terminal/prompt/prompt-state.ts';
import { shrunkLine } from '../../../src/terminal/prompt/question-lines.ts';
import { widthOf } from '../../../src/terminal/text/width.ts';
import { linesOf, press, theme, words } from '../voice.ts';
import { option, screen, screensByName } from '../screens.ts';
import { openPlace, run, seededChance } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';
import type { Screen } from '../../../src/world/world.ts';

/** Text for a note in scripts with special terminal layout. */
const titles = {
  plain: 'They looked at the clock while I was talking about my sister',
  hebrew: 'הם הסתכלו על השעון בזמן שדיברתי על אחותי ועל מה שקרה',
  arabic: 'نظروا إلى الساعة بينما كنت أتحدث عن أختي وعن كل ما حدث',
  chinese: '我告诉他们关于我妹妹的事情，他们说我喜欢被需要，然后就继续说下去了',
  japanese: '妹のことを話したら、頼られるのが好きなんですねと言われて、そのまま次の話に進んだ',
  emoji: 'They drew 👨‍👩‍👧 and 🎂, I said 👍🏽 and meant nothing of it 🇮🇱',
  word: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzentwurfsvorlage',
  address: 'https://example.org/a/long/way/down/to/the/page/that/they/sent/me?week=12&about=sister#the-end',
  marks: '- [x] A | title # with * marks > of `Markdown` and a \\ in it',
  control: 'They \u001b[31msaid\u0007 so, and \u202ethen\u001b]0;title\u0007 they moved on to something else',
} as const;
type Name = keyof typeof titles;
const names = Object.keys(titles).filter((name): name is Name => name in titles);
const statuses = [
  'planned',
  'not-addressed',
  'raised',
  'open',
  'eased',
  'repaired',
  'open',
  'repaired',
  'planned',
  'open',
];

/** Returns the id of the note with that title. */
const idOf = (name: Name): string => `k${String(names.indexOf(name)).padStart(5, 'a')}`;
// Twelve months, so that some days carry their year.
const dayOf = (at: number): string =>
  at < 3 ? `2026-0${3 - at}-10` : `2025-${String(13 - at).padStart(2, '0')}-10`;

function noteOf(name: Name, at: number): string {
  const title = titles[name];
  const status = statuses[at] ?? 'open';
  const day = dayOf(at);
  return `---
rupture: 1
id: ${idOf(name)}
session: ${day}
created: ${day}T19:04:55.000-05:00
status: ${status}
title: ${JSON.stringify(title)}
sit: bothered
kinds: [misread, dismissed, ${JSON.stringify(`other: ${title}`)}]
feelings: [small, ${JSON.stringify(`other: ${title}`)}]
size: ${at % 2 === 0 ? 8 : 3}
shape: one-moment
urges: [please, quiet]
echo: [family, friends, ${JSON.stringify(`other: ${title}`)}]
with: ${JSON.stringify(title.slice(0, 20).replace(/[\u0000-\u001f]/g, ''))}
next: planned
history:
  - ${day} planned 9
  - ${day} ${status} ${at % 2 === 0 ? 8 : 3}
---

# ${title.replace(/[\u0000-\u001f]/g, '')}

## What happened

${title}. ${title} ${title}

- ${title}
  - ${title}

| ${title.replaceAll('|', '')} | b |
| - | - |
| 1 | ${title.replaceAll('|', '')} |

    ${title}

> ${title}

## A moment to keep

${title}

## One sentence

${title}

## Followed up on ${day}

### What helped

${title}
`;
}

let place: Place;
beforeAll(async () => {
  place = openPlace();
  mkdirSync(place.folder, { mode: 0o700 });
  names.forEach((name, at) =>
    writeFileSync(join(place.folder, `${dayOf(at)}-${idOf(name)}.md`), noteOf(name, at), { mode: 0o600 }),
  );
  // The trash has one of each as well.
  const gone = join(place.folder, '2024-01-01-zaaaaa.md');
  for (const [at, name] of names.entries()) {
    writeFileSync(gone, noteOf(name, at).replace(`id: ${idOf(name)}`, `id: z${idOf(name).slice(1)}`), {
      mode: 0o600,
    });
    await done(['delete', `z${idOf(name).slice(1)}`, '--yes'], at + 2);
  }
  // An unreadable note, a duplicate and a faulty template each get their own line.
  writeFileSync(
    join(place.folder, '2026-03-01-with-a-long-name-that-i-gave-it-myself-k-broken.md'),
    '---\nrupture: 1\nid: [\n---\n',
    { mode: 0o600 },
  );
  writeFileSync(
    join(place.folder, '2026-03-01-k00000 (conflicted copy of somebody else’s machine 2026-03-02).md'),
    noteOf('plain', 0),
    { mode: 0o644 },
  );
  writeFileSync(
    join(place.folder, `${titles.chinese}.md`),
    noteOf('chinese', 3).replace(idOf('chinese'), 'kcopy1'),
    { mode: 0o600 },
  );
  mkdirSync(join(place.folder, 'templates'), { mode: 0o700 });
  writeFileSync(
    join(place.folder, 'templates', 'monday-evenings-after-the-group.yaml'),
    'template: 1\nname: x\nsteps: [{ask: {id: sit}}]\n',
    { mode: 0o600 },
  );
  for (const [key, value] of [
    ['with', titles.chinese],
    ['therapist_word', titles.word],
    ['hide', 'about_me, theirs, mine, touches, noticed'],
  ])
    await done(['config', 'set', key ?? '', value ?? '']);
});
afterAll(() => place.remove());

const go = (
  args: readonly string[],
  columns = 80,
  env: Readonly<Record<string, string>> = {},
  seed = 1,
): Promise<Ran> =>
  run(args, { place, outIsTerminal: true, columns, env, script: [], chance: seededChance(seed) });
async function done(args: readonly string[], seed = 1): Promise<void> {
  const { exit, err } = await go(args, 80, {}, seed);
  if (exit !== 0) throw new Error(err);
}

const codes = /\u001b\[[\d;]*m/g;
const bare = (text: string): string => text.replace(codes, '');
const tooWide = (text: string, columns: number): readonly string[] =>
  bare(text)
    .split('\n')
    .filter(line => widthOf(line) > columns);

/** Returns a title as a terminal shows it, with control characters as words. */
const shown = (title: string): string =>
  title.replace(/[\u0000-\u001f\u202a-\u202e]/g, character => `\\u{${character.charCodeAt(0).toString(16)}}`);

/**
 * Says whether a text is there, in whatever lines it was laid: at each break other columns may stand behind
 * its part.
 */
function holds(page: string, text: string): boolean {
  const signs = [...shown(text).replace(/\s+/g, '')].map(sign => sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(signs.join('[\\[\\]]?(?:\\s*|[^\\n]*\\n\\s*)[\\[\\]]?'), 'u').test(bare(page));
}

const topics = readdirSync(new URL('../../../templates/en/learn', import.meta.url)).map(name =>
  name.replace(/\.md$/, ''),
);
const program = tableOf(
  buildProgram({
    words: key => key,
    version: '',
    width: 80,
    print: () => {},
    run: () => Promise.resolve(),
    demo: { run: () => Promise.resolve(0) },
  }),
);
const helps = [
  [],
  ...program.commands.flatMap(({ name, commands }) => [[name], ...commands.map(inner => [name, inner.name])]),
].map(path => [...path, '--help']);

/** Checks results that have the person's titles. */
const own: readonly (readonly string[])[] = [
  ['summary', '--include-resting'],
  ['list'],
  ['search', '--', 'h'],
  ['trash'],
  ['summary', '--include-resting', '--plain'],
  ['list', '--plain'],
  ['trash', '--plain'],
];
const others: readonly (readonly string[])[] = [
  [],
  ['summary'],
  ['patterns'],
  ['learn'],
  ['learn', '--sources'],
  ...topics.map(topic => ['learn', topic]),
  ['help'],
  ['help-now'],
  ['config'],
  ['templates'],
  ['templates', 'check', 'notes/templates/monday-evenings-after-the-group.yaml'],
  ['doctor'],
  ['encrypt', 'status'],
  ['encrypt'],
  ['demo'],
  ['demo', 'summary'],
  ['demo', 'list'],
  ['demo', 'patterns'],
  ['demo', 'show', 'last'],
  ['demo', 'search', 'dad'],
  ['show', 'nothing'],
  ['show', 'k'],
  ['list', '--kind', 'dismised'],
  ['list', '--status', 'x'],
  ['summary', '--since', '03/04'],
  ['config', 'set', 'x', 'y'],
  ['--fodler'],
  ['import', 'nothing'],
  ['mark', idOf('plain'), 'planned', '--until', 'in 2 weeks'],
];
const shows = names.map(name => ['show', idOf(name)]);
const pages = [
  ...own,
  ...others,
  ...shows,
  ...[...others, ...shows].filter(([command]) => command !== 'help').map(args => ['--plain', ...args]),
];

describe.each([80, 60, 40])('at %i columns', columns => {
  test.each([...pages, ...helps].map(args => [args.join(' '), args] as const))(
    'rupture %s keeps to them, and says without colour what it says with it',
    async (_line, args) => {
      const { out, err } = await go(args, columns, { NO_COLOR: '1' });
      expect({ out: tooWide(out, columns), err: tooWide(err, columns) }).toEqual({ out: [], err: [] });
      expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
      const coloured = await go(args, columns, { FORCE_COLOR: '1' });
      expect(bare(coloured.out)).toBe(out);
      expect(bare(coloured.err)).toBe(err);
    },
  );

  test.each(own.map(args => [args.join(' '), args] as const))(
    'every title is whole in rupture %s',
    async (_line, args) => {
      const { out } = await go(args, columns);
      const hidden = args[0] === 'summary' ? names.filter((_, at) => statuses[at] === 'repaired') : [];
      expect(names.filter(name => !holds(out, titles[name]))).toEqual(hidden);
    },
  );

  test.each(
    shows
      .flatMap(args => [args, ['--plain', ...args]])
      .map((args, at) => [args.join(' '), args, names[Math.floor(at / 2)] ?? 'plain'] as const),
  )('rupture %s shows every text completely', async (_line, args, name) => {
    const out = (await go(args, columns, { NO_COLOR: '1' })).out;
    // Rendering replaces the Markdown marks by layout.
    expect(holds(out, titles[name]) || name === 'marks').toBe(true);
    const flat = out.replace(/\s+/g, ' ');
    for (const said of [
      'What happened',
      'A moment to keep',
      'One sentence',
      'What helped',
      `size ${names.indexOf(name) % 2 === 0 ? '8, big' : '3'}`,
      'small',
      'I felt dismissed, or made to feel small',
      'Something is bothering me',
      'Smiling and going along · Going quiet',
    ])
      expect(flat).toContain(said);
  });

  test('a chart has its values in words beside it, and plain mode has only the words', async () => {
    const page = (await go(['patterns'], columns, { NO_COLOR: '1' })).out;
    const plain = (await go(['patterns', '--plain'], columns)).out;
    const drawn = page.split('\n').filter(line => /[█·●○─]{3}/.test(line));
    expect(drawn.length).toBeGreaterThan(20);
    expect(drawn.filter(line => !/ {2}(?:\d+ of \d+|\d+ → \d+|\d+)$/.test(line))).toEqual([]);
    expect(plain).not.toMatch(/[█●○→─·]/);
    // A chart has at most ten rows; plain mode has every row.
    const counts = (text: string): readonly string[] =>
      [...text.matchAll(/\d+ of \d+/g)].map(([count]) => count);
    expect(counts(plain)).toEqual(expect.arrayContaining([...counts(page)]));
    for (const name of names.filter((_, at) => statuses[at] === 'repaired'))
      expect([holds(page, titles[name]), holds(plain, titles[name])]).toEqual([true, true]);
  });

  test('size and status are words, not places or colours', async () => {
    for (const args of [['list'], ['list', '--plain']]) {
      const { out } = await go(args, columns);
      const flat = bare(out).replace(/\s+/g, ' ');
      for (const said of [
        'To bring up',
        'Said, but not heard',
        'Worked through',
        'Easier, not finished',
        'big',
      ])
        expect(flat).toContain(said);
    }
  });
});

/** Every kind of question, with the person's words wherever possible. */
const asked: readonly Screen[] = [
  ...Object.values(screensByName),
  ...names.flatMap(name => {
    const title = titles[name];
    const told = {
      words: `${title}?`,
      progress: `3 of about 7, ${title}`,
      hint: title,
      recall: title,
      label: title,
    };
    const options = [
      option('a', title, { group: title }),
      option('b', 'No', { group: title }),
      option('other', title, { asksWords: true }),
      option('c', title, { alone: true, group: '' }),
    ];
    return [
      screen('select', { ...told, options, given: 'a' }),
      screen('multi', { ...told, options, limit: 2, columns: 3, given: ['a', `other: ${title}`] }),
      screen('text', { ...told, given: `${title}\n${title}` }),
      screen('scale', { ...told, anchors: [0, 2, 5, 10].map(at => ({ at, words: title })) }),
      screen('confirm', told),
      screen('day', { ...told, given: title }),
    ];
  }),
];

describe.each([80, 60, 40])('a question at %i columns', columns => {
  const poseOf = (one: Screen): PromptState => {
    if (one.kind === 'scale') return scalePrompt(one, theme);
    return one.kind === 'text' || one.kind === 'day'
      ? textPrompt(one, theme, { editor: true, oneLine: one.kind === 'day' })
      : choicePrompt(one, theme);
  };

  test.each(asked.map((one, at) => [`${one.kind} ${at}`, one] as const))(
    '%s keeps to them under a cursor, whatever is pressed, and when it has shrunk to a line',
    (_name, one) => {
      const tried = [
        [],
        ['7'],
        ['down'],
        ['end', 'space'],
        ['space', 'down', 'space', 'down', 'space'],
        [...titles.chinese, ...titles.word],
        ['home', 'down', 'down', 'enter', ...titles.hebrew],
      ];
      for (const keys of tried) {
        const { pose: promptState, settled } = press(poseOf(one), keys, { columns, rows: 24 });
        const seen = linesOf(promptState, columns, 24);
        expect(tooWide(seen, columns - 1)).toEqual([]);
        expect(seen).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
        const answer =
          settled?.is === 'reply' && settled.reply.is === 'answer' ? settled.reply.answer : one.given;
        const line = shrunkLine(one, answer, theme, columns);
        expect(widthOf(line)).toBeLessThan(columns);
        expect(line).toMatch(/\S {3}\S/);
      }
    },
  );

  test.each(asked.map((one, at) => [`${one.kind} ${at}`, one] as const))(
    '%s keeps to them line by line, and says all that it asks',
    async (_name, one) => {
      const [input, output] = [new PassThrough(), new PassThrough()];
      const said: string[] = [];
      output.on('data', (chunk: Buffer) => said.push(chunk.toString()));
      const prompter = openLinePrompter({
        input,
        output,
        words,
        help: () => titles.plain,
        ended: new AbortController().signal,
        isTerminal: true,
        width: columns,
      });
      input.end(`99\n:help\n${one.kind === 'select' || one.kind === 'multi' ? '3\n' : ''}`);
      await prompter.ask(one);
      prompter.close();
      // The typed text follows the mark, with its line end.
      const text = said.join('').replace(/^(?:> )+/gm, '');
      expect(tooWide(text, columns)).toEqual([]);
      expect(text).not.toMatch(/[\r\u001b\u0007\u202e]/);
      for (const part of [
        one.words,
        one.hint,
        one.recall,
        ...one.options.map(({ label }) => label),
        ...one.anchors.map(anchor => anchor.words),
      ])
        expect(holds(text, part ?? '')).toBe(true);
    },
  );
});
