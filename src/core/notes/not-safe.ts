import type { Answer, Answers } from './answer.ts';
import { answerOf, picks } from './answer.ts';
import type { Day } from '../dates/day.ts';
import { parseDay } from '../dates/day.ts';
import type { Head } from './reflection.ts';

/** The front matter key with the day on which an answer said that speaking up does not feel safe. */
export const notSafeKey = 'not_safe';
/** The front matter key with the day on which the person said that they feel safe with this therapist. */
export const feltSafeKey = 'felt_safe';

const unsafeFeelings = ['unsafe'];
const unsafeKinds = ['secret-closeness', 'line'];

/**
 * Says whether the answers of this run, or what the moment itself holds, say that speaking up to the
 * therapist does not feel safe. Other notes are not looked at. "I don't feel safe in myself, or at home" is
 * not about the therapist.
 */
export function saysNotSafe(answers: Answers): boolean {
  const has = (field: string, ...keys: readonly string[]): boolean =>
    picks(answers[field]).some(key => keys.includes(key));
  const isUnsafeWithThem = has('safe', 'no') && !has('unsafe_how', 'in-myself');
  return (
    isUnsafeWithThem ||
    has('safe', 'not-sure') ||
    has('unsafe_how', 'cannot-open') ||
    has('line_check', 'maybe', 'yes') ||
    has('worries', 'used-against-me') ||
    has('in_the_way', 'unsafe') ||
    (has('response', 'punished') && !has('safe', 'yes')) ||
    has('feelings', ...unsafeFeelings) ||
    has('was_feelings', ...unsafeFeelings) ||
    has('kinds', ...unsafeKinds) ||
    has('was_kinds', ...unsafeKinds)
  );
}

/**
 * Says whether an answer of this run says in so many words that it does not feel safe: "No" to feeling safe
 * with the therapist, "I can't be open", or "It didn't feel safe". A doubt, a worry or a kind does not.
 */
export function saysUnsafeOutright(answers: Answers): boolean {
  const has = (field: string, key: string): boolean => picks(answers[field]).includes(key);
  return (
    (has('safe', 'no') && !has('unsafe_how', 'in-myself')) ||
    has('unsafe_how', 'cannot-open') ||
    has('in_the_way', 'unsafe')
  );
}

/**
 * Sets the fact `not_safe` to yes where speaking up is not safe as things stand, and removes it elsewhere.
 */
export function noteSafety(answers: Record<string, Answer>): void {
  if (isNotSafe(answers)) answers['not_safe'] = 'yes';
  else delete answers['not_safe'];
}

// By the answers, or by what earlier notes say (`was_not_safe`). "Yes, I feel safe with them" takes back
// what was said before, but not a note that is kept apart.
function isNotSafe(answers: Answers): boolean {
  const before = answers['was_not_safe'];
  return saysNotSafe(answers) || before === 'apart' || (before === 'said' && answers['safe'] !== 'yes');
}

/**
 * Gives what earlier notes say of a therapist: `apart` when a note about them is kept apart, or ever was,
 * `said` when the newest answer about safety with them is that it does not feel safe; undefined otherwise.
 * What became of a moment takes nothing back, "Worked through" neither: only a later "Yes, I feel safe with
 * them" does. A name is often given later, or left out once: a note without one may be about any therapist,
 * and a run without one about the therapist of any note.
 */
export function saidBefore(heads: readonly Head[], therapist: Head['with']): 'apart' | 'said' | undefined {
  const name = nameOf(therapist);
  const theirs = heads.filter(head => name === '' || ['', name].includes(nameOf(head.with)));
  if (theirs.some(wasApart)) return 'apart';
  const felt = heads.flatMap((head): Felt[] => {
    const day = dayAt(head, feltSafeKey);
    return day === undefined ? [] : [{ name: nameOf(head.with), day }];
  });
  return theirs.some(head => isStillUnsafe(head, felt, name)) ? 'said' : undefined;
}

/** A day on which somebody said that they feel safe, and the name of the therapist, empty without one. */
interface Felt {
  readonly name: string;
  readonly day: Day;
}

/** Says whether a note says that it is not safe, and no later note about this therapist says that it is. */
function isStillUnsafe(unsafe: Head, felt: readonly Felt[], name: string): boolean {
  const said = notSafeOn(unsafe);
  if (said === undefined) return false;
  const names = [name, nameOf(unsafe.with)];
  return !felt.some(later => names.includes(later.name) && later.day > said);
}

/** Says whether a note is kept apart, or was before it was brought back. */
function wasApart({ status, keys }: Head): boolean {
  const history = Array.isArray(keys['history']) ? keys['history'] : [];
  return (
    status === 'set-aside' ||
    keys['sit'] === 'line' ||
    history.some(line => typeof line === 'string' && /^\S+ set-aside\b/.test(line))
  );
}

/**
 * Says whether speaking up is not safe for one of these moments, by what it holds or by what all notes say
 * of its therapist.
 */
export function isAnyNotSafe(moments: readonly Head[], all: readonly Head[]): boolean {
  return moments.some(holdsUnsafe) || isAnyTherapistNotSafe(moments, all);
}

/** Says whether all notes say of the therapist of one of these moments that speaking up is not safe. */
export function isAnyTherapistNotSafe(moments: readonly Head[], all: readonly Head[]): boolean {
  const therapists = new Map(moments.map(head => [nameOf(head.with), head.with]));
  return [...therapists.values()].some(therapist => saidBefore(all, therapist) !== undefined);
}

/**
 * Gives the front matter keys that carry today's answers about safety on to later runs, each with today's
 * day; undefined removes a key, since an answer takes the place of the opposite one. Empty when nothing was
 * said, and when only what is felt, or the kind, says it: that is in the front matter anyway.
 */
export function safetyKeys(answers: Answers, today: Day): Readonly<Record<string, string | undefined>> {
  const inFront = ['feelings', 'kinds', 'was_feelings', 'was_kinds'];
  const others = Object.fromEntries(Object.entries(answers).filter(([field]) => !inFront.includes(field)));
  if (saysNotSafe(others)) return { [notSafeKey]: today, [feltSafeKey]: undefined };
  return picks(answers['safe']).includes('yes') ? { [feltSafeKey]: today, [notSafeKey]: undefined } : {};
}

/** Gives those of `safetyKeys` that have a value: what a new note begins with. */
export function safetyFront(answers: Answers, today: Day): Readonly<Record<string, string>> {
  const keys = Object.entries(safetyKeys(answers, today));
  return Object.fromEntries(keys.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function notSafeOn(head: Head): Day | undefined {
  const said = dayAt(head, notSafeKey);
  if (said !== undefined || dayAt(head, feltSafeKey) !== undefined) return said;
  return holdsUnsafe(head) ? head.session : undefined;
}

function holdsUnsafe({ feelings, kinds }: Head): boolean {
  return (
    picks(feelings).some(key => unsafeFeelings.includes(key)) ||
    picks(kinds).some(key => unsafeKinds.includes(key))
  );
}

function dayAt({ keys }: Head, key: string): Day | undefined {
  const value = Object.hasOwn(keys, key) ? answerOf(keys[key] ?? null) : undefined;
  return typeof value === 'string' ? parseDay(value) : undefined;
}

function nameOf(therapist: Head['with']): string {
  return (therapist ?? '').trim().toLowerCase();
}
