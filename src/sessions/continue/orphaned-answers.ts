import { ownWords } from '../../core/notes/answer.ts';
import { isLooseKey } from '../../core/interview/loose-words.ts';
import { stepOf } from '../../core/template/template.ts';
import type { Template } from '../../core/template/template.ts';
import type { WordsPort, NoteFilesPort } from '../../world/world.ts';
import { elsewhere } from '../session/compose-note.ts';
import type { GivenText } from '../session/texts-from-answers-file.ts';
import type { ContinuationResult } from './run-continuation.ts';

/** What was answered about notes, and what became of it. */
export interface OrphanedAnswersNeeds {
  readonly template: Template;
  readonly results: readonly ContinuationResult[];
  readonly say: (text: string) => void;
  /** Whether the answers about a note were written into its file. */
  readonly isWritten: (result: ContinuationResult) => boolean;
  /** The texts of a file of answers. */
  readonly given: readonly GivenText[];
}

/**
 * Saves texts that were typed but are in no note, and says where: a changed answer may have skipped their
 * question, or nothing was to be written. They go into a file beside the first note, because the draft, which
 * has them too, is about to be removed.
 */
export async function saveOrphanedAnswers(
  { words }: WordsPort,
  store: NoteFilesPort,
  needs: OrphanedAnswersNeeds,
): Promise<void> {
  const { template, results, say, isWritten, given } = needs;
  const written = results.filter(isWritten).map(({ outcome }) => outcome);
  const states = written.flatMap(({ state }) => [...state]);
  const loose = states.filter(([key]) => isLooseKey(key)).map(([, text]) => text);
  const answers = [...written.flatMap(({ trail }) => trail.map(({ answer }) => answer)), ...loose];
  const texts = answers.flatMap((answer): readonly string[] => {
    return Array.isArray(answer) ? answer : [String(answer)];
  });
  const savedTexts = new Set(texts.flatMap(text => [text, ownWords(text) ?? text]));
  const isTyped = (key: string): boolean => {
    const question = stepOf(template, key)?.question;
    return question === undefined ? key.includes(elsewhere) : question.kind === 'text' && question.saved;
  };
  const typed = results.flatMap(({ outcome }) =>
    [...outcome.state].flatMap(([key, answer]) =>
      typeof answer === 'string' && answer.trim() !== '' && isTyped(key) ? [answer] : [],
    ),
  );
  const allTexts = [...typed, ...given.map(({ section }) => section.text)];
  const orphaned = new Set(allTexts.filter(text => !savedTexts.has(text)));
  const [first] = results;
  if (first === undefined || orphaned.size === 0) return;
  const path = await store.saveConflictCopy(first.currentNote.note.path, `${[...orphaned].join('\n\n')}\n`);
  say(words('continuing.unsaid', { path }));
}
