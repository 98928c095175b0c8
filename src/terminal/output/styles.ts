import type { Style } from '../../world/world.ts';

/** No colour and no bold: every text as it is. */
export const plainStyle: Style = { accent: text => text, faint: text => text, strong: text => text };

/**
 * Opens the style of a stream. Whether there is colour is decided once, by the caller (NO_COLOR, FORCE_COLOR,
 * --no-color, a dumb terminal): chalk is not asked, and not even loaded for plain text.
 */
export async function openStyle({ colour }: { readonly colour: boolean }): Promise<Style> {
  if (!colour) return plainStyle;
  const { Chalk } = await import('./chalk.ts');
  const chalk = new Chalk({ level: 1 });
  return {
    accent: text => chalk.cyan.bold(text),
    faint: text => chalk.dim(text),
    strong: text => chalk.bold(text),
  };
}
