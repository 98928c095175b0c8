import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled, Exit } from '../../../src/errors.ts';
import { filesBelow, filesWith, given, passphrase, runOpen, seal, textOf } from '../../support/sealed.ts';
import {
  answer,
  finish,
  openPlace,
  run,
  seededChance,
  skip,
  type Line,
  type Place,
} from '../../support/world.ts';

let place: Place;
let seed = 1;
beforeEach(() => {
  place = openPlace();
  seed = 1;
});
afterEach(() => place.remove());

const secret = 'the clock on the wall';
/** Adds a note and returns its file name. */
const keep = async (text: string): Promise<string> => {
  const { out } = await run(['reflect', '-m', '-'], { place, input: text, chance: seededChance(seed++) });
  return out.trim().slice(place.folder.length + 1);
};
const idOf = (path: string): string => path.slice(11, 17);
const own = (name: string): string => join(place.folder, '.rupture', name);
const recipient = (): string => readFileSync(own('recipient.txt'), 'utf8').trim();

describe('encrypt on', () => {
  it('works if the settings are in the notes’ own folder, with a shared lock', async () => {
    const inside = { ...place, config: own('') };
    const path = await keep(secret);
    expect((await runOpen(['encrypt', 'on'], { place: inside })).exit).toBe(Exit.done);
    expect(await textOf(place.folder, `${path}.age`)).toContain(secret);
  });

  it('leaves no plaintext of a note, draft, trash or undo, and keeps every note', async () => {
    const paths = [await keep(`${secret} one`), await keep(`${secret} two`), await keep(`${secret} three`)];
    const texts = paths.map(path => readFileSync(join(place.folder, path), 'utf8'));
    await run(['delete', idOf(paths[2] ?? ''), '--yes'], { place, input: '' });
    await run(['mark', idOf(paths[1] ?? ''), 'raised', '--note', `${secret} again`], { place, input: '' });
    mkdirSync(own('drafts'), { recursive: true });
    writeFileSync(
      own('drafts/aaaaaa.json'),
      JSON.stringify({
        draft: 1,
        pid: 1,
        host: 'elsewhere',
        at: 0,
        id: 'aaaaaa',
        template: 'reflect',
        mode: 'quick',
        session: '2026-03-12',
        started: 'x',
        answers: { what: secret },
      }),
    );
    expect((await runOpen(['encrypt', 'on'], { place })).exit).toBe(Exit.done);
    expect(filesWith(place.home, secret)).toEqual([]);
    expect(filesBelow(place.folder).filter(path => !path.startsWith('.'))).toEqual(
      paths
        .slice(0, 2)
        .map(path => `${path}.age`)
        .sort(),
    );
    expect(await textOf(place.folder, `${paths[0] ?? ''}.age`)).toBe(texts[0]);
    expect(readFileSync(own('sealing'), 'utf8')).toBe('on\n');
    expect(readFileSync(join(place.config, 'recipients'), 'utf8')).toBe(`${recipient()} ${place.folder}\n`);
  });

  it('says without a passphrase that nothing is encrypted yet', async () => {
    const path = await keep(secret);
    const { exit, err } = await run(['encrypt', 'on'], { place, input: '' });
    expect(exit).toBe(Exit.locked);
    expect(err).toContain('A passphrase is needed, and none was given.');
    expect(err).not.toContain('are sealed');
    expect(readFileSync(join(place.folder, path), 'utf8')).toContain(secret);
  });

  it('finishes an interrupted run from any point', async () => {
    const path = await keep(secret);
    const text = readFileSync(join(place.folder, path), 'utf8');
    await seal(place);
    const sealed = readFileSync(join(place.folder, `${path}.age`));
    for (const undo of [
      () => writeFileSync(own('sealing'), 'enabling\n'),
      () => rmSync(own('sealing')),
      () => {
        rmSync(own('sealing'));
        rmSync(own('recipient.txt'));
      },
      () => writeFileSync(join(place.folder, path), text),
      () => {
        writeFileSync(join(place.folder, path), text);
        rmSync(join(place.folder, `${path}.age`));
      },
    ]) {
      undo();
      writeFileSync(own('sealing'), 'enabling\n');
      expect((await runOpen(['list'], { place })).out).toContain('clock');
      expect((await runOpen(['encrypt', 'on'], { place })).exit).toBe(Exit.done);
      expect(filesBelow(place.folder).filter(name => !name.startsWith('.'))).toEqual([`${path}.age`]);
      expect(await textOf(place.folder, `${path}.age`)).toBe(text);
      expect(recipient()).toMatch(/^age1/);
    }
    expect(sealed.length).toBeGreaterThan(200);
  });

  it('leaves two different versions alone, and says so', async () => {
    const path = await keep(secret);
    const text = readFileSync(join(place.folder, path), 'utf8');
    await seal(place);
    writeFileSync(join(place.folder, path), text.replace('wall', 'floor'));
    const { exit, err } = await runOpen(['encrypt', 'on'], { place });
    expect([
      exit,
      existsSync(join(place.folder, path)),
      existsSync(join(place.folder, `${path}.age`)),
    ]).toEqual([Exit.failed, true, true]);
    expect(err).toContain('two versions');
  });

  it('refuses while a note has a second version, a text is in an editor, or the key of encrypted notes is missing', async () => {
    const path = await keep(secret);
    const copy = join(place.folder, `${path.slice(0, -3)} (1).md`);
    writeFileSync(copy, readFileSync(join(place.folder, path)));
    expect((await runOpen(['encrypt', 'on'], { place })).err).toContain('second version');
    rmSync(copy);
    mkdirSync(own('editor/rupture-x'), { recursive: true });
    writeFileSync(own('editor/rupture-x/text.md'), secret);
    expect((await runOpen(['encrypt', 'on'], { place })).err).toContain('in an editor');
    rmSync(own('editor'), { recursive: true });
    expect(existsSync(own('identity.age'))).toBe(false);
    await seal(place);
    rmSync(own('identity.age'));
    const { exit, err } = await runOpen(['encrypt', 'on'], { place });
    expect([exit, err]).toEqual([Exit.locked, expect.stringContaining('is not there')]);
    expect(existsSync(own('identity.age'))).toBe(false);
  });

  it('refuses while a note is being written in another terminal, and makes no key', async () => {
    const path = await keep(secret);
    const draft = own('drafts/aaaaaa.json');
    mkdirSync(own('drafts'), { recursive: true });
    writeFileSync(
      draft,
      JSON.stringify({
        draft: 1,
        pid: process.pid,
        host: hostname(),
        at: Date.parse('2026-03-12T19:04:50.000-05:00'),
        id: 'aaaaaa',
        template: 'reflect',
        mode: 'quick',
        session: '2026-03-12',
        started: 'x',
        answers: { what: secret },
      }),
    );
    const before = filesBelow(place.folder);
    const { exit, err } = await runOpen(['encrypt', 'on'], { place });
    expect([exit, err, filesBelow(place.folder), existsSync(join(place.config, 'recipients'))]).toEqual([
      Exit.failed,
      expect.stringContaining('in the middle of a note'),
      before,
      false,
    ]);
    rmSync(draft);
    await seal(place);
    expect(filesBelow(place.folder)).toContain(`${path}.age`);
  });

  it('makes six words, shows them once, and continues when they are typed back', async () => {
    await keep(secret);
    const words = Array.from({ length: 6 }, () => 'abacus').join(' ');
    const ran = await run(['encrypt', 'on'], {
      place,
      chance: count => new Uint8Array(count),
      script: [
        ['which-passphrase', answer('six')],
        ['passphrase', answer('something else')],
        ['passphrase', answer(words)],
        ['recovery', answer(false)],
      ],
    });
    expect([ran.exit, ran.said.join('\n').split(words)]).toEqual([
      Exit.done,
      [expect.any(String), expect.any(String)],
    ]);
    expect(ran.said.join('\n')).not.toContain('AGE-SECRET-KEY');
    expect((await run([...given(place, words), 'summary'], { place, input: '' })).out).toContain('clock');
  });

  it('asks again for the same six words after an empty Enter and after wrong ones, and shows them again', async () => {
    await keep(secret);
    const words = Array.from({ length: 6 }, () => 'abacus').join(' ');
    const wrong: Line = ['passphrase', answer('something else')];
    const ran = await run(['encrypt', 'on'], {
      place,
      chance: count => new Uint8Array(count),
      script: [
        ['which-passphrase', answer('six')],
        ['passphrase', skip],
        wrong,
        ['passphrase', skip],
        wrong,
        wrong,
        wrong,
        ['passphrase', answer(words)],
        ['recovery', answer(false)],
      ],
    });
    expect(ran.exit).toBe(Exit.done);
    expect(ran.said.filter(text => text.includes(words))).toHaveLength(2);
    // What was wrong stands with the question alone, so that it goes away with it.
    expect(ran.screens.filter(({ id }) => id === 'passphrase').map(({ hint }) => hint)).toEqual([
      undefined,
      'Nothing was typed.',
      'That was not the same. Please try again.',
      'Nothing was typed.',
      'That was not the same. Please try again.',
      undefined,
      'That was not the same. Please try again.',
    ]);
    expect(ran.said.join('\n')).not.toContain('not the same');
    expect((await run([...given(place, words), 'summary'], { place, input: '' })).out).toContain('clock');
  });

  it('changes nothing if the person leaves at the second question', async () => {
    await keep(secret);
    const ran = await run(['encrypt', 'on'], {
      place,
      script: [
        ['which-passphrase', answer('six')],
        ['passphrase', skip],
        ['passphrase', finish],
      ],
    });
    expect([ran.exit, existsSync(own('identity.age'))]).toEqual([Exit.done, false]);
    expect(ran.err).toContain('Nothing was changed.');
  });

  it("asks again for the person's own passphrase if the two entries differ", async () => {
    await keep(secret);
    const wrong: Line = ['passphrase', answer('something else')];
    const ran = await run(['encrypt', 'on'], {
      place,
      script: [
        ['which-passphrase', answer('own')],
        wrong,
        ['passphrase', skip],
        ['passphrase', answer(passphrase)],
        ['passphrase', answer(passphrase)],
        ['passphrase', answer(passphrase)],
        ['passphrase', answer(passphrase)],
        ['passphrase', answer(passphrase)],
        ['recovery', answer(false)],
      ],
    });
    expect(ran.exit).toBe(Exit.done);
    expect((await runOpen(['summary'], { place })).out).toContain('clock');
  });

  it("accepts a person's own passphrase, typed twice, and shows the recovery key on request", async () => {
    await keep(secret);
    const ran = await run(['encrypt', 'on'], {
      place,
      script: [
        ['which-passphrase', answer('own')],
        ['passphrase', answer('short')],
        ['passphrase', answer(passphrase)],
        ['passphrase', answer(passphrase)],
        ['recovery', answer(true)],
      ],
    });
    expect([ran.exit, ran.said.join('\n')]).toEqual([
      Exit.done,
      expect.stringMatching(/AGE-SECRET-KEY-1[A-Z0-9]{58}/),
    ]);
    expect(filesWith(place.home, 'AGE-SECRET-KEY', passphrase)).toEqual([]);
    expect((await runOpen(['summary'], { place })).out).toContain('clock');
  });

  it('does nothing if the person leaves', async () => {
    await keep(secret);
    const ran = await run(['encrypt', 'on'], {
      place,
      script: [
        ['which-passphrase', answer('own')],
        ['passphrase', skip],
      ],
    });
    expect([ran.exit, existsSync(own('identity.age')), existsSync(join(place.config, 'recipients'))]).toEqual(
      [Exit.done, false, false],
    );
  });

  it('names places that may still have plaintext', async () => {
    await keep(secret);
    mkdirSync(join(place.home, '.git'));
    mkdirSync(join(place.folder, '.stversions'));
    const { err } = await runOpen(['encrypt', 'on'], { place });
    expect(err).toContain(join(place.home, '.git'));
    expect(err).toContain(join(place.folder, '.stversions'));
  });
});

