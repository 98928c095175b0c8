import { stepOf } from '../core/template.ts';
import type { Template } from '../core/template.ts';
import type { Store, World } from '../world.ts';
import type { Gone } from './continuing-run.ts';

/**
 * Keeps what was typed about moments and is not written into them (a changed answer has put its question off the way, or nothing was to be written at all)
 * beside the notes, and says where: the draft goes, and it held those words. `isWritten` tells of a moment whether its answers went into its file.
 */
export async function keepUnsaid({ words }: World, store: Store, template: Template, gone: readonly Gone[], say: (text: string) => void, isWritten: (one: Gone) => boolean): Promise<void> {
  const said = new Set(gone.filter(isWritten).flatMap(({ outcome }) => outcome.path.map(({ answer }) => answer)));
  const isTyped = (key: string): boolean => {
    const question = stepOf(template, key)?.question;
    return question?.kind === 'text' && question.saved;
  };
  const typed = gone.flatMap(({ outcome }) => [...outcome.state].flatMap(([key, answer]) => (typeof answer === 'string' && answer.trim() !== '' && isTyped(key) ? [answer] : [])));
  const unsaid = new Set(typed.filter((text) => !said.has(text)));
  const [first] = gone;
  if (first === undefined || unsaid.size === 0) return;
  const path = await store.keepAside(first.going.note.path, `${[...unsaid].join('\n\n')}\n`);
  say(words('continuing.unsaid', { path }));
}
