import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRealFolder } from '../folder/own-folders.ts';

/**
 * Returns the absolute paths of what killed editors left in the folders below `place`: the text being edited,
 * or, if that file is gone, the hidden files that the editor saved beside it. Empty if there is no such
 * folder. Does not follow links.
 */
export function editorLeftovers(place: string): readonly string[] {
  return filesIn(place).flatMap(name => {
    const files = filesIn(join(place, name));
    const texts = files.filter(file => !file.startsWith('.'));
    return (texts.length > 0 ? texts : files).map(file => join(place, name, file));
  });
}

function filesIn(folder: string): readonly string[] {
  if (!isRealFolder(folder)) return [];
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
