import type { Answer } from '../notes/answer.ts';

/** What came back from a question. */
export type Response =
  | ({ readonly is: 'answer'; readonly answer: Answer } & Loose)
  /** `unasked`: there was nobody to ask, as where a file of answers does not have this one. */
  | ({ readonly is: 'skip'; readonly unasked?: boolean } & Loose)
  /** `typed` is a text that was begun: it stands there again when the question comes back. */
  | { readonly is: 'back'; readonly typed?: string }
  | ({ readonly is: 'finish' } & Loose);

/** Words that come along with a reply and are no answer to its question. */
interface Loose {
  /** Typed at a list that has no place for them. */
  readonly words?: string;
  /** Keys of a state: words typed at lists before, which this answer has taken up. */
  readonly takes?: readonly string[];
}
