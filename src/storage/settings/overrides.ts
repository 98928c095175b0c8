import type { Globals, Overriding } from '../../world/world.ts';

/**
 * Returns the flags and environment variables that override settings in this run, and the editor from the
 * environment, which is used if the setting names none. `plainVariable` is the name of the environment
 * variable that asks for plain lines, if there is one.
 */
export function overridingIn(
  { folder, plain }: Globals,
  env: Readonly<Record<string, string | undefined>>,
  plainVariable: string | undefined,
): Overriding {
  const firstGiven = (
    sources: readonly (readonly [string, string | undefined])[],
  ): { readonly from: string; readonly value: string } | undefined => {
    const [from, value] = sources.find(([, text]) => text !== undefined && text !== '') ?? [];
    return from === undefined || value === undefined ? undefined : { from, value };
  };
  return {
    folder: firstGiven([
      ['--folder', folder],
      ['RUPTURE_FOLDER', env['RUPTURE_FOLDER']],
    ]),
    plain: firstGiven([
      ['--plain', plain === true ? 'on' : undefined],
      [plainVariable ?? '', plainVariable === undefined ? undefined : 'on'],
    ]),
    editor: firstGiven([
      ['VISUAL', env['VISUAL']],
      ['EDITOR', env['EDITOR']],
    ]),
  };
}
