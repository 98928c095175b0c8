import { normalizeForSearch } from '../text/normalize-for-search.ts';
import type { Head } from './reflection.ts';

/** Whether a moment is with this therapist. Ignores case, accents and extra spaces. */
export function isWith({ with: name }: Pick<Head, 'with'>, therapist: string): boolean {
  return name !== undefined && normalizeForSearch(name).trim() === normalizeForSearch(therapist).trim();
}
