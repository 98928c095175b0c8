import type { HelpNow } from '../../core/language/help-now.ts';
import type { TemplatesPort } from '../../world/world.ts';

/**
 * Returns the page with people to reach: the person's own `help.md` first, then the shipped words. Needs no
 * folder and no settings: leaves out what can't be read. With `only`, lists only the other places to turn to
 * that are meant for that page.
 */
export async function helpNowPage(world: TemplatesPort, only?: string): Promise<string> {
  const help = await world.templates.helpNow();
  const isShown = (words: string): boolean => only === undefined || help.on[only]?.includes(words) === true;
  const others = help.others.filter(isShown);
  const list = others.map(other => `- ${other}`).join('\n');
  return [...ownPage(world), help.say.join('\n'), list, footer(help)].join('\n\n');
}

const placeOfPointers = /^\{pointers(?: ([a-z-]+))?\}$/;

/**
 * Returns a page of a sequence. `{pointers}` is replaced with the person's own `help.md` and the shipped
 * pointers, `{pointers talk}` with those that are meant for that page.
 */
export async function pageText(world: TemplatesPort, paragraphs: readonly string[]): Promise<string> {
  if (!paragraphs.some(paragraph => placeOfPointers.test(paragraph))) return paragraphs.join('\n\n');
  const help = await world.templates.helpNow();
  const filled = paragraphs.flatMap(paragraph => {
    const place = placeOfPointers.exec(paragraph);
    if (place === null) return [paragraph];
    const [, page] = place;
    const shown = page === undefined ? help.pointers : (help.on[page] ?? []);
    return [...ownPage(world), shown.map(pointer => `- ${pointer}`).join('\n')];
  });
  return [...filled, footer(help)].join('\n\n');
}

function footer({ footer: words, months, reviewed }: HelpNow): string {
  const month = months[Number(reviewed.slice(5)) - 1] ?? '';
  return words.replace('{month}', () => month).replace('{year}', () => reviewed.slice(0, 4));
}

function ownPage(world: TemplatesPort): readonly string[] {
  try {
    const own = world.ownHelp();
    return own === undefined ? [] : [own.trim()];
  } catch {
    // The page matters more than whatever is wrong with the folder or the settings.
    return [];
  }
}
