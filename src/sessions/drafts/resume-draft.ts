import type { Answer } from '../../core/notes/answer.ts';
import { stepOf } from '../../core/template/template.ts';
import type { AskStep, Template } from '../../core/template/template.ts';
import { Problem } from '../../errors.ts';
import { elsewhere } from '../session/compose-note.ts';
import type {
  Draft,
  WordsPort,
  OutputPort,
  NoteFilesPort,
  DraftsPort,
  TemplatesPort,
} from '../../world/world.ts';
import type { State } from '../../core/interview/run.ts';

/**
 * Returns the answers of a draft as a state. Leaves out an answer that its question can no longer have
 * because the template changed: the question is asked again. A half-typed text is not an answer; its question
 * starts with it.
 */
export function resumeState(draft: Draft, template: Template): State {
  const state = new Map<string, Answer | null>();
  for (const [key, answer] of Object.entries(draft.answers)) {
    // Answered in another sequence and carried along in this draft.
    const isAnswer = typeof answer === 'string' || Array.isArray(answer);
    if (key.includes(elsewhere) && isAnswer) state.set(key, answer);
    const step = stepOf(template, key);
    if (step !== undefined && (answer === null || isValidAnswer(step, answer))) state.set(key, answer);
  }
  return state;
}

/** Returns the contents of a draft as texts, in its order: prose as it is, everything else with its key. */
function textsOf(answers: Draft['answers'], partialText: Draft['half']): readonly string[] {
  const all = [
    ...Object.entries(answers),
    ...(partialText === undefined ? [] : [[partialText.key, partialText.text] as const]),
  ];
  return all.flatMap(([key, answer]) => (answer === null ? [] : withKey(key, answer)));
}

/** Returns true if a half-typed text still has a question. */
function hasQuestion({ key }: NonNullable<Draft['half']>, template: Template): boolean {
  return stepOf(template, key) !== undefined || key.includes(elsewhere);
}

/** The template that a draft is resumed with, and the answers that fit it. */
export interface Resumed {
  readonly template: Template;
  readonly state: State;
}

/**
 * Saves texts of a draft that no longer fit its questions (which changed by hand or with a newer version) in
 * a file beside the notes, and says where. This comes first because the first answer of the session
 * overwrites the draft without them.
 */
export async function saveOrphanedTexts(
  { words, messages: talk }: WordsPort & OutputPort,
  store: NoteFilesPort & DraftsPort,
  draft: Draft,
  { template, state }: Resumed,
): Promise<void> {
  const { half: partialText, ...rest } = draft;
  const fitsQuestion = partialText !== undefined && hasQuestion(partialText, template);
  const orphaned = Object.fromEntries(Object.entries(draft.answers).filter(([key]) => !state.has(key)));
  const texts = textsOf(orphaned, fitsQuestion ? undefined : partialText);
  if (texts.length === 0) return;
  const path = await store.saveConflictCopy(`${draft.session}-${draft.id}.md`, `${texts.join('\n\n')}\n`);
  await store.drafts.save({
    ...rest,
    answers: Object.fromEntries(state),
    ...(fitsQuestion ? { half: partialText } : {}),
  });
  talk.say(words('conversation.drafts.left_texts', { path }));
}

/**
 * If the sequence of a draft no longer exists, moves the texts of the draft to a file beside the notes and
 * throws a Problem (exit 2) that says where it is.
 */
export async function refuseWithoutTemplate(
  { templates }: TemplatesPort,
  store: NoteFilesPort & DraftsPort,
  draft: Draft,
): Promise<void> {
  try {
    await templates.sequence(draft.template);
  } catch (error) {
    if (!(error instanceof Problem) || error.key !== 'templates.unknown') throw error;
    const texts = textsOf(draft.answers, draft.half);
    if (texts.length === 0) throw error;
    const path = await store.saveConflictCopy(`${draft.session}-${draft.id}.md`, `${texts.join('\n\n')}\n`);
    store.drafts.drop(draft.id);
    const params = { name: draft.template, path };
    throw new Problem('conversation.draft-without-template', params, { exit: error.exit, cause: error });
  }
}

// A single word or a number means little without the key of its question. Whether a word was typed or chosen
// is not known.
function withKey(key: string, answer: Answer): readonly string[] {
  const text = Array.isArray(answer) ? answer.join(', ') : String(answer).trimEnd();
  if (text.trim() === '') return [];
  const isProse = typeof answer === 'string' && /\s/.test(text.trim());
  return [isProse ? text : `${key.replace(/[#@].*$/, '')}: ${text}`];
}

function isValidAnswer({ question }: AskStep, answer: Answer): boolean {
  if (question.kind === 'multi') return Array.isArray(answer);
  if (question.kind === 'scale') return typeof answer === 'number' && answer >= 0 && answer <= 10;
  if (question.kind === 'confirm') return typeof answer === 'boolean';
  return typeof answer === 'string';
}
