import type { Answer, Answers } from '../../core/notes/answer.ts';
import { ownWords } from '../../core/notes/answer.ts';
import type { Section } from '../../core/notes/reflection.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import type { WordsPort, TemplatesPort } from '../../world/world.ts';
import { stepsOf } from './answers-file.ts';

/** A text in a file of answers: the id of its question, and its section of the note. */
export interface GivenText {
  readonly id: string;
  readonly section: Section;
}

/** The parts of a note that may contain a text. */
export interface Written {
  readonly front: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly sections: readonly Section[];
}

/**
 * Returns the texts of a file of answers for a sequence and the sequences it can open, in the order of the
 * questions. Includes the person's own words of an option ("Something else").
 */
export async function givenTexts(
  world: WordsPort & TemplatesPort,
  template: Template,
  answers: Answers,
): Promise<readonly GivenText[]> {
  const steps = await stepsOf(world, template);
  // A field with several steps (`size`, a note in two rounds) has one answer in the file.
  const isFirst = ({ question: { id } }: AskStep, at: number): boolean =>
    steps.findIndex(({ question }) => question.id === id) === at;
  return steps.filter(isFirst).flatMap(step => {
    const { id } = step.question;
    return sectionsOf(world, step, answers[id]).map(section => ({ id, section }));
  });
}

/** Returns the texts that a note does not contain: no question asked for them, and they are saved anyway. */
export function textsNotIn(
  { words }: WordsPort,
  given: readonly GivenText[],
  note: Written,
): readonly GivenText[] {
  const separator = words('conversation.separator');
  const sections = note.sections.flatMap(({ text }) => [text, ...text.split(separator)]);
  const own = Object.values(note.front)
    .flat()
    .flatMap(value => ownWords(String(value)) ?? []);
  const contained = new Set([...sections, ...own].map(asOneLine));
  return given.filter(({ section: { text } }) => !contained.has(asOneLine(text)));
}

function asOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function sectionsOf(
  { words }: WordsPort,
  { question }: AskStep,
  answer: Answer | undefined,
): readonly Section[] {
  const section = (heading: string, text: string): Section => ({ level: 2, heading, text });
  if (question.kind === 'text') {
    return typeof answer === 'string' && answer.trim() !== '' ? [section(question.heading, answer)] : [];
  }
  const picked: readonly string[] = Array.isArray(answer) ? answer : [String(answer ?? '')];
  const own = picked.flatMap(pick => ownWords(pick) ?? []);
  return own.map(text => section(words('conversation.also_written'), text));
}
