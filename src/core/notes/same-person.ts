import { normalizeForSearch } from '../text/normalize-for-search.ts';
import type { Head } from './reflection.ts';

/** Says whether a moment is one with this person: case, accents and spaces make no difference. */
export function isWith({ with: whom }: Pick<Head, 'with'>, who: string): boolean {
  return whom !== undefined && normalizeForSearch(whom).trim() === normalizeForSearch(who).trim();
}
