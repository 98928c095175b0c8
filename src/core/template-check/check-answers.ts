import type { Answer, Answers } from '../notes/answer.ts';
import { keyOf } from '../notes/answer.ts';
import type { Fault, YamlNode, YamlEntry } from '../template/located.ts';
import { normalizeForSearch } from '../text/normalize-for-search.ts';
import { keyNamed, nearestNamed } from '../text/named-picks.ts';
import { nearest } from '../text/nearest-words.ts';
import type { AskStep, Option, Question } from '../template/template.ts';

/**
 * A question that an answers file may answer. If `comesBack` (the step has `until`), the question is asked in
 * rounds, and its answer is a list with one item per round.
 */
export interface Askable {
  readonly question: Question;
  readonly comesBack: boolean;
}

/** Returns the questions of `steps`; of several with the same id, the first. */
export function askables(steps: readonly AskStep[]): readonly Askable[] {
  const found = new Map<string, Askable>();
  for (const { question, until } of steps) {
    if (!found.has(question.id)) found.set(question.id, { question, comesBack: until !== undefined });
  }
  return [...found.values()];
}

/**
 * Checks an answers file against the questions: ids, option keys, ranges, types. `earlier` lists the options
 * of questions whose options are earlier moments. Returns every fault with its line. Use the answers only if
 * there are no faults.
 */
export function checkAnswers(
  at: YamlNode,
  known: readonly Askable[],
  earlier: readonly Option[],
): { readonly answers: Answers; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (at.is !== 'map')
    return { answers: {}, faults: [{ line: at.line, key: 'answers.not-a-map', params: {} }] };
  const answers: Record<string, Answer> = {};
  for (const entry of at.entries) {
    const askable = known.find(({ question }) => question.id === entry.key);
    if (askable === undefined) {
      const near = nearest(
        entry.key,
        known.map(({ question }) => question.id),
      );
      faults.push(
        near === undefined
          ? { line: entry.line, key: 'answers.unknown-id', params: { id: entry.key } }
          : { line: entry.line, key: 'answers.unknown-id-near', params: { id: entry.key, near } },
      );
      continue;
    }
    if (entry.value.is === 'scalar' && entry.value.value === null) continue;
    const answer = readAnswer(entry, askable, earlier, faults);
    if (answer !== undefined) answers[entry.key] = answer;
  }
  return { answers, faults };
}

function readAnswer(
  entry: YamlEntry,
  { question, comesBack }: Askable,
  earlier: readonly Option[],
  faults: Fault[],
): Answer | undefined {
  const { key: id, value } = entry;
  const wrong = (expected: string, at: YamlNode = value): undefined => {
    faults.push({
      line: at.line,
      key: `answers.expected-${expected}`,
      params: { id, limit: question.limit ?? 0 },
    });
    return undefined;
  };
  const options = question.from === 'earlier' ? [...earlier, ...question.options] : question.options;
  if (question.kind === 'multi' || (question.kind === 'select' && comesBack)) {
    const items = value.is === 'list' ? value.items : [value];
    const picks = items.flatMap(item => readPick(item, id, options, faults) ?? []);
    if (question.limit !== undefined && picks.length > question.limit) return wrong('fewer');
    const alone = options.filter(option => option.alone).map(({ key }) => key);
    if (picks.length > 1 && picks.some(pick => alone.includes(keyOf(pick))) && !comesBack)
      return wrong('alone');
    if (new Set(picks.map(keyOf)).size < picks.length && !comesBack) return wrong('different');
    return picks;
  }
  if (question.kind === 'select')
    return value.is === 'list' ? wrong('one') : readPick(value, id, options, faults);
  if (value.is !== 'scalar') return wrong(question.kind === 'scale' ? 'number' : question.kind);
  if (question.kind === 'scale') {
    const anchors = question.anchors.map(({ at, words }) => ({ key: String(at), label: words }));
    const anchor = keyNamed(value.source, anchors);
    const number = typeof value.value === 'string' && anchor !== undefined ? Number(anchor) : value.value;
    return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 10
      ? number
      : wrong('number');
  }
  if (question.kind === 'confirm') {
    if (typeof value.value === 'boolean') return value.value;
    const named = keyNamed(value.source, yesAndNo);
    return named === undefined ? wrong('confirm') : named === 'yes';
  }
  // YAML ends a block text (`|`) with a line break that is not part of the answer.
  return typeof value.value === 'string' ? value.value.replace(/\n$/, '') : value.source;
}

const yesAndNo = [
  { key: 'yes', label: 'y' },
  { key: 'no', label: 'n' },
] as const;

/**
 * Reads one pick: the key or the label of an option (case does not matter), optionally with the person's own
 * words after a colon or as the value of a map. Returns `KEY` or `KEY: WORDS`; undefined after a fault.
 */
function readPick(at: YamlNode, id: string, options: readonly Option[], faults: Fault[]): string | undefined {
  const only = at.is === 'map' && at.entries.length === 1 ? at.entries[0] : undefined;
  const key = at.is === 'scalar' ? keyOf(typeof at.value === 'string' ? at.value : at.source) : only?.key;
  if (key === undefined || (only !== undefined && only.value.is !== 'scalar')) {
    faults.push({ line: at.line, key: 'answers.expected-pick', params: { id } });
    return undefined;
  }
  // A label may itself contain a colon, so compare the complete text first.
  const exact =
    at.is === 'scalar' ? (keyNamed(at.source, options) ?? keyOfFilledLabel(at.source, options)) : undefined;
  const named = exact ?? (options.some(option => option.key === key) ? key : keyNamed(key, options));
  const option = options.find(({ key: optionKey }) => optionKey === named);
  if (option === undefined) {
    const near = nearestNamed(key, options);
    const known = options.map(({ key: optionKey }) => optionKey).join(', ');
    faults.push(
      near === undefined
        ? { line: at.line, key: 'answers.unknown-option', params: { id, key, known } }
        : { line: at.line, key: 'answers.unknown-option-near', params: { id, key, near, known } },
    );
    return undefined;
  }
  if (exact !== undefined) return option.key;
  const words = only === undefined ? wordsAfterColon(at) : wordsOf(only.value);
  if (words === undefined || words === '') return option.key;
  if (option.asksWords) return `${option.key}: ${words.replace(/\s+/g, ' ')}`;
  faults.push({ line: at.line, key: 'answers.no-words', params: { id, key } });
  return undefined;
}

/**
 * Returns the key of the option whose label matches `text` with any values for its placeholders, such as
 * "Something {from} is still here".
 */
function keyOfFilledLabel(text: string, options: readonly Option[]): string | undefined {
  const normalized = normalizeForSearch(text).trim();
  return options.find(({ label }) => {
    const escape = (part: string): string => part.replace(/[^\p{L}\p{N}\s]/gu, '\\$&');
    const parts = normalizeForSearch(label)
      .split(/\{[a-z_]+\}/)
      .map(escape);
    return parts.length > 1 && new RegExp(`^${parts.join('.+')}$`).test(normalized);
  })?.key;
}

// Returns `the fan was loud` for the value in `{other: the fan was loud}`.
function wordsOf(value: YamlNode): string | undefined {
  if (value.is !== 'scalar' || value.value === null) return undefined;
  return (typeof value.value === 'string' ? value.value : value.source).trim();
}

// Returns `the fan was loud` for `"other: the fan was loud"`, the form that notes use.
function wordsAfterColon(at: YamlNode): string | undefined {
  if (at.is !== 'scalar' || typeof at.value !== 'string') return undefined;
  const colon = at.value.indexOf(': ');
  return colon > 0 ? at.value.slice(colon + 2).trim() : undefined;
}
