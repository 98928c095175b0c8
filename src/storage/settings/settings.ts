import { join } from 'node:path';
import { Exit } from '../../errors.ts';
import { readDayEnds } from '../../core/dates/day-ends.ts';
import { nearest } from '../../core/text/nearest-words.ts';
import { settingKeys, type Finding, type SettingKey, type Settings } from '../../world/world.ts';
import { isFixed } from './locations.ts';
import { isRecord } from '../format/is-record.ts';
import { fault, problemOf, type StorageFault } from '../fs/problems.ts';
import { readIfThere, tryReadWhole } from '../fs/read-file.ts';

type Value = string | readonly string[];
type Values = Readonly<Record<string, Value>>;

const choices: Readonly<Partial<Record<SettingKey, readonly string[]>>> = {
  mode: ['quick', 'full'],
  timer: ['on', 'off'],
  plain: ['on', 'off'],
};

/**
 * Opens the settings in `<configDir>/config.json`. The file is read on first access, so that commands without
 * settings work even if it is broken. Access to a broken file throws a Problem that names the file and the
 * wrong key, if there is one.
 */
export function openSettings(configDir: string): Settings {
  const path = join(configDir, 'config.json');
  let read: Values | undefined;
  const values = (): Values => (read ??= readSettings(path));
  return {
    path,
    get: key => {
      const value = values()[key];
      return typeof value === 'string' ? value : value?.join(', ');
    },
    get hidden() {
      const hide = values()['hide'];
      return typeof hide === 'object' ? hide : [];
    },
    get all() {
      return values();
    },
    change: async (key, value) => {
      if (value !== undefined && !isValid(key, value))
        throw problemOf(fault('storage.setting-refused', { name: key }), { exit: Exit.misused });
      const { changeSetting } = await import('./change-setting.ts');
      changeSetting({
        folder: configDir,
        path,
        key,
        value,
        isReadable: parseSettings(readIfThere(path, { follow: true }) ?? '{}') !== undefined,
      });
      read = undefined;
    },
  };
}

/** Returns settings whose folder can't be determined: any access throws `reason`. */
export function unavailableSettings(reason: unknown): Settings {
  const refuse = (): never => {
    throw reason;
  };
  return {
    get path() {
      return refuse();
    },
    get hidden() {
      return refuse();
    },
    get all() {
      return refuse();
    },
    get: refuse,
    change: async () => refuse(),
  };
}

/**
 * Returns a setting, or undefined if the settings are broken: for --help and help-now, which must never fail.
 */
export function settingIfAny(settings: Settings, key: SettingKey): string | undefined {
  try {
    return settings.get(key);
  } catch {
    return undefined;
  }
}

/** Returns findings about wrong values and unknown keys in the settings file. Never throws. */
export function settingsFindings(path: string, languages: readonly string[]): readonly Finding[] {
  const read = tryReadWhole(path, { follow: true });
  if (read.is === 'fault')
    return read.fault.key === 'storage.read-missing'
      ? []
      : [{ key: read.fault.key, path, params: read.fault.params, severity: 'action' }];
  const parsed = parseSettings(read.text);
  if (parsed === undefined)
    return [{ key: 'storage.settings-syntax', path, params: { path }, severity: 'action' }];
  return Object.entries(parsed).flatMap(([name, value]): readonly Finding[] => {
    const key = settingKeys.find(known => known === name);
    if (key === undefined) {
      const near = nearest(name, settingKeys);
      return near === undefined
        ? [{ key: 'doctor.setting-unknown', path, params: { path, name }, severity: 'info' }]
        : [{ key: 'doctor.setting-near', path, params: { path, name, near }, severity: 'info' }];
    }
    const isRight =
      isValue(value) &&
      isValid(key, value) &&
      (key !== 'language' || (typeof value === 'string' && languages.includes(value)));
    if (isRight) return [];
    const wrong = wrongValue(path, key, value);
    return [{ key: wrong.key, path, params: wrong.params, severity: 'action' }];
  });
}

function readSettings(path: string): Values {
  // Follow links: people often store their settings elsewhere and link to them.
  const text = readIfThere(path, { follow: true });
  if (text === undefined) return {};
  const parsed = parseSettings(text);
  if (parsed === undefined) throw problemOf(fault('storage.settings-syntax', { path }));
  const found: [string, Value][] = [];
  for (const key of settingKeys) {
    if (!Object.hasOwn(parsed, key)) continue;
    const value = parsed[key];
    if (!isValue(value) || !isValid(key, value)) throw problemOf(wrongValue(path, key, value));
    found.push([key, value]);
  }
  return Object.fromEntries(found);
}

/** Parses the settings' JSON, optionally with a BOM. Returns undefined if it is not a JSON object. */
export function parseSettings(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function wrongValue(path: string, key: SettingKey, value: unknown): StorageFault {
  return key === 'folder' && typeof value === 'string'
    ? fault('storage.setting-folder', { path, folder: value })
    : fault('storage.setting-value', { path, name: key });
}

function isValue(value: unknown): value is Value {
  return typeof value === 'string' || (Array.isArray(value) && value.every(item => typeof item === 'string'));
}

function isValid(key: SettingKey, value: Value): boolean {
  if (key === 'hide') return typeof value === 'object';
  if (typeof value !== 'string') return false;
  if (key === 'folder' && value !== '' && !isFixed(value)) return false;
  if (key === 'day_ends') return readDayEnds(value) !== undefined;
  return choices[key]?.includes(value) ?? true;
}
