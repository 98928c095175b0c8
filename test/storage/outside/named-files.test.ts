import { settingKeys } from '../../../src/world/world.ts';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readAll, readNamed } from '../../../src/storage/outside/named-files.ts';
import { configFolder, notesFolder, pathNamed } from '../../../src/storage/settings/locations.ts';
import { openTemplates } from '../../../src/storage/templates/templates.ts';
import { openPlace, run } from '../../support/world.ts';

const gone = (): string => {
  throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' });
};

test('reads a stream up to the size limit of files', async () => {
  expect(
    await readAll(Readable.from([Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)]), 'x'),
  ).toBe('ä');
  let given = 0;
  const endless = Readable.from(
    (function* chunks() {
      for (;;) {
        given++;
        yield Buffer.alloc(65_536, 'a');
      }
    })(),
  );
  await expect(readAll(endless, 'standard input')).rejects.toMatchObject({
    key: 'storage.read-too-large',
    params: { path: 'standard input' },
  });
  expect(given).toBeLessThan(60);
  await expect(readAll(Readable.from([Buffer.from([0xff])]), 'x')).rejects.toMatchObject({
    key: 'storage.read-not-text',
  });
});

test('reads a named pipe, but refuses a folder', async () => {
  const place = openPlace();
  const pipe = join(place.home, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Another process writes, because this one blocks while reading.
  const writer = spawn('sh', ['-c', `printf 'ä\nb' > '${pipe}'`]);
  expect(readNamed(pipe)).toBe('ä\nb');
  expect(
    await new Promise(resolve => {
      writer.on('close', resolve);
    }),
  ).toBe(0);
  expect(readNamed('/dev/null')).toBe('');
  expect(() => readNamed(place.home)).toThrow(expect.objectContaining({ key: 'storage.named-not-file' }));
  expect(() => readNamed('/dev/zero')).toThrow(expect.objectContaining({ key: 'storage.read-too-large' }));
  expect(() => readNamed(join(place.home, 'none'))).toThrow(
    expect.objectContaining({ key: 'storage.read-missing' }),
  );
  place.remove();
});

test('asks for the working directory only if a path needs it', () => {
  const env = { HOME: '/home/ada' };
  expect(configFolder({ env, platform: 'linux', cwd: gone })).toBe('/home/ada/.config/rupture');
  expect(notesFolder({ env, platform: 'linux', cwd: gone }, '/a/../b', () => undefined)).toBe('/b');
  expect(notesFolder({ env: {}, platform: 'linux', cwd: gone }, '/b', () => undefined)).toBe('/b');
  expect(pathNamed('~/notes', { env, platform: 'linux', cwd: gone })).toBe('/home/ada/notes');
  expect(pathNamed('notes', { env, platform: 'linux', cwd: () => '/here' })).toBe('/here/notes');
});

test('does not treat the name of an inherited property as a language', async () => {
  expect((await openTemplates('constructor', () => '/none').shipped()).length).toBeGreaterThan(0);
  expect(await openTemplates('en', () => '/none').list('constructor')).toEqual([]);
});

test('shows which settings are set and which are not, with the full path of a folder', async () => {
  const place = openPlace();
  try {
    const said = async (...args: string[]): Promise<string> => {
      const { out, err } = await run(['config', ...args], { place, input: '' });
      return `${out}|${err}`.replaceAll(place.home, 'HOME').trim();
    };
    expect(await said()).toContain('mode = quick\n  not set; can be quick or full\n');
    expect(await said()).toContain('with has no value\n  not set; can be the name');
    expect(await said()).toMatch(
      /^folder = HOME\/[^\n]+\n {2}from RUPTURE_FOLDER; can be the path of a folder\n/,
    );
    expect(await said('get', 'mode')).toBe('|mode is not set.');
    expect(await said('set', 'folder', 'mynotes')).toMatch(/^\|folder is now: HOME\/mynotes\n/);
    expect(await said('set', 'plain', 'Yes')).toBe('|plain is now: on');
    expect(await said('set', 'timer', 'false')).toBe('|timer is now: off');
    const listed = await said('list');
    expect(listed).toContain(
      'timer = off\n  set by you; can be on or off\nplain = on\n  set by you; can be on or off\n',
    );
    expect(await said('list', '--plain')).toContain('plain = on\n  from --plain;');
    for (const key of settingKeys) expect(listed).toMatch(new RegExp(`^${key} (?:= |has no value)`, 'm'));
  } finally {
    place.remove();
  }
});

test('reports a name that is not UTF-8, whether typed or found', async () => {
  const place = openPlace();
  const name = Buffer.from(`${place.home}/caf\xe9.md`, 'latin1');
  writeFileSync(name, 'sit: bothered');
  const asNodeHasIt = name.toString('utf8');
  expect(() => readNamed(asNodeHasIt)).toThrow(expect.objectContaining({ key: 'storage.read-name' }));
  expect(() => readNamed(join(place.home, 'cafe.md'))).toThrow(
    expect.objectContaining({ key: 'storage.read-missing' }),
  );
  expect(await run(['export', 'json', '--to', asNodeHasIt], { place, input: '' })).toMatchObject({
    exit: 1,
    err: expect.stringContaining('not UTF-8'),
  });
  mkdirSync(place.folder);
  writeFileSync(Buffer.from(`${place.folder}/caf\xe9.md`, 'latin1'), '---\nrupture: 1\n---\n');
  writeFileSync(
    join(place.folder, 'caf\ufffd2.md'),
    '---\nrupture: 1\nid: abcdef\nsession: 2026-01-01\nstatus: open\ntitle: Here it is\n---\n',
  );
  const summary = await run(['summary'], { place, input: '' });
  expect([summary.out, summary.err]).toEqual([
    expect.stringContaining('Here it is'),
    expect.stringMatching(/^caf\ufffd\.md has a name that is not UTF-8/),
  ]);
  place.remove();
});
