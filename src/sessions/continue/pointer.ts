import type { Answers } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import type { Template } from '../../core/template/template.ts';
import type { WordsPort } from '../../world/world.ts';

/** Says which short page fits the answers, if the sequence names one. */
export function sayPointer(
  { words }: WordsPort,
  { pointers }: Template,
  answers: Answers,
  say: (text: string) => void,
): void {
  const pointer = pointers.find(({ when }) => holds(when, { answers, asked: new Set() }));
  if (pointer !== undefined) say(words('conversation.pointer', { page: pointer.learn }));
}
