import { adopt, nameKey } from '../core/adopt.ts';
import { plainDay } from '../report/dates.ts';
import type { Incoming, World } from '../world.ts';
import type { Arrival } from './taking-in.ts';

/** Reads Markdown files: those marked as the tool's stay as they are, the others become open moments. What can't be read is refused by name. */
export async function adoptAll(world: World, { paths, unreadable, read }: Extract<Incoming, { is: 'notes' }>, refuse: (line: string) => void): Promise<readonly Arrival[]> {
  const { words } = world;
  const heading = await headingOfWhat(world);
  const store = await world.openStore();
  const progress = await world.openProgress();
  const arrivals: Arrival[] = [];
  const given = new Set<string>();
  const seen = new Set<string>();
  const fail = (path: string, key: string, params: Readonly<Record<string, string | number>>): void => {
    progress.end();
    refuse(words('import.unreadable', { path, why: words(`${key}.says`, params) }));
  };
  for (const { path, key, params } of unreadable) fail(path, key, params);
  for (const [at, path] of paths.entries()) {
    progress.show(() => words('import.progress', { done: at, of: paths.length }));
    const note = await read(path);
    if (note.is === 'unreadable') fail(path, note.key, note.params);
    if (note.is === 'ours') arrivals.push({ path, text: note.text });
    if (note.is !== 'foreign') continue;
    // The same file in two folders is one moment.
    const mark = `${nameKey(path)}\n${JSON.stringify(note.keys)}\n${note.body.replaceAll('\r\n', '\n')}`;
    const isTaken = (id: string): boolean => given.has(id) && !seen.has(mark);
    const adopted = adopt(note, { today: world.now().day, heading, otherwise: (day) => words('summary.unknown_title', { day: plainDay(day, words) }), isTaken });
    if (adopted === undefined) {
      arrivals.push({ path, text: '', isEmpty: true });
      continue;
    }
    seen.add(mark);
    given.add(adopted.note.id);
    arrivals.push({ ...store.written(adopted.note), source: path, from: adopted.from });
  }
  progress.end();
  return arrivals;
}

async function headingOfWhat({ templates }: World): Promise<string> {
  const found = Object.entries(await templates.fields()).find(([, id]) => id === 'what');
  if (found === undefined) throw new Error('no question asks what happened');
  return found[0];
}
