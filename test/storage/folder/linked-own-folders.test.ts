import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exit } from '../../../src/errors.ts';
import { changesIn, stampsOf } from '../../support/harm.ts';
import { given, passphrase, runOpen, seal } from '../../support/sealed.ts';
import { openPlace, run, seededChance } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

// A folder of notes may come from a sync program, a clone or an archive, and then one of the program's own
// folders may be a link to anything.
let place: Place;
let outside = '';
beforeEach(() => {
  place = openPlace();
  outside = join(place.home, 'outside');
});
afterEach(() => place.remove());

const ownFolders = [
  '.rupture',
  '.rupture/drafts',
  '.rupture/trash',
  '.rupture/undo',
  '.rupture/kept',
  '.rupture/editor',
];
const note =
  '---\nrupture: 1\nid: abc222\nsession: 2026-01-01\nstatus: open\ntitle: A note\n---\n\n## Text\n\nA.\n';
const foreign = 'words that belong to another program';
const draft = {
  draft: 1,
  pid: 1,
  host: 'elsewhere',
  at: 0,
  id: 'zzz222',
  template: 'reflect',
  mode: 'quick',
  session: '2026-01-02',
  started: 'x',
};
const item = {
  name: '20260101T000000000-abcdef-1.md',
  id: 'yyy222',
  path: '2026-01-03-yyy222.md',
  at: '2026-01-03T00:00:00.000Z',
};
const step = {
  undo: 1,
  at: '2026-01-03T00:00:00.000Z',
  command: 'mark',
  is: 'changed',
  id: 'abc222',
  path: '2026-01-01-abc222.md',
  before: foreign,
  after: 'x',
};

/**
 * Makes a foreign folder with files that look like the program's own; `name` is the folder of ours that
 * links to it.
 */
function fill(folder: string, name: string): void {
  if (name === '.rupture') {
    for (const part of ['drafts', 'trash', 'undo', 'kept', 'editor']) fill(join(folder, part), part);
    writeFileSync(join(folder, '.probe-77'), '.');
    writeFileSync(join(folder, 'lock.stale-77-abcd'), '{}');
    return;
  }
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(folder, 'sub/letter.md'), foreign);
  writeFileSync(join(folder, 'thesis.txt'), foreign);
  if (name.endsWith('drafts'))
    writeFileSync(join(folder, 'zzz222.json'), JSON.stringify({ ...draft, answers: { what: foreign } }));
  if (name.endsWith('trash')) {
    writeFileSync(join(folder, item.name), note.replace('A note', foreign).replace('abc222', 'yyy222'));
    writeFileSync(
      join(folder, '20260101T000000000-abcdef.json'),
      JSON.stringify({ trash: 1, items: [item] }),
    );
  }
  if (name.endsWith('undo')) writeFileSync(join(folder, '000001-1.jsonl'), `${JSON.stringify(step)}\n`);
  if (name.endsWith('kept'))
    writeFileSync(join(folder, '2026-01-01-abc222-20260101.md'), note.replace('A note', foreign));
}

/** Makes a notes folder in which `name` is a link to somebody else's folder. */
function link(name: string): void {
  rmSync(outside, { recursive: true, force: true });
  rmSync(place.folder, { recursive: true, force: true });
  fill(outside, name);
  mkdirSync(join(place.folder, name, '..'), { recursive: true });
  writeFileSync(join(place.folder, '2026-01-01-abc222.md'), note);
  symlinkSync(outside, join(place.folder, name));
}

const exported = JSON.stringify({
  version: 1,
  files: [{ path: '2026-02-02-mmm222.md', text: note.replace('abc222', 'mmm222') }],
});
// Each command runs in a fresh folder. None can work, except those that read plaintext notes.
const writing: readonly (readonly string[])[] = [
  ['reflect', '-m', 'private words'],
  ['reflect', '--answers', '-'],
  ['reflect'],
  ['reflect', '--resume'],
  ['reflect', '--discard'],
  ['reflect', '--more', 'abc222'],
  ['prep', 'abc222'],
  ['follow-up', 'abc222'],
  ['let-go', 'abc222'],
  ['mark', 'abc222', 'raised', '--note', 'private words'],
  ['edit', 'abc222'],
  ['delete', 'abc222', '--yes'],
  ['delete', 'abc222', '--forever', '--yes'],
  ['delete', '--all', '--yes'],
  ['delete', '--all', '--forever', '--yes'],
  ['trash', 'list'],
  ['trash', 'restore', 'yyy222'],
  ['trash', 'empty', '--yes'],
  ['undo'],
  ['encrypt', 'on'],
  ['encrypt', 'off'],
  ['encrypt', 'rotate'],
  ['encrypt', 'passphrase'],
  ['encrypt', 'trust'],
  ['encrypt', 'status'],
  ['templates', 'new', 'mine'],
];
const reading: readonly (readonly string[])[] = [
  ['list'],
  ['list', '--format', 'json'],
  ['summary'],
  ['show', 'abc222'],
  ['search', 'A'],
  ['patterns'],
  ['export', 'json'],
  ['where'],
  ['help-now'],
  ['templates', 'list'],
  ['__complete', 'bash', 'show', ''],
];

