import { answerOf, picks } from '../../core/notes/answer.ts';
import { keysInText, textsByField } from '../../core/template/moment-facts.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type {
  NoteSummary,
  Store,
  TemplatesPort,
  WordsPort,
  OutputPort,
  SettingsPort,
} from '../../world/world.ts';
import { readBody } from '../../cli/show/read-body.ts';

/**
 * Returns the option keys of the newest answer to "How did they respond?"; empty if there is none. `texts`
 * are the texts of the note by field: a follow-up writes the answer in words under its day, a reflection
 * writes it as a key of the front matter.
 */
export async function responseIn(
  { templates }: TemplatesPort,
  { keys }: Head,
  texts: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { response: text = '' } = texts;
  if (text.trim() === '')
    return Object.hasOwn(keys, 'response') ? picks(answerOf(keys['response'] ?? null)) : [];
  const { steps } = await templates.ours('follow-up');
  const step = steps.find(candidate => candidate.is === 'ask' && candidate.question.id === 'response');
  return step?.is === 'ask' ? keysInText(text, step.question.options) : [];
}

/**
 * Returns true if each of these notes was brought up and the newest response to each is that the therapist
 * denied it or punished the person for it, and owned nothing. False for no notes. Stops reading texts as soon
 * as the answer is known.
 */
export async function isEachMetBadly(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort,
  store: Pick<Store, 'read'>,
  moments: readonly Pick<NoteSummary, 'path' | 'head'>[],
): Promise<boolean> {
  if (moments.length === 0 || !moments.every(({ head }) => mayHaveResponse(head))) return false;
  const fields = await world.templates.fields();
  for (const { path, head } of moments) {
    const texts = textsByField((await readBody(world, store, path))?.sections ?? [], fields);
    if (!isBad(await responseIn(world, head, texts))) return false;
  }
  return true;
}

const badKeys: readonly string[] = ['denied', 'punished'];
const repairKeys: readonly string[] = ['owned', 'sorry', 'changed'];

function isBad(response: readonly string[]): boolean {
  return response.some(key => badKeys.includes(key)) && !response.some(key => repairKeys.includes(key));
}

// A note without a follow-up has no response, so its text need not be read.
function mayHaveResponse({ status, keys }: Head): boolean {
  const { history } = keys;
  if (Object.hasOwn(keys, 'response') || (status !== 'open' && status !== 'planned')) return true;
  return Array.isArray(history) && history.length > 1;
}
