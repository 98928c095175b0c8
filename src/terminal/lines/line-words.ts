import type { Params } from '../../errors.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';

/** The meaning of a line that is the same at every question. `again`: repeat the question. */
export type LineInput =
  | { readonly is: 'line'; readonly text: string }
  | { readonly is: 'empty' }
  | { readonly is: 'end' }
  | { readonly is: 'again' }
  | PromptResponse;

/** Returns a response with the words that answered nothing added, so that they are saved too. */
export function withWords(
  response: PromptResponse | 'again',
  loose: readonly string[],
): PromptResponse | 'again' {
  if (response === 'again' || response.is === 'back' || loose.length === 0) return response;
  return { ...response, words: loose.join('\n') };
}

/** Returns the key and the params of the message that says where words are saved that answered nothing. */
export function savedWordsMessage(
  { options }: Screen,
  label: string,
): readonly [key: string, params: Params] {
  const own = options.findIndex(option => option.asksWords);
  const option = options[own];
  if (option !== undefined) return ['words_own', { n: own + 1, label: option.label }];
  return [label === '' ? 'words_kept' : 'words_kept_for', { label }];
}