async function runAll(args: readonly string[]): Promise<Ran> {
  const input = args.includes('--answers') ? 'what: private words\n' : 'private words\n\n';
  const editor = { EDITOR: "node -e \"require('fs').appendFileSync(process.argv[1], 'private words')\"" };
  return run(args[0] === 'encrypt' ? [...given(place, passphrase, passphrase), ...args] : args, {
    place,
    input,
    env: editor,
    chance: seededChance(7),
  });
}

describe.each(ownFolders)('%s that is a link to a folder', name => {
  it.each(writing.map(args => [args.join(' '), args] as const))(
    'is neither read nor written by %s',
    async (_, args) => {
      link(name);
      const before = stampsOf(outside);
      const { exit, out, err } = await runAll(args);
      expect(changesIn(before, stampsOf(outside))).toEqual([]);
      expect(`${out}${err}`).not.toContain(foreign);
      expect({ exit, named: err.replace(/\s+/g, ' ').includes(`${name} is a link`) }).toEqual({
        exit: Exit.failed,
        named: true,
      });
      expect(readFileSync(join(place.folder, '2026-01-01-abc222.md'), 'utf8')).toBe(note);
      expect(lstatSync(join(place.folder, name)).isSymbolicLink()).toBe(true);
    },
  );

  it.each(reading.map(args => [args.join(' '), args] as const))(
    'leaves %s as it is, and is not read by it',
    async (_, args) => {
      link(name);
      const before = stampsOf(outside);
      const { exit, out, err } = await runAll(args);
      expect({
        exit,
        changes: changesIn(before, stampsOf(outside)),
        foreign: `${out}${err}`.includes(foreign),
      }).toEqual({ exit: Exit.done, changes: [], foreign: false });
    },
  );

  it('is reported by doctor, which repairs nothing behind it', async () => {
    link(name);
    chmodSync(outside, 0o755);
    const before = stampsOf(outside);
    const { exit, out } = await run(['doctor', '--fix', '--format', 'json'], { place, input: '' });
    expect(changesIn(before, stampsOf(outside))).toEqual([]);
    expect(out).not.toContain(foreign);
    const { found } = JSON.parse(out) as {
      readonly found: readonly { readonly what: string; readonly path: string }[];
    };
    expect({
      exit,
      links: found.filter(({ what }) => what === 'storage.own-link').map(({ path }) => path),
    }).toEqual({ exit: Exit.failed, links: [name] });
    expect(found.filter(({ path }) => path.startsWith(`${name}/`))).toEqual([]);
  });

  it('gets nothing from an import', async () => {
    link(name);
    writeFileSync(join(place.home, 'in.json'), exported);
    const before = stampsOf(outside);
    const { exit, err } = await run(['import', join(place.home, 'in.json')], { place, input: '' });
    expect({
      exit,
      changes: changesIn(before, stampsOf(outside)),
      there: existsSync(join(place.folder, '2026-02-02-mmm222.md')),
    }).toEqual({ exit: Exit.failed, changes: [], there: false });
    expect(err).toContain('is a link');
  });

  it('is not created by any command if its target is missing', async () => {
    link(name);
    rmSync(outside, { recursive: true });
    const { exit } = await run(['reflect', '-m', 'private words'], { place, input: '' });
    expect({ exit, made: existsSync(outside) }).toEqual({ exit: Exit.failed, made: false });
  });
});

describe.each(ownFolders)('%s that is a file', name => {
  it('is reported by every writing command and by doctor, and stays', async () => {
    mkdirSync(join(place.folder, name, '..'), { recursive: true });
    writeFileSync(join(place.folder, '2026-01-01-abc222.md'), note);
    writeFileSync(join(place.folder, name), foreign);
    for (const args of [
      ['mark', 'abc222', 'raised'],
      ['delete', '--all', '--forever', '--yes'],
      ['encrypt', 'on'],
      ['undo'],
    ]) {
      const { exit, err } = await runAll(args);
      expect({ args, exit, named: err.replace(/\s+/g, ' ').includes(`${name} is not a folder`) }).toEqual({
        args,
        exit: Exit.failed,
        named: true,
      });
    }
    const { out } = await run(['doctor', '--format', 'json'], { place, input: '' });
    expect(JSON.parse(out).found).toContainEqual(
      expect.objectContaining({ what: 'storage.own-not-folder', path: name }),
    );
    expect(readFileSync(join(place.folder, name), 'utf8')).toBe(foreign);
  });
});

