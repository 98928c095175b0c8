import { describe, expect, it } from 'vitest';
import { hasTag, tagsIn, tagsInText } from '../../../src/core/notes/tags.ts';

describe('tags', () => {
  it.each([
    [{ tags: ['therapy', '#family/sister'] }, ['therapy', 'family/sister']],
    [{ tags: 'therapy, family' }, ['therapy', 'family']],
    [{ tags: '#a #b' }, ['a', 'b']],
    [{ tag: 'one' }, ['one']],
    [{ tags: null }, []],
    [{ tags: [2024, true] }, ['2024']],
    [{ kinds: ['misread'] }, []],
    [{}, []],
  ])('of the properties %j are %j', (keys, tags) => {
    expect(tagsIn(keys)).toEqual(tags);
  });

  it.each([
    ['I was #angry, and (#small) too.\n#family/sister-2', ['angry', 'small', 'family/sister-2']],
    ['#Wütend #漢字', ['Wütend', '漢字']],
    ['# a heading, C# and a#b, #1 and #2024', []],
    ['`#code` and\n```\n#code\n```\n#real', ['real']],
    ['http://a.b/#part', []],
    ['nothing', []],
  ])('in the text %j are %j', (text, tags) => {
    expect(tagsInText(text)).toEqual(tags);
  });

  it.each([
    ['Therapy', true],
    ['#therapy', true],
    ['family', true],
    ['family/sister', true],
    ['family/', true],
    ['fam', false],
    ['sister', false],
    ['', false],
  ])('includes %j: %s', (wanted, is) => {
    expect(hasTag(['therapy', 'family/sister'], wanted)).toBe(is);
  });
});
