import type { Answers } from '../../core/notes/answer.ts';
import { saidBefore } from '../../core/notes/not-safe.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { NoteSummary, InputPort, NotesPort, EncryptedNotesPort } from '../../world/world.ts';
import { isFolderLost } from '../session/unsaved-answers.ts';

/**
 * Returns the fact `was_not_safe`: what earlier notes say about safety with this therapist. Empty if they say
 * nothing.
 */
export function safetyFact(moments: readonly Pick<NoteSummary, 'head'>[], therapist: Head['with']): Answers {
  const answer = saidBefore(
    moments.map(({ head }) => head),
    therapist,
  );
  return answer === undefined ? {} : { was_not_safe: answer };
}

/**
 * Returns a function that works like `safetyFact` for a new note, whose questions come before any other note
 * is read. The notes are read once, when the function is first called. Writing a new note never asks for the
 * passphrase: while the notes are encrypted and no passphrase was given, the fact is `safety_unknown`
 * instead.
 */
export function openSafetyFact(
  { passphraseGiven }: InputPort,
  store: NotesPort & EncryptedNotesPort,
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
      // The folder is lost, so nothing can be saved until it is back; then the next call reads the notes.
      read = undefined;
      if (!isFolderLost(error)) throw error;
      return {};
    }
  };
}
