import { Exit, Problem } from '../../errors.ts';
import { readDayEnds } from '../../core/dates/day-ends.ts';
import { settingKeys } from '../../world/world.ts';
import { allQuestions } from '../../cli/options/all-questions.ts';
import type {
  SettingKey,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  FilesPort,
} from '../../world/world.ts';

/** The default values of settings. */
const defaults: Partial<Record<SettingKey, string>> = {
  mode: 'quick',
  timer: 'on',
  plain: 'off',
  language: 'en',
  day_ends: '0:00',
};

/**
 * Prints all settings, two lines each: the current value as `key = value`, then its origin and the allowed
 * values.
 */
export async function configList(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
): Promise<Exit> {
  const { out, words } = world;
  for (const key of settingKeys) {
    const { value, from } = currentValue(world, key);
    out.wrapped(
      value === undefined ? words('config.row_unset', { key }) : words('config.row', { key, value }),
      4,
    );
    const allowed = words(`config.may.${key}`, { known: world.templates.languages.join(', ') });
    out.wrapped(`  ${words('config.about', { from, may: allowed })}`, 4);
  }
  return Promise.resolve(Exit.done);
}

/** Returns the value in effect (undefined if there is none) and its origin in words. */
function currentValue(
  world: WordsPort & SettingsPort,
  key: SettingKey,
): { readonly value?: string; readonly from: string } {
  const { settings, words } = world;
  const set = key === 'hide' ? settings.hidden.join(', ') : (settings.get(key) ?? '');
  const overriding = world.overriding()[key];
  const isSet = set !== '';
  // The environment and flags override every setting except `editor`, which overrides the environment.
  if (overriding !== undefined && !(key === 'editor' && isSet)) {
    const value = key === 'folder' ? world.folder() : overriding.value;
    return { value, from: words('config.from_run', { from: overriding.from }) };
  }
  if (isSet) return { value: set, from: words('config.from_set') };
  return { value: key === 'folder' ? world.folder() : defaults[key], from: words('config.from_usual') };
}

/** Prints one setting's value, or a message if it is not set. */
export async function configGet(world: WordsPort & OutputPort & SettingsPort, key: string): Promise<Exit> {
  const known = await readKey(world, key);
  const value = known === 'hide' ? world.settings.hidden.join(', ') : world.settings.get(known);
  if (value !== undefined && value !== '') world.out.line(value);
  else world.messages.say(world.words('config.not_set', { key: known }));
  return Promise.resolve(Exit.done);
}

/**
 * Changes a setting and reports the stored value: a folder as an absolute path, yes and no as on and off.
 * Throws a Problem (exit 2) for an unknown setting or an invalid value.
 */
export async function configSet(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort & FilesPort,
  key: string,
  typed: string,
): Promise<Exit> {
  const known = await readKey(world, key);
  const value = await readValue(world, known, typed);
  await world.settings.change(known, value);
  const shown = typeof value === 'string' ? value : value.join(', ');
  world.messages.say(world.words('config.set', { key: known, value: shown }));
  if (known === 'folder') world.messages.say(world.words('config.folder_moves_nothing'));
  return Exit.done;
}

/** Removes a setting, so that its default applies again. Throws a Problem (exit 2) for an unknown setting. */
export async function configUnset(world: WordsPort & OutputPort & SettingsPort, key: string): Promise<Exit> {
  const known = await readKey(world, key);
  await world.settings.change(known, undefined);
  world.messages.say(world.words('config.unset', { key: known }));
  return Exit.done;
}

/** Prints the path of the settings file. */
export async function configPath(world: OutputPort & SettingsPort): Promise<Exit> {
  world.out.line(world.settings.path);
  return Promise.resolve(Exit.done);
}

// Loads the tolerant reader only for names that do not match exactly.
async function readKey({ words }: WordsPort, text: string): Promise<SettingKey> {
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

/** Converts a typed value to its stored form. Throws a Problem (exit 2) for an invalid value. */
async function readValue(
  world: WordsPort & TemplatesPort & FilesPort,
  key: SettingKey,
  typed: string,
): Promise<string | readonly string[]> {
  const { languages } = world.templates;
  const choices: Partial<Record<SettingKey, readonly string[]>> = {
    mode: ['quick', 'full'],
    timer: ['on', 'off'],
    plain: ['on', 'off'],
    language: languages,
  };
  const text = key === 'plain' || key === 'timer' ? readSwitch(typed) : typed;
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

/** Converts yes and no, in any common spelling, to `on` and `off`; returns any other text unchanged. */
function readSwitch(text: string): string {
  const typed = text.trim().toLowerCase();
  return Object.hasOwn(switches, typed) ? (switches[typed] ?? text) : text;
}

/**
 * Returns the ids of the questions to hide. The text lists ids or the questions as shown on the screen,
 * separated by commas or (ids only) by spaces. Throws a Problem (exit 2) for an unknown question, and for a
 * safety question, which cannot be hidden.
 */
async function readHidden(world: WordsPort & TemplatesPort, text: string): Promise<readonly string[]> {
  const { bareNames, readNamed } = await import('../../core/text/named-picks.ts');
  const questions = await allQuestions(world);
  const nameable = questions.map(({ id, words }) => ({ key: id, label: words }));
  const byCommas = readNamed(text, nameable);
  const bySpaces = readNamed(
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(','),
    nameable,
  );
  const { keys: ids, unknown: word } = byCommas.unknown === undefined ? byCommas : bySpaces;
  // If no word is an id, name the person's text up to a comma: it is probably a question as shown on screen.
  const unknown = word === undefined || ids.length > 0 ? word : byCommas.unknown || word;
  if (unknown !== undefined) {
    const { offer } = await import('../../cli/options/read-flags.ts');
    const { hint } = offer(world.words, unknown, bareNames(questions.map(({ id }) => id)));
    throw new Problem('cli.hide-unknown', { id: unknown, hint }, { exit: Exit.misused });
  }
  const safetyQuestion = questions.find(({ id, safety }) => safety && ids.includes(id));
  if (safetyQuestion !== undefined)
    throw new Problem('cli.hide-safety', { id: safetyQuestion.id }, { exit: Exit.misused });
  return [...new Set(ids)];
}
