import { compose } from '../core/compose.ts';
import type { Outcome } from '../core/interview.ts';
import type { NewReflection, Section } from '../core/reflection.ts';
import type { Status } from '../core/status.ts';
import { stepOf } from '../core/template.ts';
import { plainDay } from '../report/dates.ts';
import type { Sitting } from './sitting.ts';

/** Makes the moment of what was answered. `status` overrides what the answers say. */
export function composeFrom(sitting: Sitting, outcome: Pick<Outcome, 'path' | 'answers' | 'state'>, status?: Status): NewReflection {
  const { world, id, session, template } = sitting;
  const now = world.now();
  return compose({
    id, session, path: outcome.path, answers: outcome.answers, status, with: sitting.with,
    today: now.day, created: now.instant, extra: strays(sitting, outcome),
    template: world.templates.isShipped(template.name) ? undefined : template.name,
    otherwise: world.words('summary.unknown_title', { day: plainDay(session, world.words) }),
  });
}

// Texts of questions that a changed answer has put off the way: they are kept with the rest, so that nothing that was typed goes unsaid.
function strays({ world, template }: Sitting, { path, state }: Pick<Outcome, 'path' | 'state'>): readonly Section[] {
  const onTheWay = new Set(path.map(({ key }) => key));
  return [...state].flatMap(([key, answer]): Section[] => {
    if (typeof answer !== 'string' || answer.trim() === '' || onTheWay.has(key)) return [];
    if (key.includes(elsewhere)) return [{ level: 2, heading: world.words('conversation.also_written'), text: answer }];
    const step = stepOf(template, key);
    return step?.question.kind === 'text' && step.question.saved ? [{ level: 2, heading: step.question.heading, text: answer }] : [];
  });
}

/** Marks the key of a text that was typed in another sequence and taken back with it. */
export const elsewhere = '/';
