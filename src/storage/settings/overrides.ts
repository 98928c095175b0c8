import type { Globals, Overriding } from '../../world/world.ts';

/**
 * Gives what this run takes in place of a setting: a flag, a variable of the environment, and the editor of
 * the environment, which counts where the setting names none. `isPlain` says whether the environment asks for
 * plain lines.
 */
export function overridingIn(
  { folder, plain }: Globals,
  env: Readonly<Record<string, string | undefined>>,
  isPlain: string | undefined,
): Overriding {
  const first = (
    found: readonly (readonly [string, string | undefined])[],
  ): { readonly from: string; readonly value: string } | undefined => {
    const [from, value] = found.find(([, one]) => one !== undefined && one !== '') ?? [];
    return from === undefined || value === undefined ? undefined : { from, value };
  };
  return {
    folder: first([
      ['--folder', folder],
      ['RUPTURE_FOLDER', env['RUPTURE_FOLDER']],
    ]),
    plain: first([
      ['--plain', plain === true ? 'on' : undefined],
      [isPlain ?? '', isPlain === undefined ? undefined : 'on'],
    ]),
    editor: first([
      ['VISUAL', env['VISUAL']],
      ['EDITOR', env['EDITOR']],
    ]),
  };
}
