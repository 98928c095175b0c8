import type { Params } from '../../errors.ts';
import type { Reply, Screen } from '../../world/world.ts';

/** What a line says, whatever the question. */
export type Heard =
  | { readonly is: 'line'; readonly text: string }
  | { readonly is: 'empty' }
  | { readonly is: 'end' }
  | { readonly is: 'again' }
  | Reply;

/** Gives a reply together with words that answered nothing: they are no less kept than an answer. */
export function withWords(reply: Reply | 'again', loose: readonly string[]): Reply | 'again' {
  if (reply === 'again' || reply.is === 'back' || loose.length === 0) return reply;
  return { ...reply, words: loose.join('\n') };
}

/** Gives the key and the params of the line that says where words are kept that answered nothing. */
export function keptWords({ options }: Screen, label: string): readonly [key: string, params: Params] {
  const own = options.findIndex(option => option.asksWords);
  const option = options[own];
  if (option !== undefined) return ['words_own', { n: own + 1, label: option.label }];
  return [label === '' ? 'words_kept' : 'words_kept_for', { label }];
}
