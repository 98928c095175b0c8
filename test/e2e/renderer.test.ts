import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/terminal/render-markdown.ts';
import { plainStyle } from '../../src/terminal/styles.ts';
import { openPacked } from '../support/packed.ts';

// The build leaves out parts of the packages and makes others late; what is shown must not change by it. (Tables are measured as all else is, newer letters included.)
test('the program that is packed renders as the source does', async () => {
  const { folder } = await openPacked();
  const chunks = join(folder, 'dist/chunks');
  const file = readdirSync(chunks).find((name) => name.startsWith('render-markdown-')) ?? '';
  const built: { renderMarkdown: typeof renderMarkdown } = createRequire(import.meta.url)(join(chunks, file));
  const part = fc.constantFrom(
    '**', '*', '_', '__', '~~', '~', '`', '``', 'word', 'two words', ' ', '\n', '\n\n', '# ', '## ', '- ', '1. ', '> ', '- [ ] ', '| a | 漢 |\n| --- | ---: |\n| **b** | 👍 |\n', '[a](https://example.org)', '<https://example.org>',
    'https://example.org', '&amp;', '\\*', '\\_', '،', '。', '«', '»', '“', '’', '…', '€', '+', '漢字', 'שלום', '👩‍👩‍👧', 'é', 'e\u0301', '\u00a0', '---\n', '```\ncode\n```\n', '<b>', '$', '^', '=', 'ᠠ', '᠁', '؟', '𐄀',
  );
  fc.assert(fc.property(fc.array(part, { maxLength: 30 }), fc.constantFrom(24, 40, 80), (parts, width) => {
    const options = { width, style: plainStyle };
    expect(built.renderMarkdown(parts.join(''), options)).toBe(renderMarkdown(parts.join(''), options));
  }), { seed: 5, numRuns: 3000 });
}, 60_000);
