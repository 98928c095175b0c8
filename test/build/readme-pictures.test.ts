import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../.github/pictures/', import.meta.url);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const names = ['patterns', 'reflect', 'summary'];
const files = names.flatMap(name => [`${name}-dark.svg`, `${name}-light.svg`]);
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
/** Returns the texts in a picture. */
const runsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');

/** Returns the relative luminance of a colour as WCAG 2 defines it. */
function brightnessOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [brightnessOf(one), brightnessOf(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('there is a light and a dark picture of each, and no other', () => {
  expect(
    readdirSync(folder)
      .filter(name => name.endsWith('.svg'))
      .toSorted(),
  ).toEqual(files);
});

describe.each(files)('%s', file => {
  const svg = textOf(file);

  test('has a title and a description for screen readers, and is small', () => {
    expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="title desc">/);
    expect(svg).toMatch(/<title id="title">[^<]{20,}<\/title>/);
    expect(svg).toMatch(/<desc id="desc">[^<]{80,}<\/desc>/);
    expect(Buffer.byteLength(svg)).toBeLessThan(30 * 1024);
  });

  test('contains only text and a frame: no script, nothing to fetch, no name of a machine', () => {
    expect([...new Set([...svg.matchAll(/<([a-zA-Z]+)/g)].map(([, tag]) => tag))].toSorted()).toEqual([
      'desc',
      'rect',
      'style',
      'svg',
      'text',
      'title',
    ]);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|@import|href|\bon\w+=|data:/,
    );
    expect(runsOf(svg).join('\n')).not.toMatch(/(?:^|[\s"“(])(?:\/|~|[A-Z]:\\)[\w.]/m);
  });

  test('has enough contrast in every text colour', () => {
    const page = /<rect [^>]*fill="(#[0-9a-f]{6})"/.exec(svg)?.[1] ?? '';
    const colours = [...svg.matchAll(/fill: (#[0-9a-f]{6})/g)].map(([, colour]) => colour ?? '');
    expect(colours.length).toBe(3);
    expect(colours.filter(colour => contrastOf(colour, page) < 4.5)).toEqual([]);
  });
});

describe.each(names)('%s', name => {
  test('has the same text in light and in dark', () =>
    expect(runsOf(textOf(`${name}-light.svg`))).toEqual(runsOf(textOf(`${name}-dark.svg`))));

  test('is in the README, in both colours, with an alternative text', () => {
    const [, alt = ''] =
      new RegExp(
        `<picture>\\s*<source media="\\(prefers-color-scheme: dark\\)" srcset=".github/pictures/${name}-dark.svg">\\s*<img src=".github/pictures/${name}-light.svg" [^>]*alt="([^"]+)">\\s*</picture>`,
      ).exec(readme) ?? [];
    expect(alt.length).toBeGreaterThan(80);
  });
});
