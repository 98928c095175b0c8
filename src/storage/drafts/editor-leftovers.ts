import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRealFolder } from '../folder/own-folders.ts';

/**
 * Lists what killed editors left in the folders below `place`, absolute: the text an editor worked on, or,
 * where that file is gone, whatever the editor saved beside it under a hidden name. Empty where there is no
 * such folder. Links are not followed.
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
