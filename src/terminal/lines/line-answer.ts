import { hasLetters, keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Answer } from '../../core/notes/answer.ts';
import { bareNames, keyNamed, readNamed } from '../../core/text/named-picks.ts';
import type { Option } from '../../core/template/template.ts';
import type { Params } from '../../errors.ts';
import type { Screen, Words } from '../../world/world.ts';
import { pickOf } from '../choice/choice-items.ts';

/** The meaning of a typed line for a question. `key` of `wrong` is a key under `terminal.plain`. */
export type Read =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'wrong'; readonly key: string; readonly params?: Params }
  /** The option needs the person's own words, which the line lacks: ask for them next. */
  | { readonly is: 'words'; readonly option: Option; readonly withWords: (words: string) => Answer };

/** Reads the answer to any question except a text. `line` must not be empty. */
export function readAnswer(screen: Screen, line: string, words: Words): Read {
  const text = line.trim();
  switch (screen.kind) {
    case 'scale':
      return readScale(screen, text);
    case 'confirm':
      return readYesNo(text, words);
    case 'select':
    case 'multi':
      return readLabels(screen, text, words) ?? readPicks(screen, text);
    default:
      return { is: 'answer', answer: text };
  }
}

function readScale({ anchors }: Screen, text: string): Read {
  const named = keyNamed(
    text,
    anchors.map(({ at, words }) => ({ key: String(at), label: words })),
  );
  if (named !== undefined) return { is: 'answer', answer: Number(named) };
  const isOnScale = /^\d+$/.test(text) && Number(text) <= 10;
  if (!isOnScale) return { is: 'wrong', key: 'not_on_scale', params: { value: text } };
  return { is: 'answer', answer: Number(text) };
}

function readYesNo(text: string, words: Words): Read {
  const key = yesOrNo(text, words) ?? { 1: 'yes', 2: 'no' }[text];
  return key === undefined ? { is: 'wrong', key: 'not_yes_no' } : { is: 'answer', answer: key === 'yes' };
}

function yesOrNo(text: string, words: Words): 'yes' | 'no' | undefined {
  const isIn = (key: string): boolean => keyNamed(text, bareNames(words(key).split(' '))) !== undefined;
  if (isIn('terminal.yes_typed')) return 'yes';
  return isIn('terminal.no_typed') ? 'no' : undefined;
}

/**
 * Reads options that were typed by key or label instead of by number; `y` and `n` choose the options yes and
 * no. Returns undefined if the text names no option.
 */
function readLabels(screen: Screen, text: string, words: Words): Read | undefined {
  const { options, kind } = screen;
  if (!hasLetters(text)) return undefined;
  const find = (key: string): readonly Option[] => options.filter(option => option.key === key);
  const namedKey = keyNamed(text, options) ?? yesOrNo(text, words) ?? '';
  if (find(namedKey).length > 0) return checkPicks(screen, find(namedKey), '');
  const read = kind === 'multi' ? readNamed(text, options) : undefined;
  if (read !== undefined && read.unknown === undefined) {
    return checkPicks(screen, [...new Set(read.keys)].flatMap(find), '');
  }
  const own = ownWords(text);
  const named = own === undefined ? undefined : keyNamed(keyOf(text), options);
  return named === undefined || own === undefined ? undefined : checkPicks(screen, find(named), own.trim());
}

function readPicks(screen: Screen, text: string): Read {
  const [, numbers = '', rest = ''] = /^((?:\d+(?:[\s,;]+|$))*)(.*)$/s.exec(text) ?? [];
  const last = screen.options.length;
  if (numbers === '') return { is: 'wrong', key: 'not_a_number', params: { value: text, n: last } };
  const chosen: Option[] = [];
  for (const number of numbers.split(/[\s,;]+/).filter(Boolean)) {
    const option = screen.options[Number(number) - 1];
    if (!option) return { is: 'wrong', key: 'no_such', params: { value: number, n: last } };
    if (!chosen.includes(option)) chosen.push(option);
  }
  return checkPicks(screen, chosen, rest.trim());
}

function checkPicks(screen: Screen, chosen: readonly Option[], own: string): Read {
  const isMulti = screen.kind === 'multi';
  const alone = chosen.find(option => option.alone);
  const latest = chosen.at(-1);
  if (!isMulti && chosen.length > 1) return { is: 'wrong', key: 'one_only' };
  if (screen.limit !== undefined && chosen.length > screen.limit)
    return { is: 'wrong', key: 'too_many', params: { n: screen.limit } };
  if (alone && chosen.length > 1) return { is: 'wrong', key: 'stands_alone', params: { label: alone.label } };
  if (own !== '' && latest && !latest.asksWords)
    return { is: 'wrong', key: 'no_words_here', params: { label: latest.label } };
  const answerWith = (words: string): Answer => {
    // The picks stay in the order in which the person named them.
    const picks = chosen.map(option => pickOf(option, words));
    return isMulti ? picks : (picks[0] ?? '');
  };
  const needsWords = chosen.find(option => option.asksWords);
  return needsWords && own === ''
    ? { is: 'words', option: needsWords, withWords: answerWith }
    : { is: 'answer', answer: answerWith(own) };
}
