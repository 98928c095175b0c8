import { answerOf, picks } from '../../core/notes/answer.ts';
import { keysInText, textsByField } from '../../core/template/moment-facts.ts';
import type { Head } from '../../core/notes/reflection.ts';
import type { NoteSummary, Store, World } from '../../world/world.ts';
import { readBody } from '../../cli/show/read-body.ts';

/**
 * Gives the keys of the newest answer to "How did they respond?": a follow-up writes it in words under its
 * day, a reflection as a key of the front matter. `texts` are those of the note by field. Empty where there
 * is none.
 */
export async function responseIn(
  { templates }: World,
  { keys }: Head,
  texts: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { response: told = '' } = texts;
  if (told.trim() === '')
    return Object.hasOwn(keys, 'response') ? picks(answerOf(keys['response'] ?? null)) : [];
  const { steps } = await templates.ours('follow-up');
  const step = steps.find(one => one.is === 'ask' && one.question.id === 'response');
  return step?.is === 'ask' ? keysInText(told, step.question.options) : [];
}

/**
 * Says whether each of these notes was brought up, and the newest response to each is that the therapist
 * denied it or punished the person for it, and owned nothing. False where there are no notes. Reads texts
 * only as far as it has to.
 */
export async function isEachMetBadly(
  world: World,
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

const bad: readonly string[] = ['denied', 'punished'];
const mending: readonly string[] = ['owned', 'sorry', 'changed'];

function isBad(response: readonly string[]): boolean {
  return response.some(key => bad.includes(key)) && !response.some(key => mending.includes(key));
}

// What was never gone on with has no response, and its text need not be read.
function mayHaveResponse({ status, keys }: Head): boolean {
  const { history } = keys;
  if (Object.hasOwn(keys, 'response') || (status !== 'open' && status !== 'planned')) return true;
  return Array.isArray(history) && history.length > 1;
}
