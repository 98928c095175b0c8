import { Exit, Problem } from '../../errors.ts';
import { readDayEnds } from '../../core/dates/day-ends.ts';
import { settingKeys } from '../../world/world.ts';
import { allQuestions } from '../../cli/options/all-questions.ts';
import type { SettingKey, World } from '../../world/world.ts';

/** What counts where a setting is not set; the others are said in words. */
const usual: Partial<Record<SettingKey, string>> = {
  mode: 'quick',
  timer: 'on',
  plain: 'off',
  language: 'en',
  day_ends: '0:00',
};

/**
 * Prints all settings, two lines each: its value now as `key = value`, then where that comes from and what it
 * may be.
 */
export async function configList(world: World): Promise<Exit> {
  const { out, words } = world;
  for (const key of settingKeys) {
    const { value, from } = valueNow(world, key);
    out.wrapped(
      value === undefined ? words('config.row_unset', { key }) : words('config.row', { key, value }),
      4,
    );
    const may = words(`config.may.${key}`, { known: world.templates.languages.join(', ') });
    out.wrapped(`  ${words('config.about', { from, may })}`, 4);
  }
  return Promise.resolve(Exit.done);
}

/** The value that counts now, and where it comes from in words; undefined where a setting has none. */
function valueNow(world: World, key: SettingKey): { readonly value?: string; readonly from: string } {
  const { settings, words } = world;
  const set = key === 'hide' ? settings.hidden.join(', ') : (settings.get(key) ?? '');
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
  const known = await readKey(world, key);
  const value = known === 'hide' ? world.settings.hidden.join(', ') : world.settings.get(known);
  if (value !== undefined && value !== '') world.out.line(value);
  else world.messages.say(world.words('config.not_set', { key: known }));
  return Promise.resolve(Exit.done);
}

/**
 * Sets one and says to what: a folder by its whole path, yes and no as on and off. A value that the setting
 * can't have is refused.
 */
export async function configSet(world: World, key: string, typed: string): Promise<Exit> {
  const known = await readKey(world, key);
  const value = await readValue(world, known, typed);
  await world.settings.change(known, value);
  const said = typeof value === 'string' ? value : value.join(', ');
  world.messages.say(world.words('config.set', { key: known, value: said }));
  if (known === 'folder') world.messages.say(world.words('config.folder_moves_nothing'));
  return Exit.done;
}

export async function configUnset(world: World, key: string): Promise<Exit> {
  const known = await readKey(world, key);
  await world.settings.change(known, undefined);
  world.messages.say(world.words('config.unset', { key: known }));
  return Exit.done;
}

/** Prints the path of the settings' file. */
export async function configPath(world: World): Promise<Exit> {
  world.out.line(world.settings.path);
  return Promise.resolve(Exit.done);
}

// What reads a name in any case is loaded only where it is needed.
async function readKey({ words }: World, text: string): Promise<SettingKey> {
  const exact = settingKeys.find(key => key === text);
  if (exact !== undefined) return exact;
  const { offer } = await import('../../cli/options/read-flags.ts');
  const { bareNames, keyNamed } = await import('../../core/text/named-picks.ts');
  const known = bareNames(settingKeys);
  const key = keyNamed(text, known);
  if (key !== undefined) return key;
  const choices = offer(words, text, known);
  throw new Problem('cli.unknown-setting', { key: text, ...choices }, { exit: Exit.misused });
}

/**
 * Reads the value of a setting as it is stored. Throws a Problem (exit 2) for one that the setting can't
 * have.
 */
async function readValue(world: World, key: SettingKey, typed: string): Promise<string | readonly string[]> {
  const { languages } = world.templates;
  const choices: Partial<Record<SettingKey, readonly string[]>> = {
    mode: ['quick', 'full'],
    timer: ['on', 'off'],
    plain: ['on', 'off'],
    language: languages,
  };
  const text = key === 'plain' || key === 'timer' ? asSwitch(typed) : typed;
  const known = choices[key];
  if (known !== undefined) {
    const { choiceFlag } = await import('../../cli/options/read-flags.ts');
    return choiceFlag(world, key, text, known) ?? text;
  }
  if (key === 'day_ends' && readDayEnds(text) === undefined)
    throw new Problem('cli.no-hour', { text }, { exit: Exit.misused });
  if (text.trim() === '') throw new Problem('cli.empty-setting', { key }, { exit: Exit.misused });
  if (key === 'hide') return readHidden(world, text);
  return key === 'folder' ? world.pathOf(text) : text;
}

const switches: Readonly<Record<string, string>> = {
  yes: 'on',
  y: 'on',
  true: 'on',
  1: 'on',
  no: 'off',
  n: 'off',
  false: 'off',
  0: 'off',
};

/** Takes yes and no, however a person writes them, for the values of a switch. */
function asSwitch(text: string): string {
  const typed = text.trim().toLowerCase();
  return Object.hasOwn(switches, typed) ? (switches[typed] ?? text) : text;
}

/**
 * Reads the questions to hide, by id or by their words on the screen, with commas or (for ids) spaces
 * between.
 */
async function readHidden(world: World, text: string): Promise<readonly string[]> {
  const { bareNames, readNamed } = await import('../../core/text/named-picks.ts');
  const questions = await allQuestions(world);
  const named = questions.map(({ id, words }) => ({ key: id, label: words }));
  const byCommas = readNamed(text, named);
  const bySpaces = readNamed(
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(','),
    named,
  );
  const { keys: ids, unknown: word } = byCommas.unknown === undefined ? byCommas : bySpaces;
  // Of the words of a question no single one is named.
  const unknown = word === undefined || ids.length > 0 ? word : byCommas.unknown || word;
  if (unknown !== undefined) {
    const { offer } = await import('../../cli/options/read-flags.ts');
    const { hint } = offer(world.words, unknown, bareNames(questions.map(({ id }) => id)));
    throw new Problem('cli.hide-unknown', { id: unknown, hint }, { exit: Exit.misused });
  }
  const kept = questions.find(({ id, safety }) => safety && ids.includes(id));
  if (kept !== undefined) throw new Problem('cli.hide-safety', { id: kept.id }, { exit: Exit.misused });
  return [...new Set(ids)];
}
