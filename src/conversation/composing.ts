import { compose } from '../core/compose.ts';
import type { Outcome } from '../core/interview.ts';
import type { NewReflection } from '../core/reflection.ts';
import type { Status } from '../core/status.ts';
import { plainDay } from '../report/dates.ts';
import type { Sitting } from './sitting.ts';

/** Makes the moment of what was answered. `status` overrides what the answers say. */
export function composeFrom({ world, id, session, template, ...sitting }: Sitting, { path, answers }: Pick<Outcome, 'path' | 'answers'>, status?: Status): NewReflection {
  const now = world.now();
  return compose({
    id, session, path, answers, status, with: sitting.with,
    today: now.day, created: now.instant,
    template: world.templates.isShipped(template.name) ? undefined : template.name,
    otherwise: world.words('summary.unknown_title', { day: plainDay(session, world.words) }),
  });
}
