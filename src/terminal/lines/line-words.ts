import type { Params } from '../../errors.ts';
import type { PromptResponse, Screen } from '../../world/world.ts';

/** What a line says, whatever the question. */
export type Heard =
  | { readonly is: 'line'; readonly text: string }
  | { readonly is: 'empty' }
  | { readonly is: 'end' }
  | { readonly is: 'again' }
  | PromptResponse;

/** Gives a reply together with words that answered nothing: they are no less kept than an answer. */
export function withWords(
  response: PromptResponse | 'again',
  loose: readonly string[],
): PromptResponse | 'again' {
  if (response === 'again' || response.is === 'back' || loose.length === 0) return response;
  return { ...response, words: loose.join('\n') };
}

/** Gives the key and the params of the line that says where words are kept that answered nothing. */
export function keptWords({ options }: Screen, label: string): readonly [key: string, params: Params] {
  const own = options.findIndex(option => option.asksWords);
  const option = options[own];
  if (option !== undefined) return ['words_own', { n: own + 1, label: option.label }];
  return [label === '' ? 'words_kept' : 'words_kept_for', { label }];
}
