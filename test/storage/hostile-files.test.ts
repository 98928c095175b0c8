import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changesIn, orderIn, shown, stampsOf, unwrapped } from '../support/harm.ts';
import {
  copy,
  fixtureFiles,
  fixtures,
  makeCorpus,
  noteText,
  oddEntries,
  oddNames,
  placeOf,
  readWords,
  sentinel,
} from '../support/hostile.ts';
import type { Corpus, Word } from '../support/hostile.ts';
import { openPlace, run } from '../support/world.ts';
import type { Place, Ran, Setting } from '../support/world.ts';

// A large test, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const words = readWords();
const wordsOf = (part: RegExp): readonly Word[] => words.filter(({ file }) => part.test(file));
const bug = 'Something went wrong';

describe('the table of the corpus', () => {
  it('has a row for every file, and a file for every row', () => {
    const told = words.map(({ file }) => file);
    expect(new Set(told).size).toBe(told.length);
    const stored = told.filter(file => existsSync(join(fixtures, file)));
    expect(stored.toSorted()).toEqual(fixtureFiles());
    const place = openPlace();
    const { made } = makeCorpus(place.folder, join(place.home, 'outside'), { large: true });
    place.remove();
    const odd = ['undo', 'trash'].flatMap(kind => oddEntries.map(([name]) => `${kind}/${name}`));
    expect(told.filter(file => !stored.includes(file)).toSorted()).toEqual([...made, ...odd].toSorted());
  });

  it('has forty kinds of damage and twenty names of copies', () => {
    expect(
      wordsOf(/^(?:notes|made)\//).filter(({ must }) => must.startsWith('named')).length,
    ).toBeGreaterThanOrEqual(40);
    expect(wordsOf(/^copies\//).filter(({ must }) => must.startsWith('copy')).length).toBeGreaterThanOrEqual(
      20,
    );
  });
});

let place: Place;
let corpus: Corpus;
let listed: ReadonlyMap<string, string>;
let before: Readonly<Record<string, string>>;
const inCorpus = (args: readonly string[], more: Partial<Setting> = {}): Promise<Ran> =>
  run(args, { place, input: '', ...more });
const pathOf = ({ file }: Word): string => oddNames[file] ?? placeOf(file) ?? file;

beforeAll(async () => {
  place = openPlace();
  corpus = makeCorpus(place.folder, join(place.home, 'outside'));
  // The first run writes the registry of known folders.
  before = stampsOf(place.home);
  const { out } = await inCorpus(['list', '--format', 'json', '--include-set-aside']);
  listed = new Map(
    JSON.parse(out).reflections.map(({ path, id }: { path: string; id: string }) => [
      path.slice(place.folder.length + 1),
      id,
    ]),
  );
});
afterAll(() => place.remove());

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Expects that a run over the corpus quoted nothing, sent no control sequences and changed nothing. */
function isHarmless({ out, err }: Ran, { colours = false } = {}): void {
  expect(orderIn(out, { colours })).toBeUndefined();
  expect(orderIn(err)).toBeUndefined();
  expect(err).not.toContain(sentinel);
  expect(err).not.toContain(bug);
  expect(changesIn(before, stampsOf(place.home))).toEqual([]);
}

describe('notes', () => {
  it('are listed, named with path and line, or left alone, as the table says', async () => {
    const ran = await inCorpus(['list']);
    const said = unwrapped(ran.err);
    const found = wordsOf(/^(?:notes|copies|made|linked)/)
      .filter(({ file }) => existsSync(join(fixtures, file)) || corpus.made.includes(file))
      .map((word): Word => {
        const path = pathOf(word);
        const name = unwrapped(shown(path));
        const id = listed.get(path);
        if (id !== undefined) return { ...word, must: `listed as ${id}` };
        const copied = /^copy of (.+)$/.exec(word.must)?.[1];
        if (copied !== undefined && said.includes(`${name}hasthesameidas${unwrapped(copied)}.`)) return word;
        const line = /^named, line (\d+)$/.exec(word.must)?.[1];
        if (line !== undefined)
          return said.includes(`Line${line}of${name}`) ||
            said.includes(`${name}(line${line})`) ||
            said.includes(`${name},whichopensatline${line},`) ||
            said.includes(`of${name}(seenatline${line})`) ||
            said.includes(`${name}holdsmoredatathanisreadatonce(seenatline${line})`)
            ? word
            : { ...word, must: 'not named with that line' };
        return { ...word, must: said.includes(name) ? 'named' : 'left alone' };
      });
    expect(found).toEqual(found.map(({ file }) => words.find(word => word.file === file)));
    isHarmless(ran);
  });

  const lists = ['summary', 'list', 'search moved', 'patterns'].flatMap(line =>
    ['markdown', 'json', 'plain'].map(format => `${line} --format ${format}`),
  );
  it.each<[string, number]>([
    ...lists.map((line): [string, number] => [line, 0]),
    ['summary --format tasks', 0],
    ['summary --format org', 0],
    ['summary --format todo-txt', 0],
    ['summary --format taskwarrior', 0],
    ['summary --count', 0],
    ['list --format tasks', 0],
    // One that belongs to it could not be read.
    ['export json', 1],
    ['export csv', 1],
    ['export markdown', 1],
    ['export html', 1],
    ['doctor', 1],
    ['doctor --format json', 1],
    ['doctor --format plain', 1],
    ['trash list', 0],
    ['trash list --folder .', 0],
    ['templates list', 0],
    ['config list', 0],
    ['config path', 0],
    ['learn', 0],
    ['learn mending', 0],
    ['help-now', 0],
    ['undo', 0],
    ['show last', 0],
    ['show good', 2],
    ['import --dry-run .', 1],
    ['__complete bash show ', 0],
    ['__complete zsh reflect --template ', 0],
    ['__complete fish list --kind ', 0],
  ])('rupture %s changes nothing, quotes nothing and sends no control sequences', async (line, exit) => {
    const args = line.split(' ').map(word => (word === '.' ? place.folder : word));
    const piped = await inCorpus(args);
    expect(piped.exit).toBe(exit);
    const raw = args[0] === 'show';
    isHarmless(raw ? { ...piped, out: '' } : piped);
    expect(/json|taskwarrior/.test(line) ? isJson(piped.out) : true).toBe(true);
    const onTerminal = await inCorpus(args, { outIsTerminal: true, columns: 60 });
    expect(onTerminal.exit).toBe(exit);
    isHarmless(onTerminal, { colours: true });
  });

  it('nor does the first screen on a terminal', async () => {
    const ran = await inCorpus([], { outIsTerminal: true });
    expect(ran.exit).toBe(0);
    isHarmless(ran, { colours: true });
  });

  it.each(['summary', 'list', 'search moved', 'patterns', 'export csv', 'show last'])(
    'rupture %s names all that it leaves out',
    async line => {
      const said = unwrapped((await inCorpus(line.split(' '))).err);
      const missing = words
        .filter(
          word =>
            /^(?:notes|made)\//.test(word.file) &&
            word.must.startsWith('named') &&
            existsLink(join(place.folder, pathOf(word))),
        )
        .filter(word => !said.includes(unwrapped(shown(pathOf(word)))));
      expect(missing).toEqual([]);
    },
  );

  it('are still in the summary, and named, if their text can’t be read', async () => {
    const { exit, out, err } = await inCorpus(['summary']);
    expect([
      exit,
      out.includes('hmbbbb'),
      unwrapped(err).includes(unwrapped('made/latin-1-body.md is not UTF-8 text')),
    ]).toEqual([0, true, true]);
  });

  it('show sends no control sequence of any note to a terminal, and the exact file to a pipe', async () => {
    for (const [path, id] of listed) {
      if (path === 'made/latin-1-body.md') continue;
      const own = openPlace();
      copy(join(place.folder, path), join(own.folder, 'note.md'));
      const shownAs = await run(['show', 'last'], { place: own, input: '', outIsTerminal: true });
      expect([path, shownAs.exit, orderIn(shownAs.out)]).toEqual([path, 0, undefined]);
      // Some files are made to be slow.
      expect(['', 'Shown as it is written: laying this one out would take too long.\n']).toContain(
        shownAs.err,
      );
      const piped = await run(['show', 'last'], { place: own, input: '' });
      expect([path, piped.exit, piped.out === readFileSync(join(place.folder, path), 'utf8')]).toEqual([
        path,
        0,
        true,
      ]);
      const json = await run(['show', 'last', '--format', 'json'], { place: own, input: '' });
      expect([path, orderIn(json.out), JSON.parse(json.out).id]).toEqual([path, undefined, id]);
      own.remove();
    }
  });

  it('keep their joiners and direction marks', async () => {
    const { out } = await inCorpus(['list'], { outIsTerminal: true, columns: 200 });
    expect(out).toContain('👩\u200d💻 می\u200cخواهم \u200fשלום\u200e ☺\ufe0f');
  });

  it('an import of the whole corpus writes nothing outside, runs nothing and changes no source', async () => {
    const other = openPlace();
    try {
      const ran = await run(['import', place.folder], { place: other, input: '' });
      expect([ran.exit, ran.err.includes(sentinel), orderIn(ran.err)]).toEqual([1, false, undefined]);
      expect(changesIn(before, stampsOf(place.home))).toEqual([]);
      expect(
        Object.keys(stampsOf(other.home)).filter(path => !/^(?:notes|config)(?:\/|$)/.test(path)),
      ).toEqual([]);
      expect(Object.values(stampsOf(other.folder)).filter(stamp => stamp.startsWith('120'))).toEqual([]);
    } finally {
      other.remove();
    }
  });
});

function existsLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

describe('writing beside the corpus', () => {
  let own: Place;
  let stamps: Readonly<Record<string, string>>;
  beforeAll(() => {
    own = openPlace();
    makeCorpus(own.folder, join(own.home, 'outside'));
    stamps = stampsOf(own.home);
  });
  afterAll(() => own.remove());
  const changed = (): readonly string[] =>
    changesIn(stamps, stampsOf(own.home)).filter(
      path => !/^(?:config|notes\/\.rupture)(?:\/|$)|^notes(?:\/notes)?$/.test(path),
    );

  it('reflect --answers and -m each add a note and touch no other', async () => {
    writeFileSync(join(own.home, 'answers.yaml'), 'sit: bothered\nwhat: They moved on.\nsize: 5\n');
    const first = await run(['reflect', '--answers', join(own.home, 'answers.yaml')], {
      place: own,
      input: '',
    });
    const second = await run(['reflect', '-m', 'They moved on again.'], {
      place: own,
      input: '',
      chance: count => new Uint8Array(count).fill(7),
    });
    expect([first.exit, second.exit, first.err.includes(sentinel)]).toEqual([0, 0, false]);
    const added = [first.out, second.out].map(path => `notes/${basename(path.trim())}`);
    expect(changed()).toEqual(['answers.yaml', ...added].toSorted());
  });

  it.each([
    ['prep', 'came: {}\n', 'ready: yes\n'],
    ['mark', 'eased'],
  ])('%s of a good note touches only that note', async (command, ...more) => {
    const good = words.find(({ file }) => file === 'notes/good-1.md')?.must.slice('listed as '.length) ?? '';
    writeFileSync(join(own.home, 'answers.yaml'), 'opening_line: When you moved on, I felt small.\n');
    stamps = stampsOf(own.home);
    const args =
      command === 'prep'
        ? ['prep', good, '--answers', join(own.home, 'answers.yaml')]
        : [command, good, ...more];
    const ran = await run(args, { place: own, input: '' });
    expect([ran.exit, ran.err.includes(sentinel), ran.err.includes(bug)]).toEqual([0, false, false]);
    expect(changed()).toEqual(['notes/notes/good-1.md']);
  });
});

describe('templates', () => {
  const all = wordsOf(/^templates\//);
  it.each(all.map(({ file, what, must }) => [basename(file), what, must]))(
    '%s (%s): %s',
    async (name, _what, must) => {
      const path = join(place.folder, 'templates', name);
      if (!existsLink(path)) return;
      const ran = await inCorpus(['templates', 'check', path]);
      isHarmless(ran);
      const line = /line (\d+)/.exec(must)?.[1] ?? '\\d+';
      expect([ran.exit, ran.out.includes(bug)]).toEqual([must.startsWith('taken') ? 0 : 1, false]);
      expect(ran.out + ran.err).toMatch(
        new RegExp(must.includes('line') ? `^(?:Line ${line} |.*line ${line}\\b|.*:${line}\\b)` : '.', 'm'),
      );
    },
  );

  it('that are refused are named by doctor and the list, and block nothing', async () => {
    const [doctor, list] = [
      await inCorpus(['doctor', '--format', 'json']),
      await inCorpus(['templates', 'list']),
    ];
    const named: readonly { path: string }[] = JSON.parse(doctor.out).found;
    const refused = all
      .filter(({ must }) => must.startsWith('refused'))
      .filter(word => existsLink(join(place.folder, pathOf(word))));
    expect(refused.filter(({ file }) => !named.some(({ path }) => path === file))).toEqual([]);
    expect(
      refused.filter(({ file }) => !new RegExp(`^ +${basename(file, '.yaml')} +\\S`, 'm').test(list.out)),
    ).toEqual([]);
  });

  it('that are accepted can be asked to their end', async () => {
    for (const { file } of all.filter(word => word.must === 'taken' && isHere(word.file))) {
      const own = openPlace();
      copyInto(file, own, file);
      const { exit, err } = await run(['reflect', '--template', basename(file, '.yaml')], {
        place: own,
        input: '\n'.repeat(30),
      });
      expect([file, exit, err.includes(bug), orderIn(err)]).toEqual([file, 0, false, undefined]);
      own.remove();
    }
  });

  it('do not replace our sequence of the same name', async () => {
    const { exit, out } = await inCorpus(['templates', 'show', 'safety']);
    expect([exit, out.includes(sentinel)]).toEqual([0, false]);
  });
});

/** Whether this file's corpus has it; the fault tests have the large files. */
function isHere(file: string): boolean {
  return existsLink(join(place.folder, oddNames[file] ?? placeOf(file) ?? file));
}

/** Puts a fixture file, or the generated one, into another notes folder. */
function copyInto(file: string, to: Place, as: string): void {
  const made = existsSync(join(fixtures, file))
    ? join(fixtures, file)
    : join(place.folder, placeOf(file) ?? file);
  copy(made, join(to.folder, as));
}

describe('settings', () => {
  it.each(wordsOf(/^settings\//).map(({ file, what, must }) => [basename(file), what, must, file]))(
    '%s (%s): %s',
    async (_name, _what, must, file) => {
      const own = openPlace();
      copy(join(fixtures, file), join(own.config, 'config.json'));
      copy(join(fixtures, 'notes/good-1.md'), join(own.folder, 'good-1.md'));
      const stamps = stampsOf(own.home);
      for (const line of [
        'summary',
        'list',
        'config list',
        'reflect --answers none.yaml',
        'help-now',
        'doctor',
        '--help',
        'templates list',
      ]) {
        const { exit, out, err } = await run(line.split(' '), { place: own, input: '' });
        const told = {
          line,
          order: orderIn(out + err),
          bug: err.includes(bug),
          quoted:
            line === 'config list'
              ? false
              : (out + err).includes(sentinel) &&
                must === 'refused' &&
                line !== 'summary' &&
                line !== 'list' &&
                line !== 'doctor',
        };
        expect(told).toEqual({ line, order: undefined, bug: false, quoted: false });
        const isFree =
          line === 'help-now' || line === '--help' || (must === 'taken' && line === 'config list');
        const isNamed = must === 'refused' && line === 'config list';
        expect([
          line,
          isFree ? exit : 0,
          isNamed ? exit : 1,
          isNamed ? unwrapped(err).includes('config.json') : true,
        ]).toEqual([line, 0, 1, true]);
      }
      expect(
        changesIn(stamps, stampsOf(own.home)).filter(path => !/^config(?:\/folders)?$/.test(path)),
      ).toEqual([]);
      own.remove();
    },
  );

  it('are named if they are a folder, a pipe, 1 GB of zeros or a link to /dev/zero', async () => {
    for (const [name, make] of oddEntries) {
      const own = openPlace();
      mkdirSync(own.config, { recursive: true });
      make(join(own.config, 'config.json'));
      const [list, help] = [
        await run(['config', 'list'], { place: own, input: '' }),
        await run(['help-now'], { place: own, input: '' }),
      ];
      expect([name, list.exit, unwrapped(list.err).includes('config.json'), help.exit]).toEqual([
        name,
        1,
        true,
        0,
      ]);
      own.remove();
    }
  });
});

describe('drafts', () => {
  const drafts = wordsOf(/^drafts\//).filter(
    ({ file }) => existsSync(join(fixtures, file)) || /hmdr[a-f]a/.test(file),
  );

  it('that can’t be continued are named by doctor; all others are offered with escaped text', async () => {
    const { out } = await inCorpus(['doctor', '--format', 'json']);
    const found: readonly { what: string; path: string }[] = JSON.parse(out).found;
    const damaged = found.filter(({ what }) => what === 'storage.draft-damaged').map(({ path }) => path);
    const there = drafts.filter(word => existsLink(join(place.folder, pathOf(word))));
    expect(damaged.toSorted()).toEqual(
      there
        .filter(({ must }) => must === 'named')
        .map(({ file }) => `.rupture/${file}`)
        .toSorted(),
    );
    const own = openPlace();
    makeCorpus(own.folder, join(own.home, 'outside'));
    let offered: readonly string[] = [];
    await run(['reflect'], {
      place: own,
      script: [
        [
          'draft',
          screen => {
            offered = screen.options.map(({ key }) => key).filter(key => !['new', 'discard'].includes(key));
            return { is: 'finish' };
          },
        ],
      ],
    });
    own.remove();
    expect(offered.toSorted()).toEqual(
      there
        .filter(({ must }) => must === 'offered')
        .map(({ file }) => basename(file, '.json'))
        .toSorted(),
    );
  });

  it('that are offered can be continued, or the program says why not; none is lost', async () => {
    for (const { file } of drafts.filter(word => word.must === 'offered' && isHere(word.file))) {
      const own = openPlace();
      copyInto(file, own, `.rupture/${file}`);
      const { exit, err } = await run(['reflect', '--resume'], { place: own, input: '' });
      expect([file, err.includes(bug), orderIn(err)]).toEqual([file, false, undefined]);
      const after = stampsOf(own.folder);
      const kept = Object.keys(after).some(path => path.endsWith('.md') || path === `.rupture/${file}`);
      expect([file, exit, kept, orderIn(err)]).toEqual([file, exit === 0 ? 0 : 2, true, undefined]);
      own.remove();
    }
  });
});

describe('a draft whose questions have changed since', () => {
  it('is continued, and answers without a question are saved beside the notes and named', async () => {
    const own = openPlace();
    const text = 'What I dreamt of them, at length.';
    mkdirSync(join(own.folder, '.rupture', 'drafts'), { recursive: true, mode: 0o700 });
    const draft = {
      draft: 1,
      pid: 1,
      host: 'elsewhere',
      at: 1767000000000,
      id: 'hddddd',
      template: 'reflect',
      mode: 'quick',
      session: '2026-01-05',
      started: '2026-01-05T10:00:00.000Z',
      answers: { sit: 'bothered', what: 'They moved on.', dream: text },
      half: { key: 'gone', text: 'And half a thought' },
    };
    writeFileSync(join(own.folder, '.rupture', 'drafts', 'hddddd.json'), JSON.stringify(draft));
    const { exit, out, err } = await run(['reflect', '--resume'], { place: own, input: '' });
    const kept = Object.keys(stampsOf(own.folder)).filter(path => /^\.rupture\/kept\/.+\.md$/.test(path));
    expect([exit, kept.length, unwrapped(err).includes(unwrapped(kept[0] ?? '?'))]).toEqual([0, 1, true]);
    expect(readFileSync(join(own.folder, kept[0] ?? ''), 'utf8')).toBe(`${text}\n\nAnd half a thought\n`);
    expect(readFileSync(out.trim(), 'utf8')).toContain('They moved on.');
    own.remove();
  });
});

/** Opens a place with a victim outside, a link to it, a good note, and a hostile file among the program's own. */
function besieged(put: (own: Place) => void): {
  readonly own: Place;
  readonly touched: () => readonly string[];
} {
  const own = openPlace();
  copy(join(fixtures, 'notes/good-1.md'), join(own.folder, 'good-1.md'));
  mkdirSync(join(own.home, 'outside'));
  writeFileSync(join(own.home, 'outside', 'victim.md'), 'victim\n');
  symlinkSync(join(own.home, 'outside'), join(own.folder, 'linked'));
  put(own);
  const stamps = stampsOf(own.home);
  return {
    own,
    touched: () =>
      changesIn(stamps, stampsOf(own.home)).filter(
        path => !/^(?:config|notes\/\.rupture)(?:\/|$)|^notes$/.test(path),
      ),
  };
}

describe('undo logs', () => {
  const all = wordsOf(/^undo\//);
  it.each(all.map(({ file, what }) => [basename(file), what, file]))(
    '%s (%s) changes nothing',
    async (name, _what, file) => {
      const { own, touched } = besieged(({ folder }) => {
        mkdirSync(join(folder, '.rupture', 'undo'), { recursive: true, mode: 0o700 });
        const at = join(folder, '.rupture', 'undo', '000001-1.jsonl');
        const odd = oddEntries.find(([one]) => one === name);
        if (odd === undefined) copy(join(fixtures, file), at);
        else odd[1](at);
      });
      const { exit, out, err } = await run(['undo'], { place: own, input: '' });
      expect([[0, 1, 5].includes(exit), orderIn(out + err), err.includes(bug), touched()]).toEqual([
        true,
        undefined,
        false,
        [],
      ]);
      const after = await run(['mark', 'last', 'eased'], { place: own, input: '' });
      expect([after.exit, touched()]).toEqual([0, ['notes/good-1.md']]);
      own.remove();
    },
  );
});

describe('trash records', () => {
  const all = wordsOf(/^trash\//);
  it.each(all.map(({ file, what }) => [basename(file), what, file]))(
    '%s (%s) counts for nothing',
    async (name, _what, file) => {
      const { own, touched } = besieged(({ folder }) => {
        const trash = join(folder, '.rupture', 'trash');
        mkdirSync(trash, { recursive: true, mode: 0o700 });
        writeFileSync(join(trash, '20260105T100000000-aaaaaa-1.md'), noteText('htaaaa'));
        const odd = oddEntries.find(([one]) => one === name);
        if (odd === undefined) copy(join(fixtures, file), join(trash, '20260105T100000000-aaaaaa.json'));
        else odd[1](join(trash, '20260105T100000000-aaaaaa.json'));
      });
      for (const [line, exit] of [
        ['trash list', 0],
        ['trash restore last', 2],
        ['trash restore htaaaa', 2],
        ['trash empty --yes', 0],
        ['undo', 0],
      ] as const) {
        const ran = await run(line.split(' '), { place: own, input: '' });
        expect([line, ran.exit, ran.out, orderIn(ran.err), ran.err.includes(bug), touched()]).toEqual([
          line,
          exit,
          '',
          undefined,
          false,
          [],
        ]);
      }
      own.remove();
    },
  );
});

describe('growing files', () => {
  it('an oversized undo log or trash record is not read', async () => {
    const item = {
      name: '20260105T100000000-aaaaaa-1.md',
      id: 'htaaaa',
      path: 'new.md',
      at: '2026-01-05T10:00:00.000Z',
    };
    const { own, touched } = besieged(({ folder }) => {
      for (const name of ['undo', 'trash'])
        mkdirSync(join(folder, '.rupture', name), { recursive: true, mode: 0o700 });
      const step = `${JSON.stringify({ undo: 1, at: '2026-01-05T10:00:00.000Z', command: 'mark', is: 'changed', id: 'hjaaaa', path: 'good-1.md', before: 'x'.repeat(2000), after: '0' })}\n`;
      writeFileSync(join(folder, '.rupture', 'undo', '000001-1.jsonl'), step.repeat(10_000));
      writeFileSync(
        join(folder, '.rupture', 'trash', '20260105T100000000-aaaaaa.json'),
        JSON.stringify({ trash: 1, items: Array.from({ length: 170_000 }, () => item) }),
      );
      writeFileSync(join(folder, '.rupture', 'trash', item.name), noteText('htaaaa'));
    });
    const [undo, trash] = [
      await run(['undo'], { place: own, input: '' }),
      await run(['trash', 'list'], { place: own, input: '' }),
    ];
    writeFileSync(
      join(own.folder, '.rupture', 'trash', '20260105T100000000-aaaaaa.json'),
      JSON.stringify({ trash: 1, items: [item, item, item] }),
    );
    const thrice = await run(['trash', 'list'], { place: own, input: '' });
    expect([
      undo.exit,
      undo.err.includes('too large to be read, so nothing was taken back'),
      trash.exit,
      trash.out,
      thrice.out.split('\n').length,
      touched(),
    ]).toEqual([1, true, 0, '', 2, []]);
    own.remove();
  });
});

describe('the program’s own folders', () => {
  it.each(oddEntries)(
    'a lock that is none (%s) is named at once, stops no reading and is not removed',
    async (_name, make) => {
      const { own, touched } = besieged(({ folder }) => {
        mkdirSync(join(folder, '.rupture'), { mode: 0o700 });
        make(join(folder, '.rupture', 'lock'));
      });
      let told: Readonly<Record<string, readonly [number, boolean]>> = {};
      for (const line of ['summary', 'list', 'show last', 'doctor', 'trash list', 'help-now']) {
        const ran = await run(line.split(' '), { place: own, input: '' });
        expect([line, ran.err.includes(bug)]).toEqual([line, false]);
        told = { ...told, [line]: [ran.exit, ran.out.includes('.rupture/lock')] };
      }
      // Each try draws a random wait: a thousand tries make up the fifteen seconds of a lock that is
      // held.
      let asked = 0;
      const ran = await run(['mark', 'last', 'eased'], {
        place: own,
        input: '',
        chance: count => new Uint8Array(count).fill(asked++),
      });
      expect([
        told['doctor'],
        ran.exit,
        unwrapped(ran.err).includes('.rupture/lock'),
        touched(),
        asked < 10,
      ]).toEqual([[1, true], 1, true, [], true]);
      own.remove();
    },
  );

  it.each([
    '.rupture',
    '.rupture/drafts',
    '.rupture/undo',
    '.rupture/trash',
    '.rupture/kept',
    'templates',
    'help.md',
  ])('%s as a pipe, a file or 1 GB of zeros: reading works, and writing works or reports it', async what => {
    for (const [name, make] of oddEntries.filter(([one]) => one !== 'folder')) {
      const { own } = besieged(({ folder }) => {
        if (what.includes('/')) mkdirSync(join(folder, '.rupture'), { mode: 0o700 });
        make(join(folder, what));
      });
      for (const line of [
        'summary',
        'show last',
        'doctor',
        'trash list',
        'undo',
        'help-now',
        'templates list',
        'reflect -m hello',
        'mark last eased',
        'delete last --yes',
      ]) {
        const ran = await run(line.split(' '), { place: own, input: '' });
        expect({ what, name, line, bug: ran.err.includes(bug) }).toEqual({ what, name, line, bug: false });
      }
      expect(readFileSync(join(own.home, 'outside', 'victim.md'), 'utf8')).toBe('victim\n');
      own.remove();
    }
  });
});

describe('control: the checks detect', () => {
  const caught = (what: string): void => void process.stderr.write(`control: ${what} was caught\n`);

  it('a printer that escapes nothing', async () => {
    const { out } = await inCorpus(['show', listed.get('notes/controls-in-body.md') ?? '']);
    expect(orderIn(out)).toBeDefined();
    expect(orderIn('\u001b[36mours\u001b[39m')).toBeUndefined();
    expect(orderIn('\u001b[31mnot ours')).toBeDefined();
    caught('a printer without safe()');
  });

  it('a reader that writes, follows links or touches a time', () => {
    const own = openPlace();
    const outside = join(own.home, 'outside');
    makeCorpus(own.folder, outside);
    const stamps = stampsOf(own.home);
    const careless: readonly (readonly [string, () => void])[] = [
      [
        'a reader that writes through a link',
        () => writeFileSync(join(own.folder, 'linked', 'victim.md'), 'owned'),
      ],
      [
        'a reader that touches a time',
        () => spawnSync('touch', ['-d', '2001-01-01', join(own.folder, 'notes', 'bom.md')]),
      ],
      ['a reader that leaves a file', () => writeFileSync(join(own.folder, 'notes', '.index'), '')],
      [
        'a reader that runs what it finds',
        () => {
          const { rupture } = runFrontMatter(
            readFileSync(join(own.folder, 'notes', 'js-front-matter.md'), 'utf8'),
            own.home,
          );
          expect(rupture).toBe(1);
        },
      ],
    ];
    for (const [what, work] of careless) {
      const now = stampsOf(own.home);
      work();
      expect(changesIn(now, stampsOf(own.home))).not.toEqual([]);
      caught(what);
    }
    expect(changesIn(stamps, stampsOf(own.home)).length).toBeGreaterThanOrEqual(4);
    own.remove();
  });

  it('a parser that follows aliases', async () => {
    const { parse } = await import('yaml');
    const text = readFileSync(join(fixtures, 'notes', 'alias-bomb.md'), 'utf8').split('---\n')[1] ?? '';
    expect(() => parse(text)).toThrow('Excessive alias count');
    const { title } = parse('a: &a x\ntitle: *a\n');
    expect(title).toBe('x');
    expect((await inCorpus(['list'])).err).toContain('alias-bomb.md has a YAML anchor or alias');
    caught('a parser with aliases on');
  });

  it('a message that quotes', () => {
    expect(`They wrote: ${sentinel}`).toContain(sentinel);
    expect(readFileSync(join(place.folder, 'notes', 'status-unknown.md'), 'utf8')).toContain(sentinel);
    caught('an error that quotes a note');
  });
});

/** Evaluates `---js` front matter as gray-matter does. */
function runFrontMatter(text: string, home: string): { readonly rupture: number } {
  const code = text.split('\n---\n')[0]?.replace('---js\n', '') ?? '';
  const { stdout } = spawnSync(process.execPath, ['-e', `${code}; console.log(module.exports.rupture)`], {
    env: { HOME: home },
    encoding: 'utf8',
  });
  return { rupture: Number(stdout) };
}

it('runs no code of the corpus', () => {
  expect(existsSync(join(place.home, 'code-ran'))).toBe(false);
  rmSync(join(place.home, 'code-ran'), { force: true });
});
