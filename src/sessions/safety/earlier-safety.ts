import type { Answers } from '../../core/notes/answer.ts';
import { saidBefore } from '../../core/notes/not-safe.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { NoteSummary, Store, World } from '../../world/world.ts';
import { isFolderLost } from '../session/unsaved-answers.ts';

/**
 * Gives the fact `was_not_safe`: what earlier notes say of this therapist. Empty when they say nothing of
 * safety.
 */
export function safetyFact(moments: readonly Pick<NoteSummary, 'head'>[], therapist: Head['with']): Answers {
  const said = saidBefore(
    moments.map(({ head }) => head),
    therapist,
  );
  return said === undefined ? {} : { was_not_safe: said };
}

/**
 * Opens the same for a new note, whose questions come before any other note is read. The notes are read
 * once, when it is first asked for. Writing something new never asks for the passphrase: while the notes are
 * encrypted and it was not given, the fact `safety_unknown` says that nobody knows.
 */
export function openSafetyFact(
  { passphraseGiven }: World,
  store: Store,
  therapist: Head['with'],
): () => Promise<Answers> {
  let read: Promise<Answers> | undefined;
  const readNotes = async (): Promise<Answers> => {
    if (store.isLocked() && passphraseGiven === undefined) return { safety_unknown: 'yes' };
    return safetyFact((await store.scan()).moments, therapist);
  };
  return async () => {
    try {
      return await (read ??= readNotes());
    } catch (error) {
      // Nothing can be kept before the folder is back; then the notes are read.
      read = undefined;
      if (!isFolderLost(error)) throw error;
      return {};
    }
  };
}
