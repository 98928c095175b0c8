import { keyOf } from './answer.ts';
import type { Option } from './template.ts';

/** A list that was left half answered: what was ticked, and words that were typed at it. */
export interface HalfList {
  /** As they would be answered. */
  readonly picks: readonly string[];
  /** Line ends are as they were typed; empty where nothing was typed. */
  readonly words: string;
}

/**
 * Writes a half-answered list as one text, for the draft: a pick on each line, then the words. A space before each line
 * of the words keeps them from being read as picks.
 */
export function joinHalf({ picks, words }: HalfList): string {
  return [...picks, ...(words === '' ? [] : words.split('\n').map((line) => ` ${line}`))].join('\n');
}

/** Reads what `joinHalf` wrote. A line that names no option is words, with or without the space. */
export function splitHalf(half: string, options: readonly Option[]): HalfList {
  const lines = half.split('\n');
  const isPick = (line: string): boolean => options.some(({ key }) => key === keyOf(line));
  const words = lines.filter((line) => !isPick(line)).map((line) => line.replace(/^ /, ''));
  return { picks: lines.filter(isPick), words: words.join('\n').trim() };
}
