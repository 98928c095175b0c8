import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/terminal/render-markdown.ts';
import { plainStyle } from '../../src/terminal/styles.ts';
import { markdown } from '../support/markdown.ts';
import { openPacked } from '../support/packed.ts';

// The build leaves out parts of the packages and makes others late; what is shown must not change by it.
// (Tables are measured as all else is, tabs and newer letters included.)
test('the program that is packed renders as the source does', async () => {
  const { folder } = await openPacked();
  const chunks = join(folder, 'dist/chunks');
  const file = readdirSync(chunks).find(name => name.startsWith('render-markdown-')) ?? '';
  const built: { renderMarkdown: typeof renderMarkdown } = createRequire(import.meta.url)(join(chunks, file));
  fc.assert(
    fc.property(
      markdown.map(text => text.replaceAll('\t', ' ')),
      fc.constantFrom(24, 40, 80),
      (text, width) => {
        const options = { width, style: plainStyle };
        expect(built.renderMarkdown(text, options)).toBe(renderMarkdown(text, options));
      },
    ),
    { seed: 5, numRuns: 3000 },
  );
}, 60_000);
