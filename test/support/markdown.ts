import * as fc from 'fast-check';

const part = fc.constantFrom(
  '**', '*', '_', '__', '~~', '~', '`', '``', 'word', 'two words', ' ', '\n', '\n\n', '# ', '## ', '- ', '1. ', '> ', '- [ ] ', '| a | 漢 |\n| --- | ---: |\n| **b** | 👍 |\n', '[a](https://example.org)', '<https://example.org>',
  'https://example.org', '&amp;', '\\*', '\\_', '،', '。', '«', '»', '“', '’', '…', '€', '+', '漢字', 'שלום', '👩‍👩‍👧', 'é', 'e\u0301', '\u00a0', '---\n', '```\ncode\n```\n', '<b>', '<!-- x -->', '$', '^', '=', '===\n', '\n| --- |\n', '\n:-:\n', '[a]: /b "c"\n', '[a][b]', '![a](b)', 'www.example.org', 'HTTPS://EXAMPLE.ORG', 'a.b@example.org', 'mailto:a@example.org', '   ', '\t', '***\n', '+ ', '9) ', 'ᠠ', '᠁', '؟', '𐄀',
);

/** Texts in which everything that Markdown knows stands beside everything else, whole and broken. */
export const markdown = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''));
