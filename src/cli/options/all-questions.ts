import type { Question } from '../../core/template/template.ts';
import type { TemplatesPort } from '../../world/world.ts';

/** Returns the questions of every shipped sequence, and of the person's own sequences that are valid. */
export async function allQuestions({ templates }: TemplatesPort): Promise<readonly Question[]> {
  const shipped = await Promise.all(
    (await templates.shipped()).map(name => templates.sequence(name).catch(() => undefined)),
  );
  const own = (await templates.own())
    .filter(({ faults }) => faults.length === 0)
    .map(({ template }) => template);
  return [...shipped, ...own]
    .flatMap(template => [...(template?.steps ?? []), ...(template?.offers ?? [])])
    .flatMap(step => (step.is === 'ask' ? [step.question] : []));
}
