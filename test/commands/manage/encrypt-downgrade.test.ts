import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exit } from '../../../src/errors.ts';
import { filesBelow, filesWith, given, passphrase, runOpen, seal, textOf } from '../../support/sealed.ts';
import { openPlace, run, seededChance, type Place } from '../../support/world.ts';

// Somebody who can write into the folder (a cloud, a shared disk) restores old files or removes
// files. This machine must neither encrypt for another key than its own nor write plaintext.

let place: Place;
let seed = 1;
beforeEach(async () => {
  place = openPlace();
  seed = 1;
  await keep('the clock on the wall');
  await seal(place);
});
afterEach(() => place.remove());

const secret = 'a secret sentence';
const own = (name: string): string => join(place.folder, '.rupture', name);
const keep = (text: string, over: Partial<Place> = {}): ReturnType<typeof run> =>
  run(['reflect', '-m', '-'], { place: { ...place, ...over }, input: text, chance: seededChance(seed++) });
const pinned = (): string => readFileSync(join(place.config, 'recipients'), 'utf8').split(' ')[0] ?? '';
/** Expects an encrypt command to refuse the folder's key and to change no pin. */
const isRefused = async (what: string): Promise<boolean> => {
  const before = pinned();
  const { exit, err } = await runOpen(['encrypt', what], { place });
  return (
    exit === Exit.failed && /another key|stopped using/.test(err.replace(/\s+/g, ' ')) && pinned() === before
  );
};

/** Rotates the key, and restores the old identity file. */
async function playBack(): Promise<{ readonly old: string }> {
  const old = pinned();
  const identity = readFileSync(own('identity.age'));
  expect((await runOpen(['encrypt', 'rotate'], { place })).exit).toBe(Exit.done);
  expect(pinned()).not.toBe(old);
  writeFileSync(own('identity.age'), identity);
  return { old };
}

describe('an old identity file that is played back', () => {
  it.each(['rotate', 'trust'])('is not encrypted for by encrypt %s', async what => {
    const { old } = await playBack();
    expect(await isRefused(what)).toBe(true);
    expect(pinned()).not.toBe(old);
  });

  it('does not become the key of encrypt passphrase', async () => {
    await playBack();
    const before = readFileSync(own('identity.age'));
    const { exit } = await run([...given(place, passphrase, 'another passphrase'), 'encrypt', 'passphrase'], {
      place,
      input: '',
    });
    expect([exit, readFileSync(own('identity.age')).equals(before)]).toEqual([Exit.failed, true]);
  });

  it.each([
    [
      'a planted plaintext note',
      () =>
        writeFileSync(
          join(place.folder, '2026-01-01-abc222.md'),
          '---\nrupture: 1\nid: abc222\nsession: 2026-01-01\nstatus: open\n---\n',
        ),
    ],
    ['a state that says enabling', () => writeFileSync(own('sealing'), 'enabling\n')],
    ['a state that says disabling', () => writeFileSync(own('sealing'), 'disabling\n')],
  ])('is not encrypted for by encrypt on, with %s', async (_what, plant) => {
    await playBack();
    plant();
    expect(await isRefused('on')).toBe(true);
  });

  it('is never trusted again after the folder was decrypted and encrypted again', async () => {
    const old = readFileSync(own('identity.age'));
    expect((await runOpen(['encrypt', 'off', '--yes'], { place })).exit).toBe(Exit.done);
    await seal(place);
    writeFileSync(own('identity.age'), old);
    expect(await isRefused('trust')).toBe(true);
    rmSync(join(place.config, 'recipients'));
    const { exit, err } = await runOpen(['encrypt', 'trust'], { place });
    expect([exit, err]).toEqual([Exit.failed, expect.stringContaining('stopped using')]);
  });

  it('can be replaced after restoring a backup: off, then on with a new key', async () => {
    const note = filesBelow(place.folder).find(path => path.endsWith('.md.age')) ?? '';
    const bytes = readFileSync(join(place.folder, note));
    const { old } = await playBack();
    writeFileSync(join(place.folder, note), bytes);
    expect((await runOpen(['encrypt', 'off', '--yes'], { place })).exit).toBe(Exit.done);
    await seal(place);
    expect(pinned()).not.toBe(old);
    expect(await textOf(place.folder, note)).toContain('the clock on the wall');
  });
});

describe('rotate', () => {
  it.each(['rotating', 'enabling', 'disabling', 'on', 'nonsense'])(
    'makes a new key whatever the folder says its state is (%s)',
    async state => {
      const before = pinned();
      writeFileSync(own('sealing'), `${state}\n`);
      expect((await runOpen(['encrypt', 'rotate'], { place })).exit).toBe(Exit.done);
      expect([pinned() === before, readFileSync(own('sealing'), 'utf8')]).toEqual([false, 'on\n']);
    },
  );
});

