import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import { tempFolder } from '../support.ts';

const withFile = (text: string): string => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'config.json'), text);
  return folder;
};

test('no file means no settings, and reading creates nothing', () => {
  const folder = join(tempFolder(), 'config');
  const settings = openSettings(folder);
  expect([settings.get('mode'), settings.hidden, settings.all]).toEqual([undefined, [], {}]);
  expect(() => statSync(folder)).toThrow('ENOENT');
});

test('reads settings, even with a BOM, and leaves unknown settings alone', () => {
  const settings = openSettings(withFile('\ufeff{"mode":"full","hide":["echo","care"],"later":1}'));
  expect([settings.get('mode'), settings.get('hide'), settings.hidden]).toEqual([
    'full',
    'echo, care',
    ['echo', 'care'],
  ]);
  expect(settings.all).toEqual({ mode: 'full', hide: ['echo', 'care'] });
});

test.each(['', '{', '// x\n{}', '[]', 'null', '\ufeff\ufeff{}'])(
  'a broken file (%j) is named when it is asked, not before',
  text => {
    const settings = openSettings(withFile(text));
    expect(settings.path.endsWith('config.json')).toBe(true);
    expect(() => settings.get('mode')).toThrow('storage.settings-syntax');
  },
);

test.each([
  '{"mode":"slow"}',
  '{"timer":true}',
  '{"hide":"echo"}',
  '{"hide":[1]}',
  '{"folder":3}',
  '{"with":null}',
])('a wrong value (%s) is named', text => {
  expect(() => openSettings(withFile(text)).all).toThrow('storage.setting-value');
});

test('a change is written privately, keeps unknown settings, and is visible immediately', async () => {
  const folder = join(tempFolder(), 'a', 'b');
  const settings = openSettings(folder);
  expect(settings.get('mode')).toBeUndefined();
  await settings.change('mode', 'full');
  await settings.change('hide', ['echo']);
  expect([settings.get('mode'), settings.hidden]).toEqual(['full', ['echo']]);
  writeFileSync(settings.path, `\ufeff${JSON.stringify({ mode: 'full', later: { a: 1 } })}`);
  await settings.change('with', 'Ada $& ü');
  await settings.change('mode', undefined);
  expect(JSON.parse(readFileSync(settings.path, 'utf8'))).toEqual({ later: { a: 1 }, with: 'Ada $& ü' });
  expect(statSync(settings.path).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('copies a broken file before it writes a setting', async () => {
  const folder = withFile('{"mode": "full",}');
  await openSettings(folder).change('timer', 'on');
  const names = readdirSync(folder);
  expect(names).toEqual(['config.json', expect.stringMatching(/^config\.json\.bad-\d{8}T\d+$/)]);
  expect(readFileSync(join(folder, names[1] ?? ''), 'utf8')).toBe('{"mode": "full",}');
  expect(openSettings(folder).all).toEqual({ timer: 'on' });
});

test('refuses a wrong value before anything is written', async () => {
  const folder = tempFolder();
  await expect(openSettings(folder).change('mode', 'slow')).rejects.toMatchObject({
    key: 'storage.setting-refused',
    exit: 2,
  });
  await expect(openSettings(folder).change('hide', 'echo')).rejects.toMatchObject({
    key: 'storage.setting-refused',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('names a folder in the place of the settings', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'config.json'));
  expect(() => openSettings(folder).get('mode')).toThrow('storage.read-not-file');
});

test('refuses a folder that depends on the working directory', async () => {
  expect(() => openSettings(withFile('{"folder":"notes"}')).all).toThrow('storage.setting-folder');
  for (const folder of ['/a/notes', '~/notes', '~'])
    expect(openSettings(withFile(JSON.stringify({ folder }))).get('folder')).toBe(folder);
  await expect(openSettings(tempFolder()).change('folder', 'notes')).rejects.toMatchObject({
    key: 'storage.setting-refused',
  });
});
