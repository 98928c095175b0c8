import { Exit, Problem } from '../../errors.ts';

/** The flags of `reflect`. */
export interface ReflectOptions {
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly date?: string;
  readonly with?: string;
  readonly template?: string;
  /** One paragraph for each `-m`. */
  readonly message?: readonly string[];
  readonly answers?: string;
  readonly resume?: boolean;
  readonly discard?: boolean;
  /** An id, or true for the newest. */
  readonly more?: string | boolean;
}

/** Throws a Problem (exit 2) for flags that contradict each other. */
export function refuseTogether(options: ReflectOptions): void {
  const pairs = [
    ['quick', 'full'],
    ['message', 'answers'],
    ['resume', 'discard'],
    ['message', 'template'],
    ['message', 'full'],
    ['resume', 'message'],
    ['resume', 'answers'],
    ['resume', 'template'],
    ['more', 'message'],
    ['more', 'answers'],
    ['more', 'template'],
    ['more', 'quick'],
    ['more', 'date'],
    ['more', 'resume'],
  ] as const;
  for (const [a, b] of pairs) {
    if (options[a] !== undefined && options[b] !== undefined)
      throw new Problem('cli.not-together', { a: `--${a}`, b: `--${b}` }, { exit: Exit.misused });
  }
}
