import { ownWords } from '../../core/notes/answer.ts';
import { isLooseKey } from '../../core/interview/loose-words.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import type { Store, World } from '../../world/world.ts';
import { elsewhere } from '../session/compose-note.ts';
import type { GivenText } from '../session/texts-from-answers-file.ts';
import type { ContinuationResult } from './run-continuation.ts';

export interface OrphanedAnswersNeeds {
  readonly template: Template;
  readonly gone: readonly ContinuationResult[];
  readonly say: (text: string) => void;
  /** Tells of a moment whether its answers went into its file. */
  readonly isWritten: (one: ContinuationResult) => boolean;
  /** All texts of a file of answers. */
  readonly given: readonly GivenText[];
}

/**
 * Keeps what was typed about moments and is not written into them (a changed answer has put its question
 * off the way, or nothing was to be written at all) beside the notes, and says where: the draft goes, and
 * it held those words.
 */
export async function saveOrphanedAnswers(
  { words }: World,
  store: Store,
  needs: OrphanedAnswersNeeds,
): Promise<void> {
  const { template, gone, say, isWritten, given } = needs;
  const written = gone.filter(isWritten).map(({ outcome }) => outcome);
  const states = written.flatMap(({ state }) => [...state]);
  const loose = states.filter(([key]) => isLooseKey(key)).map(([, text]) => text);
  const answers = [...written.flatMap(({ trail: path }) => path.map(({ answer }) => answer)), ...loose];
  const texts = answers.flatMap((answer): readonly string[] => {
    return Array.isArray(answer) ? answer : [String(answer)];
  });
  const said = new Set(texts.flatMap(text => [text, ownWords(text) ?? text]));
  const isTyped = (key: string): boolean => {
    const question = stepOf(template, key)?.question;
    return question === undefined ? key.includes(elsewhere) : question.kind === 'text' && question.saved;
  };
  const typed = gone.flatMap(({ outcome }) =>
    [...outcome.state].flatMap(([key, answer]) =>
      typeof answer === 'string' && answer.trim() !== '' && isTyped(key) ? [answer] : [],
    ),
  );
  const all = [...typed, ...given.map(({ section }) => section.text)];
  const orphaned = new Set(all.filter(text => !said.has(text)));
  const [first] = gone;
  if (first === undefined || orphaned.size === 0) return;
  const path = await store.saveConflictCopy(first.going.note.path, `${[...orphaned].join('\n\n')}\n`);
  say(words('continuing.unsaid', { path }));
}
