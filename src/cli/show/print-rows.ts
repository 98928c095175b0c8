import type { ListRow } from '../../report/pages/list-report.ts';
import { listMarkdown, listPage, listPlain, listTasks } from '../../report/pages/list-report.ts';
import type { ClockPort, WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';
import { labelsOf } from '../options/read-flags.ts';

/** Prints the rows of a list or a search in a format other than JSON. */
export async function tellRows(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
  rows: readonly ListRow[],
  format: string,
): Promise<void> {
  const { out, words } = world;
  const labels = labelsOf(await world.templates.list('status'));
  if (format === 'page')
    out.line(
      listPage(rows, world.now().day, {
        labels,
        words,
        style: out.style,
        layout: { width: out.width, ...world.layout },
      }),
    );
  else if (format === 'tasks') printTasks(world, listTasks(rows, labels, words));
  else if (format === 'plain') out.wrapped(listPlain(rows, labels, words), 4);
  else out.line(listMarkdown(rows, labels, words));
}

// Prints the tasks, or says that there are none: sessions are no to-dos.
function printTasks({ out, messages: talk, words }: WordsPort & OutputPort, tasks: string): void {
  if (tasks === '') talk.say(words('list.none_shown'));
  else out.line(tasks);
}