describe('an encrypted folder', () => {
  let first = '';
  beforeEach(async () => {
    first = await keep(`${secret} one`);
    await keep('Another thing that stayed');
    await seal(place);
  });

  it('accepts a new note without a passphrase, and encrypts it', async () => {
    const path = await keep(`${secret} three`);
    expect(path).toMatch(/\.md\.age$/);
    expect(filesWith(place.home, secret)).toEqual([]);
    expect(await textOf(place.folder, path)).toContain(`${secret} three`);
  });

  it.each([
    ['summary'],
    ['list'],
    ['search', 'clock'],
    ['patterns'],
    ['export', 'json'],
    ['show', 'last'],
    ['mark', 'last', 'open', '--size', '3'],
    ['prep', '--answers', '-'],
    ['doctor'],
    ['delete', 'last', '--yes'],
    ['encrypt', 'passphrase'],
    ['encrypt', 'rotate'],
  ])('is locked without a terminal for %s: 4, an empty standard output, nothing changed', async (...args) => {
    const before = filesBelow(place.folder);
    const { exit, out } = await run(args, { place, input: '' });
    expect([exit, out]).toEqual([Exit.locked, '']);
    expect(filesBelow(place.folder).filter(path => !path.endsWith('lock'))).toEqual(before);
  });

  it('reads a passphrase from a file that an editor on Windows wrote', async () => {
    await keep(secret);
    await seal(place);
    expect(
      (await run([...given(place, `\ufeff${passphrase}\r`), 'summary'], { place, input: '' })).out,
    ).toContain('clock');
  });

  it('reports a wrong passphrase', async () => {
    const { exit, out, err } = await run([...given(place, 'correct horse'), 'summary'], { place, input: '' });
    expect([exit, out]).toEqual([Exit.locked, '']);
    expect(err).toContain('another one');
  });

  it('is read, searched, shown and exported with the passphrase', async () => {
    expect((await runOpen(['summary'], { place })).out.match(/^- \[ \]/gm)).toHaveLength(2);
    expect((await runOpen(['search', 'wall'], { place })).out).toContain('**wall**');
    expect((await runOpen(['show', idOf(first)], { place })).out).toContain(`${secret} one`);
    const exported = (await runOpen(['export', 'json'], { place })).out;
    expect(JSON.parse(exported)).toMatchObject({
      files: expect.arrayContaining([
        expect.objectContaining({ path: first, text: expect.stringContaining(secret) }),
      ]),
    });
    expect(filesWith(place.home, secret)).toEqual([]);
  });

  it('can be changed, undone and redone without plaintext on disk', async () => {
    const path = `${first}.age`;
    const before = await textOf(place.folder, path);
    await runOpen(['mark', idOf(first), 'raised', '--note', `${secret} later`], { place });
    const after = await textOf(place.folder, path);
    for (const [args, text] of [
      [['undo'], before],
      [['redo'], after],
      [['undo'], before],
    ] as const) {
      expect((await runOpen(args, { place })).exit).toBe(Exit.done);
      expect(await textOf(place.folder, path)).toBe(text);
      expect(filesWith(place.home, secret)).toEqual([]);
    }
    const shown = await runOpen(['trash', 'show', idOf(first)], { place });
    expect(shown.out).toContain(`${secret} later`);
    const restored = await runOpen(['trash', 'restore', idOf(first)], { place });
    expect(restored.out.trim()).toMatch(/\.md\.age$/);
    expect(await textOf(place.folder, path)).toBe(before);
    expect(filesWith(place.home, secret)).toEqual([]);
  });

  it('can be changed, undone, deleted and restored', async () => {
    const path = `${first}.age`;
    const before = await textOf(place.folder, path);
    expect((await runOpen(['mark', idOf(first), 'raised', '--note', secret], { place })).exit).toBe(
      Exit.done,
    );
    expect(await textOf(place.folder, path)).toContain('status: raised');
    const locked = await run(['undo'], { place, input: '' });
    expect([locked.exit, await textOf(place.folder, path)]).toEqual([
      Exit.locked,
      expect.stringContaining('status: raised'),
    ]);
    expect((await runOpen(['undo'], { place })).exit).toBe(Exit.done);
    expect(await textOf(place.folder, path)).toBe(before);
    expect((await runOpen(['delete', idOf(first), '--yes'], { place, chance: seededChance(99) })).exit).toBe(
      Exit.done,
    );
    expect(existsSync(join(place.folder, path))).toBe(false);
    expect((await runOpen(['trash', 'list'], { place })).out).toContain(idOf(first));
    expect((await runOpen(['trash', 'restore', idOf(first)], { place })).exit).toBe(Exit.done);
    expect(await textOf(place.folder, path)).toBe(before);
    expect(filesWith(place.home, secret)).toEqual([]);
  });

  it('erases a note with all its traces, encrypted or not', async () => {
    await runOpen(['mark', idOf(first), 'raised'], { place });
    await runOpen(['delete', idOf(first), '--forever', '--yes'], { place });
    expect(filesBelow(place.folder).filter(path => path.includes(idOf(first)))).toEqual([]);
    expect(existsSync(own('undo')) ? filesBelow(own('undo')) : []).toEqual([]);
  });

  it('imports an export and recognizes existing notes', async () => {
    const exported = (await runOpen(['export', 'json'], { place })).out;
    writeFileSync(join(place.home, 'notes.json'), exported);
    expect((await runOpen(['import', join(place.home, 'notes.json')], { place })).err).toMatch(/2/);
    await runOpen(['delete', idOf(first), '--forever', '--yes'], { place });
    expect((await runOpen(['import', join(place.home, 'notes.json')], { place })).exit).toBe(Exit.done);
    expect(await textOf(place.folder, `${first}.age`)).toContain(secret);
  });

  it('encrypts a draft, offers it with the passphrase, and continues it', async () => {
    const stop = (): never => {
      throw new Cancelled('SIGINT');
    };
    const ended = await run(['reflect', '--quick'], {
      place,
      script: [
        ['sit', answer('bothered')],
        ['what', answer(`${secret} half`)],
        ['kinds', stop],
      ],
      chance: seededChance(77),
    });
    expect([ended.exit, ended.err]).toEqual([Exit.interrupted, expect.stringContaining('draft')]);
    expect(filesBelow(own('drafts'))).toEqual([expect.stringMatching(/\.json\.age$/)]);
    expect(filesWith(place.home, secret)).toEqual([]);
    expect((await run(['reflect', '--resume'], { place, input: '' })).exit).toBe(Exit.locked);
    const { exit, out } = await run([...given(place, passphrase), 'reflect', '--resume'], {
      place,
      script: [['kinds', finish]],
      chance: seededChance(78),
    });
    expect(exit).toBe(Exit.done);
    expect(await textOf(place.folder, out.trim().slice(place.folder.length + 1))).toContain(`${secret} half`);
    expect(filesBelow(own('drafts'))).toEqual([]);
  });

  it('completes ids from file names alone, without a question', async () => {
    const { exit, out, err } = await run(['__complete', 'bash', 'show', ''], { place, input: '' });
    expect([exit, err]).toEqual([Exit.done, '']);
    expect(out).toContain(idOf(first));
    expect(out).not.toContain('clock');
  });

  it('names the fault of each file in its own words, and lists the rest', async () => {
    const other = openPlace();
    await run(['reflect', '-m', '-'], { place: other, input: 'elsewhere', chance: seededChance(9) });
    await seal(other);
    const [strange = ''] = filesBelow(other.folder).filter(path => path.endsWith('.md.age'));
    const sealed = readFileSync(join(place.folder, `${first}.age`));
    writeFileSync(join(place.folder, strange), readFileSync(join(other.folder, strange)));
    writeFileSync(join(place.folder, '2026-03-01-aaaaaa.md.age'), sealed.subarray(0, -3));
    writeFileSync(join(place.folder, '2026-03-01-bbbbbb.md.age'), sealed);
    writeFileSync(
      join(place.folder, '2026-03-01-cccccc.md.age'),
      Buffer.from(sealed.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
    );
    const { out, exit } = await runOpen(['doctor', '--format', 'plain'], { place });
    expect(exit).toBe(Exit.failed);
    for (const words of ['for another key', 'cut or damaged', 'not the one in its name', 'line ends'])
      expect(out.replace(/\s+/g, ' ')).toContain(words);
    expect((await runOpen(['summary'], { place })).out.match(/^- \[ \]/gm)).toHaveLength(2);
    other.remove();
  });

  it('never encrypts for a foreign recipient, and reports it', async () => {
    const mine = recipient();
    writeFileSync(own('recipient.txt'), 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n');
    const { exit, out, err } = await run(['reflect', '-m', '-'], {
      place,
      input: secret,
      chance: seededChance(33),
    });
    expect([exit, err]).toEqual([Exit.done, expect.stringContaining('recipient.txt')]);
    expect(await textOf(place.folder, out.trim().slice(place.folder.length + 1))).toContain(secret);
    expect((await runOpen(['encrypt', 'trust'], { place })).exit).toBe(Exit.done);
    expect(recipient()).toBe(mine);
  });

  it('is not written into by a machine that was not told to trust it, until the passphrase has proved the key', async () => {
    rmSync(join(place.config, 'recipients'));
    const refused = await run(['reflect', '-m', '-'], { place, input: secret });
    expect([refused.exit, refused.err]).toEqual([Exit.failed, expect.stringContaining('encrypt trust')]);
    expect((await runOpen(['summary'], { place })).exit).toBe(Exit.done);
    expect((await run([...given(place, 'another one'), 'encrypt', 'trust'], { place, input: '' })).exit).toBe(
      Exit.locked,
    );
    expect(existsSync(join(place.config, 'recipients'))).toBe(false);
    expect((await runOpen(['encrypt', 'trust'], { place })).exit).toBe(Exit.done);
    expect((await run(['reflect', '-m', '-'], { place, input: secret, chance: seededChance(44) })).exit).toBe(
      Exit.done,
    );
  });

  it('gets no plaintext even if all its marks are removed', async () => {
    for (const name of ['sealing', 'recipient.txt', 'identity.age']) rmSync(own(name));
    const { exit, err } = await run(['reflect', '-m', '-'], { place, input: secret });
    expect([exit, err]).toEqual([Exit.locked, expect.stringContaining('is not there')]);
    expect(filesWith(place.home, secret)).toEqual([]);
  });

  it('reads a plaintext note, names it, does not change it, and encrypts it on request', async () => {
    const other = openPlace();
    const { out } = await run(['reflect', '-m', '-'], {
      place: other,
      input: 'came by sync',
      chance: seededChance(55),
    });
    const name = out.trim().slice(other.folder.length + 1);
    renameSync(out.trim(), join(place.folder, name));
    other.remove();
    expect((await runOpen(['list'], { place })).out).toContain('came by sync');
    expect((await runOpen(['doctor', '--format', 'plain'], { place })).out).toContain('is not sealed');
    expect((await runOpen(['mark', idOf(name), 'raised'], { place })).exit).toBe(Exit.failed);
    expect((await runOpen(['encrypt', 'on'], { place })).exit).toBe(Exit.done);
    expect(filesWith(place.home, 'came by sync')).toEqual([]);
  });

  it('asks nothing about a plaintext note, which it may not change, and says what to do; still writes new notes', async () => {
    const name = '2026-03-01-kaaaa2.md';
    const text =
      '---\nrupture: 1\nid: kaaaa2\nsession: 2026-03-01\nstatus: planned\ntitle: came by sync\n---\n\n## What happened\n\ncame by sync\n';
    writeFileSync(join(place.folder, name), text);
    // An empty script: a question would fail it. The editor would be one that leaves a mark.
    const editor = join(place.home, 'editor');
    writeFileSync(editor, `#!/bin/sh\ntouch ${join(place.home, 'edited')}\n`, { mode: 0o700 });
    for (const args of [
      ['prep', 'kaaaa2'],
      ['follow-up', 'kaaaa2'],
      ['let-go', 'kaaaa2'],
      ['reflect', '--more', 'kaaaa2'],
      ['edit', 'kaaaa2'],
      ['mark', 'kaaaa2', 'raised'],
    ]) {
      const { exit, err, screens } = await run([...given(place, passphrase), ...args], {
        place,
        script: [],
        env: { EDITOR: editor },
      });
      expect([args[0], exit, screens, err.replace(/\s+/g, ' ')]).toEqual([
        args[0],
        Exit.failed,
        [],
        expect.stringMatching(/is not sealed.*encrypt on/),
      ]);
    }
    for (const args of [
      ['prep', 'kaaaa2'],
      ['follow-up', 'kaaaa2'],
      ['let-go', 'kaaaa2'],
    ]) {
      expect(
        (await run([...given(place, passphrase), ...args, '--answers', '-'], { place, input: '{}' })).exit,
      ).toBe(Exit.failed);
    }
    expect([existsSync(join(place.home, 'edited')), readFileSync(join(place.folder, name), 'utf8')]).toEqual([
      false,
      text,
    ]);
    // What was planned would be asked about first where the passphrase was given already, here for a draft.
    const stop = (): never => {
      throw new Cancelled('SIGINT');
    };
    await run(['reflect', '--quick'], {
      place,
      script: [
        ['sit', answer('bothered')],
        ['what', answer('half')],
        ['kinds', stop],
      ],
      chance: seededChance(77),
    });
    const { exit, screens } = await run([...given(place, passphrase), 'reflect', '--quick'], {
      place,
      script: [
        ['draft', answer('new')],
        ['sit', answer('bothered')],
        ['what', answer('new words')],
        ['kinds', finish],
      ],
      chance: seededChance(78),
    });
    expect([exit, screens.map(({ id }) => id)]).toEqual([Exit.done, ['draft', 'sit', 'what', 'kinds']]);
  });

  it('reports a missing key, and a damaged key', async () => {
    const key = readFileSync(own('identity.age'));
    writeFileSync(own('identity.age'), 'nothing');
    expect((await runOpen(['summary'], { place })).err).toContain('is damaged');
    rmSync(own('identity.age'));
    expect((await runOpen(['summary'], { place })).err).toContain('is not there');
    writeFileSync(own('identity.age'), key);
    expect((await runOpen(['summary'], { place })).exit).toBe(Exit.done);
  });

  it.each([
    ['cut', (key: Buffer) => key.subarray(0, Math.floor(key.length / 2))],
    ['cut by a byte', (key: Buffer) => key.subarray(0, -1)],
    [
      'changed in what it holds',
      (key: Buffer) => Buffer.from(key.map((byte, at) => (at === key.length - 8 ? byte ^ 1 : byte))),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('whose key was %s says so, changes nothing, and still accepts new notes', async (_how, harm) => {
    const key = readFileSync(own('identity.age'));
    writeFileSync(own('identity.age'), harm(key));
    const before = filesBelow(place.folder).map(path => [
      path,
      readFileSync(join(place.folder, path)).toString('base64'),
    ]);
    for (const args of [
      ['summary'],
      ['encrypt', 'rotate'],
      ['encrypt', 'passphrase'],
      ['encrypt', 'off', '--yes'],
      ['encrypt', 'trust'],
    ]) {
      const { exit, out, err } = await run([...given(place, passphrase, 'another passphrase'), ...args], {
        place,
        input: '',
      });
      expect([args, exit, out, err.replace(/\s+/g, ' ')]).toEqual([
        args,
        Exit.failed,
        '',
        expect.stringContaining('is damaged'),
      ]);
    }
    expect(
      filesBelow(place.folder).map(path => [path, readFileSync(join(place.folder, path)).toString('base64')]),
    ).toEqual(before);
    const path = await keep(`${secret} new`);
    writeFileSync(own('identity.age'), key);
    expect(await textOf(place.folder, path)).toContain(`${secret} new`);
  });

  it('can change its passphrase', async () => {
    expect(
      (
        await run([...given(place, passphrase, 'another passphrase'), 'encrypt', 'passphrase'], {
          place,
          input: '',
        })
      ).exit,
    ).toBe(Exit.done);
    expect((await runOpen(['summary'], { place })).exit).toBe(Exit.locked);
    expect(await textOf(place.folder, `${first}.age`, 'another passphrase')).toContain(secret);
    expect(filesBelow(place.folder).filter(path => path.includes('.new'))).toEqual([]);
  });

  it('can change its key; notes that another machine encrypts for the old key open too', async () => {
    const before = recipient();
    const late = readFileSync(join(place.folder, `${first}.age`));
    expect((await runOpen(['encrypt', 'rotate'], { place })).exit).toBe(Exit.done);
    expect(recipient()).not.toBe(before);
    expect(await textOf(place.folder, `${first}.age`)).toContain(secret);
    writeFileSync(join(place.folder, `${first}.age`), late);
    expect((await runOpen(['show', idOf(first)], { place })).out).toContain(secret);
  });

  it('is decrypted permanently, byte for byte, and its key is set aside', async () => {
    const text = await textOf(place.folder, `${first}.age`);
    expect((await runOpen(['encrypt', 'off', '--yes'], { place })).exit).toBe(Exit.done);
    expect(readFileSync(join(place.folder, first), 'utf8')).toBe(text);
    expect(filesBelow(place.folder).filter(path => path.endsWith('.age'))).toEqual([
      expect.stringMatching(/former-key-/),
    ]);
    expect(existsSync(own('sealing'))).toBe(false);
    expect((await run(['summary'], { place, input: '' })).exit).toBe(Exit.done);
    expect(await keep('clear again')).toMatch(/\.md$/);
    await seal(place);
    expect(filesWith(place.home, secret)).toEqual([]);
  });

  it('reports its status without a question', async () => {
    const { exit, out } = await run(['encrypt', 'status'], { place, input: '' });
    expect([exit, out]).toEqual([Exit.done, expect.stringContaining(recipient())]);
  });
});

it('names an encrypted file in a plaintext folder, and lists the rest', async () => {
  await keep('clear and well');
  const other = openPlace();
  await run(['reflect', '-m', '-'], { place: other, input: 'elsewhere', chance: seededChance(9) });
  await seal(other);
  const [strange = ''] = filesBelow(other.folder).filter(path => path.endsWith('.md.age'));
  renameSync(join(other.folder, strange), join(place.folder, strange));
  other.remove();
  const { exit, out, err } = await run(['summary'], { place, input: '' });
  expect([exit, out, err]).toEqual([
    Exit.done,
    expect.stringContaining('clear and well'),
    expect.stringMatching(/could not|can't|sealed/),
  ]);
});
