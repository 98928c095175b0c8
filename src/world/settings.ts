/** The person's settings. Reading them loads no package; unknown keys stay as they are. */
export interface Settings {
  readonly get: (key: SettingKey) => string | undefined;
  /** The question ids of the setting `hide`. */
  readonly hidden: readonly string[];
  /** The path of the settings file. */
  readonly path: string;
  /** Every setting that has a value, for `config list`. */
  readonly all: Readonly<Record<string, string | readonly string[]>>;
  /** Sets a value, or with undefined unsets it, with `conf`. */
  readonly change: (key: SettingKey, value: string | readonly string[] | undefined) => Promise<void>;
}

export const settingKeys = [
  'folder',
  'mode',
  'with',
  'timer',
  'plain',
  'language',
  'editor',
  'hide',
  'therapist_word',
  'day_ends',
] as const;
export type SettingKey = (typeof settingKeys)[number];

/** Values that override settings in this run, by key, with the flag or variable they come from. */
export type Overriding = Readonly<
  Partial<Record<SettingKey, { readonly value: string; readonly from: string } | undefined>>
>;
