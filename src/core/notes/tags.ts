import { normalizeForSearch } from '../text/normalize-for-search.ts';
import type { FrontValue, Head } from './reflection.ts';

/**
 * A tag in a text: behind a blank or at the beginning of a line, with a letter in it, as notes apps have it.
 */
const inText = /(?<=^|[\s([{"'“])#([\p{L}\p{N}_/-]*[\p{L}_/-][\p{L}\p{N}_/-]*)/gu;
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/**
 * Gives the tags of a front matter, `tags` or `tag`: a list, or one text with blanks or commas. Without `#`.
 */
export function tagsIn(keys: Head['keys']): readonly string[] {
  return ['tags', 'tag', 'Tags', 'Tag'].flatMap(key =>
    Object.hasOwn(keys, key) ? tagsOf(keys[key] ?? null) : [],
  );
}

/** Gives the tags that stand in a text as `#tag`, without `#`. What is in code is none. */
export function tagsInText(text: string): readonly string[] {
  return text.includes('#') ? [...text.replace(code, ' ').matchAll(inText)].map(([, tag = '']) => tag) : [];
}

/**
 * Says whether one of the tags is the one that is wanted, or below it: `therapy` also means `therapy/hard`.
 */
export function hasTag(tags: readonly string[], wanted: string): boolean {
  const key = tagKey(wanted);
  return tags.map(tagKey).some(tag => tag === key || tag.startsWith(`${key}/`));
}

function tagsOf(value: FrontValue): readonly string[] {
  const list: readonly FrontValue[] = Array.isArray(value) ? value : [value];
  const texts = typeof value === 'string' ? value.split(/[\s,]+/) : list;
  return texts
    .filter((one): one is string | number => typeof one === 'string' || typeof one === 'number')
    .map(tag => String(tag).trim().replace(/^#/, ''))
    .filter(tag => tag !== '');
}

function tagKey(tag: string): string {
  return normalizeForSearch(tag)
    .trim()
    .replace(/^#|\/$/g, '');
}
