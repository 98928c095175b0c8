import { compose } from '../../core/interview/compose.ts';
import type { InterviewResult } from '../../core/interview/interview.ts';
import { isLooseKey } from '../../core/interview/loose-words.ts';
import type { NewReflection, Section } from '../../core/notes/reflection.ts';
import type { Status } from '../../core/notes/status.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import { plainDay } from '../../report/text/dates.ts';
import type { WordsPort } from '../../world/world.ts';
import { elsewhere } from './half-typed-texts.ts';
import { textsNotIn } from './texts-from-answers-file.ts';
import { looseSections } from './loose-sections.ts';
import type { InterviewSession } from './interview-session.ts';

export { elsewhere } from './half-typed-texts.ts';

/** Returns the note that the answers make. `status` overrides the status that follows from the answers. */
export function composeFrom(
  interviewSession: InterviewSession,
  outcome: Pick<InterviewResult, 'trail' | 'answers' | 'state'>,
  status?: Status,
): NewReflection {
  const { world, id, session, template } = interviewSession;
  const now = world.now();
  const note = compose({
    id,
    session,
    path: outcome.trail,
    answers: outcome.answers,
    status,
    with: interviewSession.with,
    today: now.day,
    created: now.instant,
    extra: skippedTexts(world, template, outcome),
    template: world.templates.isShipped(template.name) ? undefined : template.name,
    isHardMoment: template.unresolved,
    otherwise: world.words('summary.unknown_title', { day: plainDay(session, world.words) }),
  });
  const missing = textsNotIn(world, interviewSession.given ?? [], note).map(({ section }) => section);
  return missing.length === 0 ? note : { ...note, sections: [...note.sections, ...missing] };
}

type TrailAndState = Pick<InterviewResult, 'trail' | 'state'>;

/**
 * Returns the texts of questions that are no longer asked after another answer changed, so that nothing typed
 * is lost.
 */
export function skippedTexts(
  world: WordsPort,
  template: Template,
  outcome: TrailAndState,
): readonly Section[] {
  const { trail, state } = outcome;
  const asked = new Set(trail.map(({ key }) => key));
  return [...state].flatMap(([key, answer]): Section[] => {
    if (typeof answer !== 'string' || answer.trim() === '' || asked.has(key)) return [];
    const step = stepOf(template, key);
    if (isLooseKey(key)) return [...looseSections(world, new Map([[key, answer]]), state)];
    const also = { level: 2, heading: world.words('conversation.also_written'), text: answer } as const;
    if (step === undefined && key.includes(elsewhere)) return [also];
    return step?.question.kind === 'text' && step.question.saved
      ? [{ level: 2, heading: step.question.heading, text: answer }]
      : [];
  });
}