describe('encrypted notes without their key', () => {
  it.each([
    ['this machine has a pin', () => {}],
    ['this machine has no pin', () => rmSync(place.config, { recursive: true })],
  ])('get no plaintext beside them when %s', async (_what, forget) => {
    rmSync(own(''), { recursive: true });
    forget();
    const { exit, err } = await keep(secret);
    expect([exit, err.replace(/\s+/g, ' ')]).toEqual([
      Exit.locked,
      expect.stringContaining('identity.age, is not there; nothing was written'),
    ]);
    expect(filesWith(place.home, secret)).toEqual([]);
    const again = await runOpen(['encrypt', 'on'], { place });
    expect([again.exit, existsSync(own('identity.age'))]).toEqual([Exit.locked, false]);
  });

  it('are also detected in a subfolder', async () => {
    const [note = ''] = readdirSync(place.folder).filter(name => name.endsWith('.age'));
    const bytes = readFileSync(join(place.folder, note));
    rmSync(place.folder, { recursive: true });
    rmSync(place.config, { recursive: true });
    mkdirSync(join(place.folder, '2026'), { recursive: true, mode: 0o700 });
    writeFileSync(join(place.folder, '2026', note), bytes);
    expect((await keep(secret)).exit).toBe(Exit.locked);
  });

  it('get no plaintext by another path of the same folder', async () => {
    const link = join(place.home, 'alias');
    symlinkSync(place.folder, link);
    for (const name of readdirSync(own(''))) rmSync(own(name), { recursive: true });
    for (const name of readdirSync(place.folder)) if (name.endsWith('.age')) rmSync(join(place.folder, name));
    const { exit, err } = await keep(secret, { folder: link });
    expect([exit, err.replace(/\s+/g, ' ')]).toEqual([
      Exit.failed,
      expect.stringContaining('were sealed on this machine'),
    ]);
    expect(filesWith(place.home, secret)).toEqual([]);
  });
});

describe('the pin of a folder', () => {
  it('is found by another path of it, and stays one line', async () => {
    const link = join(place.home, 'alias');
    symlinkSync(place.folder, link);
    const kept = await keep(secret, { folder: link });
    expect([kept.exit, kept.out.trim()]).toEqual([Exit.done, expect.stringMatching(/\.md\.age$/)]);
    expect((await runOpen(['encrypt', 'rotate'], { place: { ...place, folder: link } })).exit).toBe(
      Exit.done,
    );
    expect(readFileSync(join(place.config, 'recipients'), 'utf8').trimEnd().split('\n')).toEqual([
      `${pinned()} ${place.folder}`,
    ]);
  });

  it('comes back when it was lost, with encrypt trust and the passphrase', async () => {
    rmSync(join(place.config, 'recipients'));
    for (const what of ['on', 'rotate']) {
      writeFileSync(own('sealing'), 'enabling\n');
      const { exit, err } = await runOpen(['encrypt', what], { place });
      expect([exit, err]).toEqual([Exit.failed, expect.stringContaining('encrypt trust')]);
    }
    expect((await runOpen(['encrypt', 'trust'], { place })).exit).toBe(Exit.done);
    expect((await runOpen(['encrypt', 'on'], { place })).exit).toBe(Exit.done);
    expect((await keep(secret)).exit).toBe(Exit.done);
  });

  it('without a key or an encrypted note, as a killed encrypt on leaves it, lets the same command finish', async () => {
    for (const name of readdirSync(own(''))) rmSync(own(name), { recursive: true });
    for (const name of readdirSync(place.folder)) if (name.endsWith('.age')) rmSync(join(place.folder, name));
    const before = pinned();
    expect((await runOpen(['encrypt', 'on'], { place })).exit).toBe(Exit.done);
    expect(pinned()).not.toBe(before);
    expect((await keep(secret)).exit).toBe(Exit.done);
    expect(filesWith(place.home, secret)).toEqual([]);
  });

  it('that a killed encrypt off has already removed lets the command finish', async () => {
    for (const what of [['off', '--yes'], ['rotate'], ['trust']]) {
      if (!existsSync(own('sealing'))) await seal(place);
      const key = readFileSync(own('identity.age'));
      expect((await runOpen(['encrypt', 'off', '--yes'], { place })).exit).toBe(Exit.done);
      writeFileSync(own('identity.age'), key);
      writeFileSync(own('sealing'), 'disabling\n');
      await run(['encrypt', ...what], { place, input: '' });
      expect([what, existsSync(own('sealing')), existsSync(own('identity.age'))]).toEqual([
        what,
        false,
        false,
      ]);
      expect((await keep(secret)).exit).toBe(Exit.done);
    }
  });
});
