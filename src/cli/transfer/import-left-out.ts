import type { Words } from '../../world/world.ts';
import type { LeftBehind } from './import-reading.ts';

/** More files than this in one folder and of one kind are counted instead of named. */
const mostNamed = 6;

/** Says what was left out and why. Many files of one kind in one folder are counted. */
export function leftLines(left: readonly LeftBehind[], words: Words): readonly string[] {
  const groups = new Map<string, LeftBehind[]>();
  for (const one of left) {
    const of = groups.get(groupOf(one));
    if (of === undefined) groups.set(groupOf(one), [one]);
    else of.push(one);
  }
  return [...groups.values()].flatMap(of => {
    const [first] = of;
    if (first === undefined) return [];
    if (of.length <= mostNamed || !isCounted(first)) return of.map(one => sentenceOf(one, words));
    const what = words('import.left_group', {
      n: of.length,
      ending: endingOf(first.path),
      folder: folderOf(first.path) || '.',
    });
    return [words(`import.left.${first.key}`, { path: what })];
  });
}

function sentenceOf({ path, key, params }: LeftBehind, words: Words): string {
  return words(`import.left.${key}`, { path: path.replace(/\s+/g, ' ').slice(0, 200), ...params });
}

/** Notes are always named; other files may be thousands of pictures. */
function isCounted({ key }: LeftBehind): boolean {
  return ['attachment', 'template', 'apps_own'].includes(key);
}

function groupOf(one: LeftBehind): string {
  return isCounted(one) ? `${one.key} ${folderOf(one.path)} ${endingOf(one.path)}` : `${one.key} ${one.path}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function endingOf(path: string): string {
  return /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? '';
}
