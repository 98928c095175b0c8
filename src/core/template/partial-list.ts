import { keyOf } from '../notes/answer.ts';
import type { Option } from './template.ts';

/** A list that was left half answered: what was ticked, and words that were typed at it. */
export interface PartialList {
  /** As they would be answered. */
  readonly picks: readonly string[];
  /** Line ends are as they were typed; empty where nothing was typed. */
  readonly words: string;
}

/**
 * Writes a half-answered list as one text, for the draft: a pick on each line, then the words. A space before
 * a line of the words keeps it from being read as a pick.
 */
export function joinPartialList({ picks, words }: PartialList, options: readonly Option[]): string {
  const isPick = pickIn(options);
  const isUnclear = (line: string): boolean => isPick(line) || line.startsWith(' ');
  const lines = words === '' ? [] : words.split('\n').map(line => (isUnclear(line) ? ` ${line}` : line));
  return [...picks, ...lines].join('\n');
}

function pickIn(options: readonly Option[]): (line: string) => boolean {
  return line => options.some(({ key }) => key === keyOf(line));
}

/** Reads what `joinHalf` wrote: a line that names no option is words. */
export function splitPartialList(half: string, options: readonly Option[]): PartialList {
  const lines = half.split('\n');
  const isPick = pickIn(options);
  const words = lines.filter(line => !isPick(line)).map(line => line.replace(/^ /, ''));
  return { picks: lines.filter(isPick), words: words.join('\n').trim() };
}
