import type { Answers } from '../../core/notes/answer.ts';
import { holds } from '../../core/template/condition.ts';
import type { Template } from '../../core/template/template.ts';
import type { World } from '../../world/world.ts';

/** Points to one short page that goes with what was answered, where the sequence has one. */
export function sayPointer(
  { words }: World,
  { pointers }: Template,
  answers: Answers,
  say: (text: string) => void,
): void {
  const pointer = pointers.find(({ when }) => holds(when, { answers, asked: new Set() }));
  if (pointer !== undefined) say(words('conversation.pointer', { page: pointer.learn }));
}
