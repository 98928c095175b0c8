import { Exit, Problem } from '../errors.ts';
import { readDayEnds } from '../core/day-ends.ts';
import { nearest } from '../core/suggest.ts';
import { settingKeys } from '../world.ts';
import { allQuestions } from '../conversation/all-questions.ts';
import type { SettingKey, World } from '../world.ts';

/** What counts where a setting is not set; the others are said in words. */
const usual: Partial<Record<SettingKey, string>> = { mode: 'quick', timer: 'on', plain: 'off', language: 'en', day_ends: '0:00' };

/**
 * Prints all settings, two lines each: its value now as `key = value`, then where that comes from and what it
 * may be.
 */
export async function configList(world: World): Promise<Exit> {
  const { out, words } = world;
  for (const key of settingKeys) {
    const { value, from } = valueNow(world, key);
    out.wrapped(value === undefined ? words('config.row_unset', { key }) : words('config.row', { key, value }), 4);
    const may = words(`config.may.${key}`, { known: world.templates.languages.join(', ') });
    out.wrapped(`  ${words('config.about', { from, may })}`, 4);
  }
  return Promise.resolve(Exit.done);
}

/** The value that counts now, and where it comes from in words; undefined where a setting has none. */
function valueNow(world: World, key: SettingKey): { readonly value?: string; readonly from: string } {
  const { settings, words } = world;
  const set = key === 'hide' ? settings.hidden.join(', ') : settings.get(key) ?? '';
  const overriding = world.overriding()[key];
  const isSet = set !== '';
  // The setting names the editor before the environment does; everything else is the other way round.
  if (overriding !== undefined && !(key === 'editor' && isSet)) {
    const value = key === 'folder' ? world.folder() : overriding.value;
    return { value, from: words('config.from_run', { from: overriding.from }) };
  }
  if (isSet) return { value: set, from: words('config.from_set') };
  return { value: key === 'folder' ? world.folder() : usual[key], from: words('config.from_usual') };
}

/** Prints one setting's value; says so when it is not set. */
export async function configGet(world: World, key: string): Promise<Exit> {
  const known = readKey(key);
  const value = known === 'hide' ? world.settings.hidden.join(', ') : world.settings.get(known);
  if (value !== undefined && value !== '') world.out.line(value);
  else world.talk.say(world.words('config.not_set', { key: known }));
  return Promise.resolve(Exit.done);
}

/** Sets one and says to what: a folder by its whole path, yes and no as on and off. A value that the setting can't have is refused. */
export async function configSet(world: World, key: string, typed: string): Promise<Exit> {
  const known = readKey(key);
  await checkValue(world, known, asSwitch(known, typed));
  const value = known === 'folder' ? world.pathOf(typed) : asSwitch(known, typed);
  await world.settings.change(known, known === 'hide' ? value.split(/[\s,]+/).filter(Boolean) : value);
  world.talk.say(world.words('config.set', { key: known, value }));
  if (known === 'folder') world.talk.say(world.words('config.folder_moves_nothing'));
  return Exit.done;
}

export async function configUnset(world: World, key: string): Promise<Exit> {
  const known = readKey(key);
  await world.settings.change(known, undefined);
  world.talk.say(world.words('config.unset', { key: known }));
  return Exit.done;
}

/** Prints the path of the settings' file. */
export async function configPath(world: World): Promise<Exit> {
  world.out.line(world.settings.path);
  return Promise.resolve(Exit.done);
}

function readKey(text: string): SettingKey {
  const key = settingKeys.find((one) => one === text);
  if (key !== undefined) return key;
  const near = nearest(text, settingKeys);
  throw near === undefined
    ? new Problem('cli.unknown-setting', { key: text, known: settingKeys.join(', ') }, { exit: Exit.misused })
    : new Problem('cli.unknown-setting-near', { key: text, near }, { exit: Exit.misused });
}

/** Takes yes and no, however a person writes them, for the values of a switch. */
function asSwitch(key: SettingKey, text: string): string {
  if (key !== 'plain' && key !== 'timer') return text;
  if (['yes', 'true'].includes(text.toLowerCase())) return 'on';
  return ['no', 'false'].includes(text.toLowerCase()) ? 'off' : text;
}

async function checkValue(world: World, key: SettingKey, value: string): Promise<void> {
  const choices: Partial<Record<SettingKey, readonly string[]>> = { mode: ['quick', 'full'], timer: ['on', 'off'], plain: ['on', 'off'], language: world.templates.languages };
  const known = choices[key];
  if (known !== undefined && !known.includes(value)) throw new Problem('cli.bad-choice', { flag: key, text: value, known: known.join(', ') }, { exit: Exit.misused });
  if (key === 'day_ends' && readDayEnds(value) === undefined)
    throw new Problem('cli.no-hour', { text: value }, { exit: Exit.misused });
  if (value.trim() === '') throw new Problem('cli.empty-setting', { key }, { exit: Exit.misused });
  if (key !== 'hide') return;
  const questions = await allQuestions(world);
  for (const id of value.split(/[\s,]+/).filter(Boolean)) {
    const named = questions.filter((one) => one.id === id);
    if (named.length === 0) throw new Problem('cli.hide-unknown', { id }, { exit: Exit.misused });
    if (named.some(({ safety }) => safety)) throw new Problem('cli.hide-safety', { id }, { exit: Exit.misused });
  }
}
