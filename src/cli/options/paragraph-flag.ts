import { Exit, Problem } from '../../errors.ts';
import type { InputPort } from '../../world/world.ts';

/**
 * Joins the values of a repeated flag into one text, with a blank line between two. `-` means standard input,
 * once: a second `-` is a Problem (exit 2), thrown before anything is read.
 */
export async function readParagraphs(
  world: InputPort,
  flag: string,
  values: readonly string[],
): Promise<string> {
  if (values.filter(value => value === '-').length > 1)
    throw new Problem('cli.input-twice', { flag }, { exit: Exit.misused });
  const typed = values.includes('-') ? await world.readInput() : '';
  const texts = values.map(value => (value === '-' ? typed : value));
  // The line end that `echo` adds is not part of the text.
  const paragraphs = texts.map(text => text.replace(/\r\n/g, '\n').replace(/\n$/, ''));
  if (paragraphs.length === 1) return paragraphs[0] ?? '';
  return paragraphs.filter(text => text.trim() !== '').join('\n\n');
}
