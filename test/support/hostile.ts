import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the damaged and malicious files that a repository can hold. */
export const fixtures = fileURLToPath(new URL('../fixtures/hostile', import.meta.url));

/** The marker word in every corpus file that has text; no error may quote it. */
export const sentinel = 'Quillfeather';

/** A row of the table: a file, what it is, and what must happen. */
export interface Word {
  readonly file: string;
  readonly what: string;
  readonly must: string;
}

/** Reads the table. */
export function readWords(): readonly Word[] {
  const rows = readFileSync(join(fixtures, 'README.md'), 'utf8').matchAll(
    /^\| `([^`]+)` \| (.+) \| ([^|]+) \|$/gm,
  );
  return [...rows].map(([, file = '', what = '', must = '']) => ({ file, what, must }));
}

/** Returns the path of every fixture file as the table writes it. */
export function fixtureFiles(): readonly string[] {
  return readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !['README.md', '.gitattributes'].includes(entry.name))
    .map(entry => join(entry.parentPath, entry.name).slice(fixtures.length + 1))
    .sort();
}

/** A notes folder with the whole corpus, and a folder outside it that must not change. */
export interface Corpus {
  /** The rows of the files that were made; fewer on a machine without sockets or pipes. */
  readonly made: readonly string[];
  readonly outside: string;
}

/**
 * Makes the corpus in `folder` (notes, copies, templates, drafts and `help.md`), and the targets of its links
 * in `outside`. Tests try undo logs, trash records and settings one by one. Only `large` adds the slow files.
 */
export function makeCorpus(
  folder: string,
  outside: string,
  { large = false }: { readonly large?: boolean } = {},
): Corpus {
  for (const at of [folder, outside]) mkdirSync(at, { recursive: true, mode: 0o700 });
  writeFileSync(join(outside, 'victim.md'), 'victim\n');
  writeFileSync(join(outside, 'note.md'), noteText('hmzzzz'));
  writeFileSync(join(outside, 'draft.json'), '{"draft": 1}');
  for (const file of fixtureFiles()) {
    const to = placeOf(file);
    if (to !== undefined) copy(join(fixtures, file), join(folder, to));
  }
  const made = makings(folder, outside).flatMap(([file, make]) => {
    if (!large && dear.test(file)) return [];
    const path = join(folder, placeOf(file) ?? file);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return make(path) === false ? [] : [file];
  });
  return { made, outside };
}

/** Copies a single fixture file to where the program would look for it. */
export function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
  chmodSync(to, 0o600);
}

/** Returns a table file's path in the notes folder; undefined for files that tests try one by one. */
export function placeOf(file: string): string | undefined {
  if (file === 'help/help.md') return 'help.md';
  if (file.startsWith('drafts/')) return `.rupture/${file}`;
  return /^(?:undo|trash|settings)\//.test(file) ? undefined : file;
}

/** Returns the real name of a file whose name can't be written in a table. */
export const oddNames: Readonly<Record<string, string>> = {
  'made/name-of-controls': 'made/\u001b]52;c;b3duZWQ=\u0007\u001b[2J\u009b31m\u202edm.md',
  'made/name-of-a-line-end': 'made/a\nAll is well\rb.md',
  'made/deep': `made/deep/${'d/'.repeat(200)}note.md`,
};

export function noteText(
  id: string,
  more = '',
  body = `\n## What happened\n\n${sentinel} and then they moved on.\n`,
): string {
  return `---\nrupture: 1\nid: ${id}\nsession: 2026-01-06\nstatus: open\ntitle: ${sentinel} moved on\n${more}---\n${body}`;
}

const dear =
  /long-line|long-title|many-|merge-marks|deep-quotes|open-brackets|two-megabytes|hmdraa|made-long/;

type Make = (path: string) => void | false;

