import type { Answer } from '../notes/answer.ts';

/** The response to a question. */
export type Response =
  | ({ readonly is: 'answer'; readonly answer: Answer } & Loose)
  /** `unasked`: nobody could be asked; for example, an answers file lacks this question. */
  | ({ readonly is: 'skip'; readonly unasked?: boolean } & Loose)
  /** `typed` is a text that was begun; it is shown again when the question comes back. */
  | { readonly is: 'back'; readonly typed?: string }
  | ({ readonly is: 'finish' } & Loose);

/** Words that come with a response but do not answer its question. */
interface Loose {
  /** Words typed at a list that takes no words. */
  readonly words?: string;
  /** Keys in the state of loose words from earlier lists that this answer includes. */
  readonly takes?: readonly string[];
}
