import type { Template } from '../core/template.ts';
import type { Store, World } from '../world.ts';
import type { Gone } from './continuing-run.ts';

/**
 * Keeps what was typed about moments and is not written into them (a changed answer has put its question off the way, or nothing was to be written at all)
 * beside the notes, and says where: the draft goes, and it held those words. `isWritten` tells of a moment whether its answers went into its file.
 */
export async function keepUnsaid({ words }: World, store: Store, template: Template, gone: readonly Gone[], say: (text: string) => void, isWritten: (one: Gone) => boolean): Promise<void> {
  const typed = template.steps.flatMap((step) => (step.is === 'ask' && step.question.kind === 'text' && step.question.saved ? [step.key] : []));
  const said = new Set(gone.filter(isWritten).flatMap(({ outcome }) => outcome.path.map(({ answer }) => answer)));
  const unsaid = new Set(gone.flatMap(({ outcome }) => [...outcome.state].flatMap(([key, answer]) => (typed.includes(key.replace(/#.*$/, '')) && typeof answer === 'string' && answer.trim() !== '' && !said.has(answer) ? [answer] : []))));
  const [first] = gone;
  if (first === undefined || unsaid.size === 0) return;
  const path = await store.keepAside(first.going.note.path, `${[...unsaid].join('\n\n')}\n`);
  say(words('continuing.unsaid', { path }));
}