describe('an encrypted folder whose .rupture is a link', () => {
  it('reads and encrypts nothing, and names the link', async () => {
    await run(['reflect', '-m', 'private words'], { place, input: '' });
    await seal(place);
    const own = join(place.folder, '.rupture');
    renameSync(own, outside);
    symlinkSync(outside, own);
    const before = stampsOf(outside);
    for (const args of [
      ['list'],
      ['show', 'last'],
      ['reflect', '-m', 'more private words'],
      ['encrypt', 'rotate'],
      ['encrypt', 'off'],
    ]) {
      const { exit, out, err } = await runOpen(args, { place });
      expect({ args, exit, named: err.includes('is a link'), out }).toEqual({
        args,
        exit: Exit.failed,
        named: true,
        out: '',
      });
    }
    expect(changesIn(before, stampsOf(outside))).toEqual([]);
    unlinkSync(own);
    renameSync(outside, own);
    expect((await runOpen(['show', 'last'], { place })).out).toContain('private words');
  });
});

describe('other links in the folder of notes', () => {
  it('do not list editor texts behind a linked folder', async () => {
    mkdirSync(join(place.folder, '.rupture/editor'), { recursive: true });
    fill(outside, 'kept');
    symlinkSync(outside, join(place.folder, '.rupture/editor/left'));
    writeFileSync(join(place.folder, '2026-01-01-abc222.md'), note);
    const { out } = await run(['doctor', '--format', 'json'], { place, input: '' });
    expect(out).not.toContain('thesis');
    const before = stampsOf(outside);
    expect((await run(['delete', '--all', '--forever', '--yes'], { place, input: '' })).exit).toBe(Exit.done);
    expect(changesIn(before, stampsOf(outside))).toEqual([]);
    expect(existsSync(join(place.folder, '.rupture'))).toBe(false);
  });

  it('never write through a linked probe file', async () => {
    mkdirSync(place.folder, { recursive: true });
    fill(outside, 'kept');
    symlinkSync(join(outside, 'thesis.txt'), join(place.folder, '.probe-4242'));
    const asked = await run(['reflect'], { place, input: 'private words\n\n' });
    expect({ exit: asked.exit, text: readFileSync(join(outside, 'thesis.txt'), 'utf8') }).toEqual({
      exit: Exit.failed,
      text: foreign,
    });
    expect(asked.err).toContain('.probe-4242');
  });

  it('are not hindered by a probe file of a killed run', async () => {
    mkdirSync(join(place.folder, '.rupture'), { recursive: true });
    for (const path of ['.probe-4242', '.rupture/.probe-4242']) writeFileSync(join(place.folder, path), '.');
    expect((await run(['reflect'], { place, input: '1\nprivate words\n\n' })).exit).toBe(Exit.done);
    expect(existsSync(join(place.folder, '.probe-4242'))).toBe(false);
  });

  it('read a linked templates folder, but write nothing into it', async () => {
    mkdirSync(place.folder, { recursive: true });
    mkdirSync(outside);
    symlinkSync(outside, join(place.folder, 'templates'));
    const { exit, err } = await run(['templates', 'new', 'mine'], { place, input: '' });
    expect({
      exit,
      there: existsSync(join(outside, 'mine.yaml')),
      named: err.replace(/\s+/g, ' ').includes('templates is a link'),
    }).toEqual({ exit: Exit.failed, there: false, named: true });
    unlinkSync(join(place.folder, 'templates'));
    await run(['templates', 'new', 'mine'], { place, input: '' });
    renameSync(join(place.folder, 'templates/mine.yaml'), join(outside, 'mine.yaml'));
    rmSync(join(place.folder, 'templates'), { recursive: true });
    symlinkSync(outside, join(place.folder, 'templates'));
    expect((await run(['templates', 'list'], { place, input: '' })).out).toContain('mine');
  });

  it('may be the notes folder and the settings folder themselves', async () => {
    const [notes, settings] = [join(place.home, 'real-notes'), join(place.home, 'real-settings')];
    for (const path of [notes, settings]) mkdirSync(path);
    symlinkSync(notes, place.folder);
    symlinkSync(settings, place.config);
    expect((await run(['reflect', '-m', 'private words'], { place, input: '' })).exit).toBe(Exit.done);
    expect((await run(['mark', 'last', 'raised'], { place, input: '' })).exit).toBe(Exit.done);
    expect((await run(['undo'], { place, input: '' })).exit).toBe(Exit.done);
    expect((await run(['doctor', '--fix'], { place, input: '' })).out).not.toContain('is a link');
  });
});
