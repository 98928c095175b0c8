import type { Words } from '../../world/world.ts';
import type { LeftOut } from './import-reading.ts';

/** With more files than this in one folder and of one kind, they are counted instead of named. */
const mostNamed = 6;

/**
 * Returns sentences that say what was left out and why. Many files of one kind in one folder become one
 * sentence with their number.
 */
export function leftOutLines(left: readonly LeftOut[], words: Words): readonly string[] {
  const groups = new Map<string, LeftOut[]>();
  for (const item of left) {
    const group = groups.get(groupOf(item));
    if (group === undefined) groups.set(groupOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    if (group.length <= mostNamed || !isCounted(first)) return group.map(item => sentenceOf(item, words));
    const what = words('import.left_group', {
      n: group.length,
      ending: endingOf(first.path),
      folder: folderOf(first.path) || '.',
    });
    return [words(`import.left.${first.key}`, { path: what })];
  });
}

function sentenceOf({ path, key, params }: LeftOut, words: Words): string {
  return words(`import.left.${key}`, { path: path.replace(/\s+/g, ' ').slice(0, 200), ...params });
}

/** Whether many are counted. Notes are always named; other files may be thousands of pictures. */
function isCounted({ key }: LeftOut): boolean {
  return ['attachment', 'template', 'apps_own'].includes(key);
}

function groupOf(item: LeftOut): string {
  return isCounted(item)
    ? `${item.key} ${folderOf(item.path)} ${endingOf(item.path)}`
    : `${item.key} ${item.path}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function endingOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? '';
}
