import { normalizeForSearch } from '../text/normalize-for-search.ts';
import type { FrontValue, Head } from './reflection.ts';

/**
 * A tag in a text, by the rule of notes apps: after a space or at the start of a line, with a letter in it.
 */
const inText = /(?<=^|[\s([{"'“])#([\p{L}\p{N}_/-]*[\p{L}_/-][\p{L}\p{N}_/-]*)/gu;
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/**
 * Returns the tags in the front matter (`tags` or `tag`), without `#`. The value is a list, or a text with
 * tags separated by spaces or commas.
 */
export function tagsIn(keys: Head['keys']): readonly string[] {
  return ['tags', 'tag', 'Tags', 'Tag'].flatMap(key =>
    Object.hasOwn(keys, key) ? tagsOf(keys[key] ?? null) : [],
  );
}

/** Returns the `#tags` in a text, without `#`. Ignores code. */
export function tagsInText(text: string): readonly string[] {
  return text.includes('#') ? [...text.replace(code, ' ').matchAll(inText)].map(([, tag = '']) => tag) : [];
}

/** Whether a tag or one of its subtags is among the tags: `therapy` also matches `therapy/hard`. */
export function hasTag(tags: readonly string[], tag: string): boolean {
  const key = tagKey(tag);
  return tags.map(tagKey).some(candidate => candidate === key || candidate.startsWith(`${key}/`));
}

function tagsOf(value: FrontValue): readonly string[] {
  const list: readonly FrontValue[] = Array.isArray(value) ? value : [value];
  const texts = typeof value === 'string' ? value.split(/[\s,]+/) : list;
  return texts
    .filter((tag): tag is string | number => typeof tag === 'string' || typeof tag === 'number')
    .map(tag => String(tag).trim().replace(/^#/, ''))
    .filter(tag => tag !== '');
}

function tagKey(tag: string): string {
  return normalizeForSearch(tag)
    .trim()
    .replace(/^#|\/$/g, '');
}
