import type { Answer } from '../core/answer.ts';
import type { Option } from '../core/template.ts';
import type { Params } from '../errors.ts';
import type { Screen, Words } from '../world.ts';
import { pickOf } from './choice-items.ts';

/** What a typed line means for a question. `wrong` is a key under `terminal.plain`. */
export type Read =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'wrong'; readonly key: string; readonly params?: Params }
  /** The option was chosen without words; they are asked for next. */
  | { readonly is: 'words'; readonly option: Option; readonly withWords: (words: string) => Answer };

/** Reads the answer to any question but a text. The line is not empty. */
export function readAnswer(screen: Screen, line: string, words: Words): Read {
  const text = line.trim();
  switch (screen.kind) {
    case 'scale':
      return /^\d+$/.test(text) && Number(text) <= 10 ? { is: 'answer', answer: Number(text) } : { is: 'wrong', key: 'not_on_scale', params: { value: text } };
    case 'confirm':
      return readYesNo(text, words);
    case 'select':
    case 'multi':
      return readPicks(screen, text);
    default:
      return { is: 'answer', answer: text };
  }
}

function readYesNo(text: string, words: Words): Read {
  const typed = text.toLowerCase();
  if (words('terminal.yes_typed').split(' ').includes(typed)) return { is: 'answer', answer: true };
  if (words('terminal.no_typed').split(' ').includes(typed)) return { is: 'answer', answer: false };
  return { is: 'wrong', key: 'not_yes_no' };
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
  const alone = chosen.find((option) => option.alone);
  const latest = chosen.at(-1);
  if (!isMulti && chosen.length > 1) return { is: 'wrong', key: 'one_only' };
  if (screen.limit !== undefined && chosen.length > screen.limit) return { is: 'wrong', key: 'too_many', params: { n: screen.limit } };
  if (alone && chosen.length > 1) return { is: 'wrong', key: 'stands_alone', params: { label: alone.label } };
  if (own !== '' && latest && !latest.asksWords) return { is: 'wrong', key: 'no_words_here', params: { label: latest.label } };
  const answerWith = (words: string): Answer => {
    // In the order in which they were named.
    const picks = chosen.map((option) => pickOf(option, words));
    return isMulti ? picks : picks[0] ?? '';
  };
  const asking = chosen.find((option) => option.asksWords);
  return asking && own === '' ? { is: 'words', option: asking, withWords: answerWith } : { is: 'answer', answer: answerWith(own) };
}
