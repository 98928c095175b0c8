import { win32, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  configFolder,
  copyEnvironment,
  isFixed,
  notesFolder,
  pathNamed,
} from '../../../src/storage/settings/locations.ts';
import type { PlaceNeeds } from '../../../src/storage/settings/locations.ts';
import { relativePath } from '../../../src/storage/fs/relative-path.ts';

const none = (): undefined => undefined;
const ada = {
  USERPROFILE: 'C:\\Users\\ada',
  APPDATA: 'C:\\Users\\ada\\AppData\\Roaming',
  LOCALAPPDATA: 'D:\\Local',
};
const windows = (env: Readonly<Record<string, string | undefined>> = ada, cwd = 'D:\\here'): PlaceNeeds => ({
  env,
  platform: 'win32',
  cwd: () => cwd,
});

describe('on Windows', () => {
  it('settings and notes are in the usual folders', () => {
    expect(configFolder(windows())).toBe('C:\\Users\\ada\\AppData\\Roaming\\rupture\\Config');
    expect(notesFolder(windows(), undefined, none)).toBe('D:\\Local\\rupture\\Data');
  });

  it.each([undefined, '', 'AppData'])(
    'they lie in the profile where the system says %j for its folders',
    told => {
      const needs = windows({ USERPROFILE: 'C:\\Users\\ada', APPDATA: told, LOCALAPPDATA: told });
      expect(configFolder(needs)).toBe('C:\\Users\\ada\\AppData\\Roaming\\rupture\\Config');
      expect(notesFolder(needs, undefined, none)).toBe('C:\\Users\\ada\\AppData\\Local\\rupture\\Data');
    },
  );

  it.each([
    ['~', 'C:\\Users\\ada'],
    ['~/notes', 'C:\\Users\\ada\\notes'],
    ['~\\notes', 'C:\\Users\\ada\\notes'],
    ['~ada', 'D:\\here\\~ada'],
    ['notes', 'D:\\here\\notes'],
    ['..\\notes', 'D:\\notes'],
    ['E:/notes/', 'E:\\notes'],
    ['\\notes', 'D:\\notes'],
    ['/notes', 'D:\\notes'],
    ['\\\\nas\\ada\\notes', '\\\\nas\\ada\\notes'],
  ])('%j is %j', (path, expected) => {
    expect(win32.normalize(pathNamed(path, windows()))).toBe(expected);
  });

  it('HOME comes before the profile, as in shells that set it', () => {
    expect(pathNamed('~/x', windows({ ...ada, HOME: 'H:\\' }))).toBe('H:\\x');
    expect(pathNamed('~/x', windows({ ...ada, HOME: '' }))).toBe('C:\\Users\\ada\\x');
  });

  it('a setting needs the drive, because a path without it differs per drive', () => {
    expect(
      ['C:\\x', 'C:/x', '\\\\nas\\x\\y', '~\\x', '~/x', '~'].filter(path => !isFixed(path, win32)),
    ).toEqual([]);
    expect(['\\x', '/x', 'C:x', 'x', '..\\x', '~x'].filter(path => isFixed(path, win32))).toEqual([]);
  });

  it('a variable is found whatever its case, and the environment of an editor stays as it is', () => {
    expect(copyEnvironment({ Path: 'C:\\bin', editor: 'code --wait' }, 'win32')).toMatchObject({
      PATH: 'C:\\bin',
      EDITOR: 'code --wait',
      Path: 'C:\\bin',
      editor: 'code --wait',
    });
    expect(copyEnvironment({ Path: 'x' }, 'linux')).toEqual({ Path: 'x' });
  });

  it('a path within the folder has /, as in records, whichever separator it came with', () => {
    expect(['C:\\n/sub/x.md', 'C:\\n\\sub\\x.md'].map(path => relativePath('C:\\n', path, win32))).toEqual([
      'sub/x.md',
      'sub/x.md',
    ]);
    expect(relativePath('/n', '/n/a\\b.md', posix)).toBe('a\\b.md');
  });
});

describe('elsewhere', () => {
  it('macOS and Linux have their own folders, and a relative XDG folder is ignored', () => {
    const mac: PlaceNeeds = {
      env: { HOME: '/Users/ada', XDG_DATA_HOME: '/x' },
      platform: 'darwin',
      cwd: () => '/',
    };
    expect([configFolder(mac), notesFolder(mac, undefined, none)]).toEqual([
      '/Users/ada/Library/Preferences/rupture',
      '/Users/ada/Library/Application Support/rupture',
    ]);
    const linux: PlaceNeeds = {
      env: { HOME: '/home/ada', XDG_CONFIG_HOME: 'x', XDG_DATA_HOME: '/data' },
      platform: 'linux',
      cwd: () => '/',
    };
    expect([configFolder(linux), notesFolder(linux, undefined, none)]).toEqual([
      '/home/ada/.config/rupture',
      '/data/rupture',
    ]);
  });

  it('a \\ is part of a name, and USERPROFILE has no meaning', () => {
    const needs: PlaceNeeds = {
      env: { HOME: '/home/ada', USERPROFILE: 'C:\\x' },
      platform: 'linux',
      cwd: () => '/here',
    };
    expect([pathNamed('~\\x', needs), pathNamed('C:\\x', needs), pathNamed('~/x', needs)]).toEqual([
      '/here/~\\x',
      '/here/C:\\x',
      '/home/ada/x',
    ]);
    expect([isFixed('~\\x', posix), isFixed('C:\\x', posix), isFixed('/x', posix)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
