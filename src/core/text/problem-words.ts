import type { Params } from '../../errors.ts';

/** Returns the two sentences about a problem, from the message keys `….says` and `….do`. */
export function problemWords(
  words: (key: string, params?: Params) => string,
  { key, params }: { readonly key: string; readonly params?: Params },
): readonly [whatIsWrong: string, whatToDo: string] {
  return [words(`${key}.says`, params), words(`${key}.do`, params)];
}
