import type { Answer, Answers } from './answer.ts';
import { answerOf, keyOf, ownWords } from './answer.ts';
import { fieldOf, type FieldsByHeading } from './heading.ts';
import type { Fills } from './options.ts';
import type { Head, Section } from './reflection.ts';
import type { Option } from './template.ts';

/** The lists that words for opening lines come from. */
export interface ClauseLists {
  readonly kinds: readonly Option[];
  readonly feelings: readonly Option[];
  readonly urges: readonly Option[];
  readonly want: readonly Option[];
}

/** Gives what a moment holds as facts, each under `was_` and its field; of a text that stands there more than once, the newest. */
export function momentFacts(head: Head, texts: Answers, kinds: readonly Option[]): Answers {
  const facts: Record<string, Answer> = {};
  for (const [key, value] of Object.entries(head.keys)) {
    const answer = answerOf(value);
    if (answer !== undefined) facts[`was_${key}`] = answer;
  }
  for (const [field, text] of Object.entries(texts)) facts[`was_${field}`] = text;
  const aspects = head.kinds.flatMap((kind) => kinds.find(({ key }) => key === keyOf(kind))?.aspect ?? []);
  if (aspects.length > 0) facts['was_aspects'] = [...new Set(aspects)];
  return facts;
}

/** Gives the texts of a file by field; later ones (of a preparation or a follow-up) take the place of earlier ones. */
export function textsByField(sections: readonly Section[], fields: FieldsByHeading): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { heading, text } of sections) {
    const field = fieldOf(heading, fields);
    if (field !== undefined && text.trim() !== '') texts[field] = text;
  }
  return texts;
}

/** Makes what fills the places of opening lines: `when`, `feelings`, `want`, `did`. `join` puts words together as a language does. */
export function openingFills(facts: Answers, lists: ClauseLists, join: (words: readonly string[]) => string): Fills {
  const clause = (options: readonly Option[], answer: Answer | undefined): string | undefined => {
    const picked: readonly string[] = Array.isArray(answer) ? answer : [];
    return picked.flatMap((pick) => options.find(({ key }) => key === keyOf(pick))?.clause ?? [])[0];
  };
  const felt: readonly string[] = Array.isArray(facts['was_feelings']) ? facts['was_feelings'] : [];
  // "I felt something else" is no sentence.
  const feelings = felt.filter((pick) => keyOf(pick) !== 'not-sure' && (keyOf(pick) !== 'other' || ownWords(pick) !== undefined))
    .flatMap((pick) => ownWords(pick) ?? lists.feelings.find(({ key }) => key === keyOf(pick))?.label ?? []);
  const fills: Record<string, string | undefined> = {
    when: clause(lists.kinds, facts['was_kinds']),
    feelings: feelings.length === 0 ? undefined : join(feelings),
    want: clause(lists.want, facts['want']),
    did: clause(lists.urges, facts['was_urges']),
  };
  return Object.fromEntries(Object.entries(fills).flatMap(([key, words]) => (words === undefined ? [] : [[key, words] as const])));
}
