import { keyOf } from '../notes/answer.ts';
import type { Option } from './template.ts';

/** A half-answered question with a list: the options ticked, and the words typed there. */
export interface PartialList {
  /** Option keys, as in an answer. */
  readonly picks: readonly string[];
  /** Line breaks are as typed; empty if nothing was typed. */
  readonly words: string;
}

/**
 * Returns a half-answered list as one text for the draft: one pick per line, then the words. Lines of the
 * words that would be read as a pick get a leading space.
 */
export function joinPartialList({ picks, words }: PartialList, options: readonly Option[]): string {
  const isPick = pickIn(options);
  const isAmbiguous = (line: string): boolean => isPick(line) || line.startsWith(' ');
  const lines = words === '' ? [] : words.split('\n').map(line => (isAmbiguous(line) ? ` ${line}` : line));
  return [...picks, ...lines].join('\n');
}

function pickIn(options: readonly Option[]): (line: string) => boolean {
  return line => options.some(({ key }) => key === keyOf(line));
}

/** Reads a text from `joinPartialList`: a line that is not the key of an option belongs to the words. */
export function splitPartialList(text: string, options: readonly Option[]): PartialList {
  const lines = text.split('\n');
  const isPick = pickIn(options);
  const words = lines.filter(line => !isPick(line)).map(line => line.replace(/^ /, ''));
  return { picks: lines.filter(isPick), words: words.join('\n').trim() };
}