/** Files that code makes, each with its function, which returns false if this machine can't. */
function makings(folder: string, outside: string): readonly (readonly [string, Make])[] {
  const bytes =
    (text: string | Buffer): Make =>
    path =>
      writeFileSync(path, text, { mode: 0o600 });
  const utf16 = (text: string): Make =>
    bytes(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  const latin = (text: string): Make => bytes(Buffer.from(text, 'latin1'));
  const link =
    (to: string): Make =>
    path =>
      symlinkSync(to, path);
  const sparse =
    (first = ''): Make =>
    path => {
      writeFileSync(path, first, { mode: 0o600 });
      truncateSync(path, 1 << 30);
    };
  const fifo: Make = path => (spawnSync('mkfifo', ['-m', '600', path]).status === 0 ? undefined : false);
  const inFolder: Make = path => void mkdirSync(path, { mode: 0o700 });
  const full = noteText('hmpppp');
  const keys = (count: number): string => Array.from({ length: count }, (_, at) => `k${at}: v\n`).join('');
  const questions = (count: number, more: string): string =>
    Array.from(
      { length: count },
      (_, at) => `  - ask: made_q${at}\n    kind: text\n    words: And?\n    heading: Of made ${at}\n${more}`,
    ).join('');
  const draft = (id: string, what: string): string =>
    JSON.stringify({
      draft: 1,
      pid: 1,
      host: 'elsewhere',
      at: 1767000000000,
      id,
      template: 'reflect',
      mode: 'quick',
      session: '2026-01-05',
      started: '2026-01-05T10:00:00.000Z',
      answers: { sit: 'bothered', what },
    });
  return [
    ['made/utf-16.md', utf16(noteText('hmvvvv'))],
    ['made/2026-01-06-hmaaaa.md', utf16(noteText('hmaaaa'))],
    ['made/latin-1.md', latin(noteText('hmwwww', 'with: Zo\xeb\n'))],
    ['made/latin-1-body.md', latin(noteText('hmbbbb', '', '\nZo\xeb\n'))],
    [
      'made/cut-in-a-letter.md',
      bytes(Buffer.from('---\nrupture: 1\nid: hmxxxx\ntitle: Zoë', 'utf8').subarray(0, -1)),
    ],
    ['made/nul-in-title.md', bytes(noteText('hmyyyy').replace('moved', '\0moved'))],
    ['made/nul-in-body.md', bytes(noteText('hmcccc', '', `\n## What happened\n\n\0${sentinel}\0\0\n`))],
    ['made/only-cr.md', bytes(noteText('hmzzza').replaceAll('\n', '\r'))],
    ['made/2026-01-06-hmdddd.md', bytes(noteText('hmdddd').replaceAll('\n', '\r'))],
    [
      'made/long-line.md',
      bytes(
        noteText('hmeeee', '', `\n## What happened\n\n${'word '.repeat(100_000)}${'w'.repeat(500_000)}\n`),
      ),
    ],
    ['made/long-title.md', bytes(noteText('hmffff').replace('moved', 'moved '.repeat(8000)))],
    ['made/long-front-matter.md', bytes(noteText('hmzzzb', `mine: ${'x'.repeat(100_000)}\n`))],
    ['made/20000-keys.md', bytes(noteText('hmzzzc', keys(20_000)))],
    ['made/many-keys.md', bytes(noteText('hmgggg', keys(5000)))],
    [
      'made/many-kinds.md',
      bytes(
        noteText(
          'hmhhhh',
          `kinds: [${Array.from({ length: 5000 }, (_, at) => `k${at}`).join(', ')}]\nfeelings: [${Array.from({ length: 3000 }, (_, at) => `f${at}`).join(', ')}]\n`,
        ),
      ),
    ],
    ['made/many-headings.md', bytes(noteText('hmjjjj', '', '\n## a\n\nx\n'.repeat(50_000)))],
    ['made/merge-marks.md', bytes(noteText('hmkkkk', '', `\n${'<<<<<<< a\n=======\n'.repeat(60_000)}`))],
    ['made/deep-quotes.md', bytes(noteText('hmmmmm', '', `\n## What happened\n\n${'> '.repeat(300_000)}\n`))],
    [
      'made/open-brackets.md',
      bytes(noteText('hmnnnn', '', `\n## What happened\n\n${'['.repeat(500_000)}\n`)),
    ],
    [
      'made/two-megabytes.md',
      bytes(`${full}${'they moved on before I was done\n'.repeat(70_000)}`.slice(0, 2 * 1024 * 1024)),
    ],
    [
      'made/too-large.md',
      bytes(`${noteText('hmzzzd')}${'x'.repeat(2 * 1024 * 1024)}`.slice(0, 2 * 1024 * 1024 + 1)),
    ],
    ['made/sparse.md', sparse(noteText('hmzzze'))],
    ['made/2026-01-06-hmqqqq.md', sparse()],
    ['made/fifo.md', fifo],
    [
      'made/socket.md',
      path =>
        spawnSync('python3', [
          '-c',
          'import os,socket,sys; os.chdir(os.path.dirname(sys.argv[1])); socket.socket(socket.AF_UNIX).bind(os.path.basename(sys.argv[1]))',
          path,
        ]).status === 0
          ? undefined
          : false,
    ],
    ['made/link-to-zero.md', link('/dev/zero')],
    ['made/link-outside.md', link(join(outside, 'note.md'))],
    ['made/link-to-itself.md', link('link-to-itself.md')],
    ['made/link-to-nothing.md', link('nothing.md')],
    ['linked', link(outside)],
    ['made/folder.md/inside.md', bytes(noteText('hmrrrr'))],
    ['made/templates/note.md', bytes(noteText('hmssss'))],
    ['made/.hidden/note.md', bytes(noteText('hmzzzf'))],
    [
      'made/deep',
      () => {
        const path = join(folder, oddNames['made/deep'] ?? '');
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        writeFileSync(path, noteText('hmtttt'), { mode: 0o600 });
      },
    ],
    [
      'made/readable-by-all.md',
      path => {
        writeFileSync(path, noteText('hmuuuu'));
        chmodSync(path, 0o666);
      },
    ],
    ...['made/name-of-controls', 'made/name-of-a-line-end'].map((name): readonly [string, Make] => [
      name,
      () => writeFileSync(join(folder, oddNames[name] ?? ''), '---\nrupture: 1\n', { mode: 0o600 }),
    ]),
    ['templates/made-utf-16.yaml', utf16('template: 1\nname: x\n')],
    ['templates/made-fifo.yaml', fifo],
    ['templates/made-link-to-zero.yaml', link('/dev/zero')],
    ['templates/made-sparse.yaml', sparse()],
    [
      'templates/made-many-questions.yaml',
      bytes(`template: 1\nname: made-many-questions\nsteps:\n${questions(2500, '')}`),
    ],
    [
      'templates/made-many-faults.yaml',
      bytes(
        `template: 1\nname: made-many-faults\nsteps:\n${questions(5000, '    then: [{go: {step: nowhere}}]\n')}`,
      ),
    ],
    ['templates/made-long.yaml', bytes('# x\n'.repeat(250_000))],
    ['templates/made-folder.yaml', inFolder],
    ['drafts/hmdraa.json', bytes(draft('hmdraa', `They ${'moved on '.repeat(220_000)}`))],
    ['drafts/hmdrba.json', fifo],
    ['drafts/hmdrca.json', link(join(outside, 'draft.json'))],
    ['drafts/hmdrda.json', inFolder],
    ['drafts/hmdrea.json', sparse()],
    ['drafts/hmdrfa.json', utf16(draft('hmdrfa', 'They moved on.'))],
  ];
}

/**
 * Things that a repository can't hold, which tests put one at a time in place of an undo log or a trash
 * record in `folder`.
 */
export const oddEntries: readonly (readonly [name: string, make: (path: string) => void])[] = [
  [
    'sparse',
    path => {
      writeFileSync(path, '');
      truncateSync(path, 1 << 30);
    },
  ],
  ['fifo', path => void spawnSync('mkfifo', [path])],
  ['zero', path => symlinkSync('/dev/zero', path)],
  ['folder', path => void mkdirSync(path)],
];
