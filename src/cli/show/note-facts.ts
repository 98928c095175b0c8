import { keyOf, ownWords } from '../../core/notes/answer.ts';
import type { Head } from '../../core/notes/reflection.ts';
import { bigFrom } from '../../core/search/summary.ts';
import type { Option } from '../../core/template/template.ts';
import { longDay } from '../../report/text/dates.ts';
import type { ClockPort, WordsPort, TemplatesPort } from '../../world/world.ts';

/**
 * Returns the front matter in words, one line each: status, day and size; kinds; feelings. Leaves out empty
 * lines.
 */
export async function factsOf(
  world: ClockPort & WordsPort & TemplatesPort,
  head: Head,
): Promise<readonly string[]> {
  const { words, templates } = world;
  const today = world.now().day;
  const labels = async (list: string, picked: readonly string[]): Promise<string> => {
    const options: readonly Option[] = picked.length === 0 ? [] : await templates.list(list);
    return picked
      .map(pick => ownWords(pick) ?? options.find(({ key }) => key === keyOf(pick))?.label ?? pick)
      .join(words('note.separator'));
  };
  const first = [
    head.status === undefined ? '' : await labels('status', [head.status]),
    longDay(head.session, today, words),
    head.size === undefined
      ? ''
      : words(head.size >= bigFrom ? 'note.size_big' : 'note.size', { n: head.size }),
    head.with === undefined ? '' : words('note.with', { name: head.with }),
    head.restUntil === undefined || head.restUntil <= today
      ? ''
      : words('note.resting', { day: longDay(head.restUntil, today, words) }),
  ];
  const lines = [
    first.filter(Boolean).join(words('note.separator')),
    await labels('kinds', head.kinds),
    await labels('feelings', head.feelings),
  ];
  return lines.filter(line => line !== '');
}
