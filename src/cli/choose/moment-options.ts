import type { SummaryItem } from '../../core/search/summary.ts';
import type { Option } from '../../core/template/template.ts';
import { ageWords, shortDay } from '../../report/text/dates.ts';
import { titleOf } from '../../report/text/note-title.ts';
import type { ClockPort, WordsPort } from '../../world/world.ts';

/** Returns notes as options: title, day, age, size. */
export function momentOptions(
  { words, now }: ClockPort & WordsPort,
  items: readonly Pick<SummaryItem, 'head' | 'ageDays'>[],
): readonly Option[] {
  return items.map(({ head, ageDays }) => {
    const facts = [
      shortDay(head.session, now().day, words),
      ageWords(ageDays, words),
      ...(head.size === undefined ? [] : [words('note.size', { n: head.size })]),
    ];
    return {
      key: head.id,
      first: true,
      alone: false,
      stores: true,
      asksWords: false,
      label: words('conversation.moment', {
        title: titleOf(head, words),
        facts: facts.join(words('summary.separator')),
      }),
    };
  });
}
