import type { Answer, Answers } from './answer.ts';
import { answerOf, picks } from './answer.ts';
import type { Day } from '../dates/day.ts';
import { parseDay } from '../dates/day.ts';
import type { Head } from './reflection.ts';

/** The front matter key for the day of the answer that speaking up does not feel safe. */
export const notSafeKey = 'not_safe';
/** The front matter key for the day on which the person answered that they feel safe with this therapist. */
export const feltSafeKey = 'felt_safe';

const unsafeFeelings = ['unsafe'];
const unsafeKinds = ['secret-closeness', 'line'];

/**
 * Whether the answers of this run, or the moment's own front matter, say that speaking up to the therapist
 * does not feel safe. Does not consider other notes. "I don't feel safe in myself, or at home" is not about
 * the therapist.
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
 * Whether an answer of this run says explicitly that it does not feel safe: "No" to feeling safe with the
 * therapist, "I can't be open", or "It didn't feel safe". A doubt, a worry or a kind is not explicit.
 */
export function saysUnsafeOutright(answers: Answers): boolean {
  const has = (field: string, key: string): boolean => picks(answers[field]).includes(key);
  return (
    (has('safe', 'no') && !has('unsafe_how', 'in-myself')) ||
    has('unsafe_how', 'cannot-open') ||
    has('in_the_way', 'unsafe')
  );
}

/** Sets the fact `not_safe` to `yes` if the answers and earlier notes say so, else removes it. */
export function noteSafety(answers: Record<string, Answer>): void {
  if (isNotSafe(answers)) answers['not_safe'] = 'yes';
  else delete answers['not_safe'];
}

// `was_not_safe` has what earlier notes say. "Yes, I feel safe with them" overrides earlier answers, but not
// a note that was set aside.
function isNotSafe(answers: Answers): boolean {
  const before = answers['was_not_safe'];
  return saysNotSafe(answers) || before === 'apart' || (before === 'said' && answers['safe'] !== 'yes');
}

/**
 * Returns what earlier notes say about safety with a therapist: `apart` if a note about them is or was set
 * aside, `said` if the newest answer about safety with them is that it does not feel safe, else undefined.
 * The later status of a moment, even "Worked through", does not override that answer: only a later "Yes, I
 * feel safe with them" does. People often leave the name out, so a note without a name counts for every
 * therapist, and without a `therapist` all notes count.
 */
export function saidBefore(heads: readonly Head[], therapist: Head['with']): 'apart' | 'said' | undefined {
  const name = nameOf(therapist);
  const relevant = heads.filter(head => name === '' || ['', name].includes(nameOf(head.with)));
  if (relevant.some(wasSetAside)) return 'apart';
  const felt = heads.flatMap((head): FeltSafe[] => {
    const day = dayAt(head, feltSafeKey);
    return day === undefined ? [] : [{ name: nameOf(head.with), day }];
  });
  return relevant.some(head => isStillUnsafe(head, felt, name)) ? 'said' : undefined;
}

/** A day on which the person answered that they feel safe, and the therapist's name; empty without a name. */
interface FeltSafe {
  readonly name: string;
  readonly day: Day;
}

/** Whether a note says that it is not safe, and no later note about the same therapist says that it is. */
function isStillUnsafe(unsafe: Head, felt: readonly FeltSafe[], name: string): boolean {
  const unsafeDay = notSafeOn(unsafe);
  if (unsafeDay === undefined) return false;
  const names = [name, nameOf(unsafe.with)];
  return !felt.some(later => names.includes(later.name) && later.day > unsafeDay);
}

/** Whether a note is set aside, or was earlier. */
function wasSetAside({ status, keys }: Head): boolean {
  const history = Array.isArray(keys['history']) ? keys['history'] : [];
  return (
    status === 'set-aside' ||
    keys['sit'] === 'line' ||
    history.some(line => typeof line === 'string' && /^\S+ set-aside\b/.test(line))
  );
}

/**
 * Whether speaking up is not safe for any of the moments, by its own front matter or all notes about its
 * therapist.
 */
export function isAnyNotSafe(moments: readonly Head[], all: readonly Head[]): boolean {
  return moments.some(hasUnsafePick) || isAnyTherapistNotSafe(moments, all);
}

/**
 * Whether all notes taken together say that speaking up is not safe with the therapist of any of the moments.
 */
export function isAnyTherapistNotSafe(moments: readonly Head[], all: readonly Head[]): boolean {
  const therapists = new Map(moments.map(head => [nameOf(head.with), head.with]));
  return [...therapists.values()].some(therapist => saidBefore(all, therapist) !== undefined);
}

/**
 * Returns the front matter keys that record today's answers about safety for later runs, with today as the
 * value; undefined means to remove the opposite key. Empty if there was no such answer, or only a feeling or
 * a kind says it, because those are in the front matter anyway.
 */
export function safetyKeys(answers: Answers, today: Day): Readonly<Record<string, string | undefined>> {
  const inFront = ['feelings', 'kinds', 'was_feelings', 'was_kinds'];
  const others = Object.fromEntries(Object.entries(answers).filter(([field]) => !inFront.includes(field)));
  if (saysNotSafe(others)) return { [notSafeKey]: today, [feltSafeKey]: undefined };
  return picks(answers['safe']).includes('yes') ? { [feltSafeKey]: today, [notSafeKey]: undefined } : {};
}

/** Returns the `safetyKeys` that have a value, for a new note. */
export function safetyFront(answers: Answers, today: Day): Readonly<Record<string, string>> {
  const keys = Object.entries(safetyKeys(answers, today));
  return Object.fromEntries(keys.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function notSafeOn(head: Head): Day | undefined {
  const unsafeDay = dayAt(head, notSafeKey);
  if (unsafeDay !== undefined || dayAt(head, feltSafeKey) !== undefined) return unsafeDay;
  return hasUnsafePick(head) ? head.session : undefined;
}

function hasUnsafePick({ feelings, kinds }: Head): boolean {
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
