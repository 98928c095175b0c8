import type { Style } from '../../world/world.ts';

/** A style without colour or bold: returns every text unchanged. */
export const plainStyle: Style = { accent: text => text, faint: text => text, strong: text => text };

/**
 * Opens the style of a stream. The caller decides whether to colour (NO_COLOR, FORCE_COLOR, --no-color, a
 * dumb terminal); chalk does not detect it, and is loaded only for colour.
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
