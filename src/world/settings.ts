/** What a person can set; read without a package. Unknown keys are left alone. */
export interface Settings {
  readonly get: (key: SettingKey) => string | undefined;
  /** The question ids of the setting `hide`. */
  readonly hidden: readonly string[];
  /** The file they live in. */
  readonly path: string;
  /** All that is set, for `config list`. */
  readonly all: Readonly<Record<string, string | readonly string[]>>;
  /** Sets or (with undefined) unsets, through `conf`. */
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

/** What a run takes in place of a setting, by its key, and which flag or variable says so. */
export type Overriding = Readonly<
  Partial<Record<SettingKey, { readonly value: string; readonly from: string } | undefined>>
>;
