import type { DayReading, Entry, LeftOut, Reader, SourceFile } from '../entry/entry.ts';
import { readWhen } from '../entry/find-when.ts';
import { jsonFields, jsonOf, recordsIn, textOf, textsIn } from '../entry/json-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

const leftOut: Readonly<Record<string, LeftOut>> = {
  completed: 'done',
  deleted: 'deleted',
  recurring: 'recurring',
};

/**
 * Taskwarrior's export: a JSON list of tasks, or one task per line. Completed and deleted tasks are skipped.
 */
export const taskwarrior: Reader = {
  source: 'taskwarrior',
  recognises: file => tasksIn(file) !== undefined,
  read: (file, reading) => tasksIn(file)?.map(task => entryOf(task, reading)),
};

function tasksIn(file: SourceFile): readonly Fields[] | undefined {
  const value = jsonOf(file);
  const lines =
    value === undefined
      ? file.text
          .trim()
          .split('\n')
          .map(line => line.replace(/,\s*$/, ''))
      : [];
  const tasks =
    value === undefined && /^\s*\{/.test(file.text)
      ? lines.map(jsonFields)
      : recordsIn(Array.isArray(value) ? value : [value]);
  const isTask = (task: Fields): boolean =>
    ['uuid', 'description', 'entry', 'status'].every(key => typeof task[key] === 'string');
  return tasks.length > 0 && tasks.every(isTask) ? tasks : undefined;
}

function entryOf(task: Fields, reading: DayReading): Entry {
  const when = readWhen(textOf(task['entry']), reading);
  const annotations = recordsIn(task['annotations'])
    .map(({ description }) => textOf(description))
    .filter(text => text !== '');
  const kept = ['project', 'due', 'priority'].map(key => [key, textOf(task[key])] as const);
  return {
    identity: textOf(task['uuid']),
    title: textOf(task['description']),
    body: [textOf(task['description']), ...annotations].join('\n\n'),
    days: when === undefined ? [] : [when],
    extra: { tags: textsIn(task['tags']), ...Object.fromEntries(kept) },
    leftOut: leftOut[textOf(task['status'])],
  };
}
